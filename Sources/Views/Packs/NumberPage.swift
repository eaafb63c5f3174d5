import Markup
import Reporting

/// One number with everything that lets it be checked: what it is, where it comes from, and
/// for one worked out from others the rule and those others.
public struct NumberPage: Page, Hashable {
    /// What the number tells, as its table says it.
    public var name: String
    /// Which pack it stands in, and what was known of it.
    public var state: [String]
    /// With its unit, or why there is none.
    public var value: String
    /// Period, state, source and the like.
    public var facts: [Fact]
    /// How it is worked out, in words; nil for one that is not.
    public var rule: String?
    /// What it is worked out from, in the order of the rule.
    public var inputs: [Input]
    /// What must be known of them.
    public var inputNote: String?
    /// What the figure means, with the version of that.
    public var definition: [Fact]
    /// Onwards: the query, the people, the published series, the pack.
    public var links: [Link]

    public struct Fact: Hashable, Sendable {
        public var term: String
        public var text: String
        public var link: Link?
        public init(_ term: String, _ text: String, link: Link? = nil) {
            self.term = term
            self.text = text
            self.link = link
        }
    }

    public struct Input: Hashable, Sendable {
        public var name: String
        public var value: String
        /// In words; empty for what has none.
        public var period: String
        public var state: String
        /// Nil where it cannot be opened.
        public var href: String?
        public init(
            name: String, value: String, period: String, state: String, href: String? = nil
        ) {
            self.name = name
            self.value = value
            self.period = period
            self.state = state
            self.href = href
        }
    }

    public init(
        name: String, state: [String], value: String, facts: [Fact], rule: String? = nil,
        inputs: [Input] = [], inputNote: String? = nil, definition: [Fact] = [], links: [Link]
    ) {
        self.name = name
        self.state = state
        self.value = value
        self.facts = facts
        self.rule = rule
        self.inputs = inputs
        self.inputNote = inputNote
        self.definition = definition
        self.links = links
    }

    public func title(_ wording: Wording) -> String { name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, .class("lead")) { $0(.strong, text: value) }
        for line in state { html(.p, class: "note", text: line) }
        terms(facts, to: &html)
        if let rule {
            html(.section) { html in
                html(.h2, text: wording("views.number.rule"))
                html(.p, text: rule)
                if !inputs.isEmpty { table(wording).write(to: &html, wording) }
                if let inputNote { html(.p, class: "note", text: inputNote) }
            }
        }
        if !definition.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.number.definition"))
                terms(definition, to: &html)
            }
        }
    }

    private func terms(_ facts: [Fact], to html: inout HTML) {
        html(.dl, class: "terms") { html in
            for fact in facts {
                html.pair(fact.term) { html in
                    html.text(fact.text)
                    if let link = fact.link {
                        html.text(" ")
                        html(.a, .href(link.href), text: link.text)
                    }
                }
            }
        }
    }

    private func table(_ wording: Wording) -> DataTable {
        DataTable(
            id: "inputs", caption: wording("views.number.inputs"),
            columns: ["name", "value", "period", "state"].map {
                DataTable.Column(wording("views.number.input.\($0)"))
            },
            rows: inputs.map { input in
                DataTable.Row(
                    header: input.name, href: input.href,
                    cells: [.text(input.value), .text(input.period), .text(input.state)])
            })
    }

    public var hasSide: Bool { !links.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.number.onwards")) { $0.links(links) }
    }
}
