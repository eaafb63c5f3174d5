import Foundation

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
    private var scale: [Double] = []
    private var growth = 0.0
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

    /// How much all errors of a year weigh.
    var known: Double { counts.prefix(Forecaster.core).reduce(0, +) }
    var isMeasured: Bool { known > 0 }

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
                guard !measure.isSilent[area] else { continue }
                steps.append(abs(measure.level[place] - measure.level[place - 1]))
            }
        }
        let size = steps.isEmpty ? 0.21 : 2.1 * max(median(steps), 0.02)
        let first = x.map { log(size) + 0.5 * $0 }
        self.growth = growth
        let total = known
        guard total > 0 else {
            scale = first.map { exp($0) }
            return
        }
        firstShare = tuning.firstError / (tuning.firstError + total)
        let logs = middles.map { $0.isNaN ? 0 : log($0) }
        var level = 0.0
        for step in 0..<Forecaster.core { level += counts[step] * (logs[step] - growth * x[step]) }
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

    /// The scale `far` months after the last known one, for a month ahead. Further than the
    /// year of that month it grows on, so that the months asked for do not change it.
    func scale(_ far: Int, ahead step: Int) -> Double {
        let core = Forecaster.core
        let measured = (step + core - 1) / core * core
        guard far > measured else { return scale[far - 1] }
        return scale[measured - 1] * pow(Double(far) / Double(measured), max(growth, 0))
    }

    private mutating func measureNoise(_ tuning: Tuning) {
        var ups = [Double](repeating: 0, count: areas)
        var downs = ups
        for row in 0..<origins {
            for area in 0..<areas {
                for step in 0..<Forecaster.core {
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
                for step in 0..<Forecaster.core {
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
