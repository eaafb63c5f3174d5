import Chronology
import Markup
import Reporting

/// Questions about what the law allows: how many in offers a workplace may have, whether a
/// wage subsidy adds to its employees, who may have which offer for how long, and the way
/// to the others.
public struct AllowedPage: Page, Hashable {
    public var starts: Day
    public var ratio: Ratio
    public var net: Net
    public var offer: Offer
    /// In the order of the areas.
    public var others: [Questions]
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

    /// Whether a wage subsidy adds to the employees; in the fields' own names.
    public struct Net: Hashable, Sendable {
        public var average: String
        public var now: String
        public var weekly: String
        public var kinds: [Choice]
        public init(average: String, now: String, weekly: String, kinds: [Choice]) {
            self.average = average
            self.now = now
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
        public static let marks = [
            "unqualified", "singleParent", "lastEmployer", "extended", "test",
        ]

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

    /// Questions of one area of the law that have pages of their own.
    public struct Questions: Hashable, Sendable {
        public var area: String
        public var links: [Link]
        public init(area: String, links: [Link]) {
            self.area = area
            self.links = links
        }
    }

    public init(
        starts: Day, ratio: Ratio, net: Net, offer: Offer, others: [Questions],
        outcome: Outcome?, action: String
    ) {
        self.starts = starts
        self.ratio = ratio
        self.net = net
        self.offer = offer
        self.others = others
        self.outcome = outcome
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        outcome?.heading ?? wording("views.allowed.headline")
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.allowed.lead"))
        if let outcome { html.outcome(outcome, heading: wording("views.allowed.why")) }
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
            html(.h2, text: wording("views.allowed.net"))
            html(.p, text: wording("views.allowed.netHelp"))
            form(&html, "net", wording) { html in
                html.number(wording("views.allowed.average"), name: "average", net.average)
                html.number(wording("views.allowed.now"), name: "now", net.now)
                html.choose(wording("views.allowed.kind"), name: "kind", id: "net-kind", net.kinds)
                html.number(
                    wording("views.allowed.weekly"), name: "weekly", id: "net-weekly", net.weekly)
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
        html(.section) { html in
            html(.h2, text: wording("views.allowed.others"))
            for questions in others {
                html(.h3, text: questions.area)
                html.links(questions.links)
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
    fileprivate mutating func number(
        _ label: String, name: String, id: String? = nil, _ value: String
    ) {
        self(.div, class: "field") { html in
            html(.label, Attribute("for", id ?? name), text: label)
            html(
                .input, .id(id ?? name), .name(name), .type("text"),
                Attribute("inputmode", fixed: "decimal"), .value(value))
        }
    }
}
