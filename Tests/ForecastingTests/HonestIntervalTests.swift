import Chronology
import Forecasting
import Testing

@Suite("Intervals where little can be learned")
struct HonestIntervalTests {
    private static func panel(_ seed: UInt64, months: Int = 48) -> [[Double]] {
        ForecasterTests.panel(areas: 12, months: months, seed: seed)
    }

    private static func forecast(
        _ series: [[Double]], most: Double = .infinity, horizon: Int = 12
    ) -> [[ForecastPoint]] {
        var block = ForecasterTests.block(series, series[0].count)
        block.most = most
        return Forecaster(horizon: horizon).forecast([block])[0]
    }

    private static func width(_ point: ForecastPoint) -> Double { point.high[1] - point.low[1] }

    @Test("nobody until now does not mean nobody ever", arguments: [6, 14, 48])
    func nobody(_ months: Int) {
        let zeros = [Double](repeating: 0, count: months)
        let small = (0..<months).map { $0 == 3 ? 0.2 : 0 }
        for series in [[zeros], [small], Self.panel(1, months: months) + [zeros]] {
            let points = Self.forecast(series)[series.count - 1]
            #expect(points.allSatisfy { $0.mean == 0 && $0.low == [0, 0, 0] })
            // One person next month is within 95 per cent, and not within 50; it takes more
            // months for more of them.
            #expect(points[0].high[2] > 1 && points[0].high[0] < 1)
            #expect(points[11].high[1] > 1.5 && points[11].high[2] < 10)
        }
    }

    @Test("a share at nothing or at all is not sure to stay", arguments: [0.0, 100])
    func shareAtAnEnd(_ value: Double) {
        let flat = [Double](repeating: value, count: 48)
        let shares = Self.panel(2).map { row in row.map { min(99, 10 + $0 / 100) } }
        for series in [[flat], shares + [flat]] {
            let points = Self.forecast(series, most: 100)[series.count - 1]
            for point in points {
                #expect(point.mean == value)
                #expect(abs(value - (value == 0 ? point.high[1] : point.low[1])) > 0.05)
            }
        }
    }

    @Test("silent series do not make the others look quieter")
    func silentNeighbours() {
        let alone = Self.forecast(Self.panel(3))
        let zeros = [[Double]](repeating: [Double](repeating: 0, count: 48), count: 24)
        let among = Self.forecast(Self.panel(3) + zeros)
        for (points, others) in zip(alone, among) {
            for (point, other) in zip(points, others) {
                #expect(abs(Self.width(other) / Self.width(point) - 1) < 0.1)
            }
        }
    }

    @Test("a series without new figures is as uncertain as its last one is old")
    func stopped() {
        let series = Self.panel(4)
        var cut = series
        for month in 30..<48 { cut[5][month] = .nan }
        let (whole, short) = (Self.forecast(series)[5], Self.forecast(cut)[5])
        for (point, other) in zip(short, whole) {
            // Its first month is the nineteenth after its last figure.
            let least = Self.width(whole[0]) / whole[0].mean
            #expect(Self.width(point) / point.mean > 1.3 * least)
            #expect(Self.width(point) / point.mean > 0.9 * Self.width(other) / other.mean)
        }
        let block = ForecasterTests.block(cut, 48)
        let stopped = block.stopped(by: block.last)
        #expect(stopped.map(\.area) == ["5"])
        #expect(stopped.first?.last == ForecasterTests.start + 29)
        #expect(ForecasterTests.block(series, 48).stopped(by: block.last).isEmpty)
        // Where the measure has ended, all its series have.
        #expect(block.stopped(by: block.last + 4).count == 12)
    }

    @Test("one wrong month long ago changes next to nothing", arguments: [0, 4, 20, 30])
    func stray(_ month: Int) {
        let series = Self.panel(5)
        for factor in [100, 0.01] {
            var wrong = series
            wrong[7][month] *= factor
            let (right, found) = (Self.forecast(series), Self.forecast(wrong))
            for area in right.indices {
                let isWrong = area == 7
                for (point, other) in zip(right[area], found[area]) {
                    #expect(abs(other.mean / point.mean - 1) < (isWrong ? 0.05 : 0.005))
                    let wider = Self.width(other) / Self.width(point)
                    #expect(abs(wider - 1) < (isWrong ? 0.12 : 0.06))
                }
            }
        }
    }

    @Test("fewer months ahead are the first of more", arguments: [1, 3, 11, 12, 13, 18])
    func prefix(_ horizon: Int) {
        for months in [9, 16, 48] {
            var series = Self.panel(6, months: months)
            // Also of one without the newest figures.
            for month in (months - 4)..<months { series[2][month] = .nan }
            let longer = Self.forecast(series, horizon: horizon <= 12 ? 12 : 24)
            let shorter = Self.forecast(series, horizon: horizon)
            #expect(shorter == longer.map { Array($0.prefix(horizon)) })
            #expect(
                Self.forecast(series, horizon: 24).map { Array($0.prefix(12)) }
                    == Self.forecast(series))
        }
    }

    @Test("bounds stand in order, within what can be, without traces of rounding")
    func order() {
        var dice = ForecasterTests.Dice(state: 7)
        for round in 0..<40 {
            let most = round % 2 == 0 ? Double.infinity : 100
            let months = 3 + Int(dice.next() * 50)
            let series = (0..<6).map { _ in
                let size = [0, 0.3, 2, 20, 100, 3_000][Int(dice.next() * 6)]
                return (0..<months).map { _ -> Double in
                    if dice.next() < 0.1 { return .nan }
                    return min(most, (size * dice.next() * 2).rounded())
                }
            }
            for point in Self.forecast(series, most: most, horizon: 15).joined() {
                let line = point.low.reversed() + [point.mean] + point.high
                #expect(line == line.sorted())
                let isPossible = line.allSatisfy {
                    $0.sign == .plus && $0 <= most && ($0 == 0 || $0 > 1e-9)
                }
                #expect(isPossible, "\(line)")
            }
        }
    }
}
