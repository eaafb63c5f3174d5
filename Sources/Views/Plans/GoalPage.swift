import Chronology
import Markup
import Reporting

/// One goal (mål) with its targets, duties, focus areas and efforts.
public struct GoalPage: Page, Hashable {
    public var issuer: Issuer
    public var number: String
    public var name: String
    /// What the goal is about, in the plan file's words.
    public var text: String
    public var targets: [TargetRow]
    public var duties: [Duty]
    public var focusAreas: [String]
    public var efforts: [Effort]

    /// A recurring duty (tilbagevendende opgave), such as a survey twice a year.
    public struct Duty: Hashable, Sendable {
        public var title: String
        /// How often, in words: `to gange om året`.
        public var rhythm: String
        public var verdict: Verdict
        /// The days on which it was held in this period.
        public var held: [Day]
        /// How many times it must be held in the period; nil without a number.
        public var required: Int?
        /// The latest day for the next time; nil when none is left.
        public var nextDue: Day?

        public init(
            title: String, rhythm: String, verdict: Verdict, held: [Day], required: Int?,
            nextDue: Day?
        ) {
            self.title = title
            self.rhythm = rhythm
            self.verdict = verdict
            self.held = held
            self.required = required
            self.nextDue = nextDue
        }
    }

    /// Something the municipality does (indsats).
    public struct Effort: Hashable, Sendable {
        public var title: String
        public var text: String
        /// Who answers for it; nil when the plan does not say.
        public var responsible: String?
        /// How far it is, in words; nil when the plan does not say.
        public var status: String?

        public init(title: String, text: String, responsible: String?, status: String?) {
            self.title = title
            self.text = text
            self.responsible = responsible
            self.status = status
        }
    }

    public init(
        issuer: Issuer, number: String, name: String, text: String, targets: [TargetRow],
        duties: [Duty], focusAreas: [String], efforts: [Effort]
    ) {
        self.issuer = issuer
        self.number = number
        self.name = name
        self.text = text
        self.targets = targets
        self.duties = duties
        self.focusAreas = focusAreas
        self.efforts = efforts
    }

    public func title(_ wording: Wording) -> String { name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(
            .p, class: "kicker",
            text: wording("views.issuer.\(issuer.rawValue)", ["number": number]))
        if !text.isEmpty { html(.p, class: "lead", text: text) }
        html(.section) { html in
            html(.h2, text: wording("views.goal.targets"))
            if targets.isEmpty {
                html(.p, class: "note", text: wording("views.plan.noTargets"))
            } else {
                targets.write(to: &html, wording)
            }
        }
        if !duties.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.goal.duties"))
                html(.ul, class: "targets") { html in
                    for duty in duties { write(duty, to: &html, wording) }
                }
            }
        }
        if !efforts.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.goal.efforts"))
                for effort in efforts { write(effort, to: &html, wording) }
            }
        }
    }

    private func write(_ duty: Duty, to html: inout HTML, _ wording: Wording) {
        html(.li) { html in
            html(.div, class: "target-head") { html in
                html(.h3, text: duty.title)
                duty.verdict.write(to: &html, wording)
            }
            html(.dl, class: "facts") { html in
                html.pair(wording("views.goal.rhythm"), duty.rhythm)
                let held = wording.number(duty.held.count)
                html.pair(wording("views.goal.held")) { html in
                    if let required = duty.required {
                        html(
                            .strong,
                            text: wording(
                                "views.goal.heldOf",
                                ["held": held, "all": wording.number(required)]))
                    } else {
                        html(.strong, text: held)
                    }
                    html(
                        .span, class: "note",
                        text: duty.held.map(wording.day).joined(separator: ", "))
                }
                if let nextDue = duty.nextDue {
                    html.pair(wording("views.goal.nextDue"), wording.day(nextDue))
                }
            }
        }
    }

    private func write(_ effort: Effort, to html: inout HTML, _ wording: Wording) {
        html(.section, class: "effort") { html in
            html(.h3, text: effort.title)
            html(.p, text: effort.text)
            let notes = [
                effort.responsible.map { wording("views.goal.responsible", ["who": $0]) },
                effort.status.map { wording("views.goal.status", ["status": $0]) },
            ].compactMap { $0 }
            if !notes.isEmpty {
                html(.p, class: "note", text: notes.joined(separator: " · "))
            }
        }
    }

    public var hasSide: Bool { !focusAreas.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.goal.focusAreas")) { html in
            html(.ul) { html in
                for area in focusAreas { html(.li, text: area) }
            }
        }
    }
}
