import Markup
import Reporting

/// What is noted about a citizen by forms of their own, what should be looked at, and what
/// can be noted.
public struct RecordsPage: Page, Hashable {
    public var name: String
    public var receipt: CitizenPage.Receipt?
    /// What is late, drags on or should be followed up.
    public var warnings: [String]
    public var sections: [Section]

    public struct Section: Hashable, Sendable {
        public var heading: String
        public var lines: [Line]
        /// What can be noted.
        public var forms: [Link]

        public init(heading: String, lines: [Line], forms: [Link]) {
            self.heading = heading
            self.lines = lines
            self.forms = forms
        }
    }

    public struct Line: Hashable, Sendable {
        /// The kind and its days.
        public var heading: String
        public var details: [String]
        /// Who registered it, when, and its number in the ledger.
        public var by: String
        /// Leads to ending what goes on.
        public var end: Link?

        public init(heading: String, details: [String], by: String, end: Link?) {
            self.heading = heading
            self.details = details
            self.by = by
            self.end = end
        }
    }

    public init(
        name: String, receipt: CitizenPage.Receipt?, warnings: [String], sections: [Section]
    ) {
        self.name = name
        self.receipt = receipt
        self.warnings = warnings
        self.sections = sections
    }

    public func title(_ wording: Wording) -> String {
        wording("views.record.pageHeadline", ["name": name])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        html(.p, class: "lead", text: wording("views.record.lead"))
        for warning in warnings { html.notice(Notice(warning)) }
        for section in sections where !section.lines.isEmpty || !section.forms.isEmpty {
            html(.section) { html in
                html(.h2, text: section.heading)
                for line in section.lines { write(line, to: &html) }
                if !section.forms.isEmpty {
                    html(.details) { html in
                        html(.summary, text: wording("views.record.add", ["in": section.heading]))
                        html.links(section.forms)
                    }
                }
            }
        }
    }

    private func write(_ line: Line, to html: inout HTML) {
        html(.div, .class("record")) { html in
            html(.h3, text: line.heading)
            if !line.details.isEmpty {
                html(.ul) { html in for detail in line.details { html(.li, text: detail) } }
            }
            html(.p, .class("note")) { html in
                html.text(line.by)
                if let end = line.end {
                    html.text(" ")
                    html(
                        .a, .href(end.href),
                        Attribute("aria-label", "\(end.text): \(line.heading)"), text: end.text)
                }
            }
        }
    }
}
