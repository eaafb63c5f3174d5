import Chronology
import Identifiers
import Registry
import Storage

/// An event with its stands and everybody who was ever signed up.
public struct EventSummary: Hashable, Sendable {
    public var event: JobEvent
    /// In the order of their numbers.
    public internal(set) var stands: [EventStand] = []
    /// In the order of the participants.
    public internal(set) var signUps: [EventSignUp] = []
    public internal(set) var seats: [EventSeat] = []

    public init(_ event: JobEvent) { self.event = event }

    /// Those who take part, or took part.
    public var participants: [EventSignUp] { signUps.filter(\.state.isIn) }

    public func signUp(of participant: Participant) -> EventSignUp? {
        signUps.first { $0.participant == participant }
    }

    public func stand(_ id: FactID) -> EventStand? { stands.first { $0.id == id } }

    /// What stands about a participant and a stand; nil where nothing was ever said.
    public func seat(of participant: Participant, at stand: FactID) -> EventSeat? {
        seats.first { $0.participant == participant && $0.stand == stand }
    }

    /// The stands a participant has, by their slots.
    public func taken(by participant: Participant) -> [EventSeat] {
        seats.filter { $0.participant == participant && $0.state.isTaken }
            .sorted { ($0.slot ?? 0, $0.stand) < ($1.slot ?? 0, $1.stand) }
    }

    public func taken(at stand: FactID) -> [EventSeat] {
        seats.filter { $0.stand == stand && $0.state.isTaken }
            .sorted { ($0.slot ?? 0, $0.participant) < ($1.slot ?? 0, $1.participant) }
    }

    /// How many short meetings there is time for, one after the other; nil where the event has
    /// none.
    public var slots: Int? {
        guard let slot = event.slot, slot > 0, let begins = event.begins, let ends = event.ends
        else { return nil }
        return (ends - begins) / slot
    }

    /// When a slot begins, in minutes after midnight.
    public func time(of slot: Int) -> Int? {
        guard let length = event.slot, let begins = event.begins else { return nil }
        return begins + (slot - 1) * length
    }
}

/// Every event of a municipality.
public struct EventBook: FactBook {
    /// By the day they begin, the earliest first.
    public let events: [EventSummary]
    private let places: [FactID: Int]

    static let kinds: [FactKind] = [.jobEvent, .eventStand, .eventSignUp, .eventSeat]

    /// O(facts). What belongs to no event is left out.
    init(_ facts: [Fact]) {
        var events: [EventSummary] = []
        for case .jobEvent(let event) in facts { events.append(EventSummary(event)) }
        events.sort { ($0.event.start, $0.event.id) < ($1.event.start, $1.event.id) }
        let places = Dictionary(
            uniqueKeysWithValues: events.enumerated().map { ($1.event.id, $0) })
        for fact in facts {
            switch fact {
            case .eventStand(let stand): places[stand.event].map { events[$0].stands.append(stand) }
            case .eventSignUp(let one): places[one.event].map { events[$0].signUps.append(one) }
            case .eventSeat(let seat): places[seat.event].map { events[$0].seats.append(seat) }
            default: break
            }
        }
        for place in events.indices {
            events[place].stands.sort { $0.id < $1.id }
            events[place].signUps.sort { $0.participant < $1.participant }
        }
        self.events = events
        self.places = places
    }

    public subscript(id: FactID) -> EventSummary? { places[id].map { events[$0] } }
}
