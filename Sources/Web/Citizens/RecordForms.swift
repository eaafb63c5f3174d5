import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// Registering a note of one kind, whose fields are data: `id` names the kind.
struct RecordForm: CaseFormKind {
    private func kind(_ query: Query, _ visit: Visit) -> RecordKind? {
        visit.records[query["id"] ?? ""]
    }

    func isThere(_ query: Query, _ visit: Visit) -> Bool {
        kind(query, visit).map { !$0.hasOwnForm } ?? false
    }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let kind = kind(typed.query, visit) else { throw FieldProblems([]) }
        return visit.recordForm(kind, typed, about: file.citizen.fullName)
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        guard let kind = kind(typed.query, visit) else { throw FieldProblems([]) }
        let (start, end) = try visit.recordDays(kind, &typed)
        do {
            return .saved(
                try await RecordCase(visit.house).register(
                    kind.id, from: start, to: end, answers: visit.answers(kind, typed),
                    for: citizen, in: visit.desk.municipality.code, by: visit.actor,
                    purpose: purpose))
        } catch let problems as FieldProblems {
            throw FieldProblems(
                problems.all.map { problem in
                    var problem = problem
                    if let need = problem.values["record"] {
                        problem.values["record"] = visit.records[need]?.name[visit.language] ?? need
                    }
                    return problem
                })
        }
    }

    func after(_ citizen: CitizenID) -> Route { .records(citizen.number) }
}

/// Saying on which day a note that goes on ended.
struct RecordEndForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let open = file.records.filter {
            visit.records[$0.record]?.lasts ?? false && ($0.end ?? .openEnd) > today
        }
        let chosen = typed.text("record", or: open.first.map { String($0.id.number) } ?? "")
        return CaseForm(
            headline: visit.text("views.recordEnd.headline", ["name": file.citizen.fullName]),
            lead: visit.text(open.isEmpty ? "views.recordEnd.none" : "views.recordEnd.lead"),
            fields: [
                FormField(
                    "record", visit.text("views.recordEnd.record"),
                    .select(
                        open.map {
                            Choice(
                                value: String($0.id.number), label: visit.line($0),
                                isSelected: String($0.id.number) == chosen)
                        })),
                FormField(
                    "day", visit.text("views.recordEnd.day"),
                    .day(typed.text("day", or: today.iso))),
            ], save: visit.text("views.recordEnd.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let record = typed.chosen("record")
        try typed.check()
        guard let day, let record else { throw FieldProblems([]) }
        return .saved(
            try await RecordCase(visit.house).end(
                record, of: citizen, on: day, in: visit.desk.municipality.code,
                by: visit.actor, purpose: purpose))
    }

    func after(_ citizen: CitizenID) -> Route { .records(citizen.number) }
}

extension CitizenFile {
    /// The latest first.
    var records: [CaseRecord] {
        registrations.compactMap {
            guard case .caseRecord(let record) = $0.fact else { return nil }
            return record
        }
    }
}

extension Visit {
    /// The form of a kind of note about somebody, whoever that is.
    func recordForm(_ kind: RecordKind, _ typed: Typed, about name: String) -> CaseForm {
        let today = house.clock.today()
        let last = kind.atMostMonths.map { today.adding(months: $0) - 1 }
        var fields = [
            FormField(
                "start", text(kind.lasts ? "views.record.from" : "views.conversation.day"),
                .day(typed.text("start", or: today.iso)))
        ]
        if kind.lasts {
            fields.append(
                FormField(
                    "end", text("views.record.to"),
                    .day(typed.text("end", or: last?.iso ?? "")),
                    help: text(
                        last == nil ? "views.record.toHelp" : "views.record.toHelpMost",
                        ["n": String(kind.atMostMonths ?? 0)])))
        }
        fields += kind.fields.map { field($0, typed) }
        var notices: [Notice] = []
        if kind.law != "-" {
            let mark = kind.confidence == .uncertain ? " " + text("law.rules.mark") : ""
            notices.append(Notice(kind.law + mark))
        }
        return CaseForm(
            headline: text(
                "views.record.headline", ["record": kind.name[language], "name": name]),
            lead: kind.what[language], notices: notices, fields: fields,
            save: text("views.record.save"))
    }

