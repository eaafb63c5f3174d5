import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Views

/// Registering an effort: what, where, when, and hours that may rise.
struct EffortForm: CaseFormKind {
    static let rows = 3

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let catalogue = try await EffortCase(visit.house).catalogue()
        let starts = today.nextWorkingDay(after: 7)
        let measure = typed.text("measure")
        let unit = typed.text("unit")
        let found = try await EffortCase(visit.house).workplaces(
            named: unit, in: visit.desk.municipality.code)
        let questions = try await questions(typed, file.citizen.id, visit)
        return CaseForm(
            headline: visit.text("views.effort.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.effort.lead"),
            notices: unit.contains(where: \.isLetter) ? visit.proposals(found) : [],
            fields: [
                FormField(
                    "measure", visit.text("views.effort.measure"),
                    .select(
                        [Choice(value: "", label: visit.text("views.effort.choose"))]
                            + catalogue.kinds.filter { $0.isOpen(on: today) }.map {
                                Choice(
                                    value: $0.id, label: $0.name[visit.language],
                                    isSelected: $0.id == measure)
                            }), help: catalogue[measure]?.what[visit.language]),
                FormField(
                    "unit", visit.text("views.effort.unit"), .text(unit),
                    help: visit.text("views.effort.unitHelp")),
                FormField("goal", visit.text("views.effort.goal"), .text(typed.text("goal"))),
                FormField(
                    "starts", visit.text("views.effort.starts"),
                    .day(typed.text("starts", or: starts.iso))),
                FormField(
                    "ends", visit.text("views.effort.ends"),
                    .day(typed.text("ends", or: (starts + 27).iso))),
                FormField(
                    "hours1", visit.text("views.effort.hours"), .text(typed.text("hours1")),
                    help: visit.text("views.effort.hoursHelp")),
            ] + visit.risingHours(typed, rows: Self.rows) + [
                FormField(
                    "contact", visit.text("views.effort.contact"), .text(typed.text("contact"))),
                FormField(
                    "agreed", visit.text("views.effort.agreed"),
                    .tick(typed.tick("agreed", or: true))),
                FormField(
                    "extended", visit.text("views.effort.extended"),
                    .tick(typed.tick("extended"))),
                FormField("test", visit.text("views.effort.test"), .tick(typed.tick("test"))),
                FormField(
                    "single", visit.text("views.effort.single"), .tick(typed.tick("single"))),
            ] + questions.fields(typed, visit), hidden: questions.hidden,
            save: visit.text("views.effort.save"),
            others: [Choice(value: "check", label: visit.text("views.effort.check"))])
    }

    /// What the law asks of the effort as far as it is typed.
    private func questions(
        _ typed: Typed, _ citizen: CitizenID, _ visit: Visit
    ) async throws -> QuestionFields {
        var reading = typed
        guard let measure = typed.query["measure"], let starts = reading.optionalDay("starts")
        else { return QuestionFields(questions: []) }
        let kind = try await EffortCase(visit.house).catalogue()[measure]
        let effort = NewEffort(
            measure: measure, starts: starts, ends: reading.optionalDay("ends"))
        return QuestionFields(
            questions: try await EffortCase(visit.house).questions(
                effort, for: citizen, in: visit.desk.municipality.code, by: visit.actor),
            more: kind?.asksSixWeeks ?? false
                ? [
                    AskedFact(
                        id: "onList",
                        name: Localized(
                            da: visit.house.texts.text("views.effort.onList", .da),
                            en: visit.house.texts.text("views.effort.onList", .en)), kind: .truth,
                        isOptional: false)
                ] : [])
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let starts = typed.day("starts")
        let ends = typed.optionalDay("ends")
        if typed.query["measure"] == nil { typed.reject("measure", "choice") }
        let hours = typed.hourSteps(from: starts, rows: Self.rows)
        let unit = typed.query["unit"].flatMap { try? ProductionUnitNumber($0) }
        if unit == nil, typed.query["unit"] != nil { typed.reject("unit", "workplaceNumber") }
        let questions = try await questions(typed, citizen, visit)
        let told = questions.wereShown(typed) ? questions.told(&typed) : [:]
        try typed.check()
        guard let starts else { throw FieldProblems([]) }
        if !questions.wereShown(typed) {
            return .shown([Notice(visit.text("views.effort.answerThese"))])
        }
        let kind = try await EffortCase(visit.house).catalogue()[typed.query["measure"] ?? ""]
        var effort = NewEffort(measure: typed.query["measure"] ?? "", starts: starts, ends: ends)
        effort.hours = hours
        effort.unit = unit
        effort.told = told
        effort.answered = questions.lines(told, visit)
        effort.goal = typed.words("goal")
        effort.contact = typed.words("contact")
        effort.isAgreed = typed.tick("agreed")
        effort.isExtended = typed.tick("extended")
        effort.isTest = typed.tick("test")
        effort.isSingleParent = typed.tick("single")
        effort.planText =
            (kind?.name[.da] ?? "") + (effort.goal.isEmpty ? "" : ": \(effort.goal)")
        let efforts = EffortCase(visit.house)
        let code = visit.desk.municipality.code
        if typed.query["_act"] == "check" {
            let checks = try await efforts.check(effort, for: citizen, in: code, by: visit.actor)
            return .shown(visit.notices(checks))
        }
        do {
            return .saved(
                try await efforts.register(
                    effort, for: citizen, in: code, by: visit.actor, purpose: purpose))
        } catch let refusal as EffortRefusal {
            for check in refusal.checks where check.answer.verdict == .no {
                typed.reject(check.subject.field, "lawSaysNo")
            }
            return .shown(visit.notices(refusal.checks))
        }
    }
}

