import Chronology
import Foundation

/// The series of one measure on a common scale, what may tell of the months to come, and how
/// well that told before.
struct MeasureSeries {
    static let features = 6
    static let year = 12
    let horizon: Int
    let block: SeriesBlock
    private let tuning: Tuning
    let areas: Int
    let months: Int
    /// The first known month of each series; `months` where there is none.
    let starts: [Int]
    /// The last known month of each series.
    private let ends: [Int]
    /// Series at nothing, or at the most there can be, for so long that they tell nothing of
    /// how much they can move.
    let isSilent: [Bool]
    private let mended: Mended
    private let scale: [Double]
    /// The scaled logarithm, gaps filled by how the others moved.
    let level: [Double]
    /// How the middle of the series moved in each month.
    let drift: [Double]
    /// By origin from 12: area, horizon, feature.
    private(set) var told: [[Double]] = []
    private var grams: [Double] = []
    private var sides: [Double] = []
    private var squares: [Double] = []
    private var counts: [Double] = []

    func isKnown(_ area: Int, _ month: Int) -> Bool {
        !block.values[area * months + month].isNaN
    }

    init(_ given: SeriesBlock, horizon: Int, _ tuning: Tuning) {
        let mended = Mended(given, tuning)
        let block = mended.block
        self.block = block
        self.mended = mended
        self.horizon = horizon
        self.tuning = tuning
        let (areas, months) = (block.codes.count, block.months)
        self.areas = areas
        self.months = months
        let rows = (0..<areas).map { Array(block.values[($0 * months)..<(($0 + 1) * months)]) }
        starts = rows.map { $0.firstIndex { !$0.isNaN } ?? months }
        ends = rows.map { $0.lastIndex { !$0.isNaN } ?? months - 1 }
        let isSilent = rows.map { block.isSilent($0.filter { !$0.isNaN }, tuning) }
        self.isSilent = isSilent
        let scale = block.scales(rows.map { $0.filter { !$0.isNaN } }, tuning)
        self.scale = scale
        var level = [Double](repeating: 0, count: areas * months)
        for place in level.indices where !block.values[place].isNaN {
            level[place] = log(max(block.values[place], 0) / scale[place / months] + tuning.offset)
        }
        var drift = [Double](repeating: 0, count: months)
        for month in stride(from: 1, to: months, by: 1) {
            var steps: [Double] = []
            for area in 0..<areas where !isSilent[area] {
                let place = area * months + month
                if !block.values[place].isNaN, !block.values[place - 1].isNaN {
                    steps.append(level[place] - level[place - 1])
                }
            }
            if !steps.isEmpty { drift[month] = median(steps) }
        }
        for area in 0..<areas where starts[area] < months {
            let base = area * months
            for month in (starts[area] + 1)..<max(months, starts[area] + 1)
            where block.values[base + month].isNaN {
                level[base + month] = level[base + month - 1] + drift[month]
            }
            for month in stride(from: starts[area] - 1, through: 0, by: -1) {
                level[base + month] = level[base + month + 1] - drift[month + 1]
            }
        }
        self.level = level
        self.drift = drift
        for origin in stride(from: Self.year, to: months, by: 1) { told.append(features(origin)) }
        addGrams()
    }

    /// What is known at the last month.
    var lastFeatures: [Double] { told.last ?? features(months - 1) }

    /// Whether what came after month `t` can tell how far a forecast from it was off.
    func teaches(_ area: Int, _ t: Int) -> Bool {
        starts[area] <= t - Self.year && !isSilent[area]
    }

    /// Months from the last known one of a series to the last of all.
    func behind(_ area: Int) -> Int { months - 1 - ends[area] }

    /// How much wider intervals are after a break, when little is known of the new level.
    func unsettled(_ area: Int) -> Double {
        guard let known = mended.settled[area] else { return 1 }
        return (1 + tuning.unsettled / Double(max(known, 1))).squareRoot()
    }

