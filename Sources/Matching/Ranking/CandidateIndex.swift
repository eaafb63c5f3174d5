import Parameters
import Registry

/// Many candidates laid out in columns, so that all of them are ranked for a job at once.
public struct CandidateIndex: Sendable {
    private let taxonomy: Taxonomy
    private let cards: [CandidateCard]
    /// Places in the taxonomy of the wishes, one candidate after the other.
    private var wishes: [Int32] = []
    private var firstWish: [Int32] = [0]
    /// Places in `postcodes`; -1 for one that is not known.
    private var places: [Int32] = []
    private var postcodes: [Postcode] = []
    private var farthest: [Int32] = []
    private var hours: [WeeklyHours] = []
    private var kinds: [UInt8] = []
    /// The candidates with a skill, in their order.
    private var holders: [String: [Int32]] = [:]

    /// O(candidates × (wishes + skills)).
    public init(_ cards: [CandidateCard], _ taxonomy: Taxonomy) {
        self.taxonomy = taxonomy
        self.cards = cards
        var known: [Int32: Int32] = [:]
        for (row, card) in cards.enumerated() {
            for wish in card.wishes {
                if let place = taxonomy.occupationIndex[wish] { wishes.append(Int32(place)) }
            }
            firstWish.append(Int32(wishes.count))
            if let place = card.place {
                if known[place.number] == nil {
                    known[place.number] = Int32(postcodes.count)
                    postcodes.append(place)
                }
                places.append(known[place.number] ?? -1)
            } else {
                places.append(-1)
            }
            farthest.append(Int32(card.farthest))
            hours.append(card.hours)
            kinds.append(card.kinds.reduce(0) { $0 | $1.bit })
            for skill in card.skills { holders[skill, default: []].append(Int32(row)) }
        }
    }

    public var count: Int { cards.count }

    /// The candidates that fit best, at the most `top`, with their reasons. Of equal ones the
    /// lower number comes first. `yes` are those who asked for the job, `without` those who are
    /// left out. O(candidates).
    public func rank(
        _ job: JobCard, top: Int, yes: Set<Int64> = [], without: Set<Int64> = []
    ) -> [Suggestion] {
        let points = points(job, yes)
        var best = BestRows(top)
        for (row, points) in points.enumerated() where points >= 0 {
            let id = cards[row].id
            if best.admits(points, id), !without.contains(id) {
                best.add(points, id, Int32(row))
            }
        }
        return best.rows.compactMap { row in
            taxonomy.suggestion(
                cards[Int(row)], for: job, ownYes: yes.contains(cards[Int(row)].id))
        }
    }

    /// Everyone's points; -1 for those who do not seek such a job.
    private func points(_ job: JobCard, _ yes: Set<Int64>) -> [Int32] {
        let near = nearPoints(job.occupation)
        let far = distances(job.place)
        var must = [UInt8](repeating: 0, count: cards.count)
        var nice = [UInt8](repeating: 0, count: cards.count)
        for skill in job.must { for row in holders[skill] ?? [] { must[Int(row)] += 1 } }
        for skill in job.nice { for row in holders[skill] ?? [] { nice[Int(row)] += 1 } }
        let mustPoints = (0...job.must.count).map {
            job.must.isEmpty
                ? 0 : MatchPoints.share($0, of: job.must.count, MatchPoints.must)
        }
        let nicePoints = (0...job.nice.count).map {
            job.nice.isEmpty
                ? 0 : MatchPoints.share($0, of: job.nice.count, MatchPoints.nice)
        }
        let bit = job.kind.bit
        var points = [Int32](repeating: -1, count: cards.count)
        for row in 0..<cards.count where kinds[row] & bit != 0 {
            var sum = mustPoints[Int(must[row])] + nicePoints[Int(nice[row])]
            var best: UInt8 = 0
            for wish in Int(firstWish[row])..<Int(firstWish[row + 1]) {
                best = max(best, near[Int(wishes[wish])])
            }
            sum += Int(best) + MatchPoints.hours(hours[row], job.hours).points
            let place = places[row]
            if place >= 0, !far.isEmpty {
                sum += MatchPoints.distance(Int(far[Int(place)]), farthest: Int(farthest[row]))
            }
            points[row] = Int32(sum)
        }
        if !yes.isEmpty {
            for (row, card) in cards.enumerated() where points[row] >= 0 && yes.contains(card.id) {
                points[row] += Int32(MatchPoints.ownYes)
            }
        }
        return points
    }

    /// The points that a wish for each occupation gives.
    private func nearPoints(_ occupation: String) -> [UInt8] {
        taxonomy.occupations.map { other in
            if other.id == occupation { return UInt8(MatchPoints.occupation) }
            guard let nearness = taxonomy.nearness(of: other.id, to: occupation) else { return 0 }
            return UInt8(MatchPoints.occupation(nearness))
        }
    }

    /// Whole kilometres to each postcode; empty where the job's place is not known.
    private func distances(_ place: Postcode?) -> [Int32] {
        place.map { place in postcodes.map { Int32(MatchPoints.kilometres($0, place)) } } ?? []
    }
}

extension JobKind {
    fileprivate var bit: UInt8 {
        switch self {
        case .ordinary: 1
        case .flex: 2
        case .small: 4
        case .leisure: 8
        case .internship: 16
        }
    }
}

/// The rows with most points so far, the best first; of equal ones the lower number first.
private struct BestRows {
    private let most: Int
    private var found: [(points: Int32, id: Int64, row: Int32)] = []

    init(_ most: Int) { self.most = most }

    var rows: [Int32] { found.map(\.row) }

    func admits(_ points: Int32, _ id: Int64) -> Bool {
        guard found.count == most, let last = found.last else { return most > 0 }
        return points > last.points || points == last.points && id < last.id
    }

    mutating func add(_ points: Int32, _ id: Int64, _ row: Int32) {
        let place =
            found.firstIndex { points > $0.points || points == $0.points && id < $0.id }
            ?? found.count
        found.insert((points, id, row), at: place)
        if found.count > most { found.removeLast() }
    }
}
