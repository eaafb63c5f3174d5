import Chronology
import Identifiers
import Markup
import Reporting

/// What the municipality owes its citizens these days.
public struct DuePage: Page, Hashable {
    public var overdue: Int
    public var total: Int
    public var purpose: String
    /// The look-up's number in the log.
    public var lookupNumber: Int
    public var duties: [Choice]
    public var groups: [Choice]
    public var statuses: [Choice]
    public var entries: [Entry]
    public var later: String?
    /// Sends the choices and `purpose` by GET.
    public var action: String

    public struct Entry: Hashable, Sendable {
        public var name: String
        /// Always shown masked.
        public var cpr: CPR
        public var href: String
        public var group: String
        public var duty: String
        public var due: Day
        public var status: String

        public init(
            name: String, cpr: CPR, href: String, group: String, duty: String, due: Day,
            status: String
        ) {
            self.name = name
            self.cpr = cpr
            self.href = href
            self.group = group
            self.duty = duty
            self.due = due
            self.status = status
        }
    }

    public init(
        overdue: Int, total: Int, purpose: String, lookupNumber: Int, duties: [Choice],
        groups: [Choice], statuses: [Choice], entries: [Entry], later: String?, action: String
    ) {
        self.overdue = overdue
        self.total = total
        self.purpose = purpose
        self.lookupNumber = lookupNumber
        self.duties = duties
        self.groups = groups
        self.statuses = statuses
        self.entries = entries
        self.later = later
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        if total == 0 { return wording("views.due.headlineNone") }
        return wording(
            "views.due.headline",
            [
                "overdue": wording.number(overdue), "soon": wording.number(total - overdue),
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.due.lead"))
        html.logged(lookupNumber, purpose, wording)
        html.query(action, button: wording("views.show")) { html in
            html(.input, .type("hidden"), .name("purpose"), .value(purpose))
            html.choose(wording("views.due.duty"), name: "duty", id: "duty", duties)
            html.choose(wording("views.due.group"), name: "group", id: "group", groups)
            html.choose(wording("views.due.status"), name: "status", id: "status", statuses)
        }
        if entries.isEmpty { return }
        DataTable(
            id: "due",
            caption: wording(
                "views.due.caption",
                ["shown": wording.number(entries.count), "count": wording.number(total)]),
            columns: [
                .init(wording("views.people.name")), .init(wording("views.people.cpr")),
                .init(wording("views.due.duty")), .init(wording("views.citizenLaw.due")),
                .init(wording("views.due.status")), .init(wording("views.due.group")),
            ],
            rows: entries.map { entry in
                .init(
                    header: entry.name, href: entry.href,
                    cells: [
                        .text(entry.cpr.masked), .text(entry.duty), .text(wording.day(entry.due)),
                        .text(entry.status), .text(entry.group),
                    ])
            }
        ).write(to: &html, wording)
        if let later { html(.p) { $0(.a, .href(later), text: wording("views.next")) } }
    }
}