/// Registering hours back at work while sick-listed.
struct PartialReturnForm: CaseFormKind {
    private static let rows = 4

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let start = visit.house.clock.today().nextWorkingDay(after: 1)
        return CaseForm(
            headline: visit.text("views.partialReturn.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.partialReturn.lead"),
            fields: [
                FormField(
                    "from1", visit.text("views.partialReturn.from"),
                    .day(typed.text("from1", or: start.iso))),
                FormField(
                    "hours1", visit.text("views.partialReturn.hours"),
                    .text(typed.text("hours1")), help: visit.text("views.effort.hoursHelp")),
            ] + visit.risingHours(typed, rows: Self.rows),
            save: visit.text("views.partialReturn.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let start = typed.day("from1")
        let steps = typed.hourSteps(from: start, rows: Self.rows)
        if typed.query["hours1"] == nil { typed.reject("hours1", "hoursMissing") }
        try typed.check()
        return .saved(
            try await SickLeaveCase(visit.house).returnInPart(
                steps, to: citizen, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

extension Typed {
    /// `hours1` from a day on, and each later row from its own day.
    mutating func hourSteps(from start: Day?, rows: Int) -> [NewEffort.Hours] {
        var steps: [NewEffort.Hours] = []
        for row in 1...rows {
            let weekly = hours("hours\(row)")
            let from = row == 1 ? start : optionalDay("from\(row)")
            if let weekly, let from {
                steps.append(NewEffort.Hours(from: from, weekly: weekly))
            } else if row > 1, weekly != nil, query["from\(row)"] == nil {
                reject("from\(row)", "day")
            } else if row > 1, from != nil, query["hours\(row)"] == nil {
                reject("hours\(row)", "hoursMissing")
            }
        }
        return steps
    }
}

extension Visit {
    /// Later steps of hours, each with its day.
    func risingHours(_ typed: Typed, rows: Int) -> [FormField] {
        (2...rows).flatMap { row in
            [
                FormField(
                    "from\(row)", text("views.effort.laterFrom", ["n": String(row)]),
                    .day(typed.text("from\(row)"))),
                FormField(
                    "hours\(row)", text("views.effort.laterHours", ["n": String(row)]),
                    .text(typed.text("hours\(row)"))),
            ]
        }
    }

    fileprivate func proposals(
        _ found: [(name: String, number: ProductionUnitNumber)]
    ) -> [Notice] {
        guard !found.isEmpty else { return [] }
        return [
            Notice(
                text("views.effort.found"),
                lines: found.map { .init("\($0.number.description): \($0.name)") })
        ]
    }

    /// What the law says, each side with its arithmetic.
    func notices(_ checks: [EffortCheck]) -> [Notice] {
        if checks.isEmpty { return [Notice(text("views.effort.noLimit"))] }
        return checks.map { check in
            let found = outcome(check.answer, of: "effort.\(check.subject.key)")
            let name: String =
                if case .condition(let id) = check.subject { questionName(id) + " " } else { "" }
            return Notice(name + found.heading, lines: found.lines + [.init(found.basis)])
        }
    }
}

extension EffortCheck.Subject {
    /// Below `views.effort`.
    var key: String {
        switch self {
        case .offer: "offer"
        case .ratio: "ratio"
        case .netEmployment: "netEmployment"
        case .sixWeeks: "sixWeeks"
        case .condition: "condition"
        }
    }

    /// The form's field it stands beside.
    var field: String {
        switch self {
        case .offer: "ends"
        case .ratio, .netEmployment: "unit"
        case .condition, .sixWeeks: "measure"
        }
    }
}
