import Chronology
import Indicators
import Jobcenter
import Law
import Parameters
import Reporting
import Views

extension Desk {
    /// The year's complaints month by month, without names; open to everybody.
    func complaintOverview(_ visit: Visit) async throws -> Answer {
        let overview = try await ComplaintCase(house).overview(
            in: municipality.code, by: visit.actor)
        let rules = try await ComplaintCase(house).rules()
        let month = overview.months.first { visit.call.query["month"] == "\($0)" }
        let received = overview.count(.init(.subject, ComplaintLine.total), month)
        var parts: [PoolPage.Part] = [.table(visit.monthTable(overview, rules))]
        for group in ComplaintLine.Group.allCases {
            let table = visit.groupTable(group, overview, month, rules)
            if group != .channel || !table.table.rows.isEmpty { parts.append(.table(table)) }
        }
        parts.append(.lines(visit.methodOfOverview(overview, rules)))
        return visit.page(
            PoolPage(
                headline: visit.text(
                    "views.complaints.overviewHeadline",
                    [
                        "n": visit.told(received),
                        "when": month.map { visit.wording.period(.month($0)) }
                            ?? visit.text("views.complaints.lastYear"),
                    ]), lead: visit.text("views.complaints.overviewLead"),
                acts: (month == nil
                    ? []
                    : [Link(visit.text("views.complaints.year"), ComplaintRoute.overview.path)])
                    + (visit.mayReadComplaints
                        ? [Link(visit.text("views.section.complaints"), ComplaintRoute.list.path)]
                        : [])
                    + [Link(visit.text("views.adviser.overview"), AdviserRoute.overview.path)],
                parts: parts),
            section: visit.mayReadComplaints ? .complaints : nil)
    }
}

extension Visit {
    /// A count, or that it is not shown.
    func told(_ count: ComplaintCount) -> String {
        switch count {
        case .count(let n): wording.number(n)
        case .hidden: text("reporting.table.hidden")
        }
    }

    func cell(_ count: ComplaintCount) -> CellValue {
        switch count {
        case .count(let n): .number(Double(n))
        case .hidden: .hidden
        }
    }

    /// Done in time of what was due, and what is not due yet: `3 af 4, 1 er ikke forfalden`.
    fileprivate func share(
        _ group: ComplaintLine.Group, _ overview: ComplaintOverview, _ month: Month?
    ) -> String {
        guard case .count(let inTime) = overview.count(.init(group, "inTime"), month),
            case .count(let late) = overview.count(.init(group, "late"), month),
            case .count(let waiting) = overview.count(.init(group, "notDue"), month)
        else { return text("reporting.table.hidden") }
        if inTime + late + waiting == 0 { return text("views.complaints.shareNone") }
        let share = text(
            "views.complaints.share",
            ["n": wording.number(inTime), "of": wording.number(inTime + late)])
        return waiting == 0
            ? share
            : text(
                "views.complaints.shareWaiting",
                ["share": share, "n": wording.number(waiting)])
    }

    /// Month by month: how many came in, and whether the clocks were kept.
    fileprivate func monthTable(
        _ overview: ComplaintOverview, _ rules: ComplaintRules
    ) -> PoolPage.Table {
        let months: [Month?] = overview.months.reversed().map { $0 } + [nil]
        return PoolPage.Table(
            heading: text("views.complaints.monthByMonth"),
            table: DataTable(
                id: "months", caption: text("views.complaints.monthsCaption"),
                columns: [
                    DataTable.Column(text("views.complaints.column.month")),
                    DataTable.Column(text("views.complaints.column.came"), decimals: 0),
                    DataTable.Column(
                        text(
                            "views.complaints.column.acknowledged",
                            ["n": wording.number(rules.catalogue.acknowledgeWorkingDays)])),
                    DataTable.Column(text("views.complaints.column.reassessed")),
                    DataTable.Column(text("views.complaints.column.forwarded"), decimals: 0),
                ],
                rows: months.map { month in
                    let total = ComplaintLine(.subject, ComplaintLine.total)
                    return DataTable.Row(
                        header: month.map { wording.period(.month($0)) }
                            ?? text("views.complaints.all"),
                        href: Route.complaints(.overview).link([
                            ("month", month.map { "\($0)" })
                        ]),
                        cells: [
                            cell(overview.count(total, month)),
                            .text(share(.acknowledged, overview, month)),
                            .text(share(.reassessed, overview, month)),
                            cell(overview.count(.init(.board, ComplaintLine.total), month)),
                        ], isEmphasised: month == nil)
                }), note: text("views.complaints.monthsNote"))
    }

