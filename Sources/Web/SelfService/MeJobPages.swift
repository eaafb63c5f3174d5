import Chronology
import Jobcenter
import Law
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Open orders that fit, with the reasons and the citizen's own yes or no.
    func ownJobs(_ file: CitizenFile) async throws -> CaseListPage {
        let cases = CandidateCase(house)
        let found = try await cases.ownOrders(in: desk.municipality.code, by: actor)
        let books = try await cases.books()
        let links = [
            Link(text("me.jobs.cv"), MeRoute.cv.path),
            Link(text("me.jobs.career"), MeRoute.career.path),
            Link(text("me.jobs.log"), MeRoute.log.path),
            Link(text("me.jobs.guides"), MeRoute.guides.path),
        ]
        guard let found else { return noProfile(file, links) }
        let names = try await OwnCase(house).companyNames(
            in: desk.municipality.code, by: actor)
        func lines(_ fits: Bool) -> [CaseListPage.Line] {
            found.lines.filter { $0.fits == fits }
                .map { orderLine($0, names, books, choice($0)) }
        }
        let (fitting, others) = (lines(true), lines(false))
        return CaseListPage(
            headline: fitting.isEmpty
                ? text("me.jobs.none")
                : text("me.jobs.headline", ["n": wording.number(fitting.count)]),
            lead: text("me.jobs.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.jobs.fit"), lines: fitting, forms: [],
                    nothing: text("me.jobs.nothing")),
                .init(
                    heading: text(
                        "me.jobs.others",
                        ["percent": wording.number(OrdersFound.Line.fitting)]),
                    lines: others, forms: []),
                .init(
                    heading: text("me.jobs.about"),
                    lines: [
                        .init(
                            heading: text("me.jobs.wishes"),
                            details: [
                                found.profile.wishes.map { occupation($0, books) }
                                    .joined(separator: ", "),
                                text(
                                    "me.jobs.can",
                                    ["skills": skills(found.profile.skills, books)]),
                                hours(found.profile.hours),
                            ].filter { !$0.isEmpty }, by: "")
                    ], forms: [meForm(.profile)]),
            ], acts: links)
    }

    /// What one can and wishes for comes before what fits.
    private func noProfile(_ file: CitizenFile, _ acts: [Link]) -> CaseListPage {
        CaseListPage(
            headline: text("me.jobs.noProfile"), lead: text("me.jobs.noProfileLead"),
            receipt: ownReceipt(file),
            sections: [
                .init(heading: text("me.jobs.about"), lines: [], forms: [meForm(.profile)])
            ], acts: acts)
    }

    private func choice(_ line: OrdersFound.Line) -> [Link] {
        guard line.stand == nil || line.stand == .volunteered || line.stand == .declined else {
            return []
        }
        return [meForm(.choice, [("id", String(line.order.order.id.number))])]
    }

    /// Occupations within reach, what is missing, courses, and who seeks people there.
    func career(_ file: CitizenFile) async throws -> CaseListPage {
        let cases = CandidateCase(house)
        let found = try await cases.ownOrders(in: desk.municipality.code, by: actor)
        let books = try await cases.books()
        guard let found else { return noProfile(file, []) }
        let reach = found.reach.filter { !found.profile.wishes.contains($0.occupation.id) }
        return CaseListPage(
            headline: text(
                "me.career.headline", ["n": wording.number(min(reach.count, Self.reachShown))]),
            lead: text("me.career.lead"),
            sections: [
                .init(
                    heading: text("me.career.reach"),
                    lines: reach.prefix(Self.reachShown).map { reachLine($0, found, books) },
                    forms: [meForm(.message)], nothing: text("me.career.nothing"))
            ])
    }

    /// Jobs that were applied for.
    func jobLog(_ file: CitizenFile) -> CaseListPage {
        let month = Month(containing: house.clock.today())
        let entries = file.records.filter { $0.record == MeRecordForm.jobLog }
            .sorted { ($0.start, $0.id) > ($1.start, $1.id) }
        let now = entries.count { Month(containing: $0.start) == month }
        return CaseListPage(
            headline: text("me.log.headline", ["n": wording.number(now)]),
            lead: text("me.log.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.log.all"),
                    lines: entries.map { entry in
                        .init(
                            heading:
                                "\(wording.day(entry.start)): \(entry.answers["title"] ?? ""), "
                                + (entry.answers["workplace"] ?? ""),
                            details: ["how", "outcome", "note"].compactMap { id in
                                records[entry.record]?.fields.first { $0.id == id }.flatMap {
                                    field in entry.answers[id].map { answer(field, $0) }
                                }
                            }, by: "")
                    }, forms: [], nothing: text("me.log.nothing"))
            ],
            acts: [
                Link(
                    text("me.log.add"),
                    Route.me(.form(.record)).link([("id", MeRecordForm.jobLog)]))
            ])
    }

    /// What to read about looking for work.
    func guides() -> CaseListPage {
        CaseListPage(
            headline: text("me.guides.headline"), lead: text("me.guides.lead"),
            sections: [
                .init(
                    heading: text("me.guides.all"),
                    lines: MeRoute.Guide.allCases.map { guide in
                        .init(
                            heading: text("me.guide.\(guide.rawValue).headline"),
                            details: [text("me.guide.\(guide.rawValue).lead")], by: "",
                            links: [Link(text("me.guides.read"), MeRoute.guide(guide).path)])
                    }, forms: [])
            ])
    }

    func guide(_ guide: MeRoute.Guide) -> CaseListPage {
        let key = "me.guide.\(guide.rawValue)"
        return CaseListPage(
            headline: text("\(key).headline"), lead: text("\(key).lead"),
            sections: ["before", "how", "after"].map { part in
                .init(
                    heading: text("me.guides.\(part)"),
                    lines: [
                        .init(
                            heading: text("\(key).\(part)"),
                            details: text("\(key).\(part)Text").split(separator: "\n")
                                .map(String.init), by: "")
                    ], forms: [])
            }, acts: [meForm(.message)])
    }
}

