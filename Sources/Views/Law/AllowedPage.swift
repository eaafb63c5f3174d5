import Chronology
import Markup
import Reporting

/// Two questions about what the law allows: how many in offers a workplace may have, and
/// who may have which offer for how long.
public struct AllowedPage: Page, Hashable {
    public var starts: Day
    public var ratio: Ratio
    public var offer: Offer
    /// Nil before anything is asked.
    public var outcome: Outcome?
    /// Sends `ask` and the fields by GET.
    public var action: String

    /// What was typed, kept when the answer comes.
    public struct Ratio: Hashable, Sendable {
        public var hours: String
        public var present: String
        public var weekly: String
        public var kinds: [Choice]
        public init(hours: String, present: String, weekly: String, kinds: [Choice]) {
            self.hours = hours
            self.present = present
            self.weekly = weekly
            self.kinds = kinds
        }
    }

    public struct Offer: Hashable, Sendable {
        public var ends: Day?
        public var age: String
        public var months: String
        public var kinds: [Choice]
        public var groups: [Choice]
        public var categories: [Choice]
        /// Of `marks`, those with a tick.
        public var checked: Set<String>

        /// The fields with a tick.
        public static let marks = ["unqualified", "singleParent", "lastEmployer", "extended"]

        public init(
            ends: Day?, age: String, months: String, kinds: [Choice], groups: [Choice],
            categories: [Choice], checked: Set<String>
        ) {
            self.ends = ends
            self.age = age
            self.months = months
            self.kinds = kinds
            self.groups = groups
            self.categories = categories
            self.checked = checked
        }
    }

    public struct Outcome: Hashable, Sendable {
        /// `Ja, det er tilladt`
        public var heading: String
        /// Act and paragraph.
        public var basis: String
        /// The arithmetic.
        public var lines: [String]
        public init(heading: String, basis: String, lines: [String]) {
            self.heading = heading
            self.basis = basis
            self.lines = lines
        }
    }

    public init(starts: Day, ratio: Ratio, offer: Offer, outcome: Outcome?, action: String) {
        self.starts = starts
        self.ratio = ratio
        self.offer = offer
        self.outcome = outcome
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        outcome?.heading ?? wording("views.allowed.headline")
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.allowed.lead"))
        if let outcome {
            html(.section) { html in
                html(.h2, text: wording("views.allowed.why"))
                if !outcome.basis.isEmpty { html(.p, text: outcome.basis) }
                html(.ul) { html in for line in outcome.lines { html(.li, text: line) } }
            }
        }
        html(.section) { html in
            html(.h2, text: wording("views.allowed.ratio"))
            html(.p, text: wording("views.allowed.ratioHelp"))
            form(&html, "ratio", wording) { html in
                html.number(wording("views.allowed.hours"), name: "hours", ratio.hours)
                html.number(wording("views.allowed.present"), name: "present", ratio.present)
                html.choose(
                    wording("views.allowed.kind"), name: "kind", id: "ratio-kind", ratio.kinds)
                html.number(wording("views.allowed.weekly"), name: "weekly", ratio.weekly)
            }
        }
        html(.section) { html in
            html(.h2, text: wording("views.allowed.offer"))
            form(&html, "offer", wording) { html in
                html.choose(
                    wording("views.allowed.kind"), name: "kind", id: "offer-kind", offer.kinds)
                html.choose(
                    wording("views.allowed.group"), name: "group", id: "offer-group", offer.groups)
                html.choose(
                    wording("views.allowed.category"), name: "category", id: "offer-category",
                    offer.categories)
                html.date(wording("views.allowed.ends"), name: "ends", offer.ends)
                html.number(wording("views.allowed.age"), name: "age", offer.age)
                html.number(wording("views.allowed.months"), name: "months", offer.months)
                for mark in Offer.marks {
                    html.tick(
                        wording("views.allowed.\(mark)"), name: mark,
                        isChecked: offer.checked.contains(mark))
                }
            }
        }
    }

    private func form(
        _ html: inout HTML, _ ask: String, _ wording: Wording, _ fields: (inout HTML) -> Void
    ) {
        html.query(action, button: wording("views.allowed.\(ask)Ask")) { html in
            html(.input, .type("hidden"), .name("ask"), .value(ask))
            html.date(
                wording("views.allowed.starts"), name: "starts", id: "\(ask)-starts", starts)
            fields(&html)
        }
    }
}

extension HTML {
    /// A number typed with a comma or a point.
    fileprivate mutating func number(_ label: String, name: String, _ value: String) {
        self(.div, class: "field") { html in
            html(.label, Attribute("for", name), text: label)
            html(
                .input, .id(name), .name(name), .type("text"),
                Attribute("inputmode", fixed: "decimal"), .value(value))
        }
    }
}
