import Identifiers
import Markup
import Reporting

/// Finding a citizen by name, day of birth or CPR number.
public struct CitizenSearchPage: Page, Hashable {
    /// As it was typed.
    public var text: String
    public var purposes: [Choice]
    /// Nil before anything was searched for.
    public var found: Found?
    /// Sends `q` and `purpose` by GET.
    public var action: String
    /// Sends `purpose` by GET to what is due these days.
    public var dueAction: String

    public struct Found: Hashable, Sendable {
        public var people: [Person]
        public var isMore: Bool
        /// The look-up's number in the log, and what it was for.
        public var lookupNumber: Int
        public var purpose: String

        public init(people: [Person], isMore: Bool, lookupNumber: Int, purpose: String) {
            self.people = people
            self.isMore = isMore
            self.lookupNumber = lookupNumber
            self.purpose = purpose
        }
    }

    public struct Person: Hashable, Sendable {
        public var name: String
        /// Always shown masked.
        public var cpr: CPR
        public var age: Int
        public var href: String

        public init(name: String, cpr: CPR, age: Int, href: String) {
            self.name = name
            self.cpr = cpr
            self.age = age
            self.href = href
        }
    }

    /// What is wrong with what was typed; nil for nothing.
    public var problem: String?

    public init(
        text: String, purposes: [Choice], found: Found?, problem: String? = nil, action: String,
        dueAction: String
    ) {
        self.problem = problem
        self.text = text
        self.purposes = purposes
        self.found = found
        self.action = action
        self.dueAction = dueAction
    }

    public func title(_ wording: Wording) -> String {
        guard let found else { return wording("views.citizens.headline") }
        if found.people.isEmpty { return wording("views.citizens.nobody") }
        return wording(
            found.isMore ? "views.citizens.foundMore" : "views.citizens.found",
            ["count": wording.number(found.people.count)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.citizens.lead"))
        html.query(action, button: wording("views.citizens.search")) { html in
            html(.div, class: "field") { html in
                html(.label, Attribute("for", fixed: "q"), text: wording("views.citizens.who"))
                if let problem { html(.p, .id("q-error"), .class("error"), text: problem) }
                html(
                    .input, .type("search"), .id("q"), .name("q"), .value(text),
                    .when(problem != nil, Attribute("aria-describedby", fixed: "q-error")),
                    .when(problem != nil, Attribute("aria-invalid", fixed: "true")))
            }
            html.choose(
                wording("views.citizens.purpose"), name: "purpose", id: "purpose", purposes)
        }
        guard let found else {
            html(.section) { html in
                html(.h2, text: wording("views.due.what"))
                html.query(dueAction, button: wording("views.due.go")) { html in
                    html.choose(
                        wording("views.citizens.purpose"), name: "purpose", id: "due-purpose",
                        purposes)
                }
            }
            return
        }
        html(.div, .id("found"), .role("status")) { results(found, to: &$0, wording) }
    }

    private func results(_ found: Found, to html: inout HTML, _ wording: Wording) {
        html.logged(found.lookupNumber, found.purpose, wording)
        if found.isMore { html(.p, text: wording("views.citizens.narrow")) }
        if found.people.isEmpty { return }
        DataTable(
            id: "citizens", caption: wording("views.citizens.caption"),
            columns: [
                .init(wording("views.people.name")), .init(wording("views.people.cpr")),
                .init(wording("views.citizens.age"), decimals: 0),
            ],
            rows: found.people.map { person in
                .init(
                    header: person.name, href: person.href,
                    cells: [.text(person.cpr.masked), .number(Double(person.age))])
            }
        ).write(to: &html, wording)
    }
}
