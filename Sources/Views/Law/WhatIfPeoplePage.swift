import Chronology
import Identifiers
import Markup
import Reporting

/// The citizens for whom a duty changes between two rule sets.
public struct WhatIfPeoplePage: Page, Hashable {
    public var duty: String
    public var from: Day
    public var to: Day
    /// What must be known of the rule on each of the two days; empty for nothing.
    public var marks: [String]
    public var purpose: String
    /// The look-up's number in the log.
    public var lookupNumber: Int
    /// All of them, whether on this page or not.
    public var total: Int
    public var people: [Person]
    public var nextHref: String?
    public var back: String

    public struct Person: Hashable, Sendable {
        /// Always shown masked.
        public var cpr: CPR
        public var name: String
        /// `Får pligten`
        public var change: String
        /// The due days under the two rule sets.
        public var before: Day?
        public var after: Day?
        public var href: String

        public init(
            cpr: CPR, name: String, change: String, before: Day?, after: Day?, href: String
        ) {
            self.cpr = cpr
            self.name = name
            self.change = change
            self.before = before
            self.after = after
            self.href = href
        }
    }

    public init(
        duty: String, from: Day, to: Day, marks: [String], purpose: String, lookupNumber: Int,
        total: Int,
        people: [Person], nextHref: String?, back: String
    ) {
        self.duty = duty
        self.from = from
        self.to = to
        self.marks = marks
        self.purpose = purpose
        self.lookupNumber = lookupNumber
        self.total = total
        self.people = people
        self.nextHref = nextHref
        self.back = back
    }

    public func title(_ wording: Wording) -> String {
        wording(
            "views.whatIf.peopleHeadline", ["count": wording.number(total), "duty": duty])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html.logged(lookupNumber, purpose, wording)
        let none = wording("views.law.none")
        DataTable(
            id: "people",
            caption: wording(
                "views.people.caption",
                ["shown": wording.number(people.count), "count": wording.number(total)]),
            columns: [
                .init(wording("views.people.name")), .init(wording("views.people.cpr")),
                .init(wording("views.law.difference")),
            ]
                + zip([from, to], marks).map { day, mark in
                    .init(mark.isEmpty ? wording.day(day) : "\(wording.day(day)) \(mark)")
                },
            rows: people.map { person in
                .init(
                    header: person.name, href: person.href,
                    cells: [
                        .text(person.cpr.masked), .text(person.change),
                        .text(person.before.map(wording.day) ?? none),
                        .text(person.after.map(wording.day) ?? none),
                    ])
            }
        ).write(to: &html, wording)
        if let nextHref { html(.p) { $0(.a, .href(nextHref), text: wording("views.next")) } }
        html(.p) { $0(.a, .href(back), text: wording("views.back")) }
    }
}
