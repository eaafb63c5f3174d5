import Chronology
import Identifiers
import Markup
import Registry
import Reporting

/// The persons behind a figure, with the registrations that make it up.
public struct PeoplePage: Page, Hashable {
    public var indicator: String
    public var figure: ShownFigure
    public var part: String?
    public var purpose: String
    /// The look-up's number in the log.
    public var lookupNumber: Int
    /// All persons behind the figure, whether on this page or not.
    public var total: Int
    public var people: [Person]
    /// Registrations about no person, such as job orders and company contacts.
    public var others: [Registration]
    public var nextHref: String?
    public var back: String
    public var downloads: [Link]

    public struct Person: Hashable, Sendable {
        /// Always shown masked.
        public var cpr: CPR
        public var name: String
        /// What this person adds to the figure's numerator; nil where it is 1.
        public var share: Double?
        public var registrations: [Registration]
        public var href: String?

        public init(
            cpr: CPR, name: String, share: Double? = nil, registrations: [Registration],
            href: String? = nil
        ) {
            self.cpr = cpr
            self.name = name
            self.share = share
            self.registrations = registrations
            self.href = href
        }
    }

    /// One registration that the figure rests on.
    public struct Registration: Hashable, Sendable {
        public var kind: FactKind
        public var number: FactID
        public var from: Day?
        /// Nil while it still holds.
        public var to: Day?
        /// The benefit, offer or the like, in the reader's language.
        public var detail: String

        public init(kind: FactKind, number: FactID, from: Day?, to: Day?, detail: String) {
            self.kind = kind
            self.number = number
            self.from = from
            self.to = to
            self.detail = detail
        }
    }

    public init(
        indicator: String, figure: ShownFigure, part: String? = nil, purpose: String,
        lookupNumber: Int, total: Int, people: [Person], others: [Registration] = [],
        nextHref: String? = nil, back: String, downloads: [Link] = []
    ) {
        self.indicator = indicator
        self.figure = figure
        self.part = part
        self.purpose = purpose
        self.lookupNumber = lookupNumber
        self.total = total
        self.people = people
        self.others = others
        self.nextHref = nextHref
        self.back = back
        self.downloads = downloads
    }

    public func title(_ wording: Wording) -> String {
        people.isEmpty && !others.isEmpty
            ? wording("views.people.othersHeadline")
            : wording("views.people.headline", ["count": wording.number(total)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let what = [indicator, part, figure.period.map(wording.period)].compactMap { $0 }
        html(
            .p, class: "lead",
            text: wording(
                "views.people.lead",
                ["what": what.joined(separator: ", "), "figure": wording.shown(figure)]))
        html.logged(lookupNumber, purpose, wording)
        if people.isEmpty, others.isEmpty {
            html(.p, text: wording("views.people.none"))
        }
        if !people.isEmpty { table(&html, wording) }
        if !others.isEmpty {
            html(.h2, text: wording("views.people.others"))
            html(.ul) { html in
                for registration in others { html(.li, text: registration.text(wording)) }
            }
        }
        if let nextHref {
            html(.p) { $0(.a, .href(nextHref), text: wording("views.next")) }
        }
        html(.p) { $0(.a, .href(back), text: wording("views.back")) }
    }

    private func table(_ html: inout HTML, _ wording: Wording) {
        html(
            .div, .class("scroll"), .role("region"),
            Attribute("aria-labelledby", fixed: "people-caption"), Attribute("tabindex", 0)
        ) { html in
            html(.table) { html in
                html(
                    .caption, .id("people-caption"),
                    text: wording(
                        "views.people.caption",
                        [
                            "shown": wording.number(people.count),
                            "count": wording.number(total),
                        ]))
                html(.thead) { html in
                    html(.tr) { html in
                        html(.th, .scope("col"), text: wording("views.people.name"))
                        html(.th, .scope("col"), text: wording("views.people.cpr"))
                        html(.th, .scope("col"), text: wording("views.people.registrations"))
                        html(
                            .th, .scope("col"), .class("number"),
                            text: wording("views.people.share"))
                    }
                }
                html(.tbody) { html in
                    for person in people { row(person, &html, wording) }
                }
            }
        }
    }

    private func row(_ person: Person, _ html: inout HTML, _ wording: Wording) {
        html(.tr) { html in
            html(.th, .scope("row")) { html in
                if let href = person.href {
                    html(.a, .href(href), text: person.name)
                } else {
                    html.text(person.name)
                }
            }
            html(.td, class: "code", text: person.cpr.masked)
            html(.td) { html in
                html(.ul, class: "plain") { html in
                    for registration in person.registrations {
                        html(.li, text: registration.text(wording))
                    }
                }
            }
            html(
                .td, class: "number",
                text: person.share.map { wording.number($0, decimals: 2) } ?? wording.number(1))
        }
    }

    public var hasSide: Bool { !downloads.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.download")) { $0.links(downloads) }
    }
}

extension PeoplePage.Registration {
    func text(_ wording: Wording) -> String {
        let days: String? =
            switch (from, to) {
            case (let from?, let to?) where from == to: wording.day(from)
            case (let from?, let to?): "\(wording.day(from))\u{2013}\(wording.day(to))"
            case (let from?, nil): wording("views.people.since", ["day": wording.day(from)])
            case (nil, _): nil
            }
        let kind = wording("views.fact.\(self.kind.rawValue)")
        let what = detail.isEmpty ? kind : "\(kind): \(detail)"
        return [what, days, wording("views.people.number", ["number": number.description])]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
