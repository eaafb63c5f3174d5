/// A calendar month (kalendermåned), numbered from January of year 0.
@frozen
public struct Month: Hashable, Comparable, Sendable {
    /// `year * 12 + month - 1`.
    public let index: Int32

    @inlinable
    public init(index: Int32) { self.index = index }

    public init?(year: Int, month: Int) {
        guard (1...12).contains(month), (1...9999).contains(year) else { return nil }
        self.init(index: Int32(year * 12 + month - 1))
    }

    public init(containing day: Day) {
        let (year, month, _) = day.components
        self.init(index: Int32(year * 12 + month - 1))
    }

    public var year: Int { Int(index) / 12 }
    /// 1...12
    public var number: Int { Int(index) % 12 + 1 }
    public var first: Day { Day(unchecked: year, number, 1) }
    public var last: Day { Day(unchecked: year, number, dayCount) }
    public var dayCount: Int { Day.daysIn(month: number, of: year) }
    public var range: DayRange { DayRange(unchecked: first, last) }
    public var quarter: Quarter { Quarter(index: index / 3) }

    @inlinable
    public static func < (a: Month, b: Month) -> Bool { a.index < b.index }
    @inlinable
    public static func + (month: Month, months: Int) -> Month {
        Month(index: month.index + Int32(months))
    }
    @inlinable
    public static func - (month: Month, months: Int) -> Month {
        Month(index: month.index - Int32(months))
    }
    @inlinable
    public static func - (a: Month, b: Month) -> Int { Int(a.index) - Int(b.index) }
}

/// A calendar quarter (kvartal), numbered from the first of year 0.
@frozen
public struct Quarter: Hashable, Comparable, Sendable {
    /// `year * 4 + quarter - 1`.
    public let index: Int32

    @inlinable
    public init(index: Int32) { self.index = index }

    public init?(year: Int, quarter: Int) {
        guard (1...4).contains(quarter), (1...9999).contains(year) else { return nil }
        self.init(index: Int32(year * 4 + quarter - 1))
    }

    public var year: Int { Int(index) / 4 }
    /// 1...4
    public var number: Int { Int(index) % 4 + 1 }
    public var firstMonth: Month { Month(index: index * 3) }
    public var lastMonth: Month { Month(index: index * 3 + 2) }
    public var range: DayRange { DayRange(unchecked: firstMonth.first, lastMonth.last) }

    @inlinable
    public static func < (a: Quarter, b: Quarter) -> Bool { a.index < b.index }
    @inlinable
    public static func + (quarter: Quarter, quarters: Int) -> Quarter {
        Quarter(index: quarter.index + Int32(quarters))
    }
    @inlinable
    public static func - (quarter: Quarter, quarters: Int) -> Quarter {
        Quarter(index: quarter.index - Int32(quarters))
    }
}

extension Month: CustomStringConvertible {
    /// `2024M01`, as jobindsats.dk writes it.
    public var description: String { "\(Day.padded(year, 4))M\(Day.padded(number, 2))" }
}

extension Quarter: CustomStringConvertible {
    /// `2024Q1`
    public var description: String { "\(Day.padded(year, 4))Q\(number)" }
}
