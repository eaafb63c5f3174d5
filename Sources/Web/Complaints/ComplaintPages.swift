import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func complaints(_ route: ComplaintRoute, _ visit: Visit) async throws -> Answer {
        switch route {
        case .list: return try await complaintList(visit)
        case .overview: return try await complaintOverview(visit)
        case .one(let number): return try await complaint(number, visit)
        case .form(let number, let kind):
            return try await complaintForm(number, kind, visit)
        }
    }

    /// What the list is asked for: all that is open, what is overdue, everything, or what is
    /// behind a number of the overview.
    private struct Chosen: Sendable {
        var show: String
        var figure: String?
        var month: Month?

        init(_ query: Query) {
            let asked = query["show"] ?? ""
            show = ["open", "late", "all"].contains(asked) ? asked : "open"
            figure = query["figure"].flatMap { $0.isEmpty ? nil : $0 }
            month = query["month"].flatMap { text -> Month? in
                guard case .month(let month)? = Period(text) else { return nil }
                return month
            }
            if figure != nil { show = "all" }
        }

        func takes(_ file: ComplaintFile, _ rules: ComplaintRules, _ day: Day) -> Bool {
            if let figure { return isBehind(figure, file, rules, day) }
            switch show {
            case "open": return file.isOpen || file.next(rules) != nil
            case "late": return file.next(rules)?.state(on: day) == .overdue
            default: return true
            }
        }

        private func isBehind(
            _ figure: String, _ file: ComplaintFile, _ rules: ComplaintRules, _ day: Day
        ) -> Bool {
            if figure.hasPrefix("fault.") {
                return file.learnings.contains { learning in
                    let isOf = figure == "fault.total" || figure == "fault.\(learning.choice)"
                    return isOf
                        && (month.map { $0 == Month(containing: learning.day) }
                            ?? isOfTheYear(learning.day, day))
                }
            }
            let received = file.complaint.received
            let lines = file.lines(rules, on: day)
            let isOf = lines.contains {
                $0.id == figure || ComplaintLine($0.group, ComplaintLine.total).id == figure
            }
            return isOf
                && (month.map { $0 == Month(containing: received) } ?? isOfTheYear(received, day))
        }

        private func isOfTheYear(_ day: Day, _ today: Day) -> Bool {
            ComplaintCase.months(on: today).contains(Month(containing: day))
        }
    }

    private func complaintList(_ visit: Visit) async throws -> Answer {
        let chosen = Chosen(visit.call.query)
        let list = try await ComplaintCase(house).list(
            in: municipality.code, by: visit.actor,
            purpose: Purpose(visit.text("web.purpose.complaints"))
        ) { chosen.takes($0, $1, $2) }
        let today = house.clock.today()
        let late = list.files.count { $0.next(list.rules)?.state(on: today) == .overdue }
        let headline: String
        if let figure = chosen.figure {
            headline = visit.text(
                "views.complaints.behind", ["what": visit.figureName(figure, list.rules)])
        } else if list.files.isEmpty {
            headline = visit.text("views.complaints.none.\(chosen.show)")
        } else if late == 0 {
            headline = visit.text("views.complaints.noneLate")
        } else {
            headline = visit.text("views.complaints.headline", ["n": visit.wording.number(late)])
        }
        let acts = ["open", "late", "all"].filter { $0 != chosen.show || chosen.figure != nil }.map
        {
            (show: String) in
            Link(
                visit.text("views.complaints.show.\(show)"),
                Route.complaints(.list).link([("show", show)]))
        }
        return visit.page(
            PoolPage(
                headline: headline, lead: visit.text("views.complaints.lead"),
                acts: acts + [
                    Link(visit.text("views.complaints.overview"), ComplaintRoute.overview.path)
                ],
                parts: [.table(visit.complaintTable(list, today))]), section: .complaints)
    }

    private func complaint(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.complaintPurpose(number),
            let record = try await ComplaintCase(house).one(
                FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.complaintPage(record), section: .complaints, breadcrumb: visit.complaintsTrail)
    }
}

