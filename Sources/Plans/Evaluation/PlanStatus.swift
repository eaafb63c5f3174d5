import Chronology
import Identifiers
import Indicators
import Parameters

/// How a whole plan stands on one day.
public struct PlanStatus: Hashable, Sendable {
    public var plan: EmploymentPlan
    public var asOf: Day
    /// In the order of the plan. A target that serves several goals stands under
    /// each of them.
    public var goals: [GoalStatus]
}

public struct GoalStatus: Hashable, Sendable {
    public var goal: PlanGoal
    public var focusAreas: [FocusArea]
    public var targets: [TargetStatus]
    public var duties: [DutyStatus]
    public var efforts: [Effort]
}

/// What is said about a target.
public enum Verdict: String, CaseIterable, Sendable {
    /// The period has ended and the target was reached (nået).
    case met
    /// The period runs and the target is expected to be reached (på vej).
    case onTrack
    /// The period runs and it is not certain enough (usikkert).
    case atRisk
    /// The period has ended without it, or it can no longer be reached (ikke nået).
    case missed
    /// There is no figure (ingen tal).
    case noData
    /// There is a figure, but the plan gives no number to hold it against.
    case noNumber
}

/// Trafiklys: green when the whole forecast range lies on the right side of the
/// target, red when all of it lies on the wrong one, yellow between, grey when
/// there is nothing to compare.
public enum TrafficLight: String, CaseIterable, Sendable { case green, yellow, red, grey }

/// Where a figure comes from.
public enum FigureOrigin: String, CaseIterable, Sendable {
    /// Computed from the registrations.
    case register
    /// As an authority has published it; nothing was registered for the period.
    case published
    case none
}

/// One figure with everything a reader needs to judge it.
public struct Measurement: Hashable, Sendable {
    public var value: Double
    public var unit: Unit
    public var numerator: Double?
    public var denominator: Double?
    /// Persons (companies, orders) behind a registered figure, for the rule
    /// about small counts.
    public var persons: Int?
    public var period: Period
    public var isProvisional: Bool
    public var source: FigureOrigin
    /// The mean of the months' shares: its denominator counts months and not persons.
    public var isMeanOfMonths = false
}

/// What every remaining month must bring for the target to be reached exactly.
/// Nil in a status whose target is settled already or does not add up by months.
public struct Needed: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// The mean level of the remaining months, at least.
        case levelAtLeast
        /// The mean level of the remaining months, at most.
        case levelAtMost
        /// New ones per month, at least.
        case newPerMonth
        /// New ones per month, at most.
        case newPerMonthAtMost
    }

    public var perMonth: Double
    public var kind: Kind
    public var monthsLeft: Int
}

/// The period's figure as expected at its end, with an 80 percent range.
public struct ForecastRange: Hashable, Sendable {
    public var low: Double
    public var expected: Double
    public var high: Double

    public init(low: Double, expected: Double, high: Double) {
        self.low = low
        self.expected = expected
        self.high = high
    }
}

/// One point of the chart: a month, or January up to and including it.
public struct SeriesPoint: Hashable, Sendable {
    public var period: Period
    /// Nil where there is no figure.
    public var value: Double?
    /// The same months one year earlier.
    public var yearBefore: Double?
}

/// The other municipality's figure for the same period.
public struct Comparison: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var measurement: Measurement
}

/// A sentence of the catalogue (`plans.explanation.<key>`) and what stands in it.
public struct Explanation: Hashable, Sendable {
    public enum Argument: Hashable, Sendable {
        case quantity(Double, Unit)
        /// Rounded as the unit is, without its name.
        case number(Double, Unit)
        case count(Int)
        case period(Period)
        case day(Day)
        case text(Localized)
    }

    public var key: String
    public var arguments: [String: Argument]

    public init(_ key: String, _ arguments: [String: Argument] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}

/// How one target stands.
public struct TargetStatus: Hashable, Sendable {
    public var target: ResultTarget
    public var verdict: Verdict = .noData
    public var light: TrafficLight = .grey
    /// The figure the verdict is about: of the whole period once it has ended,
    /// of the part that has gone while it runs.
    public var measured: Measurement?
    /// The number aimed at, in the unit of the figure (a rank: the position).
    public var aim: Double?
    /// The earlier figure of a target that compares with one.
    public var baseline: Measurement?
    public var needed: Needed?
    /// How far an even pace had come by now, for cumulative counts.
    public var evenPace: Double?
    public var forecast: ForecastRange?
    public var comparison: Comparison?
    public var series: [SeriesPoint] = []
    /// Why the verdict is as it is, in sentences.
    public var explanation: [Explanation] = []
    /// The targets of a coupled one.
    public var parts: [TargetStatus] = []
    /// Position and number of municipalities, for ranks.
    public var rank: Rank?
    /// Times held, for duties.
    public var timesHeld: Int?

    public struct Rank: Hashable, Sendable {
        public var position: Int
        public var among: Int
    }

    public init(target: ResultTarget) { self.target = target }

    /// Where the figure behind the verdict comes from.
    public var source: FigureOrigin { measured?.source ?? .none }
    /// The catalogue's definition of the figure.
    public var definition: IndicatorID? { target.indicator }
}

/// How a recurring duty stands, interval by interval.
public struct DutyStatus: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        /// Done the promised number of times (holdt).
        case held
        /// The interval runs and something is still to be done.
        case due
        /// The interval ended with something undone.
        case missing
        /// Not begun yet.
        case upcoming
    }

    public struct Window: Hashable, Sendable {
        public var range: DayRange
        public var held: [Day]
        public var state: State
    }

    public var duty: RecurringDuty
    public var windows: [Window]

    /// The window that contains the day the status was made, or the last one.
    public var current: Window?
}
