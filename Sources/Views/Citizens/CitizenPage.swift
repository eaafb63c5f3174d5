import Chronology
import Identifiers
import Markup
import Reporting

/// One citizen: what comes next, and everything that is registered, the latest first.
public struct CitizenPage: Page, Hashable {
    public var name: String
    /// Always shown masked.
    public var cpr: CPR
    public var age: Int
    public var purpose: String
    /// The look-up's number in the log.
    public var lookupNumber: Int
    /// What was registered just now.
    public var receipt: Receipt?
    /// What is overdue or due soon, in the order of the days.
    public var next: [CitizenLawPage.Owed]
    public var deadlines: Link
    /// `Sag nr. 1630000005`
    public var number: String
    /// What happened just now, where it has no registration that stands.
    public var notice: String?
    /// The citizen's plan, course and records.
    public var further: [Link]
    /// What drags on.
    public var warnings: [String]
    /// The letter of what was registered just now.
    public var letter: Link?
    /// Who has the citizen, and how many have had.
    public var caseworker: String?
    /// What can be registered.
    public var actions: [Link]
    /// The kinds of registrations there are.
    public var kinds: [Choice]
    /// Of the kind chosen.
    public var events: [Event]
    /// All of the kind chosen, whether on this page or not.
    public var total: Int
    public var later: String?
    /// Sends `kind` and `purpose` by GET.
    public var action: String

    public struct Receipt: Hashable, Sendable {
        public var number: Int
        /// The first letters of the hash that binds it to the ledger.
        public var hash: String
        public var what: String

        public init(number: Int, hash: String, what: String) {
            self.number = number
            self.hash = hash
            self.what = what
        }
    }

    public struct Event: Hashable, Sendable {
        public var from: Day?
        /// Nil while it goes on, and for what is about one day.
        public var to: Day?
        public var isOpen: Bool
        public var kind: String
        public var detail: String
        /// Who registered it, when, and its number in the ledger.
        public var registered: String

        public init(
            from: Day?, to: Day?, isOpen: Bool, kind: String, detail: String, registered: String
        ) {
            self.from = from
            self.to = to
            self.isOpen = isOpen
            self.kind = kind
            self.detail = detail
            self.registered = registered
        }
    }

    public init(
        name: String, cpr: CPR, age: Int, purpose: String, lookupNumber: Int, receipt: Receipt?,
        next: [CitizenLawPage.Owed], deadlines: Link, number: String, notice: String?,
        further: [Link], warnings: [String], letter: Link?,
        caseworker: String?, actions: [Link], kinds: [Choice],
        events: [Event], total: Int, later: String?, action: String
    ) {
        self.name = name
        self.cpr = cpr
        self.age = age
        self.purpose = purpose
        self.lookupNumber = lookupNumber
        self.receipt = receipt
        self.next = next
        self.deadlines = deadlines
        self.number = number
        self.notice = notice
        self.further = further
        self.warnings = warnings
        self.letter = letter
        self.caseworker = caseworker
        self.actions = actions
        self.kinds = kinds
        self.events = events
        self.total = total
        self.later = later
        self.action = action
    }

    public func title(_ wording: Wording) -> String { name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        if let notice { html.notice(Notice(notice)) }
        if let letter { html(.p) { $0(.a, .href(letter.href), text: letter.text) } }
        html(
            .p, class: "lead",
            text: wording(
                "views.citizen.lead", ["cpr": cpr.masked, "age": wording.number(age)])
                + " " + number)
        if let caseworker { html(.p, text: caseworker) }
        html.links(further)
        for warning in warnings { html.notice(Notice(warning)) }
        html.logged(lookupNumber, purpose, wording)
        html(.section) { html in
            html(.h2, text: wording("views.citizen.next"))
            if next.isEmpty { html(.p, text: wording("views.citizen.nothingNext")) }
            for owed in next { html.owed(owed, wording) }
            html(.p) { $0(.a, .href(deadlines.href), text: deadlines.text) }
        }
        html(.section) { html in
            html(.h2, text: wording("views.citizen.timeline"))
            html.query(action, button: wording("views.show")) { html in
                html(.input, .type("hidden"), .name("purpose"), .value(purpose))
                html.choose(wording("views.citizen.kind"), name: "kind", id: "kind", kinds)
            }
            table(wording).write(to: &html, wording)
            if let later { html(.p) { $0(.a, .href(later), text: wording("views.next")) } }
        }
    }

    private func table(_ wording: Wording) -> DataTable {
        DataTable(
            id: "timeline",
            caption: wording(
                "views.citizen.caption",
                ["shown": wording.number(events.count), "count": wording.number(total)]),
            columns: [
                .init(wording("views.citizen.when")), .init(wording("views.citizen.kind")),
                .init(wording("views.citizen.what")), .init(wording("views.citizen.registered")),
            ],
            rows: events.map { event in
                .init(
                    header: days(event, wording),
                    cells: [.text(event.kind), .text(event.detail), .text(event.registered)])
            })
    }

    private func days(_ event: Event, _ wording: Wording) -> String {
        guard let from = event.from else { return "" }
        if event.isOpen { return wording("views.people.since", ["day": wording.day(from)]) }
        guard let to = event.to, to != from else { return wording.day(from) }
        return wording(
            "law.rules.fromTo", ["from": wording.day(from), "to": wording.day(to)])
    }

    public var hasSide: Bool { !actions.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.citizen.register")) { $0.links(actions) }
    }
}