    /// The forecast at a level with half widths, so many months after the last known one.
    func point(_ area: Int, _ level: Double, _ far: Int, _ half: [Double]) -> ForecastPoint {
        let mean = value(area, level)
        var point = ForecastPoint(
            mean: mean, low: half.map { value(area, level - $0) },
            high: half.map { value(area, level + $0) })
        if let before = mended.unsettled[area] {
            // The level may go back to where it was.
            point.low[2] = min(point.low[2], mean * before)
            point.high[2] = max(point.high[2], min(mean * before, block.most))
        }
        guard block.most.isInfinite else { return point }
        let variance = tuning.countVariance * Double(far).squareRoot()
        for (index, z) in Tuning.deviations.enumerated() {
            let ends = countBounds(mean, variance: variance, most: tuning.smallCount, z)
            point.low[index] = min(point.low[index], ends.low)
            point.high[index] = max(point.high[index], ends.high)
        }
        return point
    }

    private func value(_ area: Int, _ level: Double) -> Double {
        let value = (exp(level) - tuning.offset) * scale[area]
        // Rounding leaves a trace of nothing.
        return value > 1e-9 * scale[area] ? min(value, block.most) : 0
    }

    /// By area and horizon: the season, the others' latest year, the own year beside it, back
    /// to where it was a year ago, the year's mean, and how all moved.
    private func features(_ t: Int) -> [Double] {
        func calendar(_ month: Int) -> Int { (block.first + month).number - 1 }
        var season = [Double](repeating: 0, count: Self.year)
        if t >= Self.year {
            let mean = drift[1...t].reduce(0, +) / Double(t)
            var sums = season
            var counts = season
            for month in 1...t {
                sums[calendar(month)] += drift[month] - mean
                counts[calendar(month)] += 1
            }
            for month in season.indices {
                season[month] = sums[month] / (counts[month] + tuning.seasonShrink)
            }
            let middle = season.reduce(0, +) / Double(Self.year)
            for month in season.indices { season[month] -= middle }
        }
        var ahead: [Double] = []
        var behind = [0.0]
        var sum = 0.0
        for step in 1...horizon {
            sum += season[calendar(t + step)]
            ahead.append(sum)
        }
        sum = 0
        for month in stride(from: 1, through: t, by: 1) {
            sum += season[calendar(month)]
            behind.append(sum)
        }
        var common: [Double] = []
        sum = 0
        for month in 0...t {
            sum += drift[month]
            common.append(sum - behind[month])
        }
        let count = Self.features
        var found = [Double](repeating: 0, count: areas * horizon * count)
        let from = max(0, t - Self.year + 1)
        var year: [Double] = []
        if t >= Self.year {
            sum = 0
            for month in (t - Self.year + 1)...t {
                sum += drift[month]
                year.append(sum)
            }
        }
        for area in 0..<areas {
            let base = area * months
            var mean = 0.0
            for month in from...t { mean += level[base + month] - behind[month] }
            mean /= Double(t - from + 1)
            let gap = mean - (level[base + t] - behind[t])
            for step in 0..<horizon {
                let place = (area * horizon + step) * count
                found[place] = ahead[step]
                found[place + 4] = gap
                guard t >= Self.year else { continue }
                // Further than a year the same year is used again.
                let month = step % Self.year
                let before = base + t - Self.year
                found[place + 1] = year[month] - ahead[step]
                found[place + 2] = level[before + 1 + month] - level[before] - year[month]
                found[place + 3] = level[before] - level[base + t]
                found[place + 5] =
                    (common[t] - common[t - Self.year]) * Double(step + 1) / Double(Self.year)
            }
        }
        return found
    }

