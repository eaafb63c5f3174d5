import Chronology
import Markup
import Reporting

/// Who set a goal.
public enum Issuer: String, CaseIterable, Sendable {
    /// The minister for employment (ministermål).
    case minister
    /// The municipality (lokalt mål).
    case local
}

/// The plan at a glance (Planen): goal by goal, with the verdict on each target.
public struct PlanPage: Page, Hashable {
    /// The plan's own name: `Beskæftigelsesplan 2024–2025`.
    public var name: String
    /// The day the figures are counted as of.
    public var asOf: Day
    /// The last month with figures; nil when there is none.
    public var lastMonth: Month?
    public var goals: [Goal]
    /// Files to take away, such as the same figures as CSV.
    public var downloads: [Link]
    /// Lets the reader choose another day; nil where it cannot be chosen.
    public var day: DayForm?
    /// Other days, years or plans to look at.
    public var otherViews: [Link]

    /// Sends `asof` and `known` by GET.
    public struct DayForm: Hashable, Sendable {
        public var action: String
        public var asOf: Day
        /// Nil for everything recorded until now.
        public var knownAt: Day?
        public init(action: String, asOf: Day, knownAt: Day?) {
            self.action = action
            self.asOf = asOf
            self.knownAt = knownAt
        }
    }

    public struct Goal: Hashable, Sendable {
        public var issuer: Issuer
        /// The goal's number in the plan: `1`.
        public var number: String
        public var title: String
        public var href: String
        public var targets: [TargetRow]
        public var effortCount: Int
        public var dutyCount: Int

        public init(
            issuer: Issuer, number: String, title: String, href: String, targets: [TargetRow],
            effortCount: Int, dutyCount: Int
        ) {
            self.issuer = issuer
            self.number = number
            self.title = title
            self.href = href
            self.targets = targets
            self.effortCount = effortCount
            self.dutyCount = dutyCount
        }
    }

    public init(
        name: String, asOf: Day, lastMonth: Month?, goals: [Goal], downloads: [Link] = [],
        day: DayForm? = nil, otherViews: [Link] = []
    ) {
        self.name = name
        self.asOf = asOf
        self.lastMonth = lastMonth
        self.goals = goals
        self.downloads = downloads
        self.day = day
        self.otherViews = otherViews
    }

    private func count(_ verdicts: Verdict...) -> Int {
        goals.reduce(0) { sum, goal in
            sum + goal.targets.count { verdicts.contains($0.verdict) }
        }
    }

    public func title(_ wording: Wording) -> String {
        let all = goals.reduce(0) { $0 + $1.targets.count }
        return wording(
            "views.plan.headline",
            ["good": wording.number(count(.met, .onTrack)), "all": wording.number(all)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(
            .p, class: "lead",
            text: wording("views.plan.lead", ["plan": name, "day": wording.day(asOf)]))
        html(.ul, class: "tally") { html in
            for verdict in Verdict.allCases where count(verdict) > 0 {
                html(.li) { html in
                    html(.strong, text: wording.number(count(verdict)))
                    verdict.write(to: &html, wording)
                }
            }
        }
        if goals.isEmpty { html(.p, text: wording("views.plan.empty")) }
        for goal in goals { write(goal, to: &html, wording) }
    }

    private func write(_ goal: Goal, to html: inout HTML, _ wording: Wording) {
        html(.section, class: "goal") { html in
            html(.p, class: "kicker", text: goal.kicker(wording))
            html(.h2) { $0(.a, .href(goal.href), text: goal.title) }
            if goal.targets.isEmpty {
                html(.p, class: "note", text: wording("views.plan.noTargets"))
            } else {
                goal.targets.write(to: &html, wording)
            }
            html(
                .p, class: "note",
                text: wording(
                    "views.plan.goalNote",
                    [
                        "efforts": wording.number(goal.effortCount),
                        "duties": wording.number(goal.dutyCount),
                    ]))
        }
    }

    /// The plan as a table, one row per target, for the file of figures.
    public func table(_ wording: Wording) -> DataTable {
        let columns = [
            DataTable.Column(wording("views.plan.target")), .init(wording("views.plan.goal")),
            .init(wording("views.plan.verdict")),
            .init(wording("views.target.figure"), decimals: 2),
            .init(wording("views.definition.unit")), .init(wording("views.period")),
            .init(wording("views.target.demand")),
            .init(wording("views.target.baseline"), decimals: 2),
            .init(wording("views.target.origin")),
        ]
        let rows = goals.flatMap { goal in
            goal.targets.map { target in
                DataTable.Row(
                    header: target.title,
                    cells: [
                        .text(goal.kicker(wording)),
                        .text(wording("views.verdict.\(target.verdict.rawValue)")),
                        target.figure.value, .text(wording.unit(target.figure.unit)),
                        .text(target.figure.period.map(wording.period) ?? ""),
                        .text(target.demandText(wording)), target.baseline?.value ?? .missing,
                        .text(wording("views.origin.\(target.figure.origin.rawValue)")),
                    ])
            }
        }
        return DataTable(id: "plan-table", caption: name, columns: columns, rows: rows)
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html.panel(wording("views.plan.sideTitle")) { html in
            html(.p, text: wording("views.plan.sideFigures", ["day": wording.day(asOf)]))
            if let lastMonth {
                html(
                    .p,
                    text: wording("views.plan.sideMonth", ["month": wording.month(lastMonth)]))
            }
            html(.p, text: wording("views.plan.sideOpen"))
        }
        if let day {
            html.panel(wording("views.plan.dayTitle")) { html in
                html(.form, .class("stack"), Attribute("method", fixed: "get"), .action(day.action))
                { html in
                    html.date(wording("views.plan.asOf"), name: "asof", day.asOf)
                    html.date(wording("views.plan.knownAt"), name: "known", day.knownAt)
                    html(.button, .class("button"), .type("submit"), text: wording("views.show"))
                }
            }
        }
        html.panel(wording("views.verdict.legend")) { html in
            html(.dl, class: "legend") { html in
                for verdict in Verdict.allCases {
                    html(.div) { html in
                        html(.dt) { verdict.write(to: &$0, wording) }
                        html(.dd, text: wording("views.verdictMeaning.\(verdict.rawValue)"))
                    }
                }
            }
        }
        if !otherViews.isEmpty {
            html.panel(wording("views.plan.other")) { $0.links(otherViews) }
        }
        if !downloads.isEmpty {
            html.panel(wording("views.download")) { $0.links(downloads) }
        }
    }
}

extension PlanPage.Goal {
    func kicker(_ wording: Wording) -> String {
        wording("views.issuer.\(issuer.rawValue)", ["number": number])
    }
}
