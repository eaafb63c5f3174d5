import Chronology
import Indicators
import Jobcenter
import Parameters
import Plans
import Reporting
import Views

extension Desk {
    /// The plan of the home municipality that runs latest.
    var ownPlan: EmploymentPlan? {
        house.plans.filter { $0.municipality == municipality.code }
            .max { $0.period.end < $1.period.end }
    }

    func plan(_ id: String, _ visit: Visit) async throws -> Answer {
        guard let plan = PlanFollowUp(house).plan(id) else { return visit.error(.notFound) }
        let (key, version) = try await edition(of: plan, visit)
        let reader = PlanPageCache.Reader(
            language: visit.language, mayReadSmallCounts: visit.mayReadSmallCounts,
            days: visit.dayQuery.map { $0.1 ?? "" })
        if let kept = await pageCache.page(key, reader, version: version) {
            return visit.page(kept, section: .plan)
        }
        let status = try await status(of: plan, key, version, visit)
        let page = WrittenPage(page(status, visit), visit.wording)
        await pageCache.keep(page, key, reader, version: version)
        return visit.page(page, section: .plan)
    }

    func page(_ status: PlanStatus, _ visit: Visit) -> PlanPage {
        let plan = status.plan
        let others = house.plans.filter { $0.id != plan.id }.map {
            Link($0.title[visit.language], Route.plan($0.id).path)
        }
        return PlanPage(
            name: plan.title[visit.language], asOf: status.asOf,
            lastMonth: lastMonth(status), goals: status.goals.map { goal(of: plan, $0, visit) },
            downloads: [
                Link(
                    visit.text("web.plan.downloadCSV"),
                    Route.planStatus(plan.id, .csv).link(visit.dayQuery)),
                Link(
                    visit.text("web.plan.downloadJSON"),
                    Route.planStatus(plan.id, .json).link(visit.dayQuery)),
            ],
            day: PlanPage.DayForm(
                action: Route.plan(plan.id).path, asOf: status.asOf,
                knownAt: visit.call.query["known"].flatMap { Day(iso: $0) ?? Day(danish: $0) }),
            otherViews: earlierDays(plan, status.asOf, visit) + others)
    }

    private func goal(of plan: EmploymentPlan, _ goal: GoalStatus, _ visit: Visit) -> PlanPage.Goal
    {
        PlanPage.Goal(
            issuer: Views.Issuer(rawValue: goal.goal.issuer.rawValue) ?? .local,
            number: String(goal.goal.number), title: goal.goal.text[visit.language],
            href: Route.goal(plan: plan.id, goal: goal.goal.id).link(visit.dayQuery),
            targets: goal.targets.map { visit.row($0, plan: plan.id) },
            effortCount: goal.efforts.count, dutyCount: goal.duties.count)
    }

    /// The plan as it stood at the ends of its quarters, before the day shown.
    private func earlierDays(_ plan: EmploymentPlan, _ asOf: Day, _ visit: Visit) -> [Link] {
        let first = plan.period.start.month.quarter
        return (0..<8).map { first + $0 }.map(\.range.end)
            .filter { $0 <= plan.period.end && $0 != asOf }
            .map { day in
                Link(
                    visit.text("web.plan.dayBefore", ["day": day.danish]),
                    Route.plan(plan.id).link([("asof", day.iso)]))
            }
    }

    private func lastMonth(_ status: PlanStatus) -> Month? {
        status.goals.flatMap(\.targets).flatMap(\.series).compactMap { point in
            point.value == nil ? nil : point.period.months.last
        }.max()
    }

    /// The plan's status for the visit's days; nil where there is no such plan.
    func status(_ id: String, _ visit: Visit) async throws -> PlanStatus? {
        guard let plan = PlanFollowUp(house).plan(id) else { return nil }
        let (key, version) = try await edition(of: plan, visit)
        return try await status(of: plan, key, version, visit)
    }

