import Chronology
import Indicators
import Markup
import Parameters

/// How things are said in one language: texts from the catalogue, numbers, days
/// and periods. Made once per language and shared: it never changes, and as a
/// reference it is handed to every part of a page without cost.
public final class Wording: Sendable {
    public let language: Language
    public let numbers: NumberFormat
    private let texts: [String: String]
    private let monthNames: [String]
    private let shortMonthNames: [String]

    public init(_ catalogue: TextCatalogue, _ language: Language) {
        self.language = language
        texts = Dictionary(
            uniqueKeysWithValues: catalogue.keys.map { ($0, catalogue.text($0, language)) })
        numbers = language == .en ? .english : .danish
        monthNames = (1...12).map { catalogue.text("reporting.month.m\($0)", language) }
        shortMonthNames = (1...12).map { catalogue.text("reporting.shortMonth.m\($0)", language) }
    }

    /// The text of `key`. An unknown key gives the key itself in brackets, which a
    /// test looks for on every page.
    public func callAsFunction(_ key: String) -> String { texts[key] ?? "[\(key)]" }

    /// The text of `key` with `{name}` replaced by its argument, in one pass, so
    /// that an argument is never read as text with arguments of its own.
    public func callAsFunction(
        _ key: String, _ arguments: KeyValuePairs<String, String>
    ) -> String {
        TextCatalogue.filled(self(key)) { name in arguments.first { $0.key == name }?.value }
    }

    public func number(_ value: Int) -> String { numbers.text(value) }

    public func number(_ value: Double, decimals: Int) -> String {
        numbers.text(value, decimals: decimals)
    }

    /// A number with its unit: `52,3 %`, `412 personer`.
    public func amount(_ value: Double, _ unit: Indicators.Unit, decimals: Int? = nil) -> String {
        let number = number(value, decimals: decimals ?? Self.decimals(unit))
        return self("reporting.unit.\(unit.rawValue).amount", ["value": number])
    }

    /// A number beside others of its kind: without the unit, save for percentages,
    /// and without decimals that say nothing.
    public func brief(_ value: Double, _ unit: Indicators.Unit, decimals: Int? = nil) -> String {
        let decimals = value == value.rounded() ? 0 : decimals
        guard unit == .percent else {
            return number(value, decimals: decimals ?? Self.decimals(unit))
        }
        return amount(value, unit, decimals: decimals)
    }

    /// The unit alone, as a heading says it: `procent`.
    public func unit(_ unit: Indicators.Unit) -> String {
        self("reporting.unit.\(unit.rawValue).name")
    }

    /// What a label of a cut is called: `Kvinder`, `25-29 år`, `Herlev`.
    public func label(
        _ label: String, _ dimension: Indicators.Dimension, _ municipalities: MunicipalityList
    ) -> String {
        if label == "none" { return self("term.none") }
        return switch dimension {
        case .ageBand: self("term.years", ["band": label])
        case .durationBand: self("term.weeks", ["band": label])
        case .municipality: Int32(label).flatMap { municipalities[$0]?.name } ?? label
        default: self("term.\(dimension.rawValue).\(label)")
        }
    }

    /// The decimals a figure of this unit is shown with unless a page says otherwise.
    public static func decimals(_ unit: Indicators.Unit) -> Int {
        switch unit {
        case .percent, .weeks, .hours, .points: 1
        case .perPerson: 2
        case .fullTimePersons, .persons, .spells, .days, .conversations, .offers, .orders,
            .positions, .companies, .contacts, .kroner, .complaints, .answers:
            0
        }
    }

    /// `31.01.2024` in both languages.
    public func day(_ day: Day) -> String { day.danish }

    /// `3. november 2025`
    public func writtenDay(_ day: Day) -> String {
        self(
            "reporting.writtenDay",
            [
                "day": String(day.components.day), "month": monthNames[day.month.number - 1],
                "year": String(day.year),
            ])
    }

    /// How old published figures are: `hentet 3. november 2025, for 58 dage siden; nyeste måned
    /// juli 2025`. From a day before they came nothing is said of days gone by.
    public func age(fetchedOn: Day, newest: Period, on today: Day) -> String {
        var isMonth = false
        if case .month = newest { isMonth = true }
        let days = today - fetchedOn
        let ago =
            switch days {
            case ..<0: ""
            case 0: self("reporting.age.today")
            case 1: self("reporting.age.yesterday")
            default: self("reporting.age.days", ["days": number(days)])
            }
        return self(
            isMonth ? "reporting.age.month" : "reporting.age.period",
            ["day": writtenDay(fetchedOn), "ago": ago, "newest": period(newest)])
    }

    /// The time of day in UTC of Unix seconds: `09:30`.
    public func clock(_ seconds: Int64) -> String {
        let minutes = seconds % 86_400 / 60
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// `juni 2024`
    public func month(_ month: Month) -> String { "\(monthNames[month.number - 1]) \(month.year)" }

    /// `juni`
    public func monthName(_ month: Month) -> String { monthNames[month.number - 1] }

    /// A period in words: `juni 2024`, `2. kvartal 2024`, `januar–juni 2024`.
    public func period(_ period: Period) -> String {
        switch period {
        case .month(let month): return self.month(month)
        case .quarter(let quarter): return self.quarter(quarter)
        case .year(let year): return String(year)
        case .rollingFourQuarters(let quarter):
            return self("reporting.period.rolling", ["quarter": self.quarter(quarter)])
        case .yearToDate(let last):
            if last.number == 1 { return month(last) }
            return "\(monthNames[0])\u{2013}\(month(last))"
        }
    }

    private func quarter(_ quarter: Quarter) -> String {
        self(
            "reporting.period.quarter",
            ["number": String(quarter.number), "year": String(quarter.year)])
    }

    /// A period as it stands under an axis: `jun`, `2. kv.`, `2024`.
    public func shortPeriod(_ period: Period) -> String {
        switch period {
        case .month(let month), .yearToDate(let month): shortMonthNames[month.number - 1]
        case .quarter(let quarter), .rollingFourQuarters(let quarter):
            self("reporting.period.shortQuarter", ["number": String(quarter.number)])
        case .year(let year): String(year)
        }
    }
}
