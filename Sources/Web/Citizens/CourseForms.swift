import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// Ending an effort, with how it went.
struct EffortEndForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let catalogue = try await EffortCase(visit.house).catalogue()
        let open = file.efforts.filter { $0.outcome == nil }
        let chosen = typed.text("effort", or: open.first.map { String($0.id.number) } ?? "")
        let effort = open.first { String($0.id.number) == chosen }
        let outcomes = effort.flatMap { catalogue[$0.measure] }?.outcomes ?? EffortOutcome.allCases
        let last = min(today, effort?.end ?? today)
        return CaseForm(
            headline: visit.text("views.effortEnd.headline", ["name": file.citizen.fullName]),
            lead: visit.text(open.isEmpty ? "views.effortEnd.none" : "views.effortEnd.lead"),
            fields: [
                FormField(
                    "effort", visit.text("views.effortEnd.effort"),
                    .select(
                        open.map {
                            Choice(
                                value: String($0.id.number),
                                label: visit.words($0, catalogue),
                                isSelected: String($0.id.number) == chosen)
                        })),
                FormField(
                    "day", visit.text("views.effortEnd.day"),
                    .day(typed.text("day", or: last.iso))),
                FormField(
                    "outcome", visit.text("views.effortEnd.outcome"),
                    .radios(
                        outcomes.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("term.outcome.\($0.rawValue)"),
                                isSelected: typed.text("outcome") == $0.rawValue)
                        })),
                FormField("note", visit.text("views.effortEnd.note"), .long(typed.text("note"))),
            ], save: visit.text("views.effortEnd.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let outcome: EffortOutcome? = typed.choice("outcome")
        let effort = typed.chosen("effort")
        try typed.check()
        guard let day, let outcome, let effort else { throw FieldProblems([]) }
        return .saved(
            try await EffortCase(visit.house).end(
                effort, of: citizen, on: day, outcome, note: typed.words("note"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

/// Registering that something the law asks for was done on a day.
struct CaseActForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let asked = Set(file.obligations.openActs(on: today))
        let chosen = typed.text("kind", or: typed.query["kind"] ?? "")
        // What is asked for now stands first.
        let kinds =
            ActKind.allCases.filter { asked.contains($0) }
            + ActKind.allCases.filter { !asked.contains($0) }
        return CaseForm(
            headline: visit.text("views.caseAct.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.caseAct.lead"),
            fields: [
                FormField(
                    "kind", visit.text("views.caseAct.kind"),
                    .select(
                        [Choice(value: "", label: visit.text("views.effort.choose"))]
                            + kinds.filter { !CaseActCase.elsewhere.contains($0) }.map {
                                Choice(
                                    value: $0.rawValue, label: visit.text("law.act.\($0.rawValue)"),
                                    isSelected: $0.rawValue == chosen)
                            })),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: today.iso))),
                FormField("note", visit.text("views.caseAct.note"), .text(typed.text("note"))),
            ], save: visit.text("views.caseAct.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let kind: ActKind? = typed.choice("kind")
        try typed.check()
        guard let day, let kind else { throw FieldProblems([]) }
        return .saved(
            try await CaseActCase(visit.house).register(
                kind, on: day, note: typed.words("note"), for: citizen,
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension CitizenFile {
    /// The latest first.
    var efforts: [Effort] {
        registrations.compactMap {
            guard case .effort(let effort) = $0.fact else { return nil }
            return effort
        }
    }
}

extension CitizenObligations {
    /// The acts that what is open on a day asks for.
    func openActs(on day: Day) -> [ActKind] {
        obligations.filter { $0.obligation.isOpen(on: day) }.flatMap { owed in
            guard case .acts(let kinds) = owed.rule.asks else { return [ActKind]() }
            return kinds.sorted { $0.rawValue < $1.rawValue }
        }
    }
}

extension Visit {
    /// `Mentor: komme godt i gang, fra 05.01.2026`
    func words(_ effort: Effort, _ catalogue: EffortCatalogue) -> String {
        let name = catalogue[effort.measure]?.name[language] ?? effort.measure
        return text(
            "views.effortEnd.line",
            ["name": name, "goal": effort.goal, "day": wording.day(effort.start)])
    }
}

/// Taking back something that was registered by mistake. It stays in the ledger.
struct WithdrawForm: CaseFormKind {
    private static let most = 40

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let own = file.registrations.filter { WithdrawCase.kinds.contains($0.fact.kind) }
            .sorted { $0.number > $1.number }.prefix(Self.most)
        return CaseForm(
            headline: visit.text("views.withdraw.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.withdraw.lead"),
            fields: [
                FormField(
                    "number", visit.text("views.withdraw.what"),
                    .select(
                        [Choice(value: "", label: visit.text("views.effort.choose"))]
                            + own.map { note in
                                Choice(
                                    value: String(note.number), label: visit.line(note),
                                    isSelected: typed.text("number") == String(note.number))
                            })),
                FormField(
                    "why", visit.text("views.withdraw.why"), .text(typed.text("why")),
                    help: visit.text("views.withdraw.whyHelp")),
            ], save: visit.text("views.withdraw.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let number = typed.chosen("number")?.number
        let why = Purpose(typed.words("why"))
        if why == nil { typed.reject("why", "empty") }
        try typed.check()
        guard let number, let why else { throw FieldProblems([]) }
        return .saved(
            try await WithdrawCase(visit.house).withdraw(
                registration: number, of: citizen, why: why, in: visit.desk.municipality.code,
                by: visit.actor))
    }
}

extension Visit {
    /// `16.09.2024: Samtale, Jobsamtale, holdt (Kim)`
    fileprivate func line(_ note: RegistrationNote) -> String {
        let day = note.fact.valid.map { wording.day($0.start) } ?? wording.day(note.recordedOn)
        return "\(day): \(text("views.fact.\(note.fact.kind.rawValue)")), "
            + "\(words(note.fact)) (\(note.actor))"
    }
}
