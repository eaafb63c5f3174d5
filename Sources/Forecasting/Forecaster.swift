import Chronology
import Foundation

/// Forecasts many monthly series together: what moved all of them, what moved each before, and
/// intervals as wide as the errors made until now.
public struct Forecaster: Sendable {
    /// A year, from which the widths are learned.
    static let core = 12
    private let wanted: Int
    /// Whole years, so that the months asked for do not change what is said of each.
    private let horizon: Int
    private let tuning = Tuning()

    public init(horizon: Int = 12) {
        wanted = horizon
        self.horizon = max(1, (horizon + Self.core - 1) / Self.core) * Self.core
    }

    /// For each block, area and month ahead of the block's last. Only what the blocks hold is
    /// used, so that an earlier origin is a cut of the blocks, and fewer months ahead are the
    /// first of more. Deterministic.
    /// O(series × months × horizon).
    public func forecast(_ blocks: [SeriesBlock]) -> [[[ForecastPoint]]] {
        let measures = blocks.map { MeasureSeries($0, horizon: horizon, tuning) }
        guard let end = blocks.map(\.last).max(), let start = blocks.map(\.first).min() else {
            return []
        }
        var coefficients: [Month: [[[Double]]]] = [:]
        for step in stride(from: 13, through: end - start, by: 1) {
            coefficients[start + step] = self.coefficients(measures, at: start + step)
        }
        if coefficients[end] == nil {
            coefficients[end] = self.coefficients(measures, at: end)
        }
        var errors = measures.indices.map { index in
            self.errors(measures[index], of: index, coefficients)
        }
        let growth = self.growth(errors)
        for index in errors.indices { errors[index].scale(measures[index], growth, tuning) }
        shareAreas(&errors, measures)
        let pooled = pooledQuantiles(errors)
        return measures.indices.map { index in
            let measure = measures[index]
            let b =
                coefficients[measure.block.last]?[index]
                ?? [[Double]](repeating: Tuning.prior, count: horizon)
            return points(measure, b, errors[index], pooled)
        }
    }

    /// By measure and horizon: shrunk to what all measures say, and that to the prior.
    private func coefficients(_ measures: [MeasureSeries], at month: Month) -> [[[Double]]] {
        let k = MeasureSeries.features
        var found = [[[Double]]](
            repeating: [[Double]](repeating: Tuning.prior, count: horizon), count: measures.count)
        for step in 1...horizon {
            let far = Double(step * step)
            var gram = [Double](repeating: 0, count: k * k)
            var side = [Double](repeating: 0, count: k)
            var each: [Int: (gram: [Double], side: [Double])] = [:]
            for (index, measure) in measures.enumerated() where month - measure.block.first >= 13 {
                let t = min(month - measure.block.first, measure.months - 1)
                guard let sums = measure.sums(t, step) else { continue }
                each[index] = sums
                for i in 0..<(k * k) { gram[i] += sums.gram[i] }
                for i in 0..<k { side[i] += sums.side[i] }
            }
            var common = Tuning.prior
            if !each.isEmpty {
                common = improved(common, gram, side, tuning.pooledRidge * far)
            }
            for index in measures.indices {
                found[index][step - 1] =
                    each[index].map {
                        improved(common, $0.gram, $0.side, tuning.measureRidge * far)
                    } ?? common
            }
        }
        return found
    }

    private func improved(
        _ b: [Double], _ gram: [Double], _ side: [Double], _ ridge: Double
    ) -> [Double] {
        let k = b.count
        var matrix = gram
        var right = side
        for i in 0..<k {
            matrix[i * k + i] += ridge
            for j in 0..<k { right[i] -= gram[i * k + j] * b[j] }
        }
        return zip(b, solve(matrix, right)).map(+)
    }

    /// The errors that the same coefficients, as they were known then, made until now.
    private func errors(
        _ measure: MeasureSeries, of index: Int, _ coefficients: [Month: [[[Double]]]]
    ) -> Errors {
        let last = measure.months - 1
        let count = max(last - 13, 0)
        var errors = Errors(areas: measure.areas, horizon: horizon, origins: count)
        for row in 0..<count {
            let t = 13 + row
            let b = coefficients[measure.block.first + t]?[index] ?? []
            for area in 0..<measure.areas where measure.isKnown(area, t) && measure.teaches(area, t)
            {
                for step in 1...min(horizon, last - t) where measure.isKnown(area, t + step) {
                    let expected =
                        measure.level[area * measure.months + t]
                        + moved(measure.told[t - 12], area, step, b[step - 1])
                    errors.sizes[(row * measure.areas + area) * horizon + step - 1] =
                        abs(measure.level[area * measure.months + t + step] - expected)
                }
            }
            let young = min(1, Double(t - 12) / 12)
            for step in 1...horizon {
                let age = Double(max(0, last - t - step))
                errors.weights[row * horizon + step - 1] =
                    pow(0.5, age / tuning.halfLife) * young * young * young
            }
        }
        errors.findMiddles(tuning.anchor)
        return errors
    }

