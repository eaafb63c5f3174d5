import Chronology
import Identifiers
import Markup
import Reporting

/// What is owed to one citizen, by when, and why.
public struct CitizenLawPage: Page, Hashable {
    public var name: String
    /// Always shown masked.
    public var cpr: CPR
    public var day: Day
    public var purpose: String
    /// The look-up's number in the log.
    public var lookupNumber: Int
    /// In the order of their due days.
    public var owed: [Owed]
    /// Sends `on` and `purpose` by GET.
    public var action: String

    public enum Stage: String, CaseIterable, Hashable, Sendable {
        case overdue, due, waiting
        /// What is done about it is not registered here.
        case unknown
        case closed
    }

    public struct Owed: Hashable, Sendable {
        public var duty: String
        public var href: String
        public var due: Day
        public var status: String
        public var stage: Stage
        /// The rule's sentence with its act and its marks.
        public var text: String
        public var owedBy: String
        /// The reasons, a sentence each.
        public var because: [String]

        public init(
            duty: String, href: String, due: Day, status: String, stage: Stage, text: String,
            owedBy: String, because: [String]
        ) {
            self.duty = duty
            self.href = href
            self.due = due
            self.status = status
            self.stage = stage
            self.text = text
            self.owedBy = owedBy
            self.because = because
        }
    }

    public init(
        name: String, cpr: CPR, day: Day, purpose: String, lookupNumber: Int, owed: [Owed],
        action: String
    ) {
        self.name = name
        self.cpr = cpr
        self.day = day
        self.purpose = purpose
        self.lookupNumber = lookupNumber
        self.owed = owed
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        let overdue = owed.count { $0.stage == .overdue }
        return wording(
            overdue == 0 ? "views.citizenLaw.headlineNone" : "views.citizenLaw.headline",
            ["name": name, "overdue": wording.number(overdue), "day": wording.day(day)])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.citizenLaw.lead", ["cpr": cpr.masked]))
        html.logged(lookupNumber, purpose, wording)
        html.query(action, button: wording("views.show")) { html in
            html(.input, .type("hidden"), .name("purpose"), .value(purpose))
            html.date(wording("views.citizenLaw.on"), name: "on", day)
        }
        if owed.isEmpty { html(.p, text: wording("views.citizenLaw.none")) }
        for stage in Stage.allCases {
            let own = owed.filter { $0.stage == stage }
            if own.isEmpty { continue }
            html(.section) { html in
                html(.h2, text: wording("views.citizenLaw.stage.\(stage.rawValue)"))
                if stage == .unknown { html(.p, text: wording("views.citizenLaw.unknown")) }
                for owed in own { html.owed(owed, wording) }
            }
        }
    }

}

extension HTML {
    /// A deadline with its rule, and why it is what it is.
    mutating func owed(_ owed: CitizenLawPage.Owed, _ wording: Wording) {
        self(.h3) { $0(.a, .href(owed.href), text: owed.duty) }
        self(.dl, class: "terms") { html in
            html.pair(wording("views.citizenLaw.due"), wording.day(owed.due))
            html.pair(wording("views.citizenLaw.status"), owed.status)
            html.pair(wording("views.law.owedBy"), owed.owedBy)
        }
        self(.p, text: owed.text)
        self(.details) { html in
            html(.summary, text: wording("views.citizenLaw.why"))
            html(.ul) { html in
                for sentence in owed.because { html(.li, text: sentence) }
            }
        }
    }
}

/// How the duties towards whole groups stand.
public struct PortfoliosPage: Page, Hashable {
    public var day: Day
    /// As if the rules of this day had been in force all along; nil for the law as it was.
    public var rules: Day?
    public var portfolios: [Portfolio]
    /// Sends `on` and `rules` by GET.
    public var action: String

    public struct Portfolio: Hashable, Sendable {
        public var name: String
        public var text: String
        public var citizens: Int
        public var exempt: Int
        public var served: Int
        public var required: Int
        public var percent: Int
        public var needed: Int
        public var room: Int

        public init(
            name: String, text: String, citizens: Int, exempt: Int, served: Int, required: Int,
            percent: Int, needed: Int, room: Int
        ) {
            self.name = name
            self.text = text
            self.citizens = citizens
            self.exempt = exempt
            self.served = served
            self.required = required
            self.percent = percent
            self.needed = needed
            self.room = room
        }
    }

    public init(day: Day, rules: Day?, portfolios: [Portfolio], action: String) {
        self.day = day
        self.rules = rules
        self.portfolios = portfolios
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        let short = portfolios.count { $0.needed > 0 }
        let isEmpty = portfolios.allSatisfy { $0.citizens == 0 }
        let key =
            portfolios.isEmpty
            ? "headlineNone"
            : isEmpty ? "headlineNobody" : short == 0 ? "headlineKept" : "headlineShort"
        return wording(
            "views.portfolios.\(key)",
            [
                "short": wording.number(short), "count": wording.number(portfolios.count),
                "day": wording.day(day),
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.portfolios.lead"))
        html.query(action, button: wording("views.show")) { html in
            html.date(wording("views.citizenLaw.on"), name: "on", day)
            html.date(wording("views.portfolios.rules"), name: "rules", rules)
        }
        for portfolio in portfolios {
            html(.section) { html in
                html(.h2, text: portfolio.name)
                html(.p, text: portfolio.text)
                html(.dl, class: "terms") { html in
                    let rows = [
                        ("citizens", portfolio.citizens), ("exempt", portfolio.exempt),
                        ("served", portfolio.served), ("required", portfolio.required),
                        portfolio.needed > 0
                            ? ("needed", portfolio.needed) : ("room", portfolio.room),
                    ]
                    for (key, number) in rows {
                        html.pair(
                            wording(
                                "views.portfolios.\(key)",
                                ["percent": wording.number(portfolio.percent)]),
                            wording.number(number))
                    }
                }
            }
        }
    }
}
