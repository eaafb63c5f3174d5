import Chronology
import Identifiers

/// Something where people and companies are brought together, or people to a course
/// (arrangement).
public struct JobEvent: Hashable, Sendable {
    public var id: FactID
    public var kind: JobEventKind
    public var title: String
    public var start: Day
    /// The last day; nil for an event of one day.
    public var end: Day?
    /// Minutes after midnight, on each day; nil where it is not settled.
    public var begins: Int?
    public var ends: Int?
    public var place: String
    public var postcode: String
    /// One line for each point of the programme.
    public var programme: String
    /// How many stands one participant can have: meetings, or 1 for a place on a course.
    public var places: Int
    /// Minutes of one speed meeting; nil where there are none.
    public var slot: Int?
    public var school: String
    /// A course's id in the taxonomy, or its name; empty where there is none.
    public var course: String
    /// When those who took the course begin to work (jobstart).
    public var jobStart: Day?
    /// Whose candidates can take part, besides the municipality's own.
    public var partnership: FactID?

    public init(
        id: FactID, kind: JobEventKind, title: String, start: Day, end: Day? = nil,
        begins: Int? = nil, ends: Int? = nil, place: String = "", postcode: String = "",
        programme: String = "", places: Int = 1, slot: Int? = nil, school: String = "",
        course: String = "", jobStart: Day? = nil, partnership: FactID? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.start = start
        self.end = end
        self.begins = begins
        self.ends = ends
        self.place = place
        self.postcode = postcode
        self.programme = programme
        self.places = places
        self.slot = slot
        self.school = school
        self.course = course
        self.jobStart = jobStart
        self.partnership = partnership
    }

    /// Its last day.
    public var last: Day { end ?? start }
}

public enum JobEventKind: String, CaseIterable, Sendable {
    /// Rekrutteringsarrangement: companies that look for people
    case recruitment
    /// Jobdating: short meetings, one after the other
    case speedMeetings
    /// Jobmesse
    case fair
    /// Kursus
    case course
    /// Branchepakke: companies promise jobs, a school teaches, and work begins on a day
    case package
    /// Fordeling: a set of orders that are filled together
    case orders

    /// People and companies talk, and nobody gets a job or a place on a course by the seat.
    public var isForMeetings: Bool { [.recruitment, .speedMeetings, .fair].contains(self) }
}

/// A company at an event (stand), or what there are seats on: an order, a course.
public struct EventStand: Hashable, Sendable {
    public var id: FactID
    public var event: FactID
    public var title: String
    /// Nil for what is no company's, such as a course of the municipality's own.
    public var company: CVR?
    /// What the company looks for.
    public var order: FactID?
    /// The fewest who must have it, and the most who can.
    public var least: Int
    public var seats: Int
    /// Jobs that the company promises to those who take the course.
    public var promised: Int

    public init(
        id: FactID, event: FactID, title: String, company: CVR? = nil, order: FactID? = nil,
        least: Int = 0, seats: Int, promised: Int = 0
    ) {
        self.id = id
        self.event = event
        self.title = title
        self.company = company
        self.order = order
        self.least = least
        self.seats = seats
        self.promised = promised
    }
}

/// Who takes part: one of the municipality's own, or somebody behind a card of the shared pool.
public enum Participant: Hashable, Comparable, Sendable {
    case citizen(CitizenID)
    /// The member that has the candidate, and the card's number there.
    case card(member: String, number: Int64)

    /// `H240/17`; nil for an own citizen.
    public var guest: String? {
        if case .card(let member, let number) = self { "\(member)/\(number)" } else { nil }
    }

    /// Nil for a text that is none of ``guest``.
    public init?(guest: String) {
        guard let slash = guest.lastIndex(of: "/"), slash > guest.startIndex,
            let number = Int64(guest[guest.index(after: slash)...])
        else { return nil }
        self = .card(member: String(guest[..<slash]), number: number)
    }

    public var citizen: CitizenID? {
        if case .citizen(let citizen) = self { citizen } else { nil }
    }

    /// Own citizens first.
    public static func < (one: Participant, other: Participant) -> Bool {
        switch (one, other) {
        case (.citizen(let one), .citizen(let other)): one < other
        case (.citizen, .card): true
        case (.card, .citizen): false
        case (.card(let one, let first), .card(let other, let second)):
            (one, first) < (other, second)
        }
    }
}

/// How somebody stands to an event; one for each who was ever signed up.
public struct EventSignUp: Hashable, Sendable {
    public var id: FactID
    public var event: FactID
    public var participant: Participant
    public var state: SignUpState
    /// When that was.
    public var day: Day
    /// The stands wished for, the dearest first.
    public var wishes: [FactID]

    public init(
        id: FactID, event: FactID, participant: Participant, state: SignUpState = .signedUp,
        day: Day, wishes: [FactID] = []
    ) {
        self.id = id
        self.event = event
        self.participant = participant
        self.state = state
        self.day = day
        self.wishes = wishes
    }
}

public enum SignUpState: String, CaseIterable, Sendable {
    case signedUp
    /// Afmeldt
    case cancelled
    /// Mødte
    case attended
    /// Udeblev
    case absent

    /// Takes part, or took part.
    public var isIn: Bool { self == .signedUp || self == .attended }
}

/// What stands about a participant and a stand: one for each pair that something was said of.
public struct EventSeat: Hashable, Sendable {
    public var id: FactID
    public var event: FactID
    public var stand: FactID
    public var participant: Participant
    public var state: SeatState
    /// The number of the speed meeting, from 1; nil where there are none.
    public var slot: Int?

    public init(
        id: FactID, event: FactID, stand: FactID, participant: Participant, state: SeatState,
        slot: Int? = nil
    ) {
        self.id = id
        self.event = event
        self.stand = stand
        self.participant = participant
        self.state = state
        self.slot = slot
    }
}

public enum SeatState: String, CaseIterable, Sendable {
    /// Given by the last distribution (fordelt)
    case given
    /// Chosen by hand and kept (fastholdt)
    case fixed
    /// Ruled out by hand (udelukket)
    case forbidden
    /// Given once, and given up again
    case free

    public var isTaken: Bool { self == .given || self == .fixed }
}
