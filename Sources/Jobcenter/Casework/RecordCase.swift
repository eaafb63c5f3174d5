import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Notes with fields of their own: consents, contacts, agreements, goals (optegnelser).
public struct RecordCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    public func catalogue() async throws -> RecordCatalogue { try await house.law.records() }

    /// Registers a record. Throws `FieldProblems` for what is missing or cannot be
    /// understood, a day to come or on which the citizen lived elsewhere, an end before the
    /// beginning or later than the kind allows, and a kind that must stand before it.
    public func register(
        _ record: String, from start: Day, to end: Day?, answers typed: [String: String],
        for citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose, asking request: Request = .registerFact
    ) async throws -> Receipt {
        let catalogue = try await catalogue()
        guard let kind = catalogue[record] else { throw FieldProblems([.init("id", "choice")]) }
        let (answers, problems) = kind.read(typed)
        if !problems.isEmpty {
            throw FieldProblems(problems.map { FieldProblem($0.field, $0.problem) })
        }
        let last = kind.lasts ? end : start
        if let problem = kind.problem(from: start, to: last) { throw FieldProblems([problem]) }
        return try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            if start > writer.today { throw FieldProblems([.init("start", "actInFuture")]) }
            try writer.requireResident(citizen, on: start, "start")
            var standing: [CaseRecord] = []
            try writer.reader.facts(about: citizen, in: municipality, kinds: [.caseRecord]) {
                if case .caseRecord(let record) = $0 { standing.append(record) }
            }
            for need in kind.needs
            where !standing.contains(where: { $0.record == need && $0.holds(on: start) }) {
                throw FieldProblems([
                    .init("start", "needsRecord", ["record": need])
                ])
            }
            return try writer.add(.caseRecord) { id in
                .caseRecord(
                    CaseRecord(
                        id: id, citizen: citizen, record: record, start: start, end: last,
                        answers: answers))
            }.1
        }
    }

    /// Says on which day a record that goes on ended. Throws `FieldProblems` where there is
    /// none such, or the day is to come or before it began.
    public func end(
        _ id: FactID, of citizen: CitizenID, on day: Day, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            let note = try writer.reader.registration(.caseRecord, id, of: municipality)
            guard case .caseRecord(var record)? = note?.fact, record.citizen == citizen else {
                throw FieldProblems([.init("record", "choice")])
            }
            if day > writer.today { throw FieldProblems([.init("day", "actInFuture")]) }
            if day < record.start {
                throw FieldProblems([.init("day", "beforeStart", ["day": record.start.danish])])
            }
            record.end = day
            return try writer.set(.caseRecord(record))
        }
    }
}

extension RecordKind {
    func problem(from start: Day, to end: Day?) -> FieldProblem? {
        if let end, end < start {
            return FieldProblem("end", "beforeStart", ["day": start.danish])
        }
        guard let months = atMostMonths else { return nil }
        let last = start.adding(months: months) - 1
        if let end, end <= last { return nil }
        return FieldProblem("end", "endsTooLate", ["day": last.danish])
    }
}

extension FieldProblem {
    /// What is wrong with an answer, beside a field.
    public init(_ field: String, _ problem: RecordProblem) {
        switch problem {
        case .missing: self.init(field, "empty")
        case .notADay: self.init(field, "day")
        case .notAChoice: self.init(field, "choice")
        case .mustBeTicked: self.init(field, "mustBeTicked")
        case .notANumber(let range):
            self.init(
                field, "wholeNumber",
                ["from": String(range.lowerBound), "to": String(range.upperBound)])
        }
    }
}
