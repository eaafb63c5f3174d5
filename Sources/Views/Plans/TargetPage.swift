import Chronology
import Indicators
import Markup
import Reporting

/// One result target (resultatmål): the verdict and why, the course of the year,
/// the definition, the pace, and the way to the persons behind.
public struct TargetPage: Page, Hashable {
    public var row: TargetRow
    /// Why the verdict is what it is, in the reader's language.
    public var explanation: String
    /// The course of the year; nil where nothing is measured by month.
    public var course: Course?
    /// The targets that this one is made of, where it is a pair.
    public var parts: [TargetRow]
    /// Where the goal and the definition stand.
    public var goal: Link
    public var definition: DefinitionSummary?
    public var who: WhoLink
    /// The same figure elsewhere: another municipality, the whole country.
    public var elsewhere: [AreaFigure]
    public var downloads: [Link]

    /// The months of the year and what is known of them.
    public struct Course: Hashable, Sendable {
        /// All months of the period, those to come included.
        public var periods: [Period]
        /// One per period; nil is not known and is drawn as a gap.
        public var values: [Double?]
        /// The same months a year earlier; empty when not known.
        public var lastYear: [Double?]
        /// The level the target is drawn at, when it is not the one demanded (a
        /// yearly count drawn by month); nil draws the demanded level.
        public var targetLevel: Double?
        /// False where no level can be drawn beside monthly figures.
        public var drawsTarget: Bool
        /// The level to start from; nil draws none.
        public var baseline: Double?
        /// Where the year is expected to end.
        public var forecast: ClosedRange<Double>?

        public init(
            periods: [Period], values: [Double?], lastYear: [Double?] = [],
            targetLevel: Double? = nil, drawsTarget: Bool = true, baseline: Double? = nil,
            forecast: ClosedRange<Double>? = nil
        ) {
            self.periods = periods
            self.values = values
            self.lastYear = lastYear
            self.targetLevel = targetLevel
            self.drawsTarget = drawsTarget
            self.baseline = baseline
            self.forecast = forecast
        }
    }

    public init(
        row: TargetRow, explanation: String, course: Course? = nil, parts: [TargetRow] = [],
        goal: Link, definition: DefinitionSummary? = nil, who: WhoLink = .none,
        elsewhere: [AreaFigure] = [], downloads: [Link] = []
    ) {
        self.row = row
        self.explanation = explanation
        self.course = course
        self.parts = parts
        self.goal = goal
        self.definition = definition
        self.who = who
        self.elsewhere = elsewhere
        self.downloads = downloads
    }

    public func title(_ wording: Wording) -> String { row.title }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.div, class: "answer") { html in
            row.verdict.write(to: &html, wording)
            html(.p, class: "lead", text: explanation)
        }
        row.writeFacts(to: &html, wording)
        if !parts.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.target.parts"))
                parts.write(to: &html, wording)
            }
        }
        if let chart = chart(wording) {
            html(.section) { html in
                html(.h2, text: wording("views.target.course"))
                chart.write(to: &html, wording)
            }
        }
        elsewhere.write(
            to: &html, wording, unit: row.figure.unit, decimals: row.figure.decimals)
        definition?.write(to: &html, wording)
    }

    /// The course of the year as a chart; the file of figures takes its table.
    public func chart(_ wording: Wording) -> LineChart? {
        guard let course else { return nil }
        let decimals = row.figure.decimals ?? Wording.decimals(row.figure.unit)
        let amount = { (value: Double) in
            wording.brief(value, row.figure.unit, decimals: decimals)
        }
        var references: [LineChart.Reference] = []
        if course.drawsTarget, let level = course.targetLevel ?? row.demand.level {
            let text = course.targetLevel.map(amount) ?? row.demandText(wording)
            references.append(
                .init(
                    kind: .target, label: wording("views.chart.target", ["value": text]),
                    value: level))
        }
        if let baseline = course.baseline {
            references.append(
                .init(
                    kind: .baseline,
                    label: wording("views.chart.baseline", ["value": amount(baseline)]),
                    value: baseline))
        }
        var series = [
            LineChart.Series(
                name: wording("views.chart.thisYear"), role: .main, values: course.values)
        ]
        if !course.lastYear.isEmpty {
            series.append(
                .init(
                    name: wording("views.chart.lastYear"), role: .lastYear,
                    values: course.lastYear))
        }
        let forecast = course.forecast.map { range in
            LineChart.Forecast(
                label: wording(
                    "views.chart.forecast",
                    [
                        "low": amount(range.lowerBound),
                        "high": amount(range.upperBound),
                    ]), low: range.lowerBound, high: range.upperBound)
        }
        return LineChart(
            id: "course", title: row.title, unit: row.figure.unit, decimals: decimals,
            periods: course.periods, series: series, references: references, forecast: forecast)
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html.panel(wording("views.target.goal")) { $0.links([goal]) }
        if who != .none {
            html.panel(wording("views.who.title")) { $0.who(who, wording) }
        }
        if !downloads.isEmpty {
            html.panel(wording("views.download")) { $0.links(downloads) }
        }
    }
}
