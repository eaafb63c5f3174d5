import Chronology
import Effects
import Jobcenter
import Parameters
import Reporting
import Views

extension Desk {
    /// The protocols, each with its question.
    func effectList(_ visit: Visit) async throws -> Answer {
        visit.page(
            EffectListPage(
                rows: EffectsCase(house).protocols.map { trial in
                    EffectListPage.Row(
                        Link(trial.name[visit.language], Route.effect(trial.id).path),
                        question: trial.question[visit.language])
                }), section: .effects)
    }

    /// The answer to one protocol on the day of the address.
    func effect(_ id: String, _ visit: Visit) async throws -> Answer {
        let cases = EffectsCase(house)
        guard let trial = cases.protocols.first(where: { $0.id == id }) else {
            return visit.error(.notFound)
        }
        let (asOf, _) = try visit.days()
        let shown = try await cases.answer(
            trial, of: municipality.code, asOf: asOf, by: visit.actor)
        return visit.page(
            EffectPage(report: TrialReport(shown, visit.wording)), section: .effects,
            breadcrumb: [Link(visit.text("effects.title"), Route.effects.path)])
    }
}
