import Markup
import Reporting

/// One letter to many: those it is for, the letters of the sample, and what can be done next.
public struct MailingPage: Page, Hashable {
    public var subject: String
    public var recipients: String
    public var state: String
    /// That something was kept just now.
    public var receipt: String?
    public var problem: String?
    public var readability: String
    public var sample: [Letter]
    public var canApprove: Bool
    /// Why the reader cannot approve; nil where it can or need not be.
    public var whyNot: String?
    public var canSend: Bool
    public var again: Link?
    public var printed: PrintedLink?
    public var lookupNumber: Int
    public var purpose: String
    /// Takes what is pressed by POST.
    public var action: String

    public struct Letter: Hashable, Sendable {
        /// The value of the tick that says it was read.
        public var citizen: String
        public var name: String
        public var text: String

        public init(citizen: String, name: String, text: String) {
            self.citizen = citizen
            self.name = name
            self.text = text
        }
    }

    public init(
        subject: String, recipients: String, state: String, receipt: String?, problem: String?,
        readability: String, sample: [Letter], canApprove: Bool, whyNot: String?, canSend: Bool,
        again: Link?, printed: PrintedLink?, lookupNumber: Int, purpose: String, action: String
    ) {
        self.subject = subject
        self.recipients = recipients
        self.state = state
        self.receipt = receipt
        self.problem = problem
        self.readability = readability
        self.sample = sample
        self.canApprove = canApprove
        self.whyNot = whyNot
        self.canSend = canSend
        self.again = again
        self.printed = printed
        self.lookupNumber = lookupNumber
        self.purpose = purpose
        self.action = action
    }

    public func title(_ wording: Wording) -> String { subject }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let problem { html.errors([Link(problem, "#act")], wording) }
        if let receipt { html.notice(Notice(receipt)) }
        html(.p, class: "lead", text: recipients)
        html(.p, text: state)
        html(.p, text: readability)
        html(.h2, text: wording("views.mailings.sample"))
        paper.form(&html, action: action) { html in
            for letter in sample {
                html(.section, .class("record")) { html in
                    html(.h3, text: letter.name)
                    for line in letter.text.split(separator: "\n") {
                        html(.p, text: String(line))
                    }
                    if canApprove { html.read(letter, wording) }
                }
            }
            html(.div, .id("act"), .class("actions")) { html in
                if canApprove { html.act("approve", wording("views.mailings.approve")) }
                if canSend { html.act("send", wording("views.mailings.send")) }
                if let again { html(.a, .href(again.href), text: again.text) }
            }
        }
        if let whyNot { html(.p, text: whyNot) }
        if let printed { html.printed(printed) }
        html.logged(lookupNumber, purpose, wording)
    }
}

extension HTML {
    fileprivate mutating func act(_ value: String, _ text: String) {
        self(
            .button, .class("button"), .type("submit"), .name("_act"), .value(value), text: text)
    }

    fileprivate mutating func read(_ letter: MailingPage.Letter, _ wording: Wording) {
        let id = "read-\(letter.citizen)"
        self(.div, class: "choice") { html in
            html(.input, .type("checkbox"), .id(id), .name("read"), .value(letter.citizen))
            html(
                .label, Attribute("for", id),
                text: wording("views.mailings.read", ["name": letter.name]))
        }
    }
}
