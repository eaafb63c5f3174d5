import Chronology
import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// The best distribution of an event's seats, beside the one that stands (fordeling).
public struct EventDistribution: Sendable {
    public var file: EventFile
    public var filling: EventFilling
    /// Nil where what is required cannot all be.
    public var best: Matching.Assignment?
    /// Why not; each by itself is enough.
    public var contradictions: [AssignmentContradiction] = []
    /// The slot of each short meeting, from 1; nil where the event has none.
    public var slots: [AssignmentProblem.Pair: Int]?
    /// The number of the event's last registration: what the distribution was worked out from.
    public var version: Int64

    /// Given by the best and not standing.
    public var added: [AssignmentProblem.Pair] {
        (best?.pairs ?? []).filter { !stands($0) }
    }

    /// Standing and not given by the best.
    public var removed: [EventSeat] {
        guard let best else { return [] }
        let given = Set(best.pairs.map { seat($0) })
        return file.summary.seats.filter {
            $0.state.isTaken && !given.contains(Seat(participant: $0.participant, stand: $0.stand))
        }
    }

    public struct Seat: Hashable, Sendable {
        public var participant: Participant
        public var stand: FactID
    }

    public func seat(_ pair: AssignmentProblem.Pair) -> Seat {
        Seat(
            participant: filling.participants[pair.candidate].participant,
            stand: filling.stands[pair.opening].id)
    }

    private func stands(_ pair: AssignmentProblem.Pair) -> Bool {
        let seat = seat(pair)
        return file.summary.seat(of: seat.participant, at: seat.stand)?.state.isTaken ?? false
    }
}

extension EventCase {
    /// The best distribution as things stand. Everybody in it is entered in the look-up log.
    /// Nil where there is no such event.
    public func distribution(
        of event: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> EventDistribution? {
        guard
            let file = try await file(of: event, in: municipality, by: actor, purpose: purpose),
            let orders = file.orders
        else { return nil }
        let books = try await house.matching.books()
        let cards = try await cards(of: file, books, in: municipality)
        let filling = EventFilling(file.summary, cards, books, orders, file.pool)
        var found = EventDistribution(
            file: file, filling: filling,
            version: file.registrations.last?.number ?? 0)
        switch try Matching.Assignment.solve(filling.problem) {
        case .contradictory(let contradictions): found.contradictions = contradictions
        case .best(let best):
            found.best = best
            if let slots = file.summary.slots {
                found.slots = MeetingSlots.plan(
                    Set(best.pairs), slots: slots, earlier: earlier(filling, file.summary))
            }
        }
        return found
    }

    /// Registers the best distribution: seats that are new, and those given up. Seats kept or
    /// ruled out by hand stay as they are. Throws `FieldProblems` where the event has changed
    /// since `version`, and where there is no distribution.
    public func distribute(
        _ event: FactID, version: Int64, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt? {
        try Policy.require(.registerCompany, by: actor, in: municipality)
        let found = try await distribution(
            of: event, in: municipality, by: actor, purpose: purpose)
        guard let found else { throw FieldProblems([.init("event", "choice")]) }
        guard let best = found.best else {
            throw FieldProblems([.init("event", "cannotDistribute")])
        }
        let given = best.pairs.map { (found.seat($0), found.slots?[$0]) }
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let last = try [FactKind.jobEvent, .eventStand, .eventSignUp, .eventSeat].map {
                try writer.reader.registrations(
                    $0, where: $0 == .jobEvent ? .id : .event, is: event.number, of: municipality
                ).map(\.number).max() ?? 0
            }.max()
            if version != last || found.version != last {
                throw FieldProblems([.init("event", "changedMeanwhile")])
            }
            return try writer.write(given, of: found.file.summary)
        }
    }

    /// The cards of those who take part, by what matching may know of them and no more.
    private func cards(
        of file: EventFile, _ books: MatchingBooks, in municipality: MunicipalityCode
    ) async throws -> [Participant: CandidateCard] {
        let participants = file.summary.participants.map(\.participant)
        let today = house.clock.today()
        var cards = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var cards: [Participant: CandidateCard] = [:]
            for case .citizen(let citizen) in participants {
                cards[.citizen(citizen)] = try reader.profile(
                    of: citizen, in: municipality, on: today
                ).map { books.card($0) }
            }
            return cards
        }
        for participant in participants {
            if let card = file.pool?.card(participant) {
                cards[participant] = books.card(card.told, place: card.number)
            }
        }
        return cards
    }

    private func earlier(
        _ filling: EventFilling, _ event: EventSummary
    ) -> [AssignmentProblem.Pair: Int] {
        var slots: [AssignmentProblem.Pair: Int] = [:]
        for (row, one) in filling.participants.enumerated() {
            for (column, stand) in filling.stands.enumerated() {
                let seat = event.seat(of: one.participant, at: stand.id)
                slots[AssignmentProblem.Pair(row, column)] = seat?.slot
            }
        }
        return slots
    }
}

extension CaseWriter {
    /// The last receipt; nil where nothing had to change.
    fileprivate mutating func write(
        _ given: [(seat: EventDistribution.Seat, slot: Int?)], of event: EventSummary
    ) throws -> Receipt? {
        var last: Receipt?
        for (seat, slot) in given {
            let standing = event.seat(of: seat.participant, at: seat.stand)
            if let standing, standing.state.isTaken, standing.slot == slot { continue }
            last = try put(standing?.id, .eventSeat) { id in
                .eventSeat(
                    EventSeat(
                        id: id, event: event.event.id, stand: seat.stand,
                        participant: seat.participant,
                        state: standing?.state == .fixed ? .fixed : .given, slot: slot))
            }.1
        }
        let kept = Set(given.map(\.seat))
        for var seat in event.seats where seat.state.isTaken {
            let place = EventDistribution.Seat(participant: seat.participant, stand: seat.stand)
            if kept.contains(place) { continue }
            seat.state = .free
            seat.slot = nil
            last = try set(.eventSeat(seat))
        }
        return last
    }

    /// Gives every meeting that stands a slot, and moves as few as can be.
    mutating func settleSlots(_ event: EventSummary) throws {
        guard let slots = event.slots else { return }
        let taken = event.seats.filter(\.state.isTaken)
        let people = Set(taken.map(\.participant)).sorted()
        let stands = event.stands.map(\.id)
        var pairs: [AssignmentProblem.Pair: EventSeat] = [:]
        for seat in taken {
            guard let row = people.firstIndex(of: seat.participant),
                let column = stands.firstIndex(of: seat.stand)
            else { continue }
            pairs[AssignmentProblem.Pair(row, column)] = seat
        }
        let plan = MeetingSlots.plan(
            Set(pairs.keys), slots: slots, earlier: pairs.compactMapValues(\.slot))
        guard let plan else { throw FieldProblems([.init("stand", "noTimeForMeetings")]) }
        for (pair, seat) in pairs.sorted(by: { $0.key < $1.key }) where seat.slot != plan[pair] {
            var seat = seat
            seat.slot = plan[pair]
            _ = try set(.eventSeat(seat))
        }
    }
}
