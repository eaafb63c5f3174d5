/// The value axis of a chart: its ends and the round values marked on it.
public struct Axis: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    public let ticks: [Double]
    /// The decimals that the marks need.
    public let decimals: Int

    /// An axis that holds every value. It starts at zero when the smallest value
    /// is less than half the largest, or when `fromZero` says so; otherwise
    /// it is cut off, which a chart must then say.
    public init(holding values: [Double], fromZero: Bool = false, marks: Int = 5) {
        let finite = values.filter(\.isFinite)
        let largest = finite.max() ?? 1
        let smallest = finite.min() ?? 0
        let includesZero = fromZero || smallest < largest / 2
        let low = includesZero ? min(smallest, 0) : smallest
        let high = includesZero ? max(largest, 0) : largest
        let span = high > low ? high - low : max(abs(high), 1)
        let step = Self.roundStep(span / Double(max(marks, 1)))
        let first = (low / step).rounded(.down)
        var last = (high / step).rounded(.up)
        if last <= first { last = first + Double(max(marks, 1)) }
        ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
        lower = first * step
        upper = last * step
        decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
    }

    public var startsAtZero: Bool { lower <= 0 }

    /// Where a value lies between the ends: 0 at the lower, 1 at the upper.
    public func share(_ value: Double) -> Double { (value - lower) / (upper - lower) }

    /// The smallest of 1, 2 and 5 times a power of ten that is at least `rough`.
    static func roundStep(_ rough: Double) -> Double {
        guard rough.isFinite, rough > 0 else { return 1 }
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        for factor in [1.0, 2, 5] where power * factor >= rough { return power * factor }
        return power * 10
    }
}
