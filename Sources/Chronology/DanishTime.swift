/// The time of day in Denmark (dansk tid): an hour before UTC, and two from the last Sunday of
/// March to the last Sunday of October, changing at 01.00 UTC (Directive 2000/84/EC).
public enum DanishTime {
    /// Minutes after midnight of Unix seconds.
    public static func minute(_ seconds: Int64) -> Int {
        Int((local(seconds) % 86_400 + 86_400) % 86_400 / 60)
    }

    /// The day of Unix seconds from 1970 on.
    public static func day(_ seconds: Int64) -> Day {
        Day(number: Int32(truncatingIfNeeded: local(seconds) / 86_400))
    }

    private static func local(_ seconds: Int64) -> Int64 {
        seconds + (isSummer(seconds) ? 2 : 1) * 3_600
    }

    private static func isSummer(_ seconds: Int64) -> Bool {
        let (days, _) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let year = Day(number: Int32(days)).components.year
        return change(year, 3) <= seconds && seconds < change(year, 10)
    }

    /// 01.00 UTC on the last Sunday of a month.
    private static func change(_ year: Int, _ month: Int) -> Int64 {
        let last = Day(unchecked: year, month, 31)
        let sunday = last - last.weekday % 7
        return Int64(sunday.number) * 86_400 + 3_600
    }
}
