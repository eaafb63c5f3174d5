import Chronology
import Markup
import Reporting

/// The question before persons are shown: what for?
public struct PurposePage: Page, Hashable {
    public var indicator: String
    /// Nil where persons are shown for another reason than a figure.
    public var figure: ShownFigure?
    /// The part of the population, in words; nil for all.
    public var part: String?
    /// The purposes this user may state, sent as `purpose`.
    public var purposes: [Choice]
    /// Takes a POST with `purpose`, `note` and the hidden fields.
    public var action: String
    public var hidden: [Field]
    /// True when the form came back without a purpose.
    public var isPurposeMissing: Bool
    /// What was typed, kept when the form comes back.
    public var note: String
    public var back: String

    /// A field that the form sends along unseen.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        indicator: String, figure: ShownFigure?, part: String? = nil, purposes: [Choice],
        action: String, hidden: [Field] = [], isPurposeMissing: Bool = false, note: String = "",
        back: String
    ) {
        self.indicator = indicator
        self.figure = figure
        self.part = part
        self.purposes = purposes
        self.action = action
        self.hidden = hidden
        self.isPurposeMissing = isPurposeMissing
        self.note = note
        self.back = back
    }

    public func title(_ wording: Wording) -> String { wording("views.purpose.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if isPurposeMissing {
            html.errors([Link(wording("views.purpose.missing"), "#purpose-0")], wording)
        }
        html(.p, class: "lead", text: lead(wording))
        paper.form(&html, action: action) { html in
            for field in hidden {
                html(.input, .type("hidden"), .name(field.name), .value(field.value))
            }
            html(
                .fieldset,
                .when(
                    isPurposeMissing, Attribute("aria-describedby", fixed: "purpose-error"))
            ) { html in
                html(.legend, text: wording("views.purpose.legend"))
                if isPurposeMissing {
                    html(
                        .p, .id("purpose-error"), .class("error"),
                        text: wording("views.purpose.missing"))
                }
                for (index, purpose) in purposes.enumerated() {
                    html(.div, class: "choice") { html in
                        html(
                            .input, .type("radio"), .id("purpose-\(index)"), .name("purpose"),
                            .value(purpose.value), Attribute(flag: "required"),
                            .when(purpose.isSelected, Attribute(flag: "checked")))
                        html(.label, Attribute("for", "purpose-\(index)"), text: purpose.label)
                    }
                }
            }
            html(.div, class: "field wide") { html in
                html(.label, Attribute("for", fixed: "note"), text: wording("views.purpose.note"))
                html(.input, .type("text"), .id("note"), .name("note"), .value(note))
            }
            html(.div, class: "actions") { html in
                html(.button, .class("button"), .type("submit"), text: wording("views.purpose.go"))
                html(.a, .href(back), text: wording("views.back"))
            }
        }
    }

    private func lead(_ wording: Wording) -> String {
        guard let figure else {
            return wording("views.purpose.leadWithout", ["what": indicator])
        }
        let what = [indicator, part, figure.period.map(wording.period)].compactMap { $0 }
        return wording(
            "views.purpose.lead",
            ["what": what.joined(separator: ", "), "figure": wording.shown(figure)])
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.purpose.whyTitle")) { html in
            html(.p, text: paper.wording("views.purpose.why"))
            html(.p, text: paper.wording("views.purpose.logged"))
        }
    }
}
