import Chronology
import Jobcenter
import Parameters
import Plans
import Views

extension Desk {
    func home(_ visit: Visit) async throws -> Answer {
        var standing: HomePage.Standing?
        var steps: [HomePage.Step] = []
        var asOf = house.clock.today()
        if let plan = ownPlan, let status = try await status(plan.id, visit) {
            asOf = status.asOf
            let targets = status.goals.flatMap(\.targets)
            standing = HomePage.Standing(
                good: targets.count { [.met, .onTrack].contains($0.verdict) },
                atRisk: targets.count { $0.verdict == .atRisk },
                missed: targets.count { $0.verdict == .missed },
                unknown: targets.count { [.noData, .noNumber].contains($0.verdict) })
            if visit.actor.role == .manager { steps += pressing(status, visit) }
            steps.append(HomePage.Step(.plan, href: Route.plan(plan.id).path))
        }
        steps.append(HomePage.Step(.indicators, href: Route.indicators.path))
        steps.append(HomePage.Step(.comparison, href: Route.compare.path))
        steps.append(HomePage.Step(.surveys, href: SurveyRoute.list.path))
        if visit.actor.role == .administrator {
            steps.insert(HomePage.Step(.lookups, href: Route.lookups.path), at: 0)
        }
        return visit.page(
            HomePage(
                role: Views.Role(rawValue: visit.actor.role.rawValue) ?? .analyst,
                plan: ownPlan.map { Link($0.title[visit.language], Route.plan($0.id).path) },
                standing: standing, steps: steps, asOf: asOf), section: .home)
    }

    /// Targets missed or at risk, then duties that are due, the first five.
    private func pressing(_ status: PlanStatus, _ visit: Visit) -> [HomePage.Step] {
        let plan = status.plan.id
        let targets = status.goals.flatMap(\.targets)
            .filter { [.missed, .atRisk].contains($0.verdict) }
            .map { target in
                HomePage.Step(
                    .target(
                        title: target.target.text[visit.language],
                        verdict: target.verdict == .missed ? .missed : .atRisk),
                    href: Route.target(plan: plan, target: target.target.id).path)
            }
        let duties = status.goals.flatMap { goal in
            goal.duties.filter { $0.current?.state == .due }.map { duty in
                HomePage.Step(
                    .duty(
                        title: duty.duty.text[visit.language],
                        due: duty.current?.range.end ?? status.asOf),
                    href: Route.goal(plan: plan, goal: goal.goal.id).path)
            }
        }
        return Array((targets + duties).prefix(5))
    }
}
