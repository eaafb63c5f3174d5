import Chronology
import Identifiers
import Registry

/// The name of one indicator in the catalogue, such as `full-time-persons`.
public struct IndicatorID: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    public let name: String
    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.name = name }
    public static func < (a: Self, b: Self) -> Bool { a.name < b.name }
}

extension IndicatorID: CustomStringConvertible {
    public var description: String { name }
}

/// What an indicator's figure counts.
public enum Unit: String, CaseIterable, Sendable {
    case fullTimePersons, persons, spells, percent, weeks, days, conversations, offers, orders
    case positions, companies, contacts, kroner, hours, perPerson, complaints, answers
    /// On a scale from 0 to 10.
    case points
}

/// The ways a figure can be cut.
public enum Dimension: String, CaseIterable, Sendable {
    case benefit, matchCategory, targetGroup, ageBand, sex, origin, municipality
    /// Weeks of an ended spell, in the seven bands of jobindsats.dk.
    case durationBand
}

/// Age in whole years on the last day of the period.
public enum AgeBand: String, CaseIterable, Sendable {
    case under16 = "0-15"
    case from16 = "16-24"
    case from25 = "25-29"
    case from30 = "30-39"
    case from40 = "40-49"
    case from50 = "50-54"
    case from55 = "55-59"
    case from60 = "60-66"
    case from67 = "67+"

    public init(age: Int) {
        switch age {
        case ..<16: self = .under16
        case ..<25: self = .from16
        case ..<30: self = .from25
        case ..<40: self = .from30
        case ..<50: self = .from40
        case ..<55: self = .from50
        case ..<60: self = .from55
        case ..<67: self = .from60
        default: self = .from67
        }
    }
}

/// Which part of the population a figure is about. Nil means "all".
public struct PopulationFilter: Hashable, Sendable {
    public var municipalities: Set<MunicipalityCode>?
    public var benefits: Set<Benefit>?
    public var matchCategories: Set<MatchCategory>?
    public var targetGroups: Set<TargetGroup>?
    public var sexes: Set<Sex>?
    public var origins: Set<OriginGroup>?
    public var residenceBases: Set<ResidenceBasis>?
    /// Whole years on the last day of the period.
    public var ages: ClosedRange<Int>?

    public init(
        municipalities: Set<MunicipalityCode>? = nil, benefits: Set<Benefit>? = nil,
        matchCategories: Set<MatchCategory>? = nil, targetGroups: Set<TargetGroup>? = nil,
        sexes: Set<Sex>? = nil, origins: Set<OriginGroup>? = nil,
        residenceBases: Set<ResidenceBasis>? = nil, ages: ClosedRange<Int>? = nil
    ) {
        self.municipalities = municipalities
        self.benefits = benefits
        self.matchCategories = matchCategories
        self.targetGroups = targetGroups
        self.sexes = sexes
        self.origins = origins
        self.residenceBases = residenceBases
        self.ages = ages
    }

    public static let everyone = PopulationFilter()

    /// No one is older, so that a mistyped age is found.
    public static let oldest = 130

    /// The ages from `low` to `high`; nil when they are no ages or stand the wrong way.
    public static func ages(from low: Int, to high: Int) -> ClosedRange<Int>? {
        0 <= low && low <= high && high <= oldest ? low...high : nil
    }
}

/// A question to the register.
public struct FigureRequest: Hashable, Sendable {
    public var indicator: IndicatorID
    public var periods: [Period]
    public var filter: PopulationFilter
    public var groupBy: [Dimension]
    /// The figure is computed from what was valid up to and including this day;
    /// a period that ends later is cut off here and marked provisional.
    public var asOf: Day

    public init(
        _ indicator: IndicatorID, periods: [Period], filter: PopulationFilter = .everyone,
        groupBy: [Dimension] = [], asOf: Day
    ) {
        self.indicator = indicator
        self.periods = periods
        self.filter = filter
        self.groupBy = groupBy
        self.asOf = asOf
    }
}

/// One figure. `value` is `numerator` for counts and `scale * numerator /
/// denominator` for means and shares; nil when the denominator is zero.
public struct Figure: Hashable, Sendable {
    public var numerator: Double
    /// Nil for plain counts.
    public var denominator: Double?
    public var value: Double?
    /// Distinct persons (or companies, orders) behind the figure, for the rule
    /// about small counts.
    public var persons: Int
    /// True while later registrations can still be expected to change it.
    public var isProvisional: Bool
    /// The mean of the months' shares: its denominator counts months and not persons.
    public var isMeanOfMonths: Bool

    public init(
        numerator: Double, denominator: Double?, value: Double?, persons: Int, isProvisional: Bool,
        isMeanOfMonths: Bool = false
    ) {
        self.numerator = numerator
        self.denominator = denominator
        self.value = value
        self.persons = persons
        self.isProvisional = isProvisional
        self.isMeanOfMonths = isMeanOfMonths
    }
}

/// One cell of an answer: the labels of the requested dimensions in their order
/// (raw values; a municipality's is its four-digit code; "none" where a person
/// has no such attribute), the period, and the figure.
public struct FigureCell: Hashable, Sendable {
    public var labels: [String]
    public var period: Period
    public var figure: Figure

    public init(labels: [String], period: Period, figure: Figure) {
        self.labels = labels
        self.period = period
        self.figure = figure
    }
}

/// What may go wrong when a figure is asked for.
public enum IndicatorError: Error, Hashable, Sendable {
    case unknownIndicator(IndicatorID)
    /// The indicator does not know this way of cutting.
    case notCutBy(Dimension, IndicatorID)
    case malformedCatalogue(file: String, line: Int, String)
}

/// Anything that can answer figure requests: the register, or a test's table.
public protocol FigureSource: Sendable {
    /// The cells asked for, in the order of the periods and, inside a period, of
    /// the labels. Without `groupBy` there is exactly one cell per period; with
    /// it, cells that nothing contributed to are left out.
    func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell]
    /// The answers to several requests, in their order; a source may work on them at
    /// the same time.
    func figures(all requests: [FigureRequest]) throws(IndicatorError) -> [[FigureCell]]
}

extension FigureSource {
    public func figures(
        all requests: [FigureRequest]
    ) throws(IndicatorError) -> [[FigureCell]] { try oneByOne(requests) }

    /// The answers to several requests, each asked for by itself.
    public func oneByOne(
        _ requests: [FigureRequest]
    ) throws(IndicatorError) -> [[FigureCell]] {
        var answers: [[FigureCell]] = []
        for request in requests { answers.append(try figures(request)) }
        return answers
    }
}
