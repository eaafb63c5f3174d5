import Chronology
import Jobcenter
import Law
import Parameters
import Reporting
import Views

extension Desk {
    /// How the municipality handles cases of repatriation, open to everybody (the act's
    /// § 6 b asks for a public description). The rules are those in force today.
    func repatriation(_ visit: Visit) async throws -> Answer {
        let today = house.clock.today()
        let book = try await LawCase(house).statutes()
        let language = visit.language
        func line(
            _ name: Localized, _ text: Localized, _ law: String, _ confidence: RuleConfidence
        ) -> CaseListPage.Line {
            let mark = confidence == .uncertain ? " " + visit.text("law.rules.mark") : ""
            return CaseListPage.Line(
                heading: name[language], details: [text[language]], by: law + mark)
        }
        let duties = book.rules.duties.filter { $0.area == .repatriation }.compactMap { duty in
            duty.versions.first { $0.isWritten(for: today) && !$0.isProposed && !$0.isSwitchedOff }
                .map { line(duty.name, $0.text, $0.law, $0.confidence) }
        }
        let rights = ["repatriation-aid", "reintegration-benefit"].compactMap { id in
            book.entitlements[id].flatMap { right in
                right.version(on: today).map {
                    line(right.name, $0.basis.text, $0.basis.law, $0.basis.confidence)
                }
            }
        }
        let year = today.year
        return visit.page(
            CaseListPage(
                headline: visit.text("views.repatriation.headline"),
                lead: visit.text(
                    "views.repatriation.lead", ["year": String(year), "next": String(year + 1)]),
                sections: [
                    CaseListPage.Section(
                        heading: visit.text("views.repatriation.steps"),
                        lines: (1...7).map { step in
                            CaseListPage.Line(
                                heading: visit.text("views.repatriation.step\(step).name"),
                                details: [visit.text("views.repatriation.step\(step).text")],
                                by: visit.text("views.repatriation.step\(step).law"))
                        }, forms: []),
                    CaseListPage.Section(
                        heading: visit.text("views.repatriation.rights"), lines: rights, forms: []),
                    CaseListPage.Section(
                        heading: visit.text("views.repatriation.duties"), lines: duties, forms: []),
                ]))
    }
}
