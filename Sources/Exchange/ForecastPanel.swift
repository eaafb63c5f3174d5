import Chronology
import Forecasting
import Indicators

/// Published monthly figures as series to forecast, a block for each measure.
public struct ForecastPanel: Sendable {
    /// One measure: the table and measure it has at the publisher, and its series.
    public struct Measure: Sendable {
        public var table: String
        public var measure: String
        public var block: SeriesBlock
    }

    /// In the order of tables and measures.
    public private(set) var measures: [Measure] = []
    /// Series without a single known month; nothing is said of them.
    public private(set) var unknown: [String] = []
    /// Figures of quarters and years, which are not forecast.
    public private(set) var otherPeriods = 0
    /// The last month with a known figure of any measure.
    public var last: Month? { measures.map(\.block.last).max() }

    /// Figures that are not shown are gaps.
    public init(_ figures: [PublishedFigure]) {
        var series: [String: [Int32: [Month: Double?]]] = [:]
        var names: [String: (String, String)] = [:]
        for figure in figures {
            guard case .month(let month) = figure.period else {
                otherPeriods += 1
                continue
            }
            let key = "\(figure.table)/\(figure.measure)"
            names[key] = (figure.table, figure.measure)
            series[key, default: [:]][figure.area, default: [:]].updateValue(
                figure.value, forKey: month)
        }
        for (key, areas) in series.sorted(by: { $0.key < $1.key }) {
            let known = areas.values.flatMap { $0.filter { $0.value != nil }.keys }
            for (area, months) in areas.sorted(by: { $0.key < $1.key })
            where months.values.allSatisfy({ $0 == nil }) {
                unknown.append("\(ForecastPanel.code(area))/\(key)")
            }
            guard let first = known.min(), let last = known.max(), let name = names[key] else {
                continue
            }
            let shown = areas.filter { $0.value.values.contains { $0 != nil } }
                .sorted { $0.key < $1.key }
            let count = last - first + 1
            measures.append(
                Measure(
                    table: name.0, measure: name.1,
                    block: SeriesBlock(
                        first: first, months: count,
                        codes: shown.map { ForecastPanel.code($0.key) },
                        values: shown.flatMap { _, months in
                            (0..<count).map { (months[first + $0] ?? nil) ?? .nan }
                        }, most: ForecastPanel.most(name.1, areas.values.map { Array($0.values) })))
            )
        }
    }

    /// Shares in per cent are named so by the publisher; a measure of which a series has been
    /// above 100 in more months than one is none, whatever its name. One month may be an error.
    private static func most(_ measure: String, _ series: [[Double?]]) -> Double {
        let words = measure.split { !$0.isLetter }
        let isShare = words.contains { word in
            ["pct", "andel", "grad"].contains { word.hasSuffix($0) }
        }
        let isWithin = series.allSatisfy { $0.count { ($0 ?? 0) > 100 } <= 1 }
        return isShare && isWithin ? 100 : .infinity
    }

    private static func code(_ area: Int32) -> String {
        let digits = String(area)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
