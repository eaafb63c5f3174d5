import Chronology
import Registry

/// The periods of a request, cut at the day the figures are as of, and looked up
/// by day without a search.
struct Grid: Sendable {
    let periods: [Period]
    let count: Int
    let asOf: Int32
    let starts: Column<Int32>
    /// The last day that counts: the period's own or the day as of.
    let ends: Column<Int32>
    /// Days of each period up to the day as of, 0 when it has not begun.
    let days: Column<Int64>
    /// The latest birthday of one who has turned 16, 25, 30 ... by the period's
    /// own last day: `ageSteps` of them for each period.
    let birthdays: Column<Int32>
    /// The ages asked for.
    let ages: AgeSpan

    /// The first day of the first period, and the last that counts of those that have
    /// begun; the day before `low` when none has.
    let low: Int32
    let high: Int32
    /// As `ends` of the periods that have begun, and after every day of the others.
    private let lastDays: Column<Int32>
    private let endsAscend: Bool
    /// True when the periods follow one another without sharing days.
    let isInRow: Bool
    private let begunCount: Int
    /// For each day from `low`: the first and the last period that can hold it.
    private let first: Column<UInt16>
    private let last: Column<UInt16>

    static let ageSteps = 8
    private static let ageLimits = [16, 25, 30, 40, 50, 55, 60, 67]

    init(_ periods: [Period], asOf: Day, ages: ClosedRange<Int>?, _ arena: Arena) {
        self.periods = periods
        self.asOf = asOf.number
        count = periods.count
        let ranges = periods.map(\.range)
        let starts = ranges.map(\.start.number)
        let ends = ranges.map { min($0.end.number, asOf.number) }
        self.starts = arena.column(starts)
        self.ends = arena.column(ends)
        days = arena.column(zip(starts, ends).map { Int64(max(0, $1 - $0 + 1)) })
        birthdays = arena.column(
            ranges.flatMap { range in
                Grid.ageLimits.map { range.end.adding(months: -12 * $0).number }
            })
        self.ages = AgeSpan(periods, ages, arena)
        // Only periods that have begun: a day as of between two of them lies in none, and
        // every day up to `high` has a period that ends on it or later.
        let low = starts.min() ?? 0
        let high = zip(starts, ends).filter { $0 <= $1 }.map(\.1).max() ?? low - 1
        self.low = low
        self.high = high
        (first, last) = Grid.lookup(starts, ends, low, high, arena)
        let begun = zip(starts, ends).map { $0 <= $1 }
        lastDays = arena.column(zip(begun, ends).map { $0 ? $1 : Int32.max })
        let last = lastDays
        endsAscend = (0..<max(0, count - 1)).allSatisfy { last[$0] <= last[$0 + 1] }
        begunCount = begun.count { $0 }
        let lasts = ranges.map(\.end.number)
        isInRow = zip(lasts, starts.dropFirst()).allSatisfy { $0 < $1 }
    }

    private static func lookup(
        _ starts: [Int32], _ ends: [Int32], _ low: Int32, _ high: Int32,
        _ arena: Arena
    ) -> (Column<UInt16>, Column<UInt16>) {
        let length = Int(high - low) + 1
        var first = [UInt16](repeating: UInt16.max, count: length)
        var last = [UInt16](repeating: 0, count: length)
        for period in starts.indices where starts[period] <= ends[period] {
            // first[d]: the smallest period that ends on or after d, and
            // last[d]: the largest that starts on or before d.
            let end = Int(ends[period] - low)
            first[end] = min(first[end], UInt16(period))
            let start = Int(starts[period] - low)
            last[start] = max(last[start], UInt16(period))
        }
        for day in stride(from: length - 2, through: 0, by: -1) {
            first[day] = min(first[day], first[day + 1])
        }
        for day in 1..<max(1, length) { last[day] = max(last[day], last[day - 1]) }
        return (arena.column(first), arena.column(last))
    }

    /// Calls `body` with each period that shares days with the span, and how many.
    /// `end` may be `Day.openEnd`.
    @inline(__always)
    func overlaps(_ start: Int32, _ end: Int32, _ body: (_ period: Int, _ days: Int64) -> Void) {
        let from = max(start, low)
        let to = min(end, high)
        guard from <= to else { return }
        var period = Int(first[Int(from &- low)])
        let stop = Int(last[Int(to &- low)])
        while period <= stop {
            let days = min(to, ends[period]) &- max(from, starts[period]) &+ 1
            if days > 0 { body(period, Int64(days)) }
            period &+= 1
        }
    }

