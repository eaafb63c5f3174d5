import Markup
import Reporting

/// What is registered about a citizen of some kinds, what should be looked at, and what can
/// be registered: records, letters and files, efforts, the whole plan.
public struct CaseListPage: Page, Hashable {
    public var headline: String
    public var lead: String
    public var receipt: CitizenPage.Receipt?
    /// What is late, drags on or should be followed up.
    public var warnings: [String]
    public var sections: [Section]
    /// What one is likely to do next.
    public var acts: [Link]

    public struct Section: Hashable, Sendable {
        public var heading: String
        public var lines: [Line]
        /// What can be registered.
        public var forms: [Link]
        /// Said where there are no lines; a section with neither is left out.
        public var nothing: String?

        public init(heading: String, lines: [Line], forms: [Link], nothing: String? = nil) {
            self.heading = heading
            self.lines = lines
            self.forms = forms
            self.nothing = nothing
        }
    }

    public struct Line: Hashable, Sendable {
        /// The kind and its days.
        public var heading: String
        public var details: [String]
        /// Who registered it, when, and its number in the ledger.
        public var by: String
        /// What can be done with it.
        public var links: [Link]
        /// What is wrong with it, such as that it is late; nil for nothing.
        public var alert: String?
        /// Why it is so, folded away until somebody asks.
        public var why: [String]

        public init(
            heading: String, details: [String], by: String, links: [Link] = [],
            alert: String? = nil, why: [String] = []
        ) {
            self.heading = heading
            self.details = details
            self.by = by
            self.links = links
            self.alert = alert
            self.why = why
        }
    }

    /// The same to print; nil where it is not printed.
    public var printed: PrintedLink?

    public init(
        headline: String, lead: String, receipt: CitizenPage.Receipt? = nil,
        warnings: [String] = [], sections: [Section], acts: [Link] = [], printed: PrintedLink? = nil
    ) {
        self.acts = acts
        self.headline = headline
        self.lead = lead
        self.receipt = receipt
        self.warnings = warnings
        self.sections = sections
        self.printed = printed
    }

    public func title(_ wording: Wording) -> String { headline }

    public var usesScript: Bool { false }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        html(.p, class: "lead", text: lead)
        if let printed { html.printed(printed) }
        for warning in warnings { html.notice(Notice(warning)) }
        if !acts.isEmpty { html(.div, class: "no-print") { $0.links(acts) } }
        html.sections(sections, wording)
    }
}

extension HTML {
    /// What is registered and what can be, one section after the other.
    mutating func sections(_ sections: [CaseListPage.Section], _ wording: Wording) {
        for section in sections where section.isShown {
            self(.section) { html in
                html(.h2, text: section.heading)
                if let nothing = section.nothing, section.lines.isEmpty {
                    html(.p, text: nothing)
                }
                for line in section.lines { html.line(line, wording) }
                if (1...2).contains(section.forms.count) {
                    html(.div, class: "no-print") { $0.links(section.forms) }
                } else if !section.forms.isEmpty {
                    html(.details, .class("no-print")) { html in
                        html(.summary, text: wording("views.record.add", ["in": section.heading]))
                        html.links(section.forms)
                    }
                }
            }
        }
    }

    private mutating func line(_ line: CaseListPage.Line, _ wording: Wording) {
        self(.div, .class("record")) { html in
            html(.h3, text: line.heading)
            if let alert = line.alert { html(.p, class: "error", text: alert) }
            if line.details.count == 1 {
                html(.p, text: line.details[0])
            } else if !line.details.isEmpty {
                html(.ul) { html in for detail in line.details { html(.li, text: detail) } }
            }
            if !line.why.isEmpty {
                html(.details) { html in
                    html(.summary, text: wording("views.citizenLaw.why"))
                    html(.ul) { html in for reason in line.why { html(.li, text: reason) } }
                }
            }
            html(.p, .class("note")) { html in
                html.text(line.by)
                for link in line.links {
                    html.text(" ")
                    html(
                        .a, .class("no-print"), .href(link.href),
                        Attribute("aria-label", "\(link.text): \(line.heading)"), text: link.text)
                }
            }
        }
    }
}

extension CaseListPage.Section {
    fileprivate var isShown: Bool { !lines.isEmpty || !forms.isEmpty || nothing != nil }
}

/// The way to a page as a PDF file, or why there is none.
public enum PrintedLink: Hashable, Sendable {
    case file(Link)
    case none(why: String)
}

extension HTML {
    mutating func printed(_ link: PrintedLink) {
        self(.p, .class("no-print")) { html in
            switch link {
            case .file(let file): html(.a, .href(file.href), text: file.text)
            case .none(let why): html.text(why)
            }
        }
    }
}
