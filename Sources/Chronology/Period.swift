/// The span of days that a figure covers.
public enum Period: Hashable, Sendable {
    case month(Month)
    case quarter(Quarter)
    case year(Int)
    /// Four quarters ending with this one (rullende fire kvartaler).
    case rollingFourQuarters(Quarter)
    /// January up to and including this month (år til dato).
    case yearToDate(Month)

    public var range: DayRange {
        switch self {
        case .month(let month): month.range
        case .quarter(let quarter): quarter.range
        case .year(let year):
            DayRange(
                unchecked: Month(index: Int32(year * 12)).first,
                Month(index: Int32(year * 12 + 11)).last)
        case .rollingFourQuarters(let quarter):
            DayRange(unchecked: (quarter - 3).firstMonth.first, quarter.lastMonth.last)
        case .yearToDate(let month):
            DayRange(unchecked: Month(index: Int32(month.year * 12)).first, month.last)
        }
    }

    /// The months that make up the period, in order.
    public var months: [Month] {
        let first = Month(containing: range.start)
        let last = Month(containing: range.end)
        return (0...(last - first)).map { first + $0 }
    }

    /// The same span one year earlier.
    public var yearBefore: Period {
        switch self {
        case .month(let month): .month(month - 12)
        case .quarter(let quarter): .quarter(quarter - 4)
        case .year(let year): .year(year - 1)
        case .rollingFourQuarters(let quarter): .rollingFourQuarters(quarter - 4)
        case .yearToDate(let month): .yearToDate(month - 12)
        }
    }
}

extension Period: CustomStringConvertible {
    /// The codes of jobindsats.dk, quarters with two digits as its interface
    /// writes them: `2024M01`, `2024Q01`, `2024QMAT01`, `2024MYTD06`, `2024Y01`.
    public var description: String {
        switch self {
        case .month(let month): "\(month)"
        case .quarter(let quarter): "\(Day.padded(quarter.year, 4))Q0\(quarter.number)"
        case .year(let year): "\(Day.padded(year, 4))Y01"
        case .rollingFourQuarters(let quarter):
            "\(Day.padded(quarter.year, 4))QMAT0\(quarter.number)"
        case .yearToDate(let month):
            "\(Day.padded(month.year, 4))MYTD\(Day.padded(month.number, 2))"
        }
    }

    /// Reads the codes of `description`; also `2024Q1`, `2024` and `2024-01`.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        guard text.utf8.count >= 4, let year = Day.digits(text.prefix(4)), year > 0 else {
            return nil
        }
        let rest = text.dropFirst(4)
        func number(after prefix: String) -> Int? {
            rest.hasPrefix(prefix) ? Day.digits(rest.dropFirst(prefix.count)) : nil
        }
        if rest.isEmpty || rest == "Y01" {
            self = .year(year)
        } else if let n = number(after: "MYTD"), let month = Month(year: year, month: n) {
            self = .yearToDate(month)
        } else if let n = number(after: "QMAT"), let quarter = Quarter(year: year, quarter: n) {
            self = .rollingFourQuarters(quarter)
        } else if let n = number(after: "M") ?? number(after: "-"),
            let month = Month(year: year, month: n)
        {
            self = .month(month)
        } else if let n = number(after: "Q"), let quarter = Quarter(year: year, quarter: n) {
            self = .quarter(quarter)
        } else {
            return nil
        }
    }
}
