import Chronology
import Indicators
import Markup
import Reporting

/// All indicators with their latest figure.
public struct IndicatorListPage: Page, Hashable {
    public var period: Period
    public var groups: [Group]
    /// Sends `q` and `period` by GET.
    public var action: String
    public var query: String
    public var periods: [Choice]

    public struct Group: Hashable, Sendable {
        public var title: String
        public var rows: [Row]
        public init(title: String, rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    public struct Row: Hashable, Sendable {
        public var name: String
        public var href: String
        public var figure: ShownFigure
        public init(name: String, href: String, figure: ShownFigure) {
            self.name = name
            self.href = href
            self.figure = figure
        }
    }

    public init(
        period: Period, groups: [Group], action: String, query: String = "", periods: [Choice]
    ) {
        self.period = period
        self.groups = groups
        self.action = action
        self.query = query
        self.periods = periods
    }

    public func title(_ wording: Wording) -> String {
        wording(
            "views.indicators.headline",
            [
                "count": wording.number(groups.reduce(0) { $0 + $1.rows.count }),
                "period": wording.period(period),
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.indicators.lead"))
        html(
            .form, .class("row"), .role("search"), Attribute("method", fixed: "get"),
            .action(action)
        ) { html in
            html(.div, class: "field") { html in
                html(
                    .label, Attribute("for", fixed: "q"), text: wording("views.indicators.search"))
                html(.input, .type("search"), .id("q"), .name("q"), .value(query))
            }
            html.choose(wording("views.period"), name: "period", id: "period", periods)
            html(.button, .class("button"), .type("submit"), text: wording("views.show"))
        }
        if groups.allSatisfy(\.rows.isEmpty) {
            html(.p, text: wording("views.indicators.none", ["query": query]))
        }
        for (index, group) in groups.enumerated() where !group.rows.isEmpty {
            html(.section) { html in
                html(.h2, text: group.title)
                write(group, index, to: &html, wording)
            }
        }
    }

    private func write(_ group: Group, _ index: Int, to html: inout HTML, _ wording: Wording) {
        DataTable(
            id: "group-\(index)",
            caption: wording(
                "views.indicators.caption",
                ["group": group.title, "period": wording.period(period)]),
            columns: [
                .init(wording("views.indicators.name")), .init(wording("views.indicators.figure")),
                .init(wording("views.indicators.state")),
            ],
            rows: group.rows.map { row in
                .init(
                    header: row.name, href: row.href,
                    cells: [
                        .text(wording.shown(row.figure)),
                        .text(
                            wording(
                                row.figure.isProvisional
                                    ? "views.figure.provisional" : "views.figure.final")),
                    ])
            }
        ).write(to: &html, wording)
    }
}
