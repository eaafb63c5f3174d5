import Chronology
import Identifiers
import Markup
import Reporting

/// The citizen's plan, as it is read together and as it is printed.
public struct MyPlanPage: Page, Hashable {
    public var name: String
    /// Always shown masked.
    public var cpr: CPR
    public var begun: Day?
    /// What is wrong with when it began; nil for nothing.
    public var late: String?
    public var receipt: CitizenPage.Receipt?
    public var parts: [Part]
    public var versions: [String]
    public var printed: PrintedLink?
    public var actions: [Link]

    public struct Part: Hashable, Sendable {
        public var heading: String
        public var lines: [Line]
        public init(heading: String, lines: [Line]) {
            self.heading = heading
            self.lines = lines
        }
    }

    public struct Line: Hashable, Sendable {
        public var text: String
        /// Who wrote it, what both say of it, by when, how it stands.
        public var detail: String
        /// Leads to changing it; nil for who may not.
        public var change: String?
        public init(text: String, detail: String, change: String?) {
            self.text = text
            self.detail = detail
            self.change = change
        }
    }

    public init(
        name: String, cpr: CPR, begun: Day?, late: String?, receipt: CitizenPage.Receipt?,
        parts: [Part], versions: [String], printed: PrintedLink? = nil, actions: [Link]
    ) {
        self.name = name
        self.cpr = cpr
        self.begun = begun
        self.late = late
        self.receipt = receipt
        self.parts = parts
        self.versions = versions
        self.printed = printed
        self.actions = actions
    }

    public func title(_ wording: Wording) -> String {
        wording("views.myPlan.headline", ["name": name])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        if let late { html.notice(Notice(late)) }
        html(
            .p, class: "lead",
            text: begun.map { wording("views.myPlan.begun", ["day": wording.day($0)]) }
                ?? wording("views.myPlan.none"))
        if let printed { html.printed(printed) }
        for part in parts {
            html.section(part.heading, wording("views.myPlan.nothing"), part.lines) { html, line in
                html(.p) { html in
                    for row in line.text.split(separator: "\n", omittingEmptySubsequences: false)
                        .enumerated()
                    {
                        if row.offset > 0 { html(.br) }
                        html.text(String(row.element))
                    }
                }
                html(.p, .class("note")) { html in
                    html.text(line.detail)
                    if let change = line.change {
                        html.text(" ")
                        html(
                            .a, .class("no-print"), .href(change),
                            Attribute(
                                "aria-label", wording("views.myPlan.change") + ": " + line.text),
                            text: wording("views.myPlan.change"))
                    }
                }
            }
        }
        if !versions.isEmpty {
            html(.details, .class("no-print")) { html in
                html(.summary, text: wording("views.myPlan.versions"))
                html(.ul) { html in for version in versions { html(.li, text: version) } }
            }
        }
    }

    public var hasSide: Bool { !actions.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.citizen.register")) { $0.links(actions) }
    }
}

extension HTML {
    /// That something was kept, with its number.
    mutating func receipt(_ receipt: CitizenPage.Receipt, _ wording: Wording) {
        self(.div, .class("notice"), .role("status"), .id("receipt")) { html in
            html(
                .p,
                text: wording(
                    "views.citizen.receipt",
                    [
                        "what": receipt.what, "number": wording.number(receipt.number),
                        "hash": receipt.hash,
                    ]))
        }
    }
}
