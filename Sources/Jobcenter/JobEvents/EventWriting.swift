import Chronology
import Identifiers
import Registry
import Storage

/// What is said of a participant: signed up, signed off, came or stayed away.
public struct EventMark: Hashable, Sendable {
    public var participant: Participant
    public var state: SignUpState
    /// Nil where they stay as they are.
    public var wishes: [FactID]?

    public init(_ participant: Participant, _ state: SignUpState, wishes: [FactID]? = nil) {
        self.participant = participant
        self.state = state
        self.wishes = wishes
    }
}

extension EventCase {
    /// More stands or meetings than this are a slip of the hand.
    public static let mostPlaces = 50
    public static let mostSeats = 500

    /// Registers an event, or corrects the one with its number. Throws `FieldProblems` for days
    /// and hours that run backwards, and for meetings that there is no time for.
    public func register(
        _ event: JobEvent, correcting number: FactID?, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.check(event, isNew: number == nil)
            if let number { _ = try writer.summary(ofEvent: number) }
            return try writer.put(number, .jobEvent) { id in
                var event = event
                event.id = id
                return .jobEvent(event)
            }
        }
    }

    /// Registers a stand, or corrects the one with its number. Throws `FieldProblems` for a
    /// company that is not registered, an order that is closed, and seats that cannot be.
    public func register(
        _ stand: EventStand, correcting number: FactID?, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.put(
                stand, correcting: number, in: try writer.summary(ofEvent: stand.event))
        }
    }

    /// Signs people up, off, or says whether they came: all of it, or nothing. Who is signed off
    /// or did not come gives up the seats; wishes that are nil stay. Throws `FieldProblems` for
    /// one who lives elsewhere, a card that was withdrawn, a wish for a stand that is not there,
    /// and for what comes too early or late.
    public func register(
        _ marks: [EventMark], at event: FactID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let known = try await house.jobEvents.book(of: municipality)[event]
        var pool: EventPool?
        if let known { pool = try await self.pool(of: known.event, in: municipality) }
        let cards = pool
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let summary = try writer.summary(ofEvent: event)
            var last: Receipt?
            for mark in marks { last = try writer.register(mark, summary, cards) }
            guard let last else { throw FieldProblems([.init("person", "nobodyChosen")]) }
            return last
        }
    }

    /// Changes a seat by hand: keeps it for somebody, rules it out, or lets it go. A later
    /// distribution holds on to it. Throws `FieldProblems` where no seat or no time is left.
    public func register(
        _ state: SeatState, of participant: Participant, at stand: FactID, of event: FactID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            var summary = try writer.summary(ofEvent: event)
            guard let place = summary.stand(stand) else {
                throw FieldProblems([.init("stand", "choice")])
            }
            guard let signUp = summary.signUp(of: participant), signUp.state.isIn else {
                throw FieldProblems([.init("participant", "notSignedUp")])
            }
            let standing = summary.seat(of: participant, at: stand)
            if state.isTaken {
                let others = summary.taken(at: stand).filter { $0.participant != participant }
                if others.count >= place.seats {
                    throw FieldProblems([
                        .init("stand", "standFull", ["seats": String(place.seats)])
                    ])
                }
                let own = summary.taken(by: participant).filter { $0.stand != stand }
                if own.count >= summary.event.places {
                    throw FieldProblems([
                        .init(
                            "participant", "participantFull",
                            ["places": String(summary.event.places)])
                    ])
                }
            }
            let receipt = try writer.put(standing?.id, .eventSeat) { id in
                .eventSeat(
                    EventSeat(
                        id: id, event: event, stand: stand, participant: participant,
                        state: state, slot: state.isTaken ? standing?.slot : nil))
            }.1
            if summary.slots != nil {
                summary = try writer.summary(ofEvent: event)
                try writer.settleSlots(summary)
            }
            return receipt
        }
    }
}

extension CaseWriter {
    /// The event as it stands in this transaction. Throws `FieldProblems` where there is none.
    func summary(ofEvent id: FactID) throws -> EventSummary {
        var facts: [Fact] = []
        if let event = try reader.registration(.jobEvent, id, of: municipality)?.fact {
            facts.append(event)
        }
        for kind in [FactKind.eventStand, .eventSignUp, .eventSeat] {
            facts += try reader.registrations(
                kind, where: .event, is: id.number, of: municipality
            ).map(\.fact)
        }
        guard let summary = EventBook(facts)[id] else {
            throw FieldProblems([.init("event", "choice")])
        }
        return summary
    }

