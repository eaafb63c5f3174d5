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
    /// columns must be of one length; rows with a benefit or municipality out of range
    /// are left out.
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
        let calendar = CubeCalendar(first, months, asOf)
        days = calendar.days
        // Two sums a cell: minutes over whole months as differences, and the days
        // that a first or last month lacks. One extra month takes the last -.
        let width = (months + 1) * 2
        let size = benefits * municipalities * width
        let parts = max(1, threads)
        let sums = UnsafeMutablePointer<Int64>.allocate(capacity: size * parts)
        sums.initialize(repeating: 0, count: size * parts)
        defer { sums.deallocate() }
        let lookup = calendar.lookup
        lookup.withUnsafeBufferPointer { lookup in
            let job = CubeJob(
                columns: columns, lookup: lookup, low: calendar.low, high: calendar.high,
                sums: sums, size: size, benefits: benefits, municipalities: municipalities,
                width: width, parts: parts)
            if parts == 1 {
                job.add(part: 0)
            } else {
                DispatchQueue.concurrentPerform(iterations: parts) { job.add(part: $0) }
            }
        }
        var minuteDays = [Int64](repeating: 0, count: benefits * municipalities * months)
        for series in 0..<(benefits * municipalities) {
            var running: Int64 = 0
            for month in 0..<months {
                var lacking: Int64 = 0
                for part in 0..<parts {
                    let base = sums + size * part + series * width + month * 2
                    running &+= base[0]
                    lacking &+= base[1]
                }
                minuteDays[series * months + month] = running &* calendar.whole[month] &- lacking
            }
        }
        self.minuteDays = minuteDays
    }
}

/// The adding up of all rows, in parts that can run at the same time: every part
/// reads the shared columns and writes to sums of its own, which is what makes it
/// safe to share.
private struct CubeJob: @unchecked Sendable {
    let columns: CubeColumns
    let lookup: UnsafeBufferPointer<Int32>
    let low: Int32
    let high: Int32
    let sums: UnsafeMutablePointer<Int64>
    let size: Int
    let benefits: Int
    let municipalities: Int
    let width: Int
    let parts: Int

    func add(part: Int) {
        guard low <= high, let start = columns.start.baseAddress,
            let end = columns.end.baseAddress, let benefit = columns.benefit.baseAddress,
            let municipality = columns.municipality.baseAddress,
            let minutes = columns.minutes.baseAddress, let lookup = lookup.baseAddress
        else { return }
        let rows = columns.start.count
        let sums = sums + size * part
        let (low, high, width) = (low, high, width)
        let (benefits, municipalities) = (benefits, municipalities)
        for row in (rows * part / parts)..<(rows * (part + 1) / parts) {
            let from = max(start[row], low)
            let to = min(end[row], high)
            let place = Int(municipality[row])
            let kind = Int(benefit[row])
            if from > to || place >= municipalities || kind >= benefits { continue }
            let opening = lookup[Int(from &- low)]
            let closing = lookup[Int(to &- low)]
            let series = kind &* municipalities &+ place
            let base = sums + series &* width
            let weight = Int64(minutes[row])
            // A look-up holds the month, the days before in it and the days after.
            let first = base + Int(opening >> 16) &* 2
            let last = base + Int(closing >> 16) &* 2
            first[0] &+= weight
            first[1] &+= weight &* Int64((opening >> 8) & 0xFF)
            last[1] &+= weight &* Int64(closing & 0xFF)
            last[2] &-= weight
        }
    }
}

/// The months of a cube by day.
private struct CubeCalendar {
    /// The first and last day that count.
    let low: Int32
    let high: Int32
    /// For each day: month << 16 | days before it in the month << 8 | days after.
    let lookup: [Int32]
    /// Days of each month up to the day as of.
    let days: [Int64]
    /// All days of each month.
    let whole: [Int64]

    init(_ first: Month, _ count: Int, _ asOf: Day) {
        low = first.first.number
        let end = min((first + (count - 1)).last, asOf).number
        high = end
        var lookup: [Int32] = []
        var days: [Int64] = []
        var whole: [Int64] = []
        for index in 0..<count {
            let month = first + index
            let length = month.dayCount
            whole.append(Int64(length))
            days.append(Int64(max(0, min(length, Int(end - month.first.number) + 1))))
            for day in 0..<length {
                lookup.append(Int32(index << 16 | day << 8 | (length - 1 - day)))
            }
        }
        self.lookup = lookup
        self.days = days
        self.whole = whole
    }
}