    /// The periods that share days with the span; nil when none does. Only where the
    /// periods are in a row.
    @inline(__always)
    func span(_ start: Int32, _ end: Int32) -> PeriodSpan? {
        let from = max(start, low)
        let to = min(end, high)
        guard from <= to else { return nil }
        let lower = Int(first[Int(from &- low)])
        let upper = Int(last[Int(to &- low)])
        guard lower <= upper else { return nil }
        return PeriodSpan(
            periods: lower..<(upper &+ 1), before: Int64(max(0, from &- starts[lower])),
            after: Int64(max(0, ends[upper] &- to)))
    }

    /// Calls `body` with each period that holds the day.
    @inline(__always)
    func eachPeriod(of day: Int32, _ body: (_ period: Int) -> Void) {
        guard holds(day) else { return }
        var period = Int(first[Int(day &- low)])
        if isInRow {
            if starts[period] <= day { body(period) }
            return
        }
        let stop = Int(last[Int(day &- low)])
        while period <= stop {
            if starts[period] <= day && day <= ends[period] { body(period) }
            period &+= 1
        }
    }

    /// Calls `body` with each period whose last day (as `ends`) is in the span.
    @inline(__always)
    func eachEnd(_ start: Int32, _ end: Int32, _ body: (_ period: Int) -> Void) {
        let from = max(start, low)
        guard from <= min(end, high) else { return }
        var period = Int(first[Int(from &- low)])
        while period < count {
            let last = lastDays[period]
            if last > end {
                if endsAscend { return }
            } else if last >= from {
                body(period)
            }
            period &+= 1
        }
    }

    /// The periods whose last day is in the span, where they stand in a row; nil
    /// where the order of the periods is another.
    @inline(__always)
    func ends(in start: Int32, _ end: Int32) -> Range<Int>? {
        guard endsAscend else { return nil }
        let from = max(start, low)
        let to = min(end, high)
        if from > to { return 0..<0 }
        let lower = Int(first[Int(from &- low)])
        let upper = to == high ? begunCount : Int(first[Int(to &- low) &+ 1])
        return lower..<max(lower, upper)
    }

    /// False when no period can share a day with the span.
    @inline(__always)
    func touches(_ start: Int32, _ end: Int32) -> Bool { start <= high && low <= end }

    /// False when no period can hold the day.
    @inline(__always)
    func holds(_ day: Int32) -> Bool { low <= day && day <= high }

    /// Position in `AgeBand.allCases` on the period's last day.
    @inline(__always)
    func ageCode(born: Int32, _ period: Int) -> Int {
        if born == Int32.max { return Grid.ageSteps + 1 }
        var code = 0
        for step in 0..<Grid.ageSteps {
            code &+= born <= birthdays[period &* Grid.ageSteps &+ step] ? 1 : 0
        }
        return code
    }
}

/// A span of ages on the last day of each period, as birthdays.
struct AgeSpan: Sendable {
    private let earliest: Int32
    private let latest: Int32
    private let bornFrom: Column<Int32>
    private let bornTo: Column<Int32>
    /// Those born on these days are of the ages in every period.
    private let always: ClosedRange<Int32>?

    /// `ages` nil stands for all ages, also unknown.
    init(_ periods: [Period], _ ages: ClosedRange<Int>?, _ arena: Arena) {
        let ends = periods.map(\.range.end)
        bornFrom = arena.column(
            ends.map { end in
                guard let ages, ages.upperBound < 200 else { return Int32.min }
                return end.adding(months: -12 * (ages.upperBound + 1)).number + 1
            })
        bornTo = arena.column(
            ends.map { end in
                guard let ages else { return Int32.max }
                return end.adding(months: -12 * ages.lowerBound).number
            })
        var (earliest, latest) = (Int32.max, Int32.min)
        var (from, to) = (Int32.min, Int32.max)
        for period in periods.indices {
            earliest = min(earliest, bornFrom[period])
            latest = max(latest, bornTo[period])
            from = max(from, bornFrom[period])
            to = min(to, bornTo[period])
        }
        self.earliest = earliest
        self.latest = latest
        always = from <= to ? from...to : nil
    }

    /// False when one born on this day is too young or too old in every period.
    @inline(__always)
    func mayContain(born: Int32) -> Bool { earliest <= born && born <= latest }

    /// True when one born on this day is of the ages in every period.
    @inline(__always)
    func alwaysContains(born: Int32) -> Bool { always?.contains(born) ?? false }

    @inline(__always)
    func contains(born: Int32, _ period: Int) -> Bool {
        bornFrom[period] <= born && born <= bornTo[period]
    }
}
