import Chronology
import Foundation

/// Forecasts many monthly series together: what moved all of them, what moved each before, and
/// intervals as wide as the errors made until now.
public struct Forecaster: Sendable {
    private let horizon: Int
    private let tuning = Tuning()

    public init(horizon: Int = 12) { self.horizon = horizon }

    /// For each block, area and month ahead of the block's last. Only what the blocks hold is
    /// used, so that an earlier origin is a cut of the blocks. Deterministic.
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
            for area in 0..<measure.areas where measure.starts[area] <= t - 12 {
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
        let x = (1...horizon).map { log(Double($0)) }
        let middle = x.reduce(0) { $0 + $1 * $1 } / Double(horizon)
        var up = tuning.growthWeight * tuning.growthPrior * middle
        var down = tuning.growthWeight * middle
        let ratios = errors.filter { !$0.middles[0].isNaN }
            .map { one in one.middles.map { log($0 / one.middles[0]) } }
        guard !ratios.isEmpty,
            let most = errors.map(\.counts).max(by: { $0.reduce(0, +) < $1.reduce(0, +) })
        else { return up / down }
        for step in 0..<horizon {
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
        let t = measure.months - 1
        return (0..<measure.areas).map { area in
            (1...horizon).map { step in
                let middle =
                    measure.level[area * measure.months + t]
                    + moved(told, area, step, b[step - 1])
                let half = (0..<3).map {
                    errors.noise[area] * errors.scale[step - 1] * widths[$0] * tuning.widen[$0]
                }
                return ForecastPoint(
                    mean: measure.value(area, middle),
                    low: half.map { measure.value(area, middle - $0) },
                    high: half.map { measure.value(area, middle + $0) })
            }
        }
    }
}

/// The errors of one measure and what they say of the width of its intervals.
struct Errors {
    let areas: Int
    let horizon: Int
    let origins: Int
    /// By origin, area and horizon; NaN where there is none.
    var sizes: [Double]
    /// By origin and horizon.
    var weights: [Double]
    /// By horizon: where most errors end, and how much they weigh.
    private(set) var middles: [Double]
    private(set) var counts: [Double]
    /// By horizon.
    private(set) var scale: [Double] = []
    /// How much the first guess counts, from its share 1 where nothing is measured.
    private(set) var firstShare = 1.0
    /// By area: how much is known of it, the logarithm of its noise, and what is used of it.
    private(set) var effective: [Double] = []
    private(set) var raw: [Double] = []
    var noise: [Double]

    init(areas: Int, horizon: Int, origins: Int) {
        self.areas = areas
        self.horizon = horizon
        self.origins = origins
        sizes = [Double](repeating: .nan, count: origins * areas * horizon)
        weights = [Double](repeating: 0, count: origins * horizon)
        middles = [Double](repeating: .nan, count: horizon)
        counts = [Double](repeating: 0, count: horizon)
        noise = [Double](repeating: 1, count: areas)
    }

    var isMeasured: Bool { counts.contains { $0 > 0 } }

    mutating func findMiddles(_ anchor: Double) {
        for step in 0..<horizon {
            var (found, weight): ([Double], [Double]) = ([], [])
            for row in 0..<origins {
                var isAny = false
                for area in 0..<areas {
                    let size = sizes[(row * areas + area) * horizon + step]
                    if size.isNaN { continue }
                    isAny = true
                    found.append(size)
                    weight.append(weights[row * horizon + step])
                }
                if isAny { counts[step] += weights[row * horizon + step] }
            }
            if !found.isEmpty {
                middles[step] = max(weightedQuantiles(found, weight, [anchor])[0], 1e-9)
            }
        }
    }

    /// The scale by horizon and the noise by area.
    mutating func scale(_ measure: MeasureSeries, _ growth: Double, _ tuning: Tuning) {
        let x = (1...horizon).map { log(Double($0)) }
        var steps: [Double] = []
        for area in 0..<areas {
            for month in 1..<max(1, measure.months)
            where measure.isKnown(area, month) && measure.isKnown(area, month - 1) {
                let place = area * measure.months + month
                steps.append(abs(measure.level[place] - measure.level[place - 1]))
            }
        }
        let size = steps.isEmpty ? 0.21 : 2.1 * max(median(steps), 0.02)
        let first = x.map { log(size) + 0.5 * $0 }
        let total = counts.reduce(0, +)
        guard total > 0 else {
            scale = first.map { exp($0) }
            return
        }
        firstShare = tuning.firstError / (tuning.firstError + total)
        let logs = middles.map { $0.isNaN ? 0 : log($0) }
        var level = 0.0
        for step in 0..<horizon { level += counts[step] * (logs[step] - growth * x[step]) }
        level /= total
        var widest = 0.0
        for step in 0..<horizon {
            let own =
                (counts[step] * logs[step]
                    + tuning.horizonShrink * (level + growth * x[step]))
                / (counts[step] + tuning.horizonShrink)
            widest = max(
                widest, exp((1 - firstShare) * own + firstShare * first[step]), 0.005)
            scale.append(widest)
        }
        measureNoise(tuning)
    }

    private mutating func measureNoise(_ tuning: Tuning) {
        var ups = [Double](repeating: 0, count: areas)
        var downs = ups
        for row in 0..<origins {
            for area in 0..<areas {
                for step in 0..<horizon {
                    let place = (row * areas + area) * horizon + step
                    guard !sizes[place].isNaN else { continue }
                    sizes[place] /= scale[step]
                    ups[area] += sizes[place] * weights[row * horizon + step]
                    downs[area] += weights[row * horizon + step]
                }
            }
        }
        let mean = ups.reduce(0, +) / downs.reduce(0, +)
        let usual = mean == 0 || mean.isNaN ? 1 : mean
        effective = downs.map { $0 / tuning.overlap }
        raw = (0..<areas).map {
            log(max((ups[$0] / usual / tuning.overlap + 0.5) / (effective[$0] + 0.5), 0.02))
        }
    }

    /// Errors in units of their horizon and area, with their weights.
    func standardised() -> (sizes: [Double], weights: [Double]) {
        var found: (sizes: [Double], weights: [Double]) = ([], [])
        for area in 0..<areas {
            for row in 0..<origins {
                for step in 0..<horizon {
                    let size = sizes[(row * areas + area) * horizon + step]
                    let weight = weights[row * horizon + step]
                    guard !size.isNaN, weight > 0 else { continue }
                    found.sizes.append(size / noise[area])
                    found.weights.append(weight)
                }
            }
        }
        return found
    }
}
