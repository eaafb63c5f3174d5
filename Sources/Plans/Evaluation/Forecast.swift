import Chronology
import Identifiers
import Indicators

/// The noise of a level from one month to the next: a municipality's monthly
/// figures move about their trend with a standard deviation of about 0.8 times
/// the square root of the level. Measured on published series; a guard against
/// reading noise as news, not a model of the labour market.
enum Noise {
    static let factor = 0.8
    /// Standard deviations on either side that hold 80 percent.
    static let eightyPercent = 1.281_6

    static func deviation(ofLevel level: Double) -> Double {
        factor * max(0, level).squareRoot()
    }
}

/// One month with its figure.
public struct MonthValue: Hashable, Sendable {
    public var month: Month
    public var value: Double

    public init(month: Month, value: Double) {
        self.month = month
        self.value = value
    }
}

/// A level of a municipality whose mean over some months is to be forecast.
public struct LevelQuestion: Hashable, Sendable {
    public var indicator: IndicatorID
    public var filter: PopulationFilter
    public var municipality: MunicipalityCode
    /// All months of the period.
    public var months: [Month]
    /// Those that have gone, with their figures.
    public var known: [MonthValue]
}

/// Anything that can forecast levels.
public protocol LevelForecasting: Sendable {
    /// The day-weighted mean of the question's months with its 80 percent range; nil where
    /// nothing can be said.
    func meanLevel(of question: LevelQuestion) throws(IndicatorError) -> ForecastRange?
}

/// Seasonally naive: the months to come move as they did last year, lifted to
/// this year's level; without last year's months the newest level goes on.
enum Forecast {
    /// The period's day-weighted mean level. `known` are the months that have
    /// gone, `before` the same period a year earlier (all of its months, or it is
    /// not used), `months` all months of the period.
    static func meanLevel(
        known: [MonthValue], before: [MonthValue], months: [Month]
    ) -> ForecastRange? {
        guard let last = known.last else { return nil }
        let left = months.filter { $0 > last.month }
        let lookup = Dictionary(before.map { ($0.month, $0.value) }) { first, _ in first }
        let then = known.compactMap { lookup[$0.month - 12] }
        let future = left.compactMap { lookup[$0 - 12] }
        let lift = then.reduce(0, +)
        let usable = then.count == known.count && future.count == left.count && lift > 0
        let ratio = usable ? known.reduce(0) { $0 + $1.value } / lift : 1
        let expected = left.enumerated().map { index, month in
            MonthValue(month: month, value: usable ? future[index] * ratio : last.value)
        }
        let days = months.reduce(0) { $0 + Double($1.dayCount) }
        let mean = (known + expected).reduce(0) { $0 + $1.value * Double($1.month.dayCount) } / days
        return range(
            mean, Noise.deviation(ofLevel: last.value) * walk(left.count, of: months.count))
    }

    /// How much one month's noise spreads into the mean of `all` months when it
    /// adds up over the `left` last ones (a random walk).
    private static func walk(_ left: Int, of all: Int) -> Double {
        let n = Double(left)
        return (n * (n + 1) * (2 * n + 1) / 6).squareRoot() / Double(all)
    }

    /// A count through the period: what has come, and what came last year in the
    /// rest of it lifted to this year's pace; without last year an even pace.
    static func count(
        soFar: Double, beforeSoFar: Double?, beforeWhole: Double?, monthsGone: Int, monthsLeft: Int
    ) -> ForecastRange {
        let even = soFar / Double(max(1, monthsGone)) * Double(monthsLeft)
        var rest = even
        if let beforeSoFar, let beforeWhole, beforeSoFar > 0, beforeWhole >= beforeSoFar {
            rest = (beforeWhole - beforeSoFar) * soFar / beforeSoFar
        }
        var forecast = range(soFar + rest, monthsLeft == 0 ? 0 : Noise.deviation(ofLevel: rest))
        forecast.low = max(soFar, forecast.low)
        return forecast
    }

    /// A count on the last day: as now, lifted as last year lifted it from the
    /// same month on; the noise of every month left adds up.
    static func stock(
        now: Double, beforeNow: Double?, beforeEnd: Double?, monthsLeft: Int
    ) -> ForecastRange {
        var expected = now
        if let beforeNow, let beforeEnd, beforeNow > 0 { expected = now * beforeEnd / beforeNow }
        return range(
            expected, Noise.deviation(ofLevel: now) * Double(monthsLeft).squareRoot())
    }

    /// A share stays where it is; the noise is that of the count in its
    /// numerator. Nil where the numerator is not known.
    static func share(_ measured: Measurement) -> ForecastRange? {
        guard let numerator = measured.numerator, let denominator = measured.denominator,
            denominator > 0
        else { return nil }
        let deviation = 100 * Noise.deviation(ofLevel: numerator) / denominator
        var forecast = range(measured.value, deviation)
        forecast.low = max(0, forecast.low)
        forecast.high = min(100, forecast.high)
        return forecast
    }

    private static func range(_ expected: Double, _ deviation: Double) -> ForecastRange {
        let half = Noise.eightyPercent * deviation
        return ForecastRange(
            low: max(0, expected - half), expected: expected, high: expected + half)
    }
}