    /// What the visit asks about, and the ledger's number that an answer must know.
    private func edition(
        of plan: EmploymentPlan, _ visit: Visit
    ) async throws -> (key: PlanPageCache.Key, version: Int64) {
        let (asOf, knownAt) = try visit.days()
        let version = try await pageCache.version(of: plan, PlanFollowUp(house))
        return (PlanPageCache.Key(plan: plan.id, asOf: asOf, knownAt: knownAt), version)
    }

    private func status(
        of plan: EmploymentPlan, _ key: PlanPageCache.Key, _ version: Int64, _ visit: Visit
    ) async throws -> PlanStatus {
        if let kept = await pageCache.status(key, version: version) { return kept }
        let status = try await PlanFollowUp(house).status(
            of: plan, asOf: key.asOf, knownAt: key.knownAt, by: visit.actor)
        await pageCache.keep(status, key, version: version)
        return status
    }

    func goal(_ planID: String, _ goalID: String, _ visit: Visit) async throws -> Answer {
        guard let status = try await status(planID, visit),
            let goal = status.goals.first(where: { $0.goal.id == goalID })
        else { return visit.error(.notFound) }
        let page = GoalPage(
            issuer: Views.Issuer(rawValue: goal.goal.issuer.rawValue) ?? .local,
            number: String(goal.goal.number), name: goal.goal.text[visit.language],
            text: "",
            targets: goal.targets.map { visit.row($0, plan: planID) },
            duties: goal.duties.map(visit.duty),
            focusAreas: goal.focusAreas.map { $0.text[visit.language] },
            efforts: goal.efforts.map { visit.effort($0, status.plan) })
        return visit.page(
            page, section: .plan, breadcrumb: [planLink(status.plan, visit)])
    }

    func target(_ planID: String, _ targetID: String, _ visit: Visit) async throws -> Answer {
        guard let status = try await status(planID, visit),
            let goal = status.goals.first(where: { goal in
                goal.targets.contains { $0.target.id == targetID }
            }), let target = goal.targets.first(where: { $0.target.id == targetID })
        else { return visit.error(.notFound) }
        let goalLink = Link(
            goal.goal.text[visit.language],
            Route.goal(plan: planID, goal: goal.goal.id).link(visit.dayQuery))
        var page = TargetPage(
            row: visit.row(target, plan: planID),
            explanation: visit.explanation(target), course: visit.course(target),
            parts: target.parts.map { visit.row($0, plan: planID) }, goal: goalLink,
            definition: visit.definition(target.target.indicator))
        if let indicator = target.target.indicator, let measured = target.measured {
            if measured.source == .register {
                page.who = visit.who(indicator, target.target.filter, measured.period)
            }
            if let published = target.target.published {
                page.elsewhere = try await visit.publishedAreas(
                    published.table, published.measure, measured.period, unit: measured.unit,
                    own: status.plan.municipality, knownAt: try visit.days().knownAt)
            }
        }
        return visit.page(
            page, section: .plan, breadcrumb: [planLink(status.plan, visit), goalLink])
    }

    private func planLink(_ plan: EmploymentPlan, _ visit: Visit) -> Link {
        Link(plan.title[visit.language], Route.plan(plan.id).link(visit.dayQuery))
    }

    func planStatus(
        _ id: String, _ format: Route.FileFormat, _ visit: Visit
    ) async throws -> Answer {
        guard let status = try await status(id, visit) else { return visit.error(.notFound) }
        let shown = PlanStatusReport(status, visit.language, hidesBelow: visit.hidesBelow)
        switch format {
        case .json:
            return Answer(
                contentType: "application/json; charset=utf-8", body: try shown.json(),
                fileName: "\(id).json")
        case .csv:
            let table = shown.table(visit.wording, visit.planTexts)
            return Answer(
                contentType: "text/csv; charset=utf-8",
                body: CSVWriter.danish.bytes(table, visit.wording), fileName: "\(id).csv")
        }
    }
}
