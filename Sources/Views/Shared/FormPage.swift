import Markup
import Reporting

/// A form that registers something: one subject, what is known filled in, what is wrong
/// beside its field.
public struct FormPage: Page, Hashable {
    public var headline: String
    public var lead: String
    /// What is good to know before it is filled in.
    public var notices: [Notice]
    public var fields: [FormField]
    /// Sent along unseen.
    public var hidden: [Hidden]
    public var save: String
    /// Other things the form can do, each with the value of `_act` it sends.
    public var others: [Choice]
    public var back: Link
    public var action: String
    /// Where what is typed is kept meanwhile; nil where it is not.
    public var drafts: String?

    public struct Hidden: Hashable, Sendable {
        public var name: String
        public var value: String
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        headline: String, lead: String, notices: [Notice] = [], fields: [FormField],
        hidden: [Hidden] = [], save: String, others: [Choice] = [], back: Link, action: String,
        drafts: String? = nil
    ) {
        self.headline = headline
        self.lead = lead
        self.notices = notices
        self.fields = fields
        self.hidden = hidden
        self.save = save
        self.others = others
        self.back = back
        self.action = action
        self.drafts = drafts
    }

    public func title(_ wording: Wording) -> String { headline }

    private var sendsFiles: Bool {
        fields.contains { if case .file = $0.kind { true } else { false } }
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let wrong = fields.compactMap { field in
            field.problem.map { Link($0, "#\(field.firstID)") }
        }
        if !wrong.isEmpty { html.errors(wrong, wording) }
        html(.p, class: "lead", text: lead)
        for notice in notices { html.notice(notice) }
        html(
            .form, .class("form"), Attribute("method", fixed: "post"), .action(action),
            .when(sendsFiles, Attribute("enctype", fixed: "multipart/form-data")),
            .when(drafts != nil, Attribute("data-drafts", drafts ?? ""))
        ) { html in
            if let token = paper.formToken {
                html(.input, .type("hidden"), .name("_token"), .value(token))
            }
            html.hidden(hidden)
            for field in fields { html.field(field) }
            html(.div, class: "actions") { html in
                html(.button, .class("button"), .type("submit"), text: save)
                for other in others {
                    html(
                        .button, .class("button secondary"), .type("submit"), .name("_act"),
                        .value(other.value), text: other.label)
                }
                html(.a, .href(back.href), text: back.text)
            }
            if drafts != nil {
                html(
                    .p, .id("draft-state"), .class("note"), .role("status"),
                    Attribute("data-kept", wording("views.draft.kept")),
                    Attribute("data-lost", wording("views.draft.lost"))
                ) { _ in }
            }
        }
    }
}

/// Something to know, with lines below it.
public struct Notice: Hashable, Sendable {
    public var text: String
    public var lines: [Outcome.Line]
    public var link: Link?

    public init(_ text: String, lines: [Outcome.Line] = [], link: Link? = nil) {
        self.text = text
        self.lines = lines
        self.link = link
    }
}

/// One field of a form.
public struct FormField: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case text(String)
        /// Several lines.
        case long(String)
        case day(String)
        case time(String)
        case select([Choice])
        /// A file; the kinds that can be sent, as the browser's chooser takes them.
        case file(accept: String)
        case radios([Choice])
        case tick(Bool)
    }

    public var name: String
    public var label: String
    public var help: String?
    public var kind: Kind
    /// What is wrong with it; nil for nothing.
    public var problem: String?

    public init(_ name: String, _ label: String, _ kind: Kind, help: String? = nil) {
        self.name = name
        self.label = label
        self.kind = kind
        self.help = help
    }

    /// The element a link to the field leads to.
    var firstID: String {
        guard case .radios(let choices) = kind, let first = choices.first else { return name }
        return "\(name)-\(first.value)"
    }
}

extension HTML {
    mutating func hidden(_ fields: [FormPage.Hidden]) {
        for field in fields {
            self(.input, .type("hidden"), .name(field.name), .value(field.value))
        }
    }

    mutating func notice(_ notice: Notice) {
        self(.div, .class("notice"), .role("status")) { html in
            html(.p, text: notice.text)
            if !notice.lines.isEmpty { html.outline(notice.lines) }
            if let link = notice.link {
                html(.p) { $0(.a, .href(link.href), text: link.text) }
            }
        }
    }

    mutating func field(_ field: FormField) {
        switch field.kind {
        case .radios(let choices): radios(field, choices)
        case .tick(let isChecked):
            self(.div, class: "field wide") { html in
                html.explain(field)
                html.tick(field.label, name: field.name, isChecked: isChecked)
            }
        default:
            self(.div, class: "field wide") { html in
                html(.label, Attribute("for", field.name), text: field.label)
                html.explain(field)
                html.input(field)
            }
        }
    }

    private mutating func explain(_ field: FormField) {
        if let help = field.help {
            self(.p, .id("\(field.name)-help"), .class("note"), text: help)
        }
        if let problem = field.problem {
            self(.p, .id("\(field.name)-error"), .class("error"), text: problem)
        }
    }

    private mutating func input(_ field: FormField) {
        let described = [
            field.help.map { _ in "\(field.name)-help" },
            field.problem.map { _ in "\(field.name)-error" },
        ].compactMap { $0 }.joined(separator: " ")
        let common: [Attribute] = [
            .id(field.name), .name(field.name),
            .when(!described.isEmpty, Attribute("aria-describedby", described)),
            .when(field.problem != nil, Attribute("aria-invalid", fixed: "true")),
        ]
        func line(_ type: StaticString, _ value: String) {
            self(.input, common[0], common[1], common[2], common[3], .type(type), .value(value))
        }
        switch field.kind {
        case .text(let value): line("text", value)
        case .day(let value): line("date", value)
        case .time(let value): line("time", value)
        case .long(let value):
            self(
                .textarea, common[0], common[1], common[2], common[3], Attribute("rows", 6),
                text: value)
        case .select(let choices):
            self(.select, common[0], common[1], common[2], common[3]) { html in
                for choice in choices {
                    html(
                        .option, .value(choice.value),
                        .when(choice.isSelected, Attribute(flag: "selected")), text: choice.label)
                }
            }
        case .file(let accept):
            self(
                .input, common[0], common[1], common[2], common[3], .type("file"),
                Attribute("accept", accept))
        case .radios, .tick: break
        }
    }

    private mutating func radios(_ field: FormField, _ choices: [Choice]) {
        self(.fieldset) { html in
            html(.legend, text: field.label)
            html.explain(field)
            for choice in choices {
                let id = "\(field.name)-\(choice.value)"
                html(.div, class: "choice") { html in
                    html(
                        .input, .type("radio"), .id(id), .name(field.name), .value(choice.value),
                        .when(choice.isSelected, Attribute(flag: "checked")))
                    html(.label, Attribute("for", id), text: choice.label)
                }
            }
        }
    }
}
