import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What one citizen means for the day's work.
struct PersonDay: Sendable {
    var citizen: CitizenID
    var group: TargetGroup?
    var due: [Due] = []
    var inbox: [WorkDay.Incoming] = []
    var unsent: [Decision] = []
    /// Records that are late, drag on or should be followed up.
    var warnings: [RecordWarning<CaseRecord>] = []
    /// Caseworkers the citizen has had, and the day the present one began.
    var caseworkers: Set<FactID> = []
    var since: Day?
}

/// Keeps what citizens mean for the day's work until something is registered about them.
actor DayShelf {
    private struct Kept {
        var latest: Int64
        var day: Day
        var person: PersonDay
    }

    private let storage: any StorageEngine
    private let law: LawShelf
    private var municipality: MunicipalityCode?
    private var kept: [CitizenID: Kept] = [:]

    /// What citizens sent is shown for so many days.
    static let daysIn = 14

    init(_ storage: any StorageEngine, _ law: LawShelf) {
        self.storage = storage
        self.law = law
    }

    /// The citizens on a day, each with the number of the latest registration about the
    /// citizen. O(facts about those of whom something was registered since).
    func persons(
        _ citizens: [(citizen: CitizenID, latest: Int64)], in municipality: MunicipalityCode,
        on day: Day
    ) async throws -> [PersonDay] {
        if self.municipality != municipality {
            kept.removeAll()
            self.municipality = municipality
        }
        let changed = citizens.filter {
            guard let kept = kept[$0.citizen] else { return true }
            return kept.latest != $0.latest || kept.day != day
        }
        if !changed.isEmpty {
            let engine = try await law.rules()
            let records = try await law.records()
            let read = try await storage.read { connection in
                var read = Reading(day)
                try StoreReader(connection).facts(
                    about: changed.map(\.citizen), in: municipality, kinds: Reading.kinds
                ) { read.add($0) }
                return read.persons(engine, records)
            }
            for (citizen, latest) in changed {
                guard let person = read[citizen] else { continue }
                kept[citizen] = Kept(latest: latest, day: day, person: person)
            }
        }
        return citizens.compactMap { kept[$0.citizen]?.person }
    }

    /// What is read of citizens, and what it means.
    private struct Reading {
        static let kinds: [FactKind] =
            [.citizen] + RegisteredFacts.kinds + [.feedback, .assignment, .message]

        private let day: Day
        private var law = RegisteredFacts()
        private var found: [CitizenID: PersonDay] = [:]
        private var records: [CitizenID: [CaseRecord]] = [:]

        init(_ day: Day) { self.day = day }

        mutating func add(_ fact: Fact) {
            law.add(fact)
            switch fact {
            case .citizen(let citizen):
                found[citizen.id] = PersonDay(citizen: citizen.id)
                law.add(citizen.id, born: citizen.born, permitFrom: citizen.permitFrom)
            case .assignment(let assignment):
                found[assignment.citizen]?.caseworkers.insert(assignment.staff)
                if assignment.holds(on: day) {
                    found[assignment.citizen]?.since = assignment.start
                }
            case .complaint(let complaint) where complaint.decided == nil:
                add(.init(complaint.citizen, complaint.received, .complaint(complaint.id)))
            case .feedback(let answer) where answer.day > day - DayShelf.daysIn:
                add(.init(answer.citizen, answer.day, .feedback(overall: answer.overall)))
            case .planItem(let item)
            where item.progress == .open && item.stance != .agreed && item.stanceBy == .citizen:
                add(
                    .init(
                        item.citizen, item.stanceOn,
                        .planItem(item.text, isDisputed: item.stance == .disputed)))
            case .message(let message) where message.waits:
                add(
                    .init(
                        message.citizen, message.day,
                        .message(message.sender, subject: message.subject)))
            case .caseRecord(let record): records[record.citizen, default: []].append(record)
            case .decision(let decision) where decision.sent == nil:
                found[decision.citizen]?.unsent.append(decision)
            default: break
            }
        }

        private mutating func add(_ incoming: WorkDay.Incoming) {
            found[incoming.citizen]?.inbox.append(incoming)
        }

        func persons(
            _ engine: LawEngine, _ catalogue: RecordCatalogue
        ) -> [CitizenID: PersonDay] {
            var persons = found
            for (citizen, own) in records {
                persons[citizen]?.warnings = catalogue.warnings(own, on: day)
            }
            let cases = Caseload(law.all)
            for due in DueCase.open(engine, cases, day) { persons[due.citizen]?.due.append(due) }
            for citizen in persons.keys {
                let place = cases.position(of: String(citizen.number))
                persons[citizen]?.group = place.flatMap { cases.group(of: $0, on: day) }
            }
            return persons
        }
    }
}
