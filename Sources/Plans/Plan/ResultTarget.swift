import Chronology
import Identifiers
import Indicators
import Parameters

/// Resultatmål: an indicator, the people it is about, a period, and what the
/// figure must be.
public struct ResultTarget: Hashable, Sendable {
    public var id: String
    public var goals: [String]
    public var text: Localized
    /// Nil for a target without a figure of its own: a coupled pair, a duty held,
    /// a rank, or one without data.
    public var indicator: IndicatorID?
    /// Without a municipality; the evaluator puts the plan's own in.
    public var filter: PopulationFilter
    public var period: Period
    public var shape: TargetShape
    /// Where the official figure of the same content is published.
    public var published: PublishedMeasure?
}

/// A table and a measure of jobindsats.dk.
public struct PublishedMeasure: Hashable, Sendable {
    public var table: String
    public var measure: String

    public init(table: String, measure: String) {
        self.table = table
        self.measure = measure
    }
}

/// A number with its unit, as the plan file writes it: `380 fullTimePersons`.
public struct Quantity: Hashable, Sendable {
    public var value: Double
    public var unit: Unit

    public init(_ value: Double, _ unit: Unit) {
        self.value = value
        self.unit = unit
    }
}

/// Which way a figure is wanted to move.
public enum Direction: String, CaseIterable, Sendable { case up, down }

/// How often a ceiling is measured.
public enum MeasuringInterval: String, CaseIterable, Sendable { case month, quarter, year }

/// What a target asks of its figure.
public enum TargetShape: Hashable, Sendable {
    /// The period's figure is this or more.
    case atLeast(Quantity)
    /// The period's figure is this or less.
    case atMost(Quantity)
    /// Strictly more than the same figure of an earlier period.
    case moreThan(Period)
    /// Strictly less than the same figure of an earlier period.
    case lessThan(Period)
    /// A percentage that is this or more.
    case shareAtLeast(Quantity)
    /// Strictly below at every single measurement.
    case ceiling(Quantity, every: MeasuringInterval)
    /// A count that grows through the period and must reach this; the even pace
    /// says how far it should have come.
    case cumulative(Quantity)
    /// Grown since an earlier period by this percentage or more; without a
    /// percentage the plan only says the direction.
    case growth(percent: Double?, since: Period)
    /// At most this much above a level that an authority expects and publishes.
    case gapToExpected(Quantity, expected: PublishedMeasure)
    /// The position among the peers by a published measure, the smallest value
    /// first; without a number the plan only follows it. No peers means every
    /// municipality.
    case rank(measure: PublishedMeasure, among: [MunicipalityCode], atMost: Int?)
    /// Happens within this many days or weeks.
    case within(Quantity)
    /// A recurring duty held this many times in the period.
    case held(duty: String, times: Int)
    /// Targets that only count together.
    case coupled([String])
    /// The plan says which way, and no number.
    case noNumber(Direction?)
    /// Nobody registers what it would take.
    case noData(because: Localized)

    /// The key that names the shape in plan files and texts.
    public var key: Key {
        switch self {
        case .atLeast: .atLeast
        case .atMost: .atMost
        case .moreThan: .moreThan
        case .lessThan: .lessThan
        case .shareAtLeast: .shareAtLeast
        case .ceiling: .ceiling
        case .cumulative: .cumulative
        case .growth: .growth
        case .gapToExpected: .gapToExpected
        case .rank: .rank
        case .within: .within
        case .held: .held
        case .coupled: .coupled
        case .noNumber: .noNumber
        case .noData: .noData
        }
    }

    public enum Key: String, CaseIterable, Sendable {
        case atLeast, atMost, moreThan, lessThan, shareAtLeast, ceiling, cumulative, growth
        case gapToExpected, rank, within, held, coupled, noNumber, noData

        /// True when the target must name an indicator, false when it must not,
        /// nil when it may.
        var wantsIndicator: Bool? {
            switch self {
            case .rank, .held, .coupled: false
            case .noData: nil
            default: true
            }
        }
    }
}