    private func moved(_ told: [Double], _ area: Int, _ step: Int, _ b: [Double]) -> Double {
        let base = (area * horizon + step - 1) * b.count
        var sum = 0.0
        for i in b.indices { sum += told[base + i] * b[i] }
        return sum
    }

    /// How errors grow with the logarithm of the horizon, over all measures.
    private func growth(_ errors: [Errors]) -> Double {
        let x = (1...Self.core).map { log(Double($0)) }
        let middle = x.reduce(0) { $0 + $1 * $1 } / Double(Self.core)
        var up = tuning.growthWeight * tuning.growthPrior * middle
        var down = tuning.growthWeight * middle
        let ratios = errors.filter { !$0.middles[0].isNaN }
            .map { one in one.middles.map { log($0 / one.middles[0]) } }
        let most = errors.max { $0.known < $1.known }
        guard !ratios.isEmpty, let most = most?.counts else { return up / down }
        for step in 0..<Self.core {
            let known = ratios.map { $0[step] }.filter { !$0.isNaN }
            guard !known.isEmpty else { continue }
            up += most[step] * x[step] * median(known)
            down += most[step] * x[step] * x[step]
        }
        return up / down
    }

    /// An area that is noisy in one measure is taken to be so in the others, somewhat.
    private func shareAreas(_ errors: inout [Errors], _ measures: [MeasureSeries]) {
        var sums: [String: (up: Double, down: Double)] = [:]
        for (index, one) in errors.enumerated() where one.isMeasured {
            for (area, code) in measures[index].block.codes.enumerated() {
                sums[code, default: (0, 0)].up += one.effective[area] * one.raw[area]
                sums[code, default: (0, 0)].down += one.effective[area]
            }
        }
        for index in errors.indices where errors[index].isMeasured {
            errors[index].noise = measures[index].block.codes.enumerated().map { area, code in
                let sum = sums[code] ?? (0, 0)
                let usual = sum.up / (sum.down + tuning.areaPrior)
                let (n, raw) = (errors[index].effective[area], errors[index].raw[area])
                return exp((n * raw + tuning.areaShrink * usual) / (n + tuning.areaShrink))
            }
        }
    }

    private func pooledQuantiles(_ errors: [Errors]) -> [Double] {
        let all = errors.filter(\.isMeasured).map { $0.standardised() }
        guard !all.isEmpty else { return Tuning.ratio }
        return weightedQuantiles(all.flatMap(\.sizes), all.flatMap(\.weights), Tuning.levels)
    }

    private func points(
        _ measure: MeasureSeries, _ b: [[Double]], _ errors: Errors, _ pooled: [Double]
    ) -> [[ForecastPoint]] {
        var widths = Tuning.ratio
        if errors.isMeasured {
            let own = errors.standardised()
            let quantiles = weightedQuantiles(own.sizes, own.weights, Tuning.levels)
            widths = (0..<3).map { level in
                let mixed =
                    pow(max(quantiles[level], 1e-9), tuning.measureWeight)
                    * pow(pooled[level], 1 - tuning.measureWeight)
                let first = errors.firstShare
                return max(
                    pow(mixed, 1 - first) * pow(Tuning.ratio[level], first),
                    0.5 * Tuning.ratio[level])
            }
        }
        let told = measure.lastFeatures
        return (0..<measure.areas).map { area in
            (1...wanted).map { step in
                let now = measure.level[(area + 1) * measure.months - 1]
                let move = measure.isSilent[area] ? 0 : moved(told, area, step, b[step - 1])
                // What is not known until now is forecast from further back.
                let far = measure.behind(area) + step
                let spread =
                    errors.noise[area] * errors.scale(far, ahead: step) * measure.unsettled(area)
                return measure.point(
                    area, now + move, far,
                    (0..<3).map { spread * widths[$0] * tuning.widen[$0] })
            }
        }
    }
}
