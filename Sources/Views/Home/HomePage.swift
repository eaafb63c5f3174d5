import Chronology
import Markup
import Reporting

/// The start page: what is next for this role.
public struct HomePage: Page, Hashable {
    public var role: Role
    /// The plan's name and page.
    public var plan: Link?
    /// How the targets stand; nil where the role does not follow the plan.
    public var standing: Standing?
    /// What to do next, the most pressing first.
    public var steps: [Step]
    /// The day the figures are counted as of.
    public var asOf: Day

    /// How many targets stand where.
    public struct Standing: Hashable, Sendable {
        public var good: Int
        public var atRisk: Int
        public var missed: Int
        public var unknown: Int
        public init(good: Int, atRisk: Int, missed: Int, unknown: Int) {
            self.good = good
            self.atRisk = atRisk
            self.missed = missed
            self.unknown = unknown
        }
    }

    public struct Step: Hashable, Sendable {
        public var kind: Kind
        public var href: String
        public init(_ kind: Kind, href: String) {
            self.kind = kind
            self.href = href
        }
    }

    public enum Kind: Hashable, Sendable {
        /// Look at one target that is missed or at risk.
        case target(title: String, verdict: Verdict)
        /// Hold a recurring duty before a day.
        case duty(title: String, due: Day)
        case plan
        case indicators
        case comparison
        case surveys
        case lookups
    }

    public init(role: Role, plan: Link?, standing: Standing?, steps: [Step], asOf: Day) {
        self.role = role
        self.plan = plan
        self.standing = standing
        self.steps = steps
        self.asOf = asOf
    }

    public func title(_ wording: Wording) -> String {
        guard let standing else { return wording("views.home.headline.\(role.rawValue)") }
        let attention = standing.atRisk + standing.missed
        return attention == 0
            ? wording("views.home.allGood")
            : wording("views.home.attention", ["count": wording.number(attention)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let standing {
            html(
                .p, class: "lead",
                text: wording(
                    "views.home.standing",
                    [
                        "good": wording.number(standing.good),
                        "atRisk": wording.number(standing.atRisk),
                        "missed": wording.number(standing.missed),
                        "unknown": wording.number(standing.unknown),
                        "day": wording.day(asOf),
                    ]))
        } else {
            html(.p, class: "lead", text: wording("views.role.\(role.rawValue).text"))
        }
        html(.section) { html in
            html(.h2, text: wording("views.home.next"))
            html(.ul, class: "steps") { html in
                for step in steps {
                    html(.li) { write(step, to: &$0, wording) }
                }
            }
        }
    }

    private func write(_ step: Step, to html: inout HTML, _ wording: Wording) {
        let text: String
        let reason: String
        switch step.kind {
        case .target(let title, let verdict):
            verdict.write(to: &html, wording)
            text = title
            reason = wording("views.home.step.target")
        case .duty(let title, let due):
            text = title
            reason = wording("views.home.step.duty", ["day": wording.day(due)])
        case .plan: (text, reason) = texts("plan", wording)
        case .indicators: (text, reason) = texts("indicators", wording)
        case .comparison: (text, reason) = texts("comparison", wording)
        case .surveys: (text, reason) = texts("surveys", wording)
        case .lookups: (text, reason) = texts("lookups", wording)
        }
        html(.a, .href(step.href), text: text)
        html(.p, class: "note", text: reason)
    }

    private func texts(_ section: String, _ wording: Wording) -> (String, String) {
        (wording("views.section.\(section)"), wording("views.home.step.\(section)"))
    }

    public var hasSide: Bool { plan != nil }

    public func side(to html: inout HTML, _ paper: Paper) {
        guard let plan else { return }
        html.panel(paper.wording("views.home.plan")) { $0.links([plan]) }
    }
}
