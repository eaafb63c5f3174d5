import Chronology
import Dispatch
import Registry

/// Columns of spells for the cube: one row a spell, all of the same length.
public struct CubeColumns {
    /// First and last days, as day numbers; the last is `Day.openEnd` while a spell
    /// goes on.
    public var start: UnsafeBufferPointer<Int32>
    public var end: UnsafeBufferPointer<Int32>
    /// Positions of the benefit and the municipality, below the cube's counts.
    public var benefit: UnsafeBufferPointer<UInt8>
    public var municipality: UnsafeBufferPointer<UInt8>
    /// Minutes a week that the benefit covers.
    public var minutes: UnsafeBufferPointer<Int16>

    public init(
        start: UnsafeBufferPointer<Int32>, end: UnsafeBufferPointer<Int32>,
        benefit: UnsafeBufferPointer<UInt8>, municipality: UnsafeBufferPointer<UInt8>,
        minutes: UnsafeBufferPointer<Int16>
    ) {
        self.start = start
        self.end = end
        self.benefit = benefit
        self.municipality = municipality
        self.minutes = minutes
    }
}

/// Full-time persons by benefit, municipality and month for many spells at once.
///
/// The work for a spell does not depend on its length: only its first and last
/// month are touched, and one sweep over the months does the rest.
public struct Cube: Sendable {
    public let first: Month
    public let months: Int
    public let benefits: Int
    public let municipalities: Int
    /// Weekly minutes times days, by benefit, municipality and month.
    public let minuteDays: [Int64]
    private let days: [Int64]

    /// Full-time persons in the month that is `month` months after the first.
    public func fullTime(benefit: Int, municipality: Int, month: Int) -> Double {
        guard days[month] > 0 else { return 0 }
        let sum = minuteDays[(benefit * municipalities + municipality) * months + month]
        return Double(sum) / (Double(WeeklyTime.full.minutes) * Double(days[month]))
    }

    /// Adds up all rows on `threads` threads. Days after `asOf` do not count. The
    /// columns must be of one length and the months at most 2,100; rows with a benefit
    /// or municipality out of range are left out.
    public init(
        _ columns: CubeColumns, first: Month, months: Int, benefits: Int, municipalities: Int,
        asOf: Day, threads: Int = 1
    ) {
        self.first = first
        self.months = months
        self.benefits = benefits
        self.municipalities = municipalities
        let counts = [
            columns.end.count, columns.benefit.count, columns.municipality.count,
            columns.minutes.count,
        ]
        precondition(counts.allSatisfy { $0 == columns.start.count })
        precondition(months <= 2_100)
        let calendar = CubeCalendar(first, months, asOf)
        days = calendar.days
        // Positions are bytes, so no more than 256 can occur.
        let (kinds, places) = (min(benefits, 256), min(municipalities, 256))
        // One more month takes what ends on the last day, and one more series the
        // rows out of range.
        let width = months + 1
        let size = (kinds * places + 1) * width
        let parts = max(1, threads)
        let cells = UnsafeMutablePointer<PackedSums>.allocate(capacity: size * parts)
        cells.initialize(repeating: PackedSums(), count: size * parts)
        defer { cells.deallocate() }
        let spilt = UnsafeMutablePointer<SIMD2<Int64>>.allocate(capacity: size * parts)
        spilt.initialize(repeating: .zero, count: size * parts)
        defer { spilt.deallocate() }
        calendar.monthOf.withUnsafeBufferPointer { monthOf in
            let job = CubeJob(
                columns: columns, monthOf: monthOf, low: calendar.low, high: calendar.high,
                cells: cells, spilt: spilt, size: size, width: width, kinds: kinds,
                places: places, parts: parts)
            if parts == 1 {
                job.add(part: 0)
            } else {
                DispatchQueue.concurrentPerform(iterations: parts) { job.add(part: $0) }
            }
        }
        var minuteDays = [Int64](repeating: 0, count: benefits * municipalities * months)
        for series in 0..<(kinds * places) {
            let row = (series / places * municipalities + series % places) * months
            var sums = SIMD2<Int64>.zero
            var before: Int64 = 0
            for month in 0..<months {
                for part in 0..<parts {
                    let cell = size * part + series * width + month
                    sums &+= spilt[cell] &+ cells[cell].sums
                }
                // By the end of the month, minutes have counted for as many days as
                // it lies after the day they set in.
                let until = sums[0] &* calendar.ends[month] &- sums[1]
                minuteDays[row + month] = until &- before
                before = until
            }
        }
        self.minuteDays = minuteDays
    }
}

/// Two sums in one word, which halves the memory that rows in no order are strewn
/// over: minutes in the upper 25 bits, and minutes times days in the lower 39.
///
/// Both start a quarter up their range, and their top bits are zero for as long as
/// they keep to the half around it. A block of 2⁶ rows of at most 2¹⁵ minutes, over at
/// most 2¹⁶ days, moves them by no more than 2²¹ and 2³⁷, and thus no further than the
/// quarter on either side. So looking at the top bits after each block is enough: a
/// sum that has left its half can still be read, and is spilt.
private struct PackedSums {
    static let block = 64
    private static let shift: UInt64 = 39
    private static let tops: UInt64 = 1 << 63 | 1 << (shift - 1)
    private static let zero = tops >> 1

    private(set) var bits = zero

    static func overflows(_ bits: UInt64) -> Bool { bits & tops != 0 }

