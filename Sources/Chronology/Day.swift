/// A calendar day (dag), counted in whole days from 1970-01-01 in the proleptic
/// Gregorian calendar. Deadlines and benefit days are calendar days, so there is
/// no time of day and no time zone here.
@frozen
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int32

    @inlinable
    public init(number: Int32) { self.number = number }

    /// Stands for "no end yet" in columns that cannot hold an optional.
    @inlinable
    public static var openEnd: Day { Day(number: Int32.max / 2) }

    /// The day with this year, month (1...12) and day of month, or nil when the
    /// calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, (1...9999).contains(year),
            day <= Day.daysIn(month: month, of: year)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// Trusts its caller: year, month and day must name a day of the calendar.
    init(unchecked year: Int, _ month: Int, _ day: Int) {
        // Days from civil: years start in March so that the leap day comes last.
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
    }

    /// Reads `2024-01-31`.
    public init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts[2].utf8.count == 2, let y = Day.digits(parts[0]), let m = Day.digits(parts[1]),
            let d = Day.digits(parts[2])
        else { return nil }
        self.init(year: y, month: m, day: d)
    }

    /// Reads the Danish forms `31.01.2024`, `31-01-2024` and `31/01/2024`.
    public init?(danish text: some StringProtocol) {
        let parts = text.split(omittingEmptySubsequences: false) { ".-/".contains($0) }
        guard parts.count == 3, (1...2).contains(parts[0].utf8.count),
            (1...2).contains(parts[1].utf8.count), parts[2].utf8.count == 4,
            let d = Day.digits(parts[0]), let m = Day.digits(parts[1]), let y = Day.digits(parts[2])
        else { return nil }
        self.init(year: y, month: m, day: d)
    }

    /// Digits only: no sign, no spaces.
    static func digits(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return Int(text)
    }

    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    public static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Year, month (1...12) and day of month.
    public var components: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public var year: Int { components.year }
    public var month: Month { Month(containing: self) }

    /// Monday is 1 and Sunday 7 (ISO 8601).
    public var weekday: Int { (Int(number) % 7 + 10) % 7 + 1 }

    @inlinable
    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    @inlinable
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }
    @inlinable
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - Int32(days)) }
    /// Whole days from `b` to `a`.
    @inlinable
    public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

    /// The same day of month `months` later; the last day of that month when it
    /// is shorter (31 January and one month is 28 or 29 February).
    public func adding(months: Int) -> Day {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let y = index >= 0 ? index / 12 : (index - 11) / 12
        let m = index - y * 12 + 1
        return Day(unchecked: y, m, min(day, Day.daysIn(month: m, of: y)))
    }

    /// Age in whole years on `day` of a person born on this day; one born on
    /// 29 February turns a year older on 1 March in other years.
    public func age(on day: Day) -> Int {
        let born = components
        let now = day.components
        let had = (now.month, now.day) >= (born.month, born.day)
        return now.year - born.year - (had ? 0 : 1)
    }

    /// `2024-01-31`
    public var iso: String {
        let (y, m, d) = components
        return "\(Day.padded(y, 4))-\(Day.padded(m, 2))-\(Day.padded(d, 2))"
    }

    /// `31.01.2024`
    public var danish: String {
        let (y, m, d) = components
        return "\(Day.padded(d, 2)).\(Day.padded(m, 2)).\(Day.padded(y, 4))"
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension Day: CustomStringConvertible {
    public var description: String { iso }
}
