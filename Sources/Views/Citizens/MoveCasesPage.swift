import Markup
import Reporting

/// Giving many citizens another caseworker: whose they are, who they are, to whom they go.
public struct MoveCasesPage: Page, Hashable {
    /// That they were moved just now.
    public var receipt: String?
    public var from: [Choice]
    /// The citizens of the one chosen; nil before one is.
    public var people: [Choice]?
    public var fields: [FormField]
    public var hidden: [FormPage.Hidden]
    public var lookupNumber: Int?
    public var purpose: String
    public var action: String

    public init(
        receipt: String?, from: [Choice], people: [Choice]?, fields: [FormField],
        hidden: [FormPage.Hidden], lookupNumber: Int?, purpose: String, action: String
    ) {
        self.receipt = receipt
        self.from = from
        self.people = people
        self.fields = fields
        self.hidden = hidden
        self.lookupNumber = lookupNumber
        self.purpose = purpose
        self.action = action
    }

    public func title(_ wording: Wording) -> String { wording("views.moveCases.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let wrong = fields.compactMap { field in field.problem.map { Link($0, "#\(field.name)") } }
        if !wrong.isEmpty { html.errors(wrong, wording) }
        if let receipt { html.notice(Notice(receipt)) }
        html(.p, class: "lead", text: wording("views.moveCases.lead"))
        html.query(action, button: wording("views.show")) { html in
            html.choose(wording("views.moveCases.from"), name: "from", id: "from", from)
        }
        guard let people else { return }
        if people.isEmpty {
            html(.p, text: wording("views.moveCases.nobody"))
        } else {
            form(&html, paper, people)
        }
        if let lookupNumber { html.logged(lookupNumber, purpose, wording) }
    }

    private func form(_ html: inout HTML, _ paper: Paper, _ people: [Choice]) {
        paper.form(&html, action: action) { html in
            html.hidden(hidden)
            for field in fields { html.field(field) }
            html(.fieldset) { html in
                html(
                    .legend,
                    text: paper.wording(
                        "views.moveCases.people", ["count": paper.wording.number(people.count)]))
                for person in people {
                    let id = "citizen-\(person.value)"
                    html(.div, class: "choice") { html in
                        html(
                            .input, .type("checkbox"), .id(id), .name("citizen"),
                            .value(person.value),
                            .when(person.isSelected, Attribute(flag: "checked")))
                        html(.label, Attribute("for", id), text: person.label)
                    }
                }
            }
            html(
                .button, .class("button"), .type("submit"),
                text: paper.wording("views.moveCases.save"))
        }
    }
}
