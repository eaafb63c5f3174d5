import Forecasting
import Foundation

/// Seven points of what is expected: the ends of three intervals and the middle.
struct Quantiles: Hashable, Sendable {
    static let shares = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    /// How far from the middle they lie in standard deviations of a normal distribution.
    private static let deviations = [-1.960, -1.2816, -0.6745, 0, 0.6745, 1.2816, 1.960]
    /// In ascending order.
    var values: [Double]

    init(_ point: ForecastPoint) {
        values = point.low.reversed() + [point.mean] + point.high
        // The middle may lie at an end where all values do.
        values.sort()
    }

    init(values: [Double]) { self.values = values }

    /// The probability, in percent, of at most `limit`; between 2.5 and 97.5, because more
    /// is not known.
    func percent(atMost limit: Double) -> Double {
        guard let first = values.first, let last = values.last else { return 50 }
        if limit <= first { return 2.5 }
        if limit >= last { return 97.5 }
        let above = values.firstIndex { $0 > limit } ?? values.count - 1
        let (low, high) = (values[above - 1], values[above])
        let part = high > low ? (limit - low) / (high - low) : 0.5
        let z = Self.deviations
        return 100 * Self.normal(z[above - 1] + part * (z[above] - z[above - 1]))
    }

    /// The share of a normal distribution below a deviation.
    private static func normal(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}
