import Chronology
import Identifiers
import Markup
import Reporting

/// Registering a conversation that was held.
public struct ConversationPage: Page, Hashable {
    public var name: String
    /// Always shown masked.
    public var cpr: CPR
    /// As it was typed.
    public var day: String
    public var kinds: [Choice]
    public var forms: [Choice]
    public var purpose: String
    /// What is wrong with the day; nil for nothing.
    public var problem: String?
    public var action: String
    public var back: String

    public init(
        name: String, cpr: CPR, day: String, kinds: [Choice], forms: [Choice], purpose: String,
        problem: String?, action: String, back: String
    ) {
        self.name = name
        self.cpr = cpr
        self.day = day
        self.kinds = kinds
        self.forms = forms
        self.purpose = purpose
        self.problem = problem
        self.action = action
        self.back = back
    }

    public func title(_ wording: Wording) -> String {
        wording("views.conversation.headline", ["name": name])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let problem { html.errors([Link(problem, "#day")], wording) }
        html(.p, class: "lead", text: wording("views.conversation.lead", ["cpr": cpr.masked]))
        paper.form(&html, action: action) { html in
            html(.input, .type("hidden"), .name("purpose"), .value(purpose))
            html(.div, class: "field wide") { html in
                html(
                    .label, Attribute("for", fixed: "day"), text: wording("views.conversation.day"))
                if let problem { html(.p, .id("day-error"), .class("error"), text: problem) }
                html(
                    .input, .id("day"), .name("day"), .type("date"), .value(day),
                    .when(problem != nil, Attribute("aria-describedby", fixed: "day-error")))
            }
            radios(&html, "kind", wording("views.conversation.kind"), kinds)
            radios(&html, "form", wording("views.conversation.form"), forms)
            html(.div, class: "actions") { html in
                html(
                    .button, .class("button"), .type("submit"),
                    text: wording("views.conversation.save"))
                html(.a, .href(back), text: wording("views.conversation.back"))
            }
        }
    }

    private func radios(_ html: inout HTML, _ name: String, _ legend: String, _ choices: [Choice]) {
        html(.fieldset) { html in
            html(.legend, text: legend)
            for choice in choices {
                let id = "\(name)-\(choice.value)"
                html(.div, class: "choice") { html in
                    html(
                        .input, .type("radio"), .id(id), .name(name), .value(choice.value),
                        Attribute(flag: "required"),
                        .when(choice.isSelected, Attribute(flag: "checked")))
                    html(.label, Attribute("for", id), text: choice.label)
                }
            }
        }
    }
}
