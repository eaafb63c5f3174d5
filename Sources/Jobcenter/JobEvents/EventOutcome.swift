import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// What came of an event for one who came (udbytte).
public struct EventOutcome: Hashable, Sendable {
    /// How long after the event one looks, in months.
    public static let months = [1, 3]

    /// The first day of the first job after the event; nil where there is none yet.
    public var firstJob: Day?
    /// Whether one was in work on the day so many months after the last day of the event. No
    /// entry while that day is to come, or where it cannot be known.
    public var inWork: [Int: Bool]
}

extension StoreReader {
    /// For everybody who came to an event. Work is a registered job of any kind, or a
    /// placement through an order; for a guest it is a hire through the pool. O(participants).
    func outcomes(
        of summary: EventSummary, _ pool: EventPool?, in municipality: MunicipalityCode,
        on today: Day
    ) throws -> [Participant: EventOutcome] {
        var found: [Participant: EventOutcome] = [:]
        let days = EventOutcome.months.map { ($0, summary.event.last.adding(months: $0)) }
            .filter { $0.1 <= today }
        for one in summary.signUps where one.state == .attended {
            var jobs: [(start: Day, end: Day?)] = []
            switch one.participant {
            case .citizen(let citizen):
                jobs = try jobsAndPlacements(of: citizen, in: municipality)
            case .card:
                // A card that was withdrawn says nothing any more.
                guard let pool, let card = pool.card(one.participant) else { continue }
                jobs = pool.state.hires(of: card).map { ($0, nil) }
            }
            found[one.participant] = EventOutcome(
                firstJob: jobs.map(\.start).filter { $0 > summary.event.start && $0 <= today }
                    .min(),
                inWork: Dictionary(
                    uniqueKeysWithValues: days.map { months, day in
                        (months, jobs.contains { $0.start <= day && day <= $0.end ?? .openEnd })
                    }))
        }
        return found
    }

    private func jobsAndPlacements(
        of citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> [(start: Day, end: Day?)] {
        let facts = try registrations(
            about: citizen, of: municipality, kinds: [.employment, .placement]
        ).map(\.fact)
        var jobs: [(start: Day, end: Day?)] = []
        for case .employment(let job) in facts { jobs.append((job.start, job.end)) }
        let known = jobs
        for case .placement(let placement) in facts {
            // A placement has no last day; the job it became has.
            let isKnown = known.contains {
                $0.start <= placement.day + 31 && placement.day <= $0.end ?? .openEnd
            }
            if !isKnown { jobs.append((placement.day, nil)) }
        }
        return jobs
    }
}

extension PoolState {
    /// The days on which somebody behind a card was hired.
    fileprivate func hires(of card: Card) -> [Day] {
        let own = Set(
            offers.filter { $0.member == card.member && $0.card == card.number }.map(\.number))
        return hires.filter { $0.member == card.member && own.contains($0.offer) && $0.isConfirmed }
            .compactMap { Day(iso: $0.day) }
    }
}
