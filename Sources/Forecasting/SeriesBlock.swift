import Chronology

/// Monthly series of one measure, an area each, side by side.
public struct SeriesBlock: Sendable {
    public var first: Month
    /// Months in each series.
    public var months: Int
    /// Which area each series is of.
    public var codes: [String]
    /// Series after series; NaN where nothing is known.
    public var values: [Double]
    /// The most a value can be: 100 for a share in per cent.
    public var most: Double

    public init(
        first: Month, months: Int, codes: [String], values: [Double], most: Double = .infinity
    ) {
        self.first = first
        self.months = months
        self.codes = codes
        self.values = values
        self.most = most
    }

    /// The last month known of any of them: what comes after is forecast.
    public var last: Month { first + (months - 1) }
}

/// What is expected of one series in one month, with intervals.
public struct ForecastPoint: Hashable, Sendable {
    public var mean: Double
    /// 50, 80 and 95 per cent.
    public var low: [Double]
    public var high: [Double]
}

/// What was tuned on the real series; see the decision about forecasts.
struct Tuning: Sendable {
    var offset = 0.2
    /// Of the seasonal pattern, of all measures' coefficients and of one measure's.
    var seasonShrink = 1.0
    var pooledRidge = 100.0
    var measureRidge = 5.0
    var areaCount = 5.0
    var scaleShrink = 12.0
    /// Months after which an error counts half.
    var halfLife = 6.0
    var growthPrior = 0.25
    var growthWeight = 20.0
    var horizonShrink = 5.0
    var overlap = 6.0
    var areaShrink = 5.0
    var areaPrior = 1.0
    var measureWeight = 0.7
    var widen = [1.0, 1.0, 1.1]
    var anchor = 0.8
    var firstError = 0.3
    static let ratio = [1.0 / 2.1, 1.0, 3.6 / 2.1]
    static let levels = [0.5, 0.8, 0.95]
    /// Prior coefficients of the six features.
    static let prior = [1.0, 0.8, 0.4, 0.1, 0.4, 0.2]
}
