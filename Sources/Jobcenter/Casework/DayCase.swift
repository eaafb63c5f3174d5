import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A caseworker's or a team's day (min dag): conversations, what is due, what came in.
public struct DayCase: Sendable {
    private let house: House

    /// What citizens sent is shown for so many days.
    public static let daysIn = 14

    private static let kinds: [FactKind] =
        [.citizen] + RegisteredFacts.kinds + [.feedback]

    public init(_ house: House) { self.house = house }

    /// The day of these caseworkers, with every citizen of theirs where `withAll`. Every
    /// citizen shown is entered in the look-up log. O(facts about their citizens).
    public func day(
        of staff: [FactID], _ filter: DueFilter, withAll: Bool = false,
        in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> WorkDay {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let engine = try await house.law.rules()
        let read = try await house.engine.read { connection -> Read in
            let reader = StoreReader(connection)
            var read = Read(meetings: try reader.meetings(of: staff, on: today, in: municipality))
            try reader.facts(
                aboutCitizensOf: staff, on: today, in: municipality, kinds: DayCase.kinds
            ) { read.add($0, today) }
            return read
        }
        let cases = Caseload(read.law.all)
        let open = DueCase.open(engine, cases, today)
        let chosen = open.filter { filter.takes($0) }
        let inbox = read.inbox.sorted { ($1.day, $1.citizen) < ($0.day, $0.citizen) }
        let seen = Set(
            read.meetings.map(\.conversation.citizen) + chosen.map(\.citizen)
                + inbox.map(\.citizen) + read.unsent.map(\.citizen)
                + (withAll ? read.citizens : []))
        let found = try await reading.citizens(seen, for: .due, on: today)
        return WorkDay(
            today: today, lookup: found.lookup, citizens: read.citizens.count,
            all: withAll ? DayCase.all(found.citizens, read.citizens, cases, today) : [],
            meetings: read.meetings, due: chosen, allDue: open,
            duties: engine.book.duties, inbox: inbox, unsent: read.unsent,
            people: Dictionary(uniqueKeysWithValues: found.citizens.map { ($0.id, $0) }))
    }

    /// In the order of their names, each with the group of the day.
    private static func all(
        _ found: [Citizen], _ own: [CitizenID], _ cases: Caseload, _ today: Day
    ) -> [(citizen: Citizen, group: TargetGroup?)] {
        let own = Set(own)
        return found.filter { own.contains($0.id) }.map { citizen in
            let place = cases.position(of: String(citizen.id.number))
            return (citizen, place.flatMap { cases.group(of: $0, on: today) })
        }
    }

    private struct Read: Sendable {
        var meetings: [Meeting]
        var law = RegisteredFacts()
        var inbox: [WorkDay.Incoming] = []
        var unsent: [Decision] = []
        var citizens: [CitizenID] = []

        mutating func add(_ fact: Fact, _ today: Day) {
            law.add(fact)
            switch fact {
            case .citizen(let citizen):
                citizens.append(citizen.id)
                law.add(citizen.id, born: citizen.born, permitFrom: citizen.permitFrom)
            case .complaint(let complaint) where complaint.decided == nil:
                inbox.append(.init(complaint.citizen, complaint.received, .complaint))
            case .feedback(let answer) where answer.day > today - daysIn:
                inbox.append(.init(answer.citizen, answer.day, .feedback(overall: answer.overall)))
            case .planItem(let item)
            where item.progress == .open && item.stance != .agreed && item.stanceBy == .citizen:
                inbox.append(
                    .init(
                        item.citizen, item.stanceOn,
                        .planItem(item.text, isDisputed: item.stance == .disputed)))
            case .decision(let decision) where decision.sent == nil: unsent.append(decision)
            default: break
            }
        }
    }
}

/// A day's work.
public struct WorkDay: Sendable {
    public var today: Day
    public var lookup: Int64
    /// Everyone whom the caseworkers have.
    public var citizens: Int
    /// All of them by name, with their groups, where they were asked for.
    public var all: [(citizen: Citizen, group: TargetGroup?)]
    /// Today's conversations in the order of their hours.
    public var meetings: [Meeting]
    /// What was asked for of what is due, the oldest first, and all of it.
    public var due: [Due]
    public var allDue: [Due]
    public var duties: [Duty]
    /// What citizens have sent, the latest first.
    public var inbox: [Incoming]
    /// Decisions that wait to be sent.
    public var unsent: [Decision]
    public var people: [CitizenID: Citizen]

    /// Something a citizen has sent.
    public struct Incoming: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            /// Not decided yet.
            case complaint
            /// From 0 to 10.
            case feedback(overall: Int)
            case planItem(String, isDisputed: Bool)
        }
        public var citizen: CitizenID
        public var day: Day
        public var kind: Kind

        init(_ citizen: CitizenID, _ day: Day, _ kind: Kind) {
            self.citizen = citizen
            self.day = day
            self.kind = kind
        }
    }
}
