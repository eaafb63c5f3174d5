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

    init(_ block: SeriesBlock, horizon: Int, _ tuning: Tuning) {
        self.block = block
        self.horizon = horizon
        self.tuning = tuning
        let (areas, months) = (block.codes.count, block.months)
        self.areas = areas
        self.months = months
        var starts: [Int] = []
        var scale: [Double] = []
        for area in 0..<areas {
            let row = block.values[(area * months)..<((area + 1) * months)]
            starts.append(row.firstIndex { !$0.isNaN }.map { $0 - area * months } ?? months)
            let first = row.filter { !$0.isNaN }.prefix(12)
            let mean = first.isEmpty ? 0 : first.reduce(0, +) / Double(first.count)
            scale.append(mean > 0 ? mean : 1)
        }
        self.starts = starts
        self.scale = scale
        var level = [Double](repeating: 0, count: areas * months)
        for place in level.indices where !block.values[place].isNaN {
            level[place] = log(max(block.values[place], 0) / scale[place / months] + tuning.offset)
        }
        var drift = [Double](repeating: 0, count: months)
        for month in stride(from: 1, to: months, by: 1) {
            var steps: [Double] = []
            for area in 0..<areas {
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

    func value(_ area: Int, _ level: Double) -> Double {
        min(max(exp(level) - tuning.offset, 0) * scale[area], block.most)
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
        let alive = (0..<areas).filter { starts[$0] <= t - Self.year }
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
            guard starts[area] <= t - Self.year else { return nil }
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
            guard (1...horizon).contains(near), origin >= Self.year else { continue }
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