    /// The days of a note that was sent. All that is wrong is told at once, each beside its
    /// field.
    func recordDays(
        _ kind: RecordKind, _ typed: inout Typed
    ) throws(FieldProblems) -> (start: Day, end: Day?) {
        let start = typed.day("start")
        let end = kind.lasts ? typed.optionalDay("end") : nil
        let (_, wrong) = kind.read(answers(kind, typed))
        typed.reject(wrong.map { FieldProblem(RecordField.formName($0.field), $0.problem) })
        try typed.check()
        guard let start else { throw FieldProblems([]) }
        return (start, end)
    }

    func answers(_ kind: RecordKind, _ typed: Typed) -> [String: String] {
        var answers: [String: String] = [:]
        for field in kind.fields { answers[field.id] = typed.query[field.formName] }
        return answers
    }

    func field(_ field: RecordField, _ typed: Typed) -> FormField {
        let text = typed.text(field.formName)
        let kind: FormField.Kind =
            switch field.kind {
            case .text, .number: .text(text)
            case .long: .long(text)
            case .day: .day(text)
            case .tick: .tick(typed.tick(field.formName))
            case .choice(let options):
                .radios(
                    options.map {
                        Choice(
                            value: $0.id, label: $0.name[language], isSelected: $0.id == text)
                    })
            }
        var label = field.name[language]
        if case .number(let range) = field.kind {
            label += " (\(range.lowerBound)–\(range.upperBound))"
        }
        if field.isOptional { label = self.text("views.record.optional", ["field": label]) }
        return FormField(field.formName, label, kind, help: field.help?[language])
    }

    /// `Mentoraftale: Mentor: Bo. Mål: møde til tiden`
    func words(_ record: CaseRecord) -> String { words(record, records) }

    func words(_ record: some FormRecord, _ records: RecordCatalogue) -> String {
        guard let kind = records[record.record] else { return record.record }
        let answers = kind.fields.compactMap { field in
            record.answers[field.id].map { self.answer(field, $0) }
        }
        return ([kind.name[language]] + answers).joined(separator: ". ")
    }

    fileprivate func line(_ record: CaseRecord) -> String {
        let name = records[record.record]?.name[language] ?? record.record
        return text(
            "views.recordEnd.line", ["record": name, "day": wording.day(record.start)])
    }

    func answer(_ field: RecordField, _ answer: String) -> String {
        let name = field.name[language]
        switch field.kind {
        case .tick: return name
        case .day: return "\(name): \(Day(iso: answer).map { wording.day($0) } ?? answer)"
        case .choice(let options):
            return "\(name): \(options.first { $0.id == answer }?.name[language] ?? answer)"
        default: return "\(name): \(answer)"
        }
    }

    /// `Trækker ud: åben siden 01.03.2025`
    func words(_ warning: RecordWarning<CaseRecord>) -> String { words(warning, records) }

    func words(_ warning: RecordWarning<some FormRecord>, _ records: RecordCatalogue) -> String {
        let name = records[warning.record.record]?.name[language] ?? warning.record.record
        let (key, day) =
            switch warning.reason {
            case .late(let day): ("late", day)
            case .draggingOn(let day): ("draggingOn", day)
            case .followUp(let day): ("followUp", day)
            }
        return text("views.record.\(key)", ["record": name, "day": wording.day(day)])
    }
}

extension RecordField {
    /// The field in the form: apart from the form's own.
    var formName: String { RecordField.formName(id) }

    static func formName(_ id: String) -> String { "f-\(id)" }
}
