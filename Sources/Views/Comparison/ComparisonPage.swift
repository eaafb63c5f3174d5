import Chronology
import Indicators
import Markup
import Reporting

/// The same figure in several municipalities, side by side.
public struct ComparisonPage: Page, Hashable {
    public var indicator: Link
    public var unit: Indicators.Unit
    public var decimals: Int?
    public var period: Period
    public var rows: [Row]
    /// The months of the small charts; empty draws none.
    public var periods: [Period]
    /// Sends `indicator`, `with` (one municipality) and `period` by GET.
    public var action: String
    public var indicators: [Choice]
    public var municipalities: [Choice]
    public var periodChoices: [Choice]
    /// What the reader must know about the figures, in their language.
    public var caveat: String?
    /// How old the published figures are; nil where there are none.
    public var age: String?
    public var downloads: [Link]

    public struct Row: Hashable, Sendable {
        public var name: String
        public var isOwn: Bool
        public var value: CellValue
        public var lastYear: CellValue
        public var origin: FigureOrigin
        /// The way to the published series; nil where there is none.
        public var href: String?
        /// One per month of `periods`; empty draws no small chart.
        public var course: [Double?]
        /// False for a count of many municipalities together, beside which a single
        /// one could not be seen.
        public var isCharted: Bool

        public init(
            name: String, isOwn: Bool, value: CellValue, lastYear: CellValue,
            origin: FigureOrigin, href: String? = nil, course: [Double?] = [],
            isCharted: Bool = true
        ) {
            self.name = name
            self.isOwn = isOwn
            self.value = value
            self.lastYear = lastYear
            self.origin = origin
            self.href = href
            self.course = course
            self.isCharted = isCharted
        }
    }

    public init(
        indicator: Link, unit: Indicators.Unit, decimals: Int? = nil, period: Period, rows: [Row],
        periods: [Period] = [], action: String, indicators: [Choice], municipalities: [Choice],
        periodChoices: [Choice], caveat: String? = nil,
        age: String? = nil, downloads: [Link] = []
    ) {
        self.indicator = indicator
        self.unit = unit
        self.decimals = decimals
        self.period = period
        self.rows = rows
        self.periods = periods
        self.action = action
        self.indicators = indicators
        self.municipalities = municipalities
        self.periodChoices = periodChoices
        self.caveat = caveat
        self.age = age
        self.downloads = downloads
    }

    public func title(_ wording: Wording) -> String {
        wording(
            "views.comparison.headline",
            ["indicator": indicator.text, "period": wording.period(period)])
    }

    /// The figures side by side; the file of figures takes the same.
    public func table(_ wording: Wording) -> DataTable {
        let decimals = decimals ?? Wording.decimals(unit)
        return DataTable(
            id: "compared",
            caption: wording(
                "reporting.table.caption",
                ["title": title(wording), "unit": wording.unit(unit)]),
            columns: [
                .init(wording("views.comparison.municipality")),
                .init(wording.period(period), decimals: decimals),
                .init(wording.period(period.yearBefore), decimals: decimals),
                .init(wording("views.target.origin")),
            ],
            rows: rows.map { row in
                .init(
                    header: row.name, href: row.href,
                    cells: [
                        row.value, row.lastYear,
                        .text(wording("views.origin.\(row.origin.rawValue)")),
                    ], isEmphasised: row.isOwn)
            })
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        form(&html, wording)
        if let caveat { html(.p, class: "note", text: caveat) }
        if let age { html(.p, class: "note", text: age) }
        guard !rows.isEmpty else {
            html(.p, text: wording("views.comparison.none"))
            return
        }
        html(.section) { html in
            html(.h2, text: wording("views.comparison.now"))
            let bars = BarChart(
                id: "bars", title: title(wording), unit: unit, decimals: decimals,
                bars: rows.filter(\.isCharted).map {
                    .init(name: $0.name, value: $0.value, isOwn: $0.isOwn)
                })
            html(.figure, class: "chart") { html in
                html(.figcaption, text: bars.title)
                html(.p, text: bars.sentence(wording))
                html(
                    .div, .class("scroll"), .role("region"), Attribute("aria-label", bars.title),
                    Attribute("tabindex", 0)
                ) { $0.drawing(bars.drawing(wording)) }
                table(wording).write(to: &html, wording)
            }
        }
        let drawn = rows.filter { $0.isCharted && !$0.course.isEmpty }
        if !periods.isEmpty, !drawn.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.comparison.course"))
                SmallMultiples(
                    id: "panels",
                    title: wording("views.comparison.panels", ["indicator": indicator.text]),
                    unit: unit, decimals: decimals, periods: periods,
                    panels: drawn.map { .init(name: $0.name, isOwn: $0.isOwn, values: $0.course) }
                ).write(to: &html, wording)
            }
        }
    }

    private func form(_ html: inout HTML, _ wording: Wording) {
        html.query(action, button: wording("views.show")) { html in
            html.choose(
                wording("views.indicator.name"), name: "indicator", id: "indicator", indicators)
            html.choose(
                wording("views.comparison.with"), name: "with", id: "with", municipalities)
            html.choose(wording("views.period"), name: "period", id: "period", periodChoices)
        }
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html.panel(wording("views.definition.title")) { $0.links([indicator]) }
        if !downloads.isEmpty {
            html.panel(wording("views.download")) { $0.links(downloads) }
        }
    }
}
