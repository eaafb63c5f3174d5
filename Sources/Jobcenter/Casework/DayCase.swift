import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A caseworker's or a team's day (min dag): conversations, what is due, what came in.
public struct DayCase: Sendable {
    private let house: House

    /// No more of what is due is shown than this.
    public static let mostDue = 100

    public init(_ house: House) { self.house = house }

    /// The day of these caseworkers, with every citizen of theirs where `withAll`. Every
    /// citizen shown is entered in the look-up log. O(their citizens), and O(facts) of those
    /// about whom something was registered since the last time.
    public func day(
        of staff: [FactID], _ filter: DueFilter, withAll: Bool = false,
        in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> WorkDay {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let read = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return Read(
                meetings: try reader.meetings(of: staff, on: today, in: municipality),
                citizens: try reader.citizens(ofStaff: staff, on: today, in: municipality))
        }
        let persons = try await house.days.persons(read.citizens, in: municipality, on: today)
        let open = persons.flatMap(\.due).sorted {
            ($0.due, $0.duty, $0.citizen) < ($1.due, $1.duty, $1.citizen)
        }
        let chosen = open.filter { filter.takes($0) }
        let shown = Array(chosen.prefix(DayCase.mostDue))
        let inbox = persons.flatMap(\.inbox).sorted { ($1.day, $1.citizen) < ($0.day, $0.citizen) }
        let unsent = persons.flatMap(\.unsent)
        let warnings = persons.flatMap { person in person.warnings.map { (person.citizen, $0) } }
        let seen = Set(
            read.meetings.map(\.conversation.citizen) + shown.map(\.citizen)
                + inbox.map(\.citizen) + unsent.map(\.citizen) + warnings.map(\.0)
                + (withAll ? persons.map(\.citizen) : []))
        let found = try await reading.citizens(seen, for: .due, on: today)
        let groups = Dictionary(uniqueKeysWithValues: persons.map { ($0.citizen, $0.group) })
        return WorkDay(
            today: today, lookup: found.lookup, citizens: persons.count,
            changed: persons.count {
                $0.caseworkers.count > 1 && $0.since.map { $0 > today.adding(months: -12) } ?? false
            }, caseworkers: persons.reduce(0) { $0 + $1.caseworkers.count },
            all: withAll
                ? found.citizens.compactMap { citizen in
                    groups[citizen.id].map { (citizen, $0) }
                } : [],
            meetings: read.meetings, due: shown,
            overdue: chosen.count { $0.status == .overdue },
            soon: chosen.count { $0.status != .overdue }, allDue: open,
            duties: try await house.law.rules().book.duties, inbox: inbox, unsent: unsent,
            warnings: warnings,
            people: Dictionary(uniqueKeysWithValues: found.citizens.map { ($0.id, $0) }))
    }

    private struct Read: Sendable {
        var meetings: [Meeting]
        var citizens: [(citizen: CitizenID, latest: Int64)]
    }
}

/// A day's work.
public struct WorkDay: Sendable {
    public var today: Day
    public var lookup: Int64
    /// Everyone whom the caseworkers have.
    public var citizens: Int
    /// Those who have got another caseworker in the latest twelve months.
    public var changed: Int
    /// Caseworkers they have had, added up.
    public var caseworkers: Int
    /// All of them by name, with their groups, where they were asked for.
    public var all: [(citizen: Citizen, group: TargetGroup?)]
    /// Today's conversations in the order of their hours.
    public var meetings: [Meeting]
    /// What was asked for of what is due, the oldest first, no more than `mostDue`.
    public var due: [Due]
    /// How much of what was asked for is overdue, and how much is due within two weeks.
    public var overdue: Int
    public var soon: Int
    /// All that is due, whatever was asked for.
    public var allDue: [Due]
    public var duties: [Duty]
    /// What citizens have sent, the latest first.
    public var inbox: [Incoming]
    /// Decisions that wait to be sent.
    public var unsent: [Decision]
    /// Records that are late, drag on or should be followed up.
    public var warnings: [(citizen: CitizenID, warning: RecordWarning<CaseRecord>)]
    public var people: [CitizenID: Citizen]

    /// Something a citizen has sent.
    public struct Incoming: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            /// Not decided yet.
            case complaint(FactID)
            /// From 0 to 10.
            case feedback(overall: Int)
            case planItem(String, isDisputed: Bool)
            /// A message that waits.
            case message(MessageParty, subject: String)
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
