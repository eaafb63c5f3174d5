import Chronology
import Forecasting
import Testing

@Suite("Levels that change at once")
struct SeriesBreakTests {
    private static let start = ForecasterTests.start

    private static func shifted(
        _ series: [[Double]], _ areas: Range<Int>, from month: Int, by factor: Double
    ) -> [[Double]] {
        series.enumerated().map { area, row in
            row.enumerated().map { areas.contains(area) && $0 >= month ? $1 * factor : $1 }
        }
    }

    private static func breaks(_ series: [[Double]]) -> [SeriesBreak] {
        ForecasterTests.block(series, series[0].count).breaks()
    }

    @Test("usual movement, a season and one wrong month are no breaks")
    func nothing() {
        var found = 0
        for seed in UInt64(1)...6 {
            var series = ForecasterTests.panel(areas: 20, months: 48, seed: seed)
            series[3][20] *= 3
            found += Self.breaks(series).count
            // Each summer twice as many, in one area and in all.
            let summers = series.map { row in
                row.enumerated().map { $1 * (5...7 ~= $0 % 12 ? 2 : 1) }
            }
            found += Self.breaks(summers).count + Self.breaks([summers[0]]).count
            found += Self.breaks(Array(series.dropLast()) + [summers[0]]).count
        }
        #expect(found == 0)
    }

    @Test("a shift of one area is found at its month", arguments: [0.5, 1.5, 2])
    func one(_ factor: Double) {
        var missed = 0
        for (seed, month) in zip(UInt64(1)...8, stride(from: 10, through: 45, by: 5)) {
            let series = ForecasterTests.panel(areas: 20, months: 48, seed: seed)
            let found = Self.breaks(Self.shifted(series, 7..<8, from: month, by: factor))
            guard let first = found.first else {
                missed += 1
                continue
            }
            #expect(found.count == 1)
            #expect(first.area == "7" && first.month == Self.start + month && !first.isCommon)
            #expect(abs(first.ratio / factor - 1) < 0.2)
        }
        #expect(missed <= (factor == 1.5 ? 3 : 0))
    }

    @Test("a shift of all areas is told once", arguments: [0.6, 1.5])
    func all(_ factor: Double) throws {
        for month in [20, 30, 45] {
            let series = ForecasterTests.panel(areas: 20, months: 48, seed: 3)
            let found = Self.breaks(Self.shifted(series, 0..<20, from: month, by: factor))
            #expect(found.count == 1)
            let first = try #require(found.first)
            #expect(first.isCommon && first.month == Self.start + month)
            #expect(abs(first.ratio / factor - 1) < 0.2)
        }
    }

    @Test("nothing is told before three months of the new level are known")
    func recent() {
        let series = ForecasterTests.panel(areas: 20, months: 48, seed: 4)
        #expect(Self.breaks(Self.shifted(series, 7..<8, from: 46, by: 2)).isEmpty)
        #expect(Self.breaks(Self.shifted(series, 7..<8, from: 45, by: 2)).count == 1)
    }

    @Test("a handful more of a few persons is no break")
    func few() {
        let series = ForecasterTests.panel(areas: 20, months: 48, seed: 5)
        let few = (0..<48).map { Double($0 < 24 ? 3 : 7) }
        #expect(Self.breaks(series + [few]).isEmpty)
        #expect(Self.breaks(series + [few.map { $0 * 100 }]).map(\.area) == ["20"])
    }

    @Test(
        "after a shift the forecast keeps the new level, with wider intervals",
        arguments: [1, 2, 3, 6])
    func after(_ known: Int) {
        var (inside, all, off, usual, wide) = (0, 0, 0.0, 0.0, 0.0)
        for seed in UInt64(1)...6 {
            let series = ForecasterTests.panel(areas: 20, months: 60, seed: seed)
            let moved = Self.shifted(series, 4..<8, from: 48 - known, by: 1.7)
            let before = Forecaster().forecast([ForecasterTests.block(series, 48)])[0]
            let found = Forecaster().forecast([ForecasterTests.block(moved, 48)])[0]
            for area in 4..<8 {
                for step in 0..<12 {
                    let (point, came) = (found[area][step], moved[area][48 + step])
                    all += 1
                    if (point.low[1]...point.high[1]).contains(came) { inside += 1 }
                    off += abs(point.mean / came - 1)
                    usual += abs(before[area][step].mean * 1.7 / came - 1)
                    wide +=
                        (point.high[1] - point.low[1]) / 1.7
                        / (before[area][step].high[1] - before[area][step].low[1])
                }
            }
        }
        #expect((70...97).contains(100 * inside / all), "\(100 * inside / all) %")
        #expect(off < 1.5 * usual, "\(off / usual)")
        #expect(wide > 1.1 * Double(all) && wide < 3 * Double(all), "\(wide / Double(all))")
    }
}