/// What one can and wishes for.
struct MeProfileForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        CaseForm(
            headline: visit.text("me.profile.headline"), lead: visit.text("me.profile.lead"),
            fields: try await JobProfileForm.fields(file, typed, visit).map { field in
                var field = field
                let own = "me.profile.\(field.name)"
                if visit.house.texts.has(own) { field.label = visit.text(own) }
                if visit.house.texts.has(own + "Help") { field.help = visit.text(own + "Help") }
                return field
            },
            save: visit.text("me.profile.save"),
            others: [Choice(value: "read", label: visit.text("me.profile.read"))])
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let books = try await CandidateCase(visit.house).books()
        if typed.query["_act"] == "read" {
            return .shown(JobProfileForm.read(&typed, books, visit))
        }
        guard let citizen = visit.actor.citizen else { throw Refusal.notYourOwn }
        return .saved(
            try await OwnCase(visit.house).register(
                try JobProfileForm.profile(&typed, of: citizen, books, visit),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .jobs }
}

/// "I want this one", or not; `id` is the order's number.
struct MeChoiceForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let found = try await CandidateCase(visit.house).ownOrders(
            in: visit.desk.municipality.code, by: visit.actor)
        guard let id = typed.query.fact("id"),
            let line = found?.lines.first(where: { $0.order.order.id == id })
        else { throw FieldProblems([]) }
        let books = try await CandidateCase(visit.house).books()
        let chosen = typed.text("answer")
        return CaseForm(
            headline: visit.text("me.choice.headline", ["title": visit.title(of: line.order)]),
            lead: visit.text("me.choice.lead"),
            notices: [
                Notice(
                    visit.text("me.choice.why"),
                    lines: visit.reasons(line.suggestion, books).map { .init($0) })
            ],
            fields: [
                FormField(
                    "answer", visit.text("me.choice.answer"),
                    .radios(
                        ["wants", "declines"].map {
                            Choice(
                                value: $0, label: visit.text("me.choice.\($0)"),
                                isSelected: $0 == chosen)
                        }))
            ], save: visit.text("me.choice.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let order = typed.chosen("id")
        let answer = typed.text("answer")
        if !["wants", "declines"].contains(answer) { typed.reject("answer", "choice") }
        try typed.check()
        guard let order else { throw FieldProblems([]) }
        return .saved(
            try await OwnCase(visit.house).choose(
                order, wants: answer == "wants", in: visit.desk.municipality.code,
                by: visit.actor))
    }

    var after: MeRoute { .jobs }
}
