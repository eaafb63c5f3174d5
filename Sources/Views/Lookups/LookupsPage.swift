import Chronology
import Markup
import Reporting

/// The log of look-ups (opslagslog): who has seen what about persons, and why.
public struct LookupsPage: Page, Hashable {
    /// All look-ups in the log, whether on this page or not.
    public var total: Int
    /// The latest first.
    public var rows: [Row]
    public var nextHref: String?
    /// Nil when the chain was not checked.
    public var isChainIntact: Bool?

    public struct Row: Hashable, Sendable {
        public var number: Int
        public var day: Day
        /// The time of day: `09:41`.
        public var clock: String
        public var user: String
        /// Nil for one who signs an agreement by a link.
        public var role: Role?
        public var purpose: String
        /// What was asked for, in the reader's language, without whole CPR numbers.
        public var subject: String
        public var personCount: Int

        public init(
            number: Int, day: Day, clock: String, user: String, role: Role?, purpose: String,
            subject: String, personCount: Int
        ) {
            self.number = number
            self.day = day
            self.clock = clock
            self.user = user
            self.role = role
            self.purpose = purpose
            self.subject = subject
            self.personCount = personCount
        }
    }

    public init(total: Int, rows: [Row], nextHref: String? = nil, isChainIntact: Bool? = nil) {
        self.total = total
        self.rows = rows
        self.nextHref = nextHref
        self.isChainIntact = isChainIntact
    }

    public func title(_ wording: Wording) -> String {
        wording("views.lookups.headline", ["count": wording.number(total)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.lookups.lead"))
        if let isChainIntact {
            html(.div, class: isChainIntact ? "notice" : "errors") { html in
                html(
                    .p,
                    text: wording(isChainIntact ? "views.lookups.intact" : "views.lookups.broken"))
            }
        }
        if rows.isEmpty {
            html(.p, text: wording("views.lookups.none"))
            return
        }
        DataTable(
            id: "lookups",
            caption: wording(
                "views.lookups.caption",
                ["shown": wording.number(rows.count), "count": wording.number(total)]),
            columns: ["number", "time", "user", "role", "purpose", "subject"].map {
                .init(wording("views.lookups.\($0)"))
            } + [.init(wording("views.lookups.persons"), decimals: 0)],
            rows: rows.map { row in
                .init(
                    header: String(row.number),
                    cells: [
                        .text("\(wording.day(row.day)) \(row.clock)"), .text(row.user),
                        .text(wording("views.role.\(row.role?.rawValue ?? "signer").name")),
                        .text(row.purpose), .text(row.subject), .number(Double(row.personCount)),
                    ])
            }
        ).write(to: &html, wording)
        if let nextHref {
            html(.p) { $0(.a, .href(nextHref), text: wording("views.next")) }
        }
    }
}
