import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What a citizen's page shows: who it is, what comes next, and a portion of what is
/// registered.
public struct CitizenOverview: Sendable {
    public var citizen: Citizen
    public var lookup: Int64
    /// How many registrations of each kind stand.
    public var standing: [FactKind: Int]
    /// The portion asked for, the latest first.
    public var events: [RegistrationNote]
    /// What belongs to its conversations, by their numbers.
    public var notes: [FactID: ConversationNote]
    /// The registration asked about, where it stands.
    public var receipt: RegistrationNote?
    public var assignments: [Assignment]
    /// Who has the citizen today.
    public var caseworker: StaffMember?
    public var records: [CaseRecord]
    /// What is open and due within two weeks or overdue.
    public var obligations: CitizenObligations
}

extension CitizenOverview {
    /// The kinds of registrations that are events of their own. What was said stands with
    /// its conversation, and what is between the citizen and the adviser is not the staff's.
    public var kinds: [FactKind] {
        FactKind.allCases.filter {
            ![.conversationNote, .adviserEntry].contains($0) && standing[$0] != nil
        }
    }

    /// All events of a kind; nil for any.
    public func total(_ kind: FactKind?) -> Int {
        kinds.filter { kind == nil || $0 == kind }.reduce(0) { $0 + (standing[$1] ?? 0) }
    }

    public func assignment(on day: Day) -> Assignment? { assignments.current(on: day) }

    /// How many caseworkers the citizen has had.
    public var caseworkers: Int { Set(assignments.map(\.staff)).count }
}

extension [Assignment] {
    /// The latest that holds on a day.
    public func current(on day: Day) -> Assignment? {
        filter { $0.holds(on: day) }.max { $0.start < $1.start }
    }
}

/// Which portion of a citizen's events is asked for.
public struct EventQuestion: Hashable, Sendable {
    /// Nil for any.
    public var kind: FactKind?
    public var skipping: Int
    public var count: Int
    /// A registration to show what was registered just now.
    public var receipt: Int64?

    public init(kind: FactKind? = nil, skipping: Int = 0, count: Int, receipt: Int64? = nil) {
        self.kind = kind
        self.skipping = skipping
        self.count = count
        self.receipt = receipt
    }
}

extension CitizenCase {
    /// What a citizen's page shows. The look-up is logged. Nil when there is no such
    /// citizen. O(events asked for); O(registrations of the citizen) for what comes next
    /// when something was registered since the last time.
    public func overview(
        of citizen: CitizenID, _ question: EventQuestion, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> CitizenOverview? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let (person, state) = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return (
                try reader.citizens(of: municipality, [citizen]).first,
                EventShelf.State(
                    latest: try reader.lastRegistration(about: citizen, in: municipality),
                    staff: try reader.lastRegistration(of: .staffMember, in: municipality),
                    day: today)
            )
        }
        async let look = reading.log(person.map { [$0.id] } ?? [], for: .file, on: today)
        guard let person else {
            _ = try await look
            return nil
        }
        let read = try await house.events.read(
            about: citizen, in: municipality, question, as: state)
        let next = try await house.law.next(
            for: person, latest: state.latest, in: municipality, on: today)
        let lookup = try await look
        return CitizenOverview(
            citizen: person, lookup: lookup, standing: read.standing, events: read.events,
            notes: read.notes, receipt: read.receipt, assignments: read.assignments,
            caseworker: read.caseworker, records: read.records,
            obligations: CitizenObligations(
                citizen: person, lookup: lookup, cases: next.cases, person: 0, book: next.book,
                obligations: next.pressing))
    }
}

/// Keeps what pages show of citizens until something is registered about them.
actor EventShelf {
    private struct Key: Hashable {
        var citizen: CitizenID
        var municipality: MunicipalityCode
        var question: EventQuestion
    }

    /// What the page rests on: the latest registrations about the citizen and of staff, whose
    /// names it shows, and the day.
    struct State: Hashable {
        var latest: Int64
        var staff: Int64
        var day: Day
    }

    private let storage: any StorageEngine
    private var kept: [Key: (state: State, events: Events)] = [:]
    /// Pages that are kept, those in use these minutes.
    private static let most = 512

    init(_ storage: any StorageEngine) { self.storage = storage }

    func read(
        about citizen: CitizenID, in municipality: MunicipalityCode,
        _ question: EventQuestion, as state: State
    ) async throws -> Events {
        let key = Key(citizen: citizen, municipality: municipality, question: question)
        if let kept = kept[key], kept.state == state { return kept.events }
        let events = try await storage.read {
            try Events(StoreReader($0), about: citizen, in: municipality, question, state.day)
        }
        if kept.count >= EventShelf.most { kept.removeAll(keepingCapacity: true) }
        kept[key] = (state, events)
        return events
    }
}

/// What is read of a citizen's registrations for the page.
struct Events: Sendable {
    var standing: [FactKind: Int]
    var events: [RegistrationNote]
    var notes: [FactID: ConversationNote] = [:]
    var receipt: RegistrationNote?
    var assignments: [Assignment] = []
    var caseworker: StaffMember?
    var records: [CaseRecord] = []

    init(
        _ reader: StoreReader, about citizen: CitizenID, in municipality: MunicipalityCode,
        _ question: EventQuestion, _ today: Day
    ) throws {
        standing = try reader.standing(about: citizen, in: municipality)
        events = try reader.timeline(
            about: citizen, in: municipality, kind: question.kind, skipping: question.skipping,
            count: question.count)
        let talks = events.filter { $0.fact.kind == .conversation }.map(\.fact.id.number)
        try reader.facts(.conversationNote, numbered: talks, in: municipality) {
            if case .conversationNote(let note) = $0 { notes[note.id] = note }
        }
        receipt = try question.receipt.flatMap {
            try reader.registration($0, about: citizen, in: municipality)
        }
        if receipt?.fact.kind == .adviserEntry { receipt = nil }
        try reader.facts(about: citizen, in: municipality, kinds: [.assignment, .caseRecord]) {
            switch $0 {
            case .assignment(let assignment): assignments.append(assignment)
            case .caseRecord(let record): records.append(record)
            default: break
            }
        }
        let staff = assignments.current(on: today).map { [$0.staff.number] } ?? []
        try reader.facts(.staffMember, numbered: staff, in: municipality) {
            if case .staffMember(let member) = $0 { caseworker = member }
        }
    }
}
