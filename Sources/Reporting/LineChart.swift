import Chronology
import Indicators

/// Lines over time as a value: what is drawn, not how.
public struct LineChart: Hashable, Sendable {
    /// Letters, digits and hyphens; unique on the page.
    public var id: String
    /// What the chart is about; its name for those who do not see it.
    public var title: String
    public var unit: Indicators.Unit
    public var decimals: Int
    /// The periods along the axis, in order, those still to come included.
    public var periods: [Period]
    public var series: [Series]
    public var references: [Reference]
    public var forecast: Forecast?

    /// One line. `values` answer `periods` one by one; nil is a gap, never zero.
    public struct Series: Hashable, Sendable {
        public var name: String
        public var role: Role
        public var values: [Double?]
        public init(name: String, role: Role, values: [Double?]) {
            self.name = name
            self.role = role
            self.values = values
        }
    }

    /// What a line stands for; it decides colour, dashes and markers.
    public enum Role: Hashable, Sendable {
        /// The figure the page is about.
        case main
        /// The same figure one year earlier.
        case lastYear
        /// Another area or the published figure.
        case comparison
        /// A second comparison.
        case secondComparison
    }

    /// A level drawn across the chart.
    public struct Reference: Hashable, Sendable {
        public enum Kind: Hashable, Sendable { case target, baseline }
        public var kind: Kind
        /// Said beside the line: `Mål: mindst 380`.
        public var label: String
        public var value: Double
        public init(kind: Kind, label: String, value: Double) {
            self.kind = kind
            self.label = label
            self.value = value
        }
    }

    /// Where the last period is expected to end.
    public struct Forecast: Hashable, Sendable {
        public var label: String
        public var low: Double
        public var high: Double
        public init(label: String, low: Double, high: Double) {
            self.label = label
            self.low = low
            self.high = high
        }
    }

    public init(
        id: String, title: String, unit: Indicators.Unit, decimals: Int? = nil, periods: [Period],
        series: [Series], references: [Reference] = [], forecast: Forecast? = nil
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.decimals = decimals ?? Wording.decimals(unit)
        self.periods = periods
        self.series = series
        self.references = references
        self.forecast = forecast
    }
}

extension LineChart {
    /// The latest known value of a series and its period.
    func latest(_ series: Series) -> (period: Period, value: Double)? {
        for (period, value) in zip(periods, series.values).reversed() {
            if let value { return (period, value) }
        }
        return nil
    }

    /// What the chart says, in sentences: the latest value, the same time last
    /// year, the target, and the extremes.
    public func sentence(_ wording: Wording) -> String {
        guard let main = series.first(where: { $0.role == .main }), let latest = latest(main) else {
            return wording("reporting.chart.empty")
        }
        let amount = { (value: Double) in wording.amount(value, unit, decimals: decimals) }
        var sentences = [
            wording(
                "reporting.chart.latest",
                ["value": amount(latest.value), "period": wording.period(latest.period)])
        ]
        if let previous = series.first(where: { $0.role == .lastYear }),
            let index = periods.firstIndex(of: latest.period), index < previous.values.count,
            let value = previous.values[index]
        {
            sentences.append(wording("reporting.chart.lastYear", ["value": amount(value)]))
        }
        for reference in references { sentences.append(reference.label + ".") }
        let known = zip(periods, main.values).compactMap { period, value in
            value.map { (period: period, value: $0) }
        }
        if known.count > 2, let low = known.min(by: { $0.value < $1.value }),
            let high = known.max(by: { $0.value < $1.value }), low.value < high.value
        {
            sentences.append(
                wording(
                    "reporting.chart.extremes",
                    [
                        "low": amount(low.value), "lowPeriod": wording.period(low.period),
                        "high": amount(high.value), "highPeriod": wording.period(high.period),
                    ]))
        }
        if let forecast {
            sentences.append(forecast.label + ".")
        }
        return sentences.joined(separator: " ")
    }

    /// The numbers of the chart, one row per period.
    public func table(_ wording: Wording) -> DataTable {
        var columns = [DataTable.Column(wording("reporting.table.period"))]
        columns += series.map { DataTable.Column($0.name, decimals: decimals) }
        let rows = periods.enumerated().map { index, period in
            DataTable.Row(
                header: wording.period(period),
                cells: series.map { series in
                    guard index < series.values.count, let value = series.values[index] else {
                        return .missing
                    }
                    return .number(value)
                })
        }
        return DataTable(
            id: "\(id)-table",
            caption: wording(
                "reporting.table.caption", ["title": title, "unit": wording.unit(unit)]),
            columns: columns, rows: rows)
    }
}
