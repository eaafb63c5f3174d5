import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// Somebody who could be asked to an event.
public struct EventSuggestion: Sendable {
    public var participant: Participant
    /// Nil for a card of the pool.
    public var person: Citizen?
    /// The stand that fits best, and how well.
    public var stand: EventStand
    public var points: Int
}

extension EventCase {
    /// Those who fit the orders of an event's stands best and were never signed up: `top` for
    /// each stand, everybody once, the best first. Citizens who are shown are entered in the
    /// look-up log. O(stands × (candidates + cards)).
    public func suggestions(
        for file: EventFile, top: Int, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> [EventSuggestion] {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readCandidates)
        let today = house.clock.today()
        let books = try await house.matching.books()
        let index = try await house.matching.candidates(of: municipality, on: today)
        let known = Set(file.summary.signUps.map(\.participant))
        // Own cards stand for citizens who are ranked already.
        let cards = (file.pool?.state.cards ?? []).filter { $0.member != file.pool?.own }
        let guests = CandidateIndex(
            cards.enumerated().map { books.card($1.told, place: Int64($0)) }, books.taxonomy)
        let without = Set(known.compactMap { $0.citizen?.number })
        var best: [Participant: EventSuggestion] = [:]
        func add(_ participant: Participant, _ stand: EventStand, _ points: Int) {
            if known.contains(participant) || best[participant]?.points ?? -1 >= points { return }
            best[participant] = EventSuggestion(
                participant: participant, person: nil, stand: stand, points: points)
        }
        for stand in file.summary.stands {
            guard let order = stand.order.flatMap({ file.orders?[$0] }),
                let description = order.description
            else { continue }
            let job = books.card(description)
            let turned = Set(
                order.candidates.filter { order.stand(of: $0) == .declined }.map(\.number))
            for one in index.rank(job, top: top, without: without.union(turned))
            where !one.isIdle {
                add(.citizen(CitizenID(one.candidate)), stand, one.points)
            }
            for one in guests.rank(job, top: top) where !one.isIdle {
                let card = cards[Int(one.candidate)]
                add(.card(member: card.member, number: card.number), stand, one.points)
            }
        }
        let people = try await reading.citizens(
            Set(best.keys.compactMap(\.citizen)), for: .events, on: today)
        for person in people.citizens { best[.citizen(person.id)]?.person = person }
        return best.values.sorted {
            ($1.points, $0.participant) < ($0.points, $1.participant)
        }
    }
}
