/// Danish public holidays (helligdage) and what follows from them.
public enum DanishHolidays {
    /// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
    public static func easter(_ year: Int) -> Day {
        let a = year % 19
        let b = year / 100
        let c = year % 100
        let d = b / 4
        let e = b % 4
        let f = (b + 8) / 25
        let g = (b - f + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let i = c / 4
        let k = c % 4
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return Day(unchecked: year, n / 31, n % 31 + 1)
    }

    /// The public holidays of a year in order. Great Prayer Day (store bededag)
    /// was abolished from 2024 (lov nr. 214 af 06/03/2023).
    public static func days(in year: Int) -> [Day] {
        let easter = easter(year)
        var days = [
            Day(unchecked: year, 1, 1), easter - 3, easter - 2, easter, easter + 1,
            easter + 39, easter + 49, easter + 50,
            Day(unchecked: year, 12, 25), Day(unchecked: year, 12, 26),
        ]
        if year < 2024 { days.append(easter + 26) }
        return days.sorted()
    }

    public static func isHoliday(_ day: Day) -> Bool { days(in: day.year).contains(day) }
}

extension Day {
    /// Monday to Friday and no public holiday (hverdag).
    public var isWorkingDay: Bool { weekday <= 5 && !DanishHolidays.isHoliday(self) }

    /// The first working day so many days later, or after that.
    public func nextWorkingDay(after days: Int) -> Day {
        var day = self + days
        while !day.isWorkingDay { day = day + 1 }
        return day
    }

    /// ISO 8601 week and the year it belongs to.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = self + (4 - weekday)
        let year = thursday.year
        return (year, (thursday - Day(unchecked: year, 1, 1)) / 7 + 1)
    }
}
