import Markup
import Reporting

/// The guided way of a citizen's group: what is done, what is due, and what comes.
public struct CoursePage: Page, Hashable {
    public var name: String
    public var receipt: CitizenPage.Receipt?
    public var courses: [Course]
    /// All courses, to look at another.
    public var choices: [Choice]
    public var purpose: String
    /// Sends `course` and `purpose` by GET.
    public var action: String

    public struct Course: Hashable, Sendable {
        public var name: String
        public var what: String
        /// `Siden 01.03.2025`
        public var since: String?
        /// Steps that are done.
        public var done: Int
        public var steps: [Step]

        public init(name: String, what: String, since: String?, done: Int, steps: [Step]) {
            self.name = name
            self.what = what
            self.since = since
            self.done = done
            self.steps = steps
        }
    }

    public enum State: String, Hashable, Sendable { case done, due, overdue, open, optional }

    public struct Step: Hashable, Sendable {
        public var name: String
        public var what: String
        /// Act and paragraph, with the mark of what is uncertain; nil where no act rules it.
        public var law: String?
        public var state: State
        /// How it stands, in words.
        public var stateText: String
        /// Leads to registering it; nil for who may not.
        public var form: String?
        /// The decisions that belong to it.
        public var decide: [Link]

        public init(
            name: String, what: String, law: String?, state: State, stateText: String,
            form: String?, decide: [Link] = []
        ) {
            self.decide = decide
            self.name = name
            self.what = what
            self.law = law
            self.state = state
            self.stateText = stateText
            self.form = form
        }
    }

    public init(
        name: String, receipt: CitizenPage.Receipt?, courses: [Course], choices: [Choice],
        purpose: String, action: String
    ) {
        self.name = name
        self.receipt = receipt
        self.courses = courses
        self.choices = choices
        self.purpose = purpose
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        wording("views.course.headline", ["name": name])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        html(.p, class: "lead", text: wording("views.course.lead"))
        if courses.isEmpty { html(.p, text: wording("views.course.none")) }
        for course in courses { write(course, to: &html, wording) }
        html.query(action, button: wording("views.show")) { html in
            html(.input, .type("hidden"), .name("purpose"), .value(purpose))
            html.choose(wording("views.course.other"), name: "course", id: "course", choices)
        }
    }

    private func write(_ course: Course, to html: inout HTML, _ wording: Wording) {
        html(.section) { html in
            html(.h2, text: course.name)
            html(.p, text: course.what)
            let count = wording(
                "views.course.count",
                ["done": wording.number(course.done), "count": wording.number(course.steps.count)])
            html(
                .p, class: "note",
                text: [count, course.since].compactMap { $0 }.joined(separator: " "))
            html(.ol, class: "course") { html in
                for step in course.steps { write(step, to: &html, wording) }
            }
        }
    }

    private func write(_ step: Step, to html: inout HTML, _ wording: Wording) {
        html(.li, Attribute("class", step.state.rawValue)) { html in
            html(.h3, text: step.name)
            html(.p, class: "state", text: step.stateText)
            html(.p) { html in
                html.text(step.what)
                if let law = step.law { html.text(" (\(law))") }
                if let form = step.form {
                    html.text(" ")
                    html(
                        .a, .href(form),
                        Attribute(
                            "aria-label", wording("views.course.register") + ": " + step.name),
                        text: wording("views.course.register"))
                }
            }
            for link in step.decide {
                html(.p) { $0(.a, .href(link.href), text: link.text) }
            }
        }
    }
}
