import Chronology
import Indicators
import Markup
import Parameters
import Reporting

extension Wording {
    /// `412 personer`, or the word for a figure that is hidden or unknown.
    func shown(_ figure: ShownFigure) -> String {
        switch figure.value {
        case .number(let value): amount(value, figure.unit, decimals: figure.decimals)
        case .text(let text): text
        case .hidden: self("reporting.table.hidden")
        case .missing: self("reporting.table.missing")
        }
    }
}

extension ShownFigure {
    /// The figure without its unit, for standing beside one that has it.
    func brief(_ wording: Wording) -> String {
        guard case .number(let value) = value else { return wording.shown(self) }
        return wording.brief(value, unit, decimals: decimals)
    }
}

extension Verdict {
    /// The symbol: each has its own outline, so that it reads without colour.
    private var symbol: StaticString {
        switch self {
        case .met:
            "<circle cx=\"10\" cy=\"10\" r=\"9\"/><path d=\"M5.5 10.5l3 3 6-7\" class=\"cut\"/>"
        case .onTrack:
            "<circle cx=\"10\" cy=\"10\" r=\"9\"/><path d=\"M6 14l8-8M8 6h6v6\" class=\"cut\"/>"
        case .atRisk: "<path d=\"M10 1l9.5 17H.5z\"/><path d=\"M10 7v5M10 14v2\" class=\"cut\"/>"
        case .missed:
            "<path d=\"M6 1h8l5 5v8l-5 5H6l-5-5V6z\"/><path d=\"M6 6l8 8M14 6l-8 8\" class=\"cut\"/>"
        case .noData:
            "<rect x=\"1\" y=\"1\" width=\"18\" height=\"18\" class=\"hollow\"/><path d=\"M6 6l8 8\" class=\"hollow\"/>"
        case .noNumber:
            "<rect x=\"1\" y=\"1\" width=\"18\" height=\"18\" class=\"hollow\"/><path d=\"M5 10h10\" class=\"hollow\"/>"
        }
    }

    private var className: StaticString {
        switch self {
        case .met: "verdict met"
        case .onTrack: "verdict on-track"
        case .atRisk: "verdict at-risk"
        case .missed: "verdict missed"
        case .noData: "verdict no-data"
        case .noNumber: "verdict no-number"
        }
    }

    /// Writes symbol and word.
    func write(to html: inout HTML, _ wording: Wording) {
        html(.span, class: className) { html in
            html.raw("<svg viewBox=\"0 0 20 20\" aria-hidden=\"true\" focusable=\"false\">")
            html.raw(symbol)
            html.raw("</svg>")
            html(.span, text: wording("views.verdict.\(rawValue)"))
        }
    }
}

extension HTML {
    /// A term and what it is, in a list of such.
    mutating func pair(_ term: String, _ value: String) {
        self(.div) { html in
            html(.dt, text: term)
            html(.dd, text: value)
        }
    }

    /// A term with content of its own.
    mutating func pair(_ term: String, content: (inout HTML) -> Void) {
        self(.div) { html in
            html(.dt, text: term)
            html(.dd, content: content)
        }
    }

    /// A box that helps beside the text.
    mutating func panel(_ title: String, content: (inout HTML) -> Void) {
        self(.section, class: "panel") { html in
            html(.h2, text: title)
            content(&html)
        }
    }

    mutating func links(_ links: [Link]) {
        self(.ul, class: "links") { html in
            for link in links {
                html(.li) { $0(.a, .href(link.href), text: link.text) }
            }
        }
    }

    /// A labelled list of choices.
    mutating func choose(_ label: String, name: String, id: String, _ choices: [Choice]) {
        self(.div, class: "field") { html in
            html(.label, Attribute("for", id), text: label)
            html(.select, .id(id), .name(name)) { html in
                for choice in choices {
                    html(
                        .option, .value(choice.value),
                        .when(choice.isSelected, Attribute(flag: "selected")), text: choice.label)
                }
            }
        }
    }

    /// A day, in the browser's own way of choosing one. `id` nil for the name.
    mutating func date(_ label: String, name: String, id: String? = nil, _ day: Day?) {
        self(.div, class: "field") { html in
            html(.label, Attribute("for", id ?? name), text: label)
            html(.input, .id(id ?? name), .name(name), .type("date"), .value(day?.iso ?? ""))
        }
    }

    /// A box to tick; sends `1`.
    mutating func tick(_ label: String, name: String, isChecked: Bool) {
        self(.div, class: "choice") { html in
            html(
                .input, .type("checkbox"), .id(name), .name(name), .value("1"),
                .when(isChecked, Attribute(flag: "checked")))
            html(.label, Attribute("for", name), text: label)
        }
    }

    /// A row of fields that are sent in the address, and the button that sends them.
    mutating func query(_ action: String, button: String, fields: (inout HTML) -> Void) {
        self(.form, .class("row"), Attribute("method", fixed: "get"), .action(action)) { html in
            fields(&html)
            html(.button, .class("button"), .type("submit"), text: button)
        }
    }

    /// What is wrong with a form, each with the way to its field.
    mutating func errors(_ problems: [Link], _ wording: Wording) {
        self(
            .div, .class("errors"), .role("alert"), Attribute("aria-labelledby", "errors")
        ) { html in
            html(.h2, .id("errors"), text: wording("views.form.errors"))
            html(.ul) { html in
                for problem in problems {
                    html(.li) { $0(.a, .href(problem.href), text: problem.text) }
                }
            }
        }
    }

    /// That a look-up was entered in the log.
    mutating func logged(_ number: Int, _ purpose: String, _ wording: Wording) {
        self(.div, .class("notice"), .role("status")) { html in
            html(
                .p,
                text: wording(
                    "views.people.logged", ["number": String(number), "purpose": purpose]))
        }
    }

    /// The way to the persons behind a figure, or why there is none.
    mutating func who(_ link: WhoLink, _ wording: Wording) {
        switch link {
        case .none: break
        case .allowed(let href):
            self(.p) { html in
                html(.a, .class("button secondary"), .href(href), text: wording("views.who.link"))
            }
            self(.p, class: "note", text: wording("views.who.logged"))
        case .refused(let reason):
            self(.p, class: "note", text: reason)
        }
    }

    /// The marks after a figure: period, provisional, origin.
    mutating func figureNotes(_ figure: ShownFigure, _ wording: Wording) {
        self(.span, class: "note") { html in
            if let period = figure.period { html.text(wording.period(period)) }
            if figure.isProvisional {
                html.text(figure.period == nil ? "" : " · ")
                html.text(wording("views.figure.provisional"))
            }
        }
    }
}