    /// Sums over the areas of products of features and of what came, added up over origins.
    private mutating func addGrams() {
        let k = Self.features
        grams = [Double](repeating: 0, count: months * horizon * k * k)
        sides = [Double](repeating: 0, count: months * horizon * k)
        squares = [Double](repeating: 0, count: months * horizon)
        counts = squares
        for t in stride(from: Self.year, to: months - 1, by: 1) {
            let weights = weights(t)
            for step in 1...min(horizon, months - 1 - t) { addGram(t, step, weights) }
        }
        for t in stride(from: 1, to: months, by: 1) {
            for place in 0..<horizon {
                let (now, before) = (t * horizon + place, (t - 1) * horizon + place)
                squares[now] += squares[before]
                counts[now] += counts[before]
                for i in 0..<k { sides[now * k + i] += sides[before * k + i] }
                for i in 0..<(k * k) { grams[now * k * k + i] += grams[before * k * k + i] }
            }
        }
    }

    /// Quiet series count more; nil for those with less than a year behind them.
    private func weights(_ t: Int) -> [Double?] {
        let alive = (0..<areas).filter { teaches($0, t) }
        guard !alive.isEmpty else { return [] }
        var sizes = [Double](repeating: 0, count: areas)
        for area in 0..<areas {
            for month in Self.year...t {
                let place = area * months + month
                sizes[area] += abs(level[place] - level[place - Self.year])
            }
            sizes[area] /= Double(t - Self.year + 1)
        }
        let least = quantile(alive.map { sizes[$0] }, 0.05)
        for area in 0..<areas { sizes[area] = max(sizes[area], least) }
        let middle = median(alive.map { sizes[$0] })
        let n = Double(t - Self.year + 1)
        for area in 0..<areas {
            sizes[area] =
                (n * sizes[area] + tuning.scaleShrink * middle) / (n + tuning.scaleShrink)
        }
        let usual = median(alive.map { sizes[$0] })
        return (0..<areas).map { area in
            guard teaches(area, t) else { return nil }
            return middle > 0 ? usual / max(sizes[area], 1e-6) : 1
        }
    }

    private mutating func addGram(_ t: Int, _ step: Int, _ weights: [Double?]) {
        let k = Self.features
        var gram = [Double](repeating: 0, count: k * k)
        var side = [Double](repeating: 0, count: k)
        var (square, count) = (0.0, 0.0)
        let told = told[t - Self.year]
        for area in 0..<weights.count {
            guard let weight = weights[area], isKnown(area, t + step) else { continue }
            let base = (area * horizon + step - 1) * k
            let y = (level[area * months + t + step] - level[area * months + t]) * weight
            square += y * y
            count += 1
            for i in 0..<k {
                let x = told[base + i] * weight
                side[i] += x * y
                for j in 0..<k { gram[i * k + j] += x * told[base + j] * weight }
            }
        }
        guard count > 0 else { return }
        let place = t * horizon + step - 1
        let m = count + tuning.areaCount
        for i in 0..<(k * k) { grams[place * k * k + i] = gram[i] / m }
        for i in 0..<k { sides[place * k + i] = side[i] / m }
        squares[place] = square / count
        counts[place] = 1
    }

    /// What is known at month `t` of a horizon and its neighbours, in units of the measure's
    /// own movement; nil for nothing.
    func sums(_ t: Int, _ step: Int) -> (gram: [Double], side: [Double])? {
        let k = Self.features
        var gram = [Double](repeating: 0, count: k * k)
        var side = [Double](repeating: 0, count: k)
        var (square, count) = (0.0, 0.0)
        for (near, weight) in [(step - 1, 0.5), (step, 1.0), (step + 1, 0.5)] {
            let origin = t - near
            // A later year may lean on the one before it, and not the other way.
            let year = (step + Self.year - 1) / Self.year * Self.year
            guard (1...year).contains(near), origin >= Self.year else { continue }
            let place = origin * horizon + near - 1
            for i in 0..<(k * k) { gram[i] += weight * grams[place * k * k + i] }
            for i in 0..<k { side[i] += weight * sides[place * k + i] }
            square += weight * squares[place]
            count += weight * counts[place]
        }
        guard count > 0, square > 0 else { return nil }
        let unit = count / square
        return (gram.map { $0 * unit }, side.map { $0 * unit })
    }
}
