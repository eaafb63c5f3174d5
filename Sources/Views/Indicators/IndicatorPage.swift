import Chronology
import Indicators
import Markup
import Reporting

/// One indicator: its figure, what it means, how it has moved, how it is cut, and
/// the official figure beside it.
public struct IndicatorPage: Page, Hashable {
    public var figure: ShownFigure
    /// The parts of the fraction, when the figure is one.
    public var numerator: Double?
    public var denominator: Double?
    public var definition: DefinitionSummary
    public var official: Official?
    public var course: Course?
    /// The same figure for the whole country, North Zealand and others.
    public var areas: [AreaFigure]
    public var cut: Cut?
    /// The choices of the form, sent by GET as `period` and `cut`.
    public var action: String
    public var periods: [Choice]
    public var cuts: [Choice]
    public var who: WhoLink
    public var downloads: [Link]

    /// The figure as an authority publishes it.
    public struct Official: Hashable, Sendable {
        /// `jobindsats.dk, tabel y25i01`
        public var source: String
        /// How old the figures of its table are; nil where none are stored.
        public var age: String?
        /// The way to the whole series; nil where it is not stored.
        public var href: String?
        /// `.hidden` where the publisher does not show it.
        public var value: CellValue
        /// Where the two definitions differ, in the reader's language.
        public var difference: String
        public init(
            source: String, age: String? = nil, href: String? = nil, value: CellValue,
            difference: String
        ) {
            self.source = source
            self.age = age
            self.href = href
            self.value = value
            self.difference = difference
        }
    }

    /// The figure month by month; the three lists answer `periods` one by one.
    public struct Course: Hashable, Sendable {
        public var periods: [Period]
        public var values: [Double?]
        /// A year earlier; empty when not known.
        public var lastYear: [Double?]
        /// As published; empty when there is none.
        public var official: [Double?]
        public init(
            periods: [Period], values: [Double?], lastYear: [Double?] = [],
            official: [Double?] = []
        ) {
            self.periods = periods
            self.values = values
            self.lastYear = lastYear
            self.official = official
        }
    }

    /// The figure by one attribute.
    public struct Cut: Hashable, Sendable {
        public var dimension: Dimension
        public var rows: [Row]

        public struct Row: Hashable, Sendable {
            public var label: String
            /// `.hidden` where few persons stand behind it.
            public var value: CellValue
            /// Narrows the page, or leads to the persons; nil leads nowhere.
            public var href: String?
            public init(label: String, value: CellValue, href: String? = nil) {
                self.label = label
                self.value = value
                self.href = href
            }
        }

        public init(dimension: Dimension, rows: [Row]) {
            self.dimension = dimension
            self.rows = rows
        }
    }

    public init(
        figure: ShownFigure, numerator: Double? = nil, denominator: Double? = nil,
        definition: DefinitionSummary, official: Official? = nil, course: Course? = nil,
        areas: [AreaFigure] = [], cut: Cut? = nil, action: String, periods: [Choice],
        cuts: [Choice] = [], who: WhoLink = .none, downloads: [Link] = []
    ) {
        self.figure = figure
        self.numerator = numerator
        self.denominator = denominator
        self.definition = definition
        self.official = official
        self.course = course
        self.areas = areas
        self.cut = cut
        self.action = action
        self.periods = periods
        self.cuts = cuts
        self.who = who
        self.downloads = downloads
    }

    private var decimals: Int { figure.decimals ?? Wording.decimals(figure.unit) }

    public func title(_ wording: Wording) -> String { definition.name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html.query(action, button: wording("views.show")) { html in
            html.choose(wording("views.period"), name: "period", id: "period", periods)
            if !cuts.isEmpty { html.choose(wording("views.cut"), name: "cut", id: "cut", cuts) }
        }
        html(.dl, class: "facts") { html in
            html.pair(wording("views.indicator.own")) { html in
                html(.strong, text: wording.shown(figure))
                html.figureNotes(figure, wording)
            }
            if let numerator, let denominator {
                html.pair(
                    wording("views.indicator.fraction"),
                    wording(
                        "views.indicator.fractionOf",
                        [
                            "numerator": wording.number(numerator, decimals: 0),
                            "denominator": wording.number(denominator, decimals: 0),
                        ]))
            }
            html.pair(
                wording("views.target.origin"),
                wording("views.origin.\(figure.origin.rawValue)"))
            if let official {
                html.pair(wording("views.indicator.official")) { html in
                    html(.strong, text: shown(official, wording))
                    html(.span, class: "note", text: official.source)
                    if let age = official.age { html(.span, class: "note", text: age) }
                    if let href = official.href {
                        html(.a, .href(href), text: wording("views.number.series"))
                    }
                }
            }
        }
        if let official {
            html(.p, class: "note") { html in
                html(.strong, text: wording("views.indicator.difference") + " ")
                html.text(official.difference)
            }
        }
        if let chart = chart(wording) {
            html(.section) { html in
                html(.h2, text: wording("views.indicator.course"))
                chart.write(to: &html, wording)
            }
        }
        if let table = cutTable(wording) {
            html(.section) { html in
                html(.h2, text: table.caption)
                table.write(to: &html, wording)
                if cut?.rows.contains(where: { $0.value == .hidden }) == true {
                    html(.p, class: "note", text: wording("views.indicator.hiddenNote"))
                }
            }
        }
        areas.write(to: &html, wording, unit: figure.unit, decimals: figure.decimals)
        definition.write(to: &html, wording)
    }

    private func shown(_ official: Official, _ wording: Wording) -> String {
        var figure = figure
        figure.value = official.value
        return wording.shown(figure)
    }

    /// The figure over time; the file of figures takes its table.
    public func chart(_ wording: Wording) -> LineChart? {
        guard let course else { return nil }
        var series = [
            LineChart.Series(
                name: wording("views.chart.own"), role: .main, values: course.values)
        ]
        if !course.lastYear.isEmpty {
            series.append(
                .init(
                    name: wording("views.chart.lastYear"), role: .lastYear,
                    values: course.lastYear))
        }
        if !course.official.isEmpty {
            series.append(
                .init(
                    name: wording("views.chart.official"), role: .comparison,
                    values: course.official))
        }
        return LineChart(
            id: "course", title: definition.name, unit: figure.unit, decimals: decimals,
            periods: course.periods, series: series)
    }

    /// The cut as a table; the file of figures takes the same.
    public func cutTable(_ wording: Wording) -> DataTable? {
        guard let cut else { return nil }
        let dimension = wording("views.dimension.\(cut.dimension.rawValue)")
        return DataTable(
            id: "cut-table", caption: wording("views.indicator.cutBy", ["dimension": dimension]),
            columns: [
                .init(dimension.prefix(1).uppercased() + dimension.dropFirst()),
                .init(wording.unit(figure.unit), decimals: decimals),
            ],
            rows: cut.rows.map { .init(header: $0.label, href: $0.href, cells: [$0.value]) })
    }

    public var hasSide: Bool { who != .none || !downloads.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if who != .none {
            html.panel(wording("views.who.title")) { $0.who(who, wording) }
        }
        if !downloads.isEmpty {
            html.panel(wording("views.download")) { $0.links(downloads) }
        }
    }
}