extension Visit {
    func complaintPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.complaint", ["number": String(number)]))
    }

    var complaintsTrail: [Link] {
        [Link(text("views.section.complaints"), ComplaintRoute.list.path)]
    }

    var mayRegisterComplaint: Bool {
        Policy.refusal(of: .registerComplaint, by: actor, in: desk.municipality.code) == nil
    }

    fileprivate func complaintTable(_ list: ComplaintList, _ today: Day) -> PoolPage.Table {
        let rows = list.files.map { file in
            DataTable.Row(
                header: text("views.complaints.number", ["number": String(file.id.number)]),
                href: ComplaintRoute.one(file.id.number).path,
                cells: [
                    .text(list.people[file.complaint.citizen]?.fullName ?? ""),
                    .text(subject(file)),
                    .text(wording.day(file.complaint.received)),
                    .text(text("term.complaintStage.\(file.stage.rawValue)")),
                    .text(
                        file.next(list.rules).map { due($0, today) }
                            ?? ending(file) ?? text("views.complaints.noClock")),
                ], isEmphasised: file.next(list.rules)?.state(on: today) == .overdue)
        }
        return PoolPage.Table(
            heading: text("views.complaints.table"),
            table: DataTable(
                id: "complaints", caption: text("views.complaints.caption"),
                columns: ["number", "who", "about", "received", "stage", "next"].map {
                    DataTable.Column(text("views.complaints.column.\($0)"))
                }, rows: rows),
            note: text(
                "views.complaints.shown",
                ["n": wording.number(list.files.count), "all": wording.number(list.total)]),
            nothing: text("views.complaints.nothing"))
    }

    /// What a complaint is about, in a word.
    func subject(_ file: ComplaintFile) -> String {
        file.subject.map { text("term.complaintSubject.\($0.rawValue)") }
            ?? text("term.complaintSubject.untold")
    }

    /// How a complaint ended; nil while it is open.
    func ending(_ file: ComplaintFile) -> String? {
        guard let day = file.complaint.decided else { return nil }
        let outcome = file.complaint.outcome.map { outcome in
            text(
                file.isAboutDecision || outcome == .withdrawn
                    ? "term.complaintOutcome.\(outcome.rawValue)"
                    : "term.complaintAnswer.\(outcome.rawValue)")
        }
        return text(
            "views.complaints.ended",
            ["day": wording.day(day), "outcome": outcome ?? text("views.complaints.noOutcome")])
    }

    /// `Overskredet: Genvurder senest 14.03.2024`
    func due(_ clock: ComplaintClock, _ today: Day) -> String {
        let what = text(
            "term.complaintClock.\(clock.kind.rawValue)", ["day": wording.day(clock.due)])
        guard clock.state(on: today) == .overdue else { return what }
        return text("views.complaints.overdue", ["what": what])
    }

    /// A clock with why it is there and how it went.
    func clockLines(
        _ file: ComplaintFile, _ rules: ComplaintRules
    ) -> [CaseListPage.Line] {
        let today = house.clock.today()
        return file.clocks(rules).map { clock in
            let state = clock.state(on: today)
            var details = [
                text(
                    "views.complaints.state.\(state.rawValue)",
                    [
                        "day": clock.done.map { wording.day($0) } ?? "",
                        "n": wording.number(abs(clock.due - (clock.done ?? today))),
                    ]),
                text("views.complaints.from", ["day": wording.day(clock.from)]),
            ]
            if let rule = clock.rule {
                details.append("\(rule.text[language]) (\(rule.law))")
                if rule.confidence == .uncertain {
                    details.append(text("views.complaints.uncertain"))
                }
            } else {
                details.append(text("views.complaints.why.\(clock.kind.rawValue)"))
            }
            return CaseListPage.Line(
                heading: text(
                    "term.complaintClock.\(clock.kind.rawValue)", ["day": wording.day(clock.due)]),
                details: details, by: "",
                links: clock.rule.map { rule in
                    [
                        Link(
                            text("views.complaints.rule"),
                            Route.rule(String(rule.id.prefix { $0 != "@" })).path)
                    ]
                } ?? [])
        }
    }

    /// A step in a word: `Kvitteret`.
    func words(_ step: ComplaintStep) -> String {
        let what = text("term.complaintStep.\(step.kind.rawValue)")
        let choice: String? =
            switch step.kind {
            case .filed: step.subject.map { text("term.complaintSubject.\($0.rawValue)") }
            case .reassessed: step.result.map { text("term.complaintResult.\($0.rawValue)") }
            case .answered: step.result.map { text("term.complaintAnswered.\($0.rawValue)") }
            case .boardDecided: step.outcome.map { text("term.boardOutcome.\($0.rawValue)") }
            default: nil
            }
        return choice.map { "\(what): \($0.lowercasedFirst)" } ?? what
    }
}

extension String {
    /// The text as it stands in the middle of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