    /// Registers a stand at an event, or corrects the one with its number.
    mutating func put(
        _ stand: EventStand, correcting number: FactID?, in event: EventSummary
    ) throws -> Receipt {
        if let number, event.stand(number) == nil {
            throw FieldProblems([.init("id", "choice")])
        }
        let stand = try checked(stand, in: event, isNew: number == nil)
        return try put(number, .eventStand) { id in
            var stand = stand
            stand.id = id
            return .eventStand(stand)
        }.1
    }

    fileprivate mutating func register(
        _ mark: EventMark, _ event: EventSummary, _ pool: EventPool?
    ) throws -> Receipt {
        let standing = event.signUp(of: mark.participant)
        let wishes = mark.wishes ?? standing?.wishes ?? []
        try check(mark.state, of: mark.participant, event, pool, wishes: wishes)
        if wishes.contains(where: { event.stand($0) == nil }) {
            throw FieldProblems([.init("wish-1", "choice")])
        }
        let day = today
        let receipt = try put(standing?.id, .eventSignUp) { id in
            .eventSignUp(
                EventSignUp(
                    id: id, event: event.event.id, participant: mark.participant,
                    state: mark.state, day: day, wishes: wishes))
        }.1
        if !mark.state.isIn {
            for var seat in event.taken(by: mark.participant) {
                seat.state = .free
                seat.slot = nil
                _ = try set(.eventSeat(seat))
            }
        }
        return receipt
    }

    fileprivate func check(_ event: JobEvent, isNew: Bool) throws {
        if event.title.isEmpty { throw FieldProblems([.init("title", "empty")]) }
        if event.last < event.start { throw FieldProblems([.init("end", "endsBefore")]) }
        if isNew, event.last < today { throw FieldProblems([.init("start", "inPast")]) }
        if let begins = event.begins, let ends = event.ends, ends <= begins {
            throw FieldProblems([.init("ends", "timesTurned")])
        }
        if let job = event.jobStart, job < event.start {
            throw FieldProblems([.init("jobStart", "beforeStart", ["day": event.start.danish])])
        }
        guard event.slot != nil else { return }
        guard let slots = EventSummary(event).slots, slots > 0 else {
            throw FieldProblems([.init("slot", "noTimeForMeetings")])
        }
        if event.places > slots {
            throw FieldProblems([
                .init("places", "tooManyMeetings", ["slots": String(slots)])
            ])
        }
    }

    /// The stand with the company and title that its order tells of.
    fileprivate func checked(
        _ stand: EventStand, in event: EventSummary, isNew: Bool
    ) throws -> EventStand {
        var stand = stand
        if let number = stand.order {
            let order = try summary(number)
            if isNew, !order.isOpen { throw FieldProblems([.init("order", "orderClosed")]) }
            let company = try reader.company(ofUnit: order.order.unit, in: municipality)
            if let told = stand.company, let company, told != company {
                throw FieldProblems([.init("order", "orderOfOther")])
            }
            stand.company = company
            if stand.title.isEmpty { stand.title = order.description?.title ?? "" }
        }
        if let cvr = stand.company {
            guard let company = try reader.company(cvr, of: municipality) else {
                throw FieldProblems([.init("company", "cvrUnknown")])
            }
            if stand.title.isEmpty { stand.title = company.name }
        }
        if stand.title.isEmpty { throw FieldProblems([.init("title", "empty")]) }
        if stand.least > stand.seats { throw FieldProblems([.init("least", "leastOverSeats")]) }
        if let slots = event.slots, stand.seats > slots {
            throw FieldProblems([.init("seats", "tooManyMeetings", ["slots": String(slots)])])
        }
        return stand
    }

    fileprivate func check(
        _ state: SignUpState, of participant: Participant, _ event: EventSummary,
        _ pool: EventPool?, wishes: [FactID]
    ) throws {
        let standing = event.signUp(of: participant)
        switch participant {
        case .citizen(let citizen):
            if standing == nil { try requireResident(citizen, on: today, "person") }
        case .card:
            guard let pool else { throw FieldProblems([.init("person", "noPool")]) }
            if state.isIn, pool.card(participant) == nil {
                throw FieldProblems([.init("person", "cardWithdrawn")])
            }
        }
        switch state {
        case .signedUp:
            if today > event.event.last { throw FieldProblems([.init("state", "eventOver")]) }
            if standing?.state == .signedUp, standing?.wishes == wishes {
                throw FieldProblems([.init("person", "signedUp")])
            }
        case .cancelled:
            if standing == nil { throw FieldProblems([.init("person", "notSignedUp")]) }
        case .attended, .absent:
            if today < event.event.start {
                throw FieldProblems([
                    .init("state", "eventToCome", ["day": event.event.start.danish])
                ])
            }
            if state == .absent, standing == nil {
                throw FieldProblems([.init("person", "notSignedUp")])
            }
        }
    }
}
