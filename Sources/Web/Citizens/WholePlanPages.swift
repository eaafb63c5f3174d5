import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The plan across employment, social and health efforts: who does what and in which
    /// order, with the consent it rests on.
    func wholePlan(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.wholePlan.what") { file, purpose in
            visit.page(
                visit.wholePlan(file), section: .citizens,
                breadcrumb: visit.trail(to: file, purpose))
        }
    }
}

/// The records that make the plan.
private enum WholePlan {
    static let consent = "whole-plan-consent"
    static let coordinator = "whole-plan-coordinator"
    static let action = "whole-plan-action"
    static let meeting = "whole-plan-meeting"
    static let all = [consent, coordinator, action, meeting]
}

extension Visit {
    /// Nothing of other parts' efforts is shown without the citizen's consent.
    func wholePlan(_ file: CitizenFile) -> CaseListPage {
        let today = house.clock.today()
        let hasConsent = file.records.contains {
            $0.record == WholePlan.consent && $0.holds(on: today)
        }
        let own = file.registrations.compactMap { note -> CaseListPage.Line? in
            guard case .planItem(let item) = note.fact, item.progress == .open else { return nil }
            return CaseListPage.Line(
                heading: text("term.planPart.\(item.part.rawValue)"), details: [item.text],
                by: item.due.map { text("views.myPlan.due", ["day": wording.day($0)]) } ?? "")
        }
        let warned = file.records.filter { WholePlan.all.contains($0.record) }
        return CaseListPage(
            headline: text("views.wholePlan.headline", ["name": file.citizen.fullName]),
            lead: text(hasConsent ? "views.wholePlan.lead" : "views.wholePlan.noConsent"),
            warnings: hasConsent ? records.warnings(warned, on: today).map { words($0) } : [],
            sections: [section("consent", WholePlan.consent, file)]
                + (hasConsent
                    ? [
                        section("coordinator", WholePlan.coordinator, file),
                        section("actions", WholePlan.action, file),
                        section("meetings", WholePlan.meeting, file),
                    ] : []) + [
                    CaseListPage.Section(
                        heading: text("views.wholePlan.own"), lines: own, forms: [],
                        nothing: text("views.myPlan.nothing"))
                ], printed: printedLink(file.citizen.id.number, .wholePlan))
    }

    /// What stands of a kind, in the order it begins.
    private func section(
        _ key: String, _ kind: String, _ file: CitizenFile
    ) -> CaseListPage.Section {
        let today = house.clock.today()
        let asked = [("purpose", statedPurpose?.text)]
        let lines = file.registrations.reversed().compactMap { note -> CaseListPage.Line? in
            guard case .caseRecord(let record) = note.fact, record.record == kind,
                record.end ?? .openEnd >= today || !(records[kind]?.lasts ?? false)
            else { return nil }
            return line(note, record, today, mayRegister ? asked : nil)
        }
        let form = Link(
            records[kind]?.name[language] ?? kind,
            Route.citizenForm(file.citizen.id.number, .record).link(asked + [("id", kind)]))
        return CaseListPage.Section(
            heading: text("views.wholePlan.\(key)"), lines: lines,
            forms: mayRegister ? [form] : [], nothing: text("views.wholePlan.nothing"))
    }
}
