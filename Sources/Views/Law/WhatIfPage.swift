import Chronology
import Markup
import Reporting

/// What the rules of one day would make of the cases that live under those of another.
public struct WhatIfPage: Page, Hashable {
    public var from: Day
    public var to: Day
    public var day: Day
    /// The second day's rules with what is proposed.
    public var isProposed: Bool
    public var citizens: Int
    public var touched: Int
    public var duties: [Duty]
    /// Sends `from`, `to`, `on` and `proposed` by GET.
    public var action: String

    public struct Duty: Hashable, Sendable {
        public var name: String
        public var href: String
        /// The rule's sentence under each rule set; nil where there is none.
        public var before: String?
        public var after: String?
        public var rows: [Row]
        /// The way to the citizens.
        public var people: String
        public init(
            name: String, href: String, before: String?, after: String?, rows: [Row],
            people: String
        ) {
            self.name = name
            self.href = href
            self.before = before
            self.after = after
            self.rows = rows
            self.people = people
        }
    }

    public struct Row: Hashable, Sendable {
        public var group: String
        public var gained: Int
        public var lost: Int
        public var changed: Int
        public init(group: String, gained: Int, lost: Int, changed: Int) {
            self.group = group
            self.gained = gained
            self.lost = lost
            self.changed = changed
        }
    }

    public init(
        from: Day, to: Day, day: Day, isProposed: Bool, citizens: Int, touched: Int,
        duties: [Duty], action: String
    ) {
        self.from = from
        self.to = to
        self.day = day
        self.isProposed = isProposed
        self.citizens = citizens
        self.touched = touched
        self.duties = duties
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        wording(
            "views.whatIf.headline",
            [
                "touched": wording.number(touched), "citizens": wording.number(citizens),
                "to": wording.day(to), "from": wording.day(from),
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.whatIf.lead", ["day": wording.day(day)]))
        html.query(action, button: wording("views.show")) { html in
            html.date(wording("views.whatIf.from"), name: "from", from)
            html.date(wording("views.whatIf.to"), name: "to", to)
            html.date(wording("views.whatIf.on"), name: "on", day)
            html.tick(wording("views.whatIf.proposed"), name: "proposed", isChecked: isProposed)
        }
        if duties.isEmpty { html(.p, text: wording("views.whatIf.none")) }
        for (index, duty) in duties.enumerated() {
            html(.section) { html in
                html(.h2) { $0(.a, .href(duty.href), text: duty.name) }
                html(.dl, class: "terms") { html in
                    let none = wording("views.law.none")
                    html.pair(wording.day(from), duty.before ?? none)
                    html.pair(wording.day(to), duty.after ?? none)
                }
                table(duty, index, wording).write(to: &html, wording)
                html(.p) { html in
                    html(
                        .a, .href(duty.people),
                        text: wording("views.whatIf.people", ["duty": duty.name]))
                }
            }
        }
    }

    private func table(_ duty: Duty, _ index: Int, _ wording: Wording) -> DataTable {
        DataTable(
            id: "duty-\(index)", caption: wording("views.whatIf.caption", ["duty": duty.name]),
            columns: [
                .init(wording("views.whatIf.group")),
                .init(wording("views.whatIf.gained"), decimals: 0),
                .init(wording("views.whatIf.lost"), decimals: 0),
                .init(wording("views.whatIf.changed"), decimals: 0),
            ],
            rows: duty.rows.map { row in
                .init(
                    header: row.group,
                    cells: [row.gained, row.lost, row.changed].map { .number(Double($0)) })
            })
    }
}
