import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// What the law allows a company, before it asks for anybody (må virksomheden?).
struct LimitsForm: CompanyFormKind {
    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        // What a link from a workplace says, with or without spaces.
        let unit = typed.text("unit").filter(\.isNumber)
        return try await LimitsTyping(visit: visit).form(
            of: file.company, visit.workplaces(file, selected: unit), typed)
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let cases = CompanyCase(visit.house)
        let code = visit.desk.municipality.code
        let (asked, statement, keeps) = try LimitsTyping(visit: visit).read(&typed)
        if keeps, let statement {
            return .saved(
                try await cases.register(
                    statement, about: company, in: code, by: visit.actor, purpose: purpose))
        }
        return .shown(
            visit.notices(
                try await cases.limits(asked, stated: statement, in: code, by: visit.actor)))
    }
}

/// The question as it is typed.
struct LimitsTyping {
    let visit: Visit

    func form(
        of company: Company, _ workplaces: [Choice], _ typed: Typed
    ) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let kinds = try await AgreementCase(visit.house).kinds(on: today)
        let starts = today.nextWorkingDay(after: 14)
        let measure = typed.text("measure", or: kinds.first?.id ?? "")
        func field(_ name: String, _ kind: FormField.Kind, help: Bool = false) -> FormField {
            FormField(
                name, visit.text("views.limitsForm.\(name)"), kind,
                help: help ? visit.text("views.limitsForm.\(name)Help") : nil)
        }
        return CaseForm(
            headline: visit.text("views.limitsForm.headline", ["name": company.name]),
            lead: visit.text("views.limitsForm.lead"),
            fields: [
                field(
                    "measure",
                    .select(
                        kinds.map {
                            Choice(
                                value: $0.id, label: $0.name[visit.language],
                                isSelected: $0.id == measure)
                        })),
                field("unit", .select(workplaces)),
                field("starts", .day(typed.text("starts", or: starts.iso))),
                field("ends", .day(typed.text("ends", or: (starts + 25).iso))),
                field("hours", .text(typed.text("hours", or: "37"))),
                field(
                    "group",
                    .select(
                        visit.choices(
                            TargetGroup.self, "term.targetGroup",
                            selected: typed.text("group", or: TargetGroup.group2.rawValue))),
                    help: true),
                field(
                    "category",
                    .select(
                        visit.choices(
                            MatchCategory.self, "term.matchCategory",
                            selected: typed.text("category"),
                            none: "views.limitsForm.usualCategory"))),
                field("former", .tick(typed.tick("former"))),
                field("hours4", .text(typed.text("hours4")), help: true),
                field("hours12", .text(typed.text("hours12")), help: true),
                field("months12", .text(typed.text("months12", or: "12"))),
                field("hoursNow", .text(typed.text("hoursNow"))),
            ], save: visit.text("views.limitsForm.ask"),
            others: [Choice(value: "statement", label: visit.text("views.limitsForm.keep"))])
    }

    /// What is asked, what is stated of the employees, and whether that is to be kept.
    func read(
        _ typed: inout Typed
    ) throws(FieldProblems) -> (LimitsAsked, EmployeeStatement?, keeps: Bool) {
        let (starts, ends) = (typed.day("starts"), typed.day("ends"))
        let weekly = typed.hours("hours")
        if typed.query["hours"] == nil { typed.reject("hours", "hoursMissing") }
        let group: TargetGroup? = typed.choice("group")
        let unit = typed.query["unit"].flatMap { try? ProductionUnitNumber($0) }
        if unit == nil { typed.reject("unit", "choice") }
        if typed.query["measure"] == nil { typed.reject("measure", "choice") }
        let today = visit.house.clock.today()
        let keeps = typed.query["_act"] == "statement"
        let statement = typed.statement(unit, today, isAsked: keeps)
        try typed.check()
        guard let starts, let ends, let weekly, let group, let unit else {
            throw FieldProblems([])
        }
        let asked = LimitsAsked(
            measure: typed.query["measure"] ?? "", unit: unit, starts: starts, ends: ends,
            weekly: weekly, group: group,
            category: typed.query["category"].flatMap { MatchCategory(rawValue: $0) },
            isFormer: typed.tick("former"))
        return (asked, statement, keeps)
    }
}

extension Typed {
    /// What was typed of the employees' hours; nil where nothing was.
    fileprivate mutating func statement(
        _ unit: ProductionUnitNumber?, _ today: Day, isAsked: Bool
    ) -> EmployeeStatement? {
        let names = ["hours4", "hours12", "hoursNow"]
        guard isAsked || names.contains(where: { query[$0] != nil }) else { return nil }
        let found = names.map { whole($0, in: 0...100_000_000) }
        let months = whole("months12", in: 1...12)
        guard let unit, let months, let four = found[0], let twelve = found[1],
            let now = found[2]
        else { return nil }
        return EmployeeStatement(
            day: today, unit: unit, fourMonths: four, twelveMonths: twelve, months: months,
            startMonth: now)
    }
}

extension Visit {
    /// The law's answer before anybody is named: yes or no, the ways out, each side with its
    /// arithmetic, and whom and what it was reckoned from.
    func notices(_ limits: EmployerLimits) -> [Notice] {
        let verdict = Notice(text("views.limits.\(limits.isForbidden ? "no" : "yes")"))
        let isUncertain = limits.checks.contains { $0.answer.basis.confidence == .uncertain }
        let uncertain = isUncertain ? [Notice(text("views.agreement.uncertain"))] : []
        let from =
            limits.statement.map {
                text("views.limits.stated", ["day": wording.day($0.day)])
            } ?? text("views.limits.heads", ["n": wording.number(limits.employees)])
        let counted = Notice(
            text(
                "views.limits.counted.\(limits.counted.count == 1 ? "one" : "many")",
                ["n": wording.number(limits.counted.count)]),
            lines: [Outcome.Line(from)])
        return [verdict] + uncertain + notices(limits.ways) + notices(limits.checks) + [counted]
            // Who else is there is no business of the company's own pages.
            + (actor.role == .employer ? [] : limits.counted).map { offer in
                Notice(words(offer), link: peopleRefusal == nil ? link(to: offer) : nil)
            }
    }

    private func link(to offer: Offer) -> Link {
        Link(
            text("views.limits.openOffer", ["number": String(offer.citizen.number)]),
            Route.efforts(offer.citizen.number).link([("purpose", employerPurpose?.text)]))
    }

    /// `Virksomhedspraktik, 20 timer om ugen, til 3. marts 2026. Sag nr. 12` without a name.
    private func words(_ offer: Offer) -> String {
        text(
            "views.limits.inOffer",
            [
                "offer": words(.offer(offer)),
                "end": offer.end.map { wording.day($0) } ?? text("views.limits.noEnd"),
                "number": String(offer.citizen.number),
            ])
    }
}
