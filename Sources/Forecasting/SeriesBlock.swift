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

    /// So many months without a figure are usual: small figures are hidden, and new ones late.
    public static let usualPause = 3

    /// The series that have no figure for more than the usual pause up to `month`, with the
    /// last month they have one for; those without any are not among them. They seem to be no
    /// longer published, so a forecast of them says little.
    public func stopped(by month: Month) -> [(area: String, last: Month)] {
        codes.enumerated().compactMap { area, code in
            let row = values[(area * months)..<((area + 1) * months)]
            guard let end = row.lastIndex(where: { !$0.isNaN }) else { return nil }
            let known = first + (end - row.startIndex)
            return month - known > Self.usualPause ? (code, known) : nil
        }
    }
}

extension SeriesBlock {
    /// Whether the newest of the known values are all at nothing, or at the most.
    func isSilent(_ known: [Double], _ tuning: Tuning) -> Bool {
        let newest = known.suffix(tuning.silentMonths)
        let margin = most.isFinite ? tuning.nothing * most : tuning.nobody
        return newest.allSatisfy { $0 <= margin } || newest.allSatisfy { $0 >= most - margin }
    }

    /// The size of each series, from its first year. What was nearly nothing then has at least
    /// the size of one person, or for shares a small part of what they are elsewhere.
    func scales(_ known: [[Double]], _ tuning: Tuning) -> [Double] {
        let means = known.map { row in
            row.isEmpty ? 0 : row.prefix(12).reduce(0, +) / Double(min(row.count, 12))
        }
        guard most.isFinite else { return means.map { max($0, 1) } }
        let usual = median(means.filter { $0 > 0 })
        let least = usual.isNaN ? tuning.leastShare * most : usual
        return zip(known, means).map { row, mean in
            max(mean, isSilent(row, tuning) ? least : tuning.leastShare * least)
        }
    }
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
    /// The variance of a small count one month ahead, in units of its mean; it grows with the
    /// root of the months. Read off the errors of counts below twenty.
    var countVariance = 0.4
    var smallCount = 20.0
    /// How many months of a new level weigh as much as all that was known before.
    var unsettled = 3.0
    /// Months that show whether a series is silent, and how much of the most there can be, or
    /// of one person, is nothing.
    var silentMonths = 24
    var nothing = 0.0005
    var nobody = 0.5
    var leastShare = 0.05
    /// From here on what was not fitted, but chosen for how seldom it calls on the real series.
    /// Months on either side of a shift that are looked at, and how many must be known.
    var shiftWindow = 6
    var shiftMonths = 3
    /// The part of a shift that its first month shows.
    var shiftAtOnce = 0.6
    /// How many times the usual step a shift is, and what a usual step is at least.
    var shiftNoises = 5.0
    var shiftLeastNoise = 0.02
    /// How many times the root of a count it is.
    var shiftCounts = 4.0
    var ownLeast = 0.25
    var commonLeast = 0.15
    /// Fewer areas have nothing in common, and of more so large a share moves along.
    var commonAreas = 5
    var commonShare = 0.8
    var mostBreaks = 3
    /// The same for single months that are left out.
    var strayLeast = 1.1
    var strayNoises = 8.0
    var strayCounts = 6.0
    static let ratio = [1.0 / 2.1, 1.0, 3.6 / 2.1]
    static let levels = [0.5, 0.8, 0.95]
    /// How far a normal distribution reaches to either side for the three intervals.
    static let deviations = [0.6745, 1.2816, 1.96]
    /// Prior coefficients of the six features.
    static let prior = [1.0, 0.8, 0.4, 0.1, 0.4, 0.2]
}
