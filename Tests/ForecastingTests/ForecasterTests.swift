import Chronology
import Forecasting
import Testing

@Suite("Forecasts of monthly series together")
struct ForecasterTests {
    static let start = Month(year: 2020, month: 1)!

    /// The same for the same seed, from 0 up to 1.
    struct Dice {
        var state: UInt64
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        /// About normal, with mean 0 and spread 1.
        mutating func noise() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + next() } }
    }

    /// Areas that share a season and a common walk, each with noise of its own.
    static func panel(
        areas: Int, months: Int, seed: UInt64, noise: Double = 0.05
    ) -> [[Double]] {
        var dice = Dice(state: seed)
        var walk = [0.0]
        for _ in 1..<months { walk.append(walk[walk.count - 1] + 0.01 * dice.noise()) }
        return (0..<areas).map { area in
            let size = 200.0 * Double(area + 1)
            var own = 0.0
            return (0..<months).map { month in
                own = 0.9 * own + noise * dice.noise() / 2
                let season = month % 12 < 3 ? 0.15 : -0.05
                let level = walk[month] + season + own + noise * dice.noise()
                return size * (1 + level + level * level / 2)
            }
        }
    }

    static func block(_ series: [[Double]], _ months: Int) -> SeriesBlock {
        SeriesBlock(
            first: start, months: months, codes: series.indices.map { String($0) },
            values: series.flatMap { $0.prefix(months) })
    }

    @Test("most of what came lies in the 80 % intervals, and about as much as they promise")
    func coverage() {
        var (inside, all) = (0, 0)
        for seed in UInt64(1)...4 {
            let series = Self.panel(areas: 20, months: 60, seed: seed)
            for origin in [36, 42, 48] {
                let found = Forecaster().forecast([Self.block(series, origin)])[0]
                for area in series.indices {
                    for step in 0..<12 {
                        let came = series[area][origin + step]
                        all += 1
                        let point = found[area][step]
                        if (point.low[1]...point.high[1]).contains(came) { inside += 1 }
                    }
                }
            }
        }
        #expect((70...90).contains(100 * inside / all), "\(100 * inside / all) %")
    }

    @Test("it errs less than the same month a year ago, which is all a naive forecast knows")
    func error() {
        var (ours, naive) = (0.0, 0.0)
        for seed in UInt64(11)...14 {
            let series = Self.panel(areas: 20, months: 60, seed: seed)
            let found = Forecaster().forecast([Self.block(series, 48)])[0]
            for area in series.indices {
                for step in 0..<12 {
                    let came = series[area][48 + step]
                    ours += abs(came - found[area][step].mean) / Double(area + 1)
                    naive += abs(came - series[area][36 + step]) / Double(area + 1)
                }
            }
        }
        #expect(ours < 0.9 * naive, "\(ours / naive)")
    }

    @Test("what comes later changes nothing, and the same is said twice")
    func noLeak() {
        let series = Self.panel(areas: 5, months: 60, seed: 5)
        var other = series
        for area in other.indices { for month in 40..<60 { other[area][month] *= 3 } }
        let first = Forecaster().forecast([Self.block(series, 40)])
        #expect(first == Forecaster().forecast([Self.block(other, 40)]))
    }

    @Test("units do not matter, and no interval is crossed or below nothing")
    func units() {
        let series = Self.panel(areas: 6, months: 40, seed: 6, noise: 0.4)
        let found = Forecaster().forecast([Self.block(series, 40)])[0]
        let thousands = Forecaster().forecast([
            Self.block(series.map { $0.map { $0 * 1_000 } }, 40)
        ])[0]
        for area in found.indices {
            for (point, larger) in zip(found[area], thousands[area]) {
                #expect(abs(larger.mean / 1_000 - point.mean) < 1e-6 * point.mean)
                let order = [
                    0, point.low[2], point.low[1], point.low[0], point.mean, point.high[0],
                    point.high[1], point.high[2],
                ]
                #expect(order == order.sorted())
            }
        }
    }

    @Test(
        "short, gappy, constant and empty series get a finite answer",
        arguments: [1, 2, 5, 12, 13, 14, 15, 24, 26])
    func short(_ months: Int) {
        var series = Self.panel(areas: 3, months: months, seed: 8)
        series.append([Double](repeating: 7, count: months))
        series.append([Double](repeating: 0, count: months))
        series.append((0..<months).map { $0 % 3 == 0 ? 40 : .nan })
        for horizon in [1, 12, 18] {
            let found = Forecaster(horizon: horizon).forecast([Self.block(series, months)])[0]
            #expect(found.count == series.count)
            for point in found.joined() {
                let isFinite = ([point.mean] + point.low + point.high).allSatisfy { $0.isFinite }
                #expect(isFinite)
            }
        }
        // One series alone goes through the same arithmetic.
        let alone = Forecaster().forecast([Self.block([series[0]], months)])
        #expect(alone[0][0].count == 12)
        let isSound = alone[0][0].allSatisfy { $0.mean.isFinite && $0.high[1] > $0.low[1] }
        #expect(isSound)
        #expect(Forecaster().forecast([]).isEmpty)
    }

    @Test("a share in per cent never passes 100")
    func share() {
        let series = Self.panel(areas: 4, months: 30, seed: 9, noise: 0.2).map { row in
            row.map { min(100, $0 / 8) }
        }
        var block = Self.block(series, 30)
        block.most = 100
        let found = Forecaster().forecast([block])[0]
        let isShare = found.joined().allSatisfy { $0.high[2] <= 100 }
        #expect(isShare)
    }
}
