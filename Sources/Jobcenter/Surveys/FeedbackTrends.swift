import Chronology
import Identifiers
import Registry
import Surveys

/// The answers after conversations month by month, for all and for the team that the citizen
/// had a caseworker of.
struct FeedbackBook: FactBook {
    static let kinds: [FactKind] = [.staffMember, .assignment, .feedback]

    /// By team; nil for all.
    private(set) var months: [String?: [Month: SequentialWatch.Batch]] = [:]

    /// O(facts).
    init(_ facts: [Fact]) {
        var teams: [FactID: String] = [:]
        var assigned: [CitizenID: [Assignment]] = [:]
        for fact in facts {
            if case .staffMember(let member) = fact { teams[member.id] = member.team }
            if case .assignment(let one) = fact { assigned[one.citizen, default: []].append(one) }
        }
        for case .feedback(let answer) in facts {
            let month = Month(containing: answer.day)
            let mean = Double(answer.heard + answer.topics + answer.method + answer.overall) / 4
            months[nil, default: [:]][month, default: .init()].add(mean)
            let staff = assigned[answer.citizen]?.first { $0.holds(on: answer.day) }?.staff
            if let team = staff.flatMap({ teams[$0] }) {
                months[team, default: [:]][month, default: .init()].add(mean)
            }
        }
    }
}

/// The answers of all or of one team over time, and whether they are falling.
public struct FeedbackTrend: Sendable {
    /// Nil for all.
    public var team: String?
    /// From the first with an answer to the last that has ended.
    public var months: [Month]
    /// The mean of the four scales, from 0 to 10. Months with fewer than ten answers have none
    /// and are counted with those after them.
    public var means: [Double?]
    /// By the places of their months.
    public var steps: [SequentialWatch.Step]

    /// The last warning that was given within the latest half year.
    public var warning: SequentialWatch.Step? {
        steps.last { $0.fallsSince != nil && $0.place >= months.count - 6 }
    }
}

/// The trends of a municipality.
public struct FeedbackTrends: Sendable {
    /// All, and then the teams with answers enough, in the order of their names.
    public var trends: [FeedbackTrend]
    /// Above this a sum is a warning.
    public var threshold: Double
}

/// Follows the answers after conversations (Feedback-modellen) and warns when they fall.
public struct FeedbackTrendsCase: Sendable {
    /// Where nothing changes, all the series together give one false warning in so many years,
    /// on average.
    public static let yearsBetween = 10

    private let house: House

    public init(_ house: House) { self.house = house }

    /// The trends of the months that have ended. A team with fewer answers than a warning needs
    /// is left out.
    public func trends(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> FeedbackTrends {
        try Policy.require(.readSmallCounts, by: actor, in: municipality)
        let book = try await house.feedback.book(of: municipality)
        let today = house.clock.today()
        let current = Month(containing: today)
        let last = today == current.last ? current : current - 1
        let least = SequentialWatch.leastBefore + SequentialWatch.leastAnswers
        let series = book.months.mapValues { months in
            months.filter { $0.key <= last }
        }.filter { team, months in
            team == nil || months.values.reduce(0) { $0 + $1.count } >= least
        }
        let watch = SequentialWatch(
            stepsBetween: Double(12 * Self.yearsBetween * max(1, series.count)))
        let trends = series.map { team, batches in
            Self.trend(team, batches, until: last, watch)
        }
        return FeedbackTrends(
            trends: trends.sorted { ($0.team ?? "") < ($1.team ?? "") },
            threshold: watch.threshold)
    }

    private static func trend(
        _ team: String?, _ batches: [Month: SequentialWatch.Batch], until last: Month,
        _ watch: SequentialWatch
    ) -> FeedbackTrend {
        guard let first = batches.keys.min() else {
            return FeedbackTrend(team: team, months: [], means: [], steps: [])
        }
        let months = (0...(last - first)).map { first + $0 }
        let steps = watch.steps(months.map { batches[$0] ?? .init() })
        var means = [Double?](repeating: nil, count: months.count)
        for step in steps { means[step.place] = step.mean }
        return FeedbackTrend(team: team, months: months, means: means, steps: steps)
    }
}
