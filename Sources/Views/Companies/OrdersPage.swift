import Markup
import Reporting

/// Companies' orders in a table (jobordrer).
public struct OrdersPage: Page, Hashable {
    public var headline: String
    public var lead: String
    /// What was searched for.
    public var text: String
    public var states: [Choice]
    public var orders: [Order]
    /// Sends the choices by GET.
    public var action: String

    public struct Order: Hashable, Sendable {
        public var title: String
        public var href: String
        public var company: String
        public var kind: String
        public var stage: String
        public var positions: Int
        public var hired: Int
        /// The day of the order and the last day to fill it.
        public var created: String
        public var deadline: String

        public init(
            title: String, href: String, company: String, kind: String, stage: String,
            positions: Int, hired: Int, created: String, deadline: String
        ) {
            self.title = title
            self.href = href
            self.company = company
            self.kind = kind
            self.stage = stage
            self.positions = positions
            self.hired = hired
            self.created = created
            self.deadline = deadline
        }
    }

    public init(
        headline: String, lead: String, text: String, states: [Choice], orders: [Order],
        action: String
    ) {
        self.headline = headline
        self.lead = lead
        self.text = text
        self.states = states
        self.orders = orders
        self.action = action
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: lead)
        html.query(action, button: wording("views.show")) { html in
            html(.div, class: "field") { html in
                html(.label, Attribute("for", fixed: "q"), text: wording("views.orders.who"))
                html(.input, .type("search"), .id("q"), .name("q"), .value(text))
            }
            html.choose(wording("views.orders.state"), name: "state", id: "state", states)
        }
        if orders.isEmpty {
            html(
                .p, .role("status"),
                text: wording(text.isEmpty ? "views.orders.none" : "views.orders.noneFound"))
            return
        }
        DataTable(
            id: "orders", caption: wording("views.orders.caption"),
            columns: [
                .init(wording("views.orders.title")), .init(wording("views.orders.company")),
                .init(wording("views.orders.kind")), .init(wording("views.orders.stage")),
                .init(wording("views.orders.positions"), decimals: 0),
                .init(wording("views.orders.hired"), decimals: 0),
                .init(wording("views.orders.created")), .init(wording("views.orders.deadline")),
            ],
            rows: orders.map {
                .init(
                    header: $0.title, href: $0.href,
                    cells: [
                        .text($0.company), .text($0.kind), .text($0.stage),
                        .number(Double($0.positions)), .number(Double($0.hired)),
                        .text($0.created), .text($0.deadline),
                    ])
            }
        ).write(to: &html, wording)
    }
}
