import Chronology
import Markup
import Reporting

/// One question about what somebody can have, with the facts it takes, the answer, and the
/// rule it rests on in each of its times.
public struct EntitlementPage: Page, Hashable {
    /// `Kan arbejdsgiveren få tilskud til en voksenlærling?`
    public var question: String
    public var day: Day
    /// Whether it is asked what would hold if what is proposed is adopted; nil where
    /// nothing is.
    public var isIfAdopted: Bool?
    public var fields: [Field]
    /// Nil before anything is asked, and where something is missing.
    public var outcome: Outcome?
    public var versions: [RuleVersion]
    /// Sends the day and the fields by GET.
    public var action: String

    /// What the one who asks tells, kept as it was typed.
    public struct Field: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case tick(Bool)
            /// With what is counted, in parentheses after the name.
            case number(String, unit: String)
            case day(String)
            case choice([Choice])
        }

        public var name: String
        public var label: String
        public var kind: Kind
        /// What is wrong with it; nil for nothing.
        public var problem: String?

        public init(name: String, label: String, kind: Kind, problem: String?) {
            self.name = name
            self.label = label
            self.kind = kind
            self.problem = problem
        }
    }

    public init(
        question: String, day: Day, isIfAdopted: Bool?, fields: [Field], outcome: Outcome?,
        versions: [RuleVersion],
        action: String
    ) {
        self.question = question
        self.day = day
        self.isIfAdopted = isIfAdopted
        self.fields = fields
        self.outcome = outcome
        self.versions = versions
        self.action = action
    }

    public func title(_ wording: Wording) -> String { question }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let wrong = fields.compactMap { field in
            field.problem.map { Link("\(field.label): \($0)", "#\(field.name)") }
        }
        if !wrong.isEmpty { html.errors(wrong, wording) }
        html(.p, class: "lead", text: wording("views.allowed.lead"))
        if let outcome { html.outcome(outcome, heading: outcome.heading) }
        html(.section) { html in
            html(.h2, text: wording("views.entitlement.tell"))
            html.query(action, button: wording("views.entitlement.ask")) { html in
                html(.input, .type("hidden"), .name("ask"), .value("1"))
                html.date(wording("views.entitlement.on"), name: "on", day)
                if let isIfAdopted {
                    html.tick(
                        wording("views.whatIf.proposed"), name: "proposed",
                        isChecked: isIfAdopted)
                }
                for field in fields { write(field, to: &html) }
            }
        }
        for version in versions { html.version(version, wording) }
    }

    private func write(_ field: Field, to html: inout HTML) {
        switch field.kind {
        case .tick(let isChecked):
            html.tick(field.label, name: field.name, isChecked: isChecked)
        case .number(let text, let unit):
            input(
                "\(field.label) (\(unit))", field, text, .type("text"), to: &html)
        case .day(let text): input(field.label, field, text, .type("date"), to: &html)
        case .choice(let choices):
            html.choose(field.label, name: field.name, id: field.name, choices)
        }
    }

    private func input(
        _ label: String, _ field: Field, _ text: String, _ type: Attribute, to html: inout HTML
    ) {
        html(.div, class: "field") { html in
            html(.label, Attribute("for", field.name), text: label)
            if let problem = field.problem {
                html(.p, .id("\(field.name)-error"), .class("error"), text: problem)
            }
            html(
                .input, .id(field.name), .name(field.name), type, .value(text),
                .when(
                    field.problem != nil,
                    Attribute("aria-describedby", "\(field.name)-error")))
        }
    }
}

/// A yes or a no with its act and the arithmetic.
public struct Outcome: Hashable, Sendable {
    /// `Ja, det er tilladt`
    public var heading: String
    /// Act and paragraph.
    public var basis: String
    public var lines: [Line]

    /// A line of the arithmetic; deeper for a part of the one before.
    public struct Line: Hashable, Sendable {
        public var text: String
        public var depth: Int
        public init(_ text: String, depth: Int = 0) {
            self.text = text
            self.depth = depth
        }
    }

    public init(heading: String, basis: String, lines: [Line]) {
        self.heading = heading
        self.basis = basis
        self.lines = lines
    }
}

extension HTML {
    /// The answer's act and arithmetic.
    mutating func outcome(_ outcome: Outcome, heading: String) {
        self(.section) { html in
            html(.h2, text: heading)
            if !outcome.basis.isEmpty { html(.p, text: outcome.basis) }
            html.lines(outcome.lines[...], depth: 0)
        }
    }

    mutating func outline(_ lines: [Outcome.Line]) { self.lines(lines[...], depth: 0) }

    /// Lines of one depth as a list, and what is deeper as lists within it.
    private mutating func lines(_ lines: ArraySlice<Outcome.Line>, depth: Int) {
        self(.ul) { html in
            var rest = lines
            while let first = rest.popFirst() {
                let parts = rest.prefix { $0.depth > depth }
                rest = rest.dropFirst(parts.count)
                html(.li) { html in
                    html.text(first.text)
                    if !parts.isEmpty { html.lines(parts, depth: depth + 1) }
                }
            }
        }
    }
}