    /// Minutes, and minutes times days.
    var sums: SIMD2<Int64> {
        let both = Int64(bitPattern: bits &- Self.zero)
        let low = (both << (64 - Self.shift)) >> (64 - Self.shift)
        return SIMD2((both &- low) >> Self.shift, low)
    }

    /// Adds minutes that set in on `day` and returns the word for `overflows`.
    mutating func add(_ minutes: UInt64, _ day: UInt32) -> UInt64 {
        bits &+= minutes &* (1 << Self.shift | UInt64(day))
        return bits
    }
}

/// Where the rows of a block are to be added.
private struct CubeBlock {
    let rows: Range<Int>
    /// Days after the first: those the minutes set in, and those they end.
    let from: UnsafeMutableBufferPointer<UInt32>
    let to: UnsafeMutableBufferPointer<UInt32>
    let series: UnsafeMutableBufferPointer<UInt16>
}

/// The adding up of all rows, in parts that can run at the same time: every part
/// reads the shared columns and writes to sums of its own, which is what makes it
/// safe to share.
private struct CubeJob: @unchecked Sendable {
    let columns: CubeColumns
    let monthOf: UnsafeBufferPointer<UInt16>
    let low: Int32
    let high: Int32
    /// Sums by part, series and month of what sets in, and what they had to spill.
    let cells: UnsafeMutablePointer<PackedSums>
    let spilt: UnsafeMutablePointer<SIMD2<Int64>>
    let size: Int
    let width: Int
    let kinds: Int
    let places: Int
    let parts: Int

    func add(part: Int) {
        guard low <= high else { return }
        let rows = columns.start.count
        let stop = rows * (part + 1) / parts
        let count = PackedSums.block
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * count) { days in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: count) { series in
                for row in stride(from: rows * part / parts, to: stop, by: count) {
                    let block = CubeBlock(
                        rows: row..<min(row + count, stop),
                        from: UnsafeMutableBufferPointer(rebasing: days[..<count]),
                        to: UnsafeMutableBufferPointer(rebasing: days[count...]),
                        series: series)
                    find(block)
                    add(block, to: size * part)
                }
            }
        }
    }

    /// Finds days and series, apart from the adding and without branches, so that it
    /// is vectorised. Rows out of the window get the same day twice, which adds nothing.
    private func find(_ block: CubeBlock) {
        let start = UnsafeBufferPointer(rebasing: columns.start[block.rows])
        let end = UnsafeBufferPointer(rebasing: columns.end[block.rows])
        let (low, high) = (low, high)
        for row in 0..<block.rows.count {
            let from = min(max(start[row], low), high &+ 1)
            let to = max(min(end[row], high) &+ 1, from)
            block.from[row] = UInt32(bitPattern: from &- low)
            block.to[row] = UInt32(bitPattern: to &- low)
        }
        let benefit = UnsafeBufferPointer(rebasing: columns.benefit[block.rows])
        let municipality = UnsafeBufferPointer(rebasing: columns.municipality[block.rows])
        let (kinds, places) = (UInt16(kinds), UInt16(places))
        for row in 0..<block.rows.count {
            let (kind, place) = (UInt16(benefit[row]), UInt16(municipality[row]))
            block.series[row] =
                kind < kinds && place < places ? kind &* places &+ place : kinds &* places
        }
    }

    private func add(_ block: CubeBlock, to first: Int) {
        let minutes = UnsafeBufferPointer(rebasing: columns.minutes[block.rows])
        let (cells, monthOf, width) = (cells + first, monthOf, width)
        var seen: UInt64 = 0
        for row in 0..<block.rows.count {
            let series = cells + Int(block.series[row]) &* width
            let weight = UInt64(truncatingIfNeeded: minutes[row])
            let (from, to) = (block.from[row], block.to[row])
            seen |= series[Int(monthOf[Int(from)])].add(weight, from)
            seen |= series[Int(monthOf[Int(to)])].add(0 &- weight, to)
        }
        if PackedSums.overflows(seen) { spill(block, first) }
    }

    private func spill(_ block: CubeBlock, _ first: Int) {
        for row in 0..<block.rows.count {
            for day in [block.from[row], block.to[row]] {
                let cell = first + Int(block.series[row]) * width + Int(monthOf[Int(day)])
                guard PackedSums.overflows(cells[cell].bits) else { continue }
                spilt[cell] &+= cells[cell].sums
                cells[cell] = PackedSums()
            }
        }
    }
}

/// The months of a cube by day.
private struct CubeCalendar {
    /// The first and last day that count.
    let low: Int32
    let high: Int32
    /// The month of each day from the first to the one after the last.
    let monthOf: [UInt16]
    /// Days of each month up to the day as of.
    let days: [Int64]
    /// Days from the first to the end of each month.
    let ends: [Int64]

    init(_ first: Month, _ count: Int, _ asOf: Day) {
        low = first.first.number
        high = min((first + (count - 1)).last, asOf).number
        var monthOf: [UInt16] = []
        var days: [Int64] = []
        var ends: [Int64] = []
        for index in 0..<count {
            let month = first + index
            let length = month.dayCount
            days.append(Int64(max(0, min(length, Int(high - month.first.number) + 1))))
            monthOf += repeatElement(UInt16(index), count: length)
            ends.append(Int64(monthOf.count))
        }
        self.monthOf = monthOf + [UInt16(count)]
        self.days = days
        self.ends = ends
    }
}