    /// The complaints behind a number, for those who may see whom they are from.
    private func behind(_ line: ComplaintLine, _ month: Month?) -> String? {
        guard mayReadComplaints else { return nil }
        return Route.complaints(.list).link([
            ("figure", line.id), ("month", month.map { "\($0)" }),
        ])
    }

    fileprivate func groupTable(
        _ group: ComplaintLine.Group, _ overview: ComplaintOverview, _ month: Month?,
        _ rules: ComplaintRules
    ) -> PoolPage.Table {
        let lines = overview.lines.filter { $0.group == group }
        let total = overview.count(.init(group, ComplaintLine.total), month)
        return PoolPage.Table(
            heading: text("views.complaints.group.\(group.rawValue)"),
            table: DataTable(
                id: group.rawValue,
                caption: text(
                    "views.complaints.groupCaption",
                    [
                        "what": text("views.complaints.group.\(group.rawValue)"),
                        "when": month.map { wording.period(.month($0)) }
                            ?? text("views.complaints.lastYear"),
                    ]),
                columns: [
                    DataTable.Column(text("views.complaints.column.what")),
                    DataTable.Column(text("views.complaints.column.count"), decimals: 0),
                ],
                rows: total == .count(0)
                    ? []
                    : lines.map { line in
                        DataTable.Row(
                            header: name(line, rules), href: behind(line, month),
                            cells: [cell(overview.count(line, month))],
                            isEmphasised: line.choice == ComplaintLine.total)
                    }),
            note: text("views.complaints.groupNote.\(group.rawValue)"),
            nothing: text("views.complaints.groupNothing"))
    }

    fileprivate func name(_ line: ComplaintLine, _ rules: ComplaintRules) -> String {
        if line.choice == ComplaintLine.total { return text("views.complaints.total") }
        switch line.group {
        case .subject: return text("term.complaintSubject.\(line.choice)")
        case .channel: return text("term.complaintChannel.\(line.choice)")
        case .acknowledged, .reassessed: return text("views.complaints.timing.\(line.choice)")
        case .result: return text("views.complaints.resultLine.\(line.choice)")
        case .board:
            return line.choice == "waiting"
                ? text("views.complaints.boardWaiting") : text("term.boardOutcome.\(line.choice)")
        case .fault: return rules.catalogue.fault(line.choice)?.name[language] ?? line.choice
        }
    }

    /// What a number of the overview is about: `Emne: en afgørelse`.
    func figureName(_ figure: String, _ rules: ComplaintRules) -> String {
        let parts = figure.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let group = ComplaintLine.Group(rawValue: parts[0]) else {
            return text("views.complaints.total").lowercasedFirst
        }
        let line = ComplaintLine(group, parts[1])
        let known =
            ComplaintOverview.isKnown(line) || rules.catalogue.fault(line.choice) != nil
        let choice = known ? name(line, rules) : text("views.complaints.total")
        return "\(text("views.complaints.group.\(group.rawValue)")), \(choice.lowercasedFirst)"
    }

    fileprivate func methodOfOverview(
        _ overview: ComplaintOverview, _ rules: ComplaintRules
    ) -> CaseListPage.Section {
        var details = [
            text("views.complaints.method1"),
            text(
                "views.complaints.method2",
                ["n": wording.number(rules.catalogue.acknowledgeWorkingDays)]),
            text("views.complaints.method3"), text("views.complaints.method4"),
        ]
        if let changes = overview.changes, changes.decided > 0 {
            details.insert(
                text(
                    "views.complaints.changes",
                    [
                        "made": wording.number(changes.made),
                        "decided": wording.number(changes.decided),
                    ]), at: 0)
        }
        if hidesBelow != nil {
            details.append(
                text("views.complaints.hides", ["k": wording.number(house.suppression.k)]))
        }
        return CaseListPage.Section(
            heading: text("views.complaints.method"),
            lines: [
                .init(heading: text("views.complaints.methodLine"), details: details, by: "")
            ], forms: [])
    }
}
