import Chronology
import Foundation

/// A month from which a series stands on another level than before and stays there, as after a
/// changed definition. It says that the level moved, and not why.
public struct SeriesBreak: Hashable, Sendable {
    /// The code of the area; nil where the areas of the measure moved together.
    public var area: String?
    /// The first month on the new level.
    public var month: Month
    /// The new level over the one before.
    public var ratio: Double

    public init(area: String?, month: Month, ratio: Double) {
        self.area = area
        self.month = month
        self.ratio = ratio
    }

    public var isCommon: Bool { area == nil }
}

extension SeriesBlock {
    /// The breaks that can be told from usual movement, those of all areas first and then area
    /// by area, each in the order of months. A break is told when three months of its new level
    /// are known. O(series × months).
    public func breaks() -> [SeriesBreak] { Mended(self, Tuning()).breaks }
}

/// Finds where paths of logarithms move once and stay.
struct ShiftFinder {
    let tuning: Tuning
    /// Known months that must follow; with fewer than `tuning.shiftMonths` only the end of a
    /// path is looked at, where nothing is settled yet.
    let after: Int

    var isSettled: Bool { after >= tuning.shiftMonths }

    /// How far a path moved at a month and stayed; nil where it did not, or where too little is
    /// known on either side.
    func stayed(_ path: [Double], _ t: Int) -> Double? {
        let before = path[max(0, t - tuning.shiftWindow)..<t].filter { !$0.isNaN }
        let after = path[t..<min(t + tuning.shiftWindow, path.count)].filter { !$0.isNaN }
        guard !path[t].isNaN, before.count >= tuning.shiftMonths,
            after.count >= self.after, let last = before.last
        else { return nil }
        let from = median(before)
        let jump = median(after) - from
        guard jump != 0, (path[t] - last) / jump >= tuning.shiftAtOnce,
            before.allSatisfy({ ($0 - from) / jump < 0.5 }),
            after.allSatisfy({ ($0 - from) / jump > 0.5 })
        else { return nil }
        return jump
    }

    /// What moves up or down in the same month of another year as well is a season.
    func isSeason(_ path: [Double], _ t: Int, _ jump: Double) -> Bool {
        stride(from: t % MeasureSeries.year, to: path.count, by: MeasureSeries.year).contains {
            other in
            guard other != t, other > 0, !path[other].isNaN, !path[other - 1].isNaN else {
                return false
            }
            return (path[other] - path[other - 1]) / jump > 0.5
        }
    }

    /// The usual size of a step from month to month; nil for fewer than a year of them.
    func usual(_ path: [Double]) -> Double? {
        let steps = path.indices.dropFirst().map { abs(path[$0] - path[$0 - 1]) }
            .filter { !$0.isNaN }
        guard steps.count >= MeasureSeries.year - 1 else { return nil }
        return max(1.48 * median(steps), tuning.shiftLeastNoise)
    }

    /// The largest shift of a path that is far beyond `noise`, which one month shows and which
    /// `isKept` agrees to.
    func largest(
        _ path: [Double], noise: Double, least: Double, isKept: (Int, Double) -> Bool
    ) -> (month: Int, jump: Double)? {
        var found: (month: Int, jump: Double)?
        let first = isSettled ? 0 : path.count - tuning.shiftMonths + 1
        for t in max(first, tuning.shiftMonths)..<max(path.count, first, tuning.shiftMonths) {
            guard let jump = stayed(path, t), abs(jump) > max(least, tuning.shiftNoises * noise),
                abs(jump) > abs(found?.jump ?? 0), !isSeason(path, t, jump), isKept(t, jump)
            else { continue }
            found = (t, jump)
        }
        return found
    }
}
