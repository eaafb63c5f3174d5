import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    /// The rule book on a day, and beside another day.
    func ruleBook(_ visit: Visit) async throws -> Answer {
        var fields = FieldReader(visit.call.query)
        let day = fields.day("on") ?? house.clock.today()
        let other = fields.day("beside")
        try fields.check()
        let book = try await LawCase(house).rules().book
        var areas: [(area: RuleArea, rows: [RuleBookPage.Row])] = []
        for duty in book.duties {
            let (now, beside) = (
                duty.version(on: day), other.flatMap { duty.version(on: $0) }
            )
            if now == nil && beside == nil { continue }
            let row = RuleBookPage.Row(
                name: duty.name[visit.language], href: Route.rule(duty.id).path,
                text: now.map(visit.sentence), beside: beside.map(visit.sentence))
            if let index = areas.firstIndex(where: { $0.area == duty.area }) {
                areas[index].rows.append(row)
            } else {
                areas.append((duty.area, [row]))
            }
        }
        return visit.page(
            RuleBookPage(
                day: day, other: other,
                areas: areas.map {
                    RuleBookPage.Area(title: visit.text("law.area.\($0.area)"), rows: $0.rows)
                },
                action: Route.law.path,
                links: [
                    Link(
                        visit.text("views.law.whatIfLink"),
                        Route.whatIf.link([("from", day.iso), ("to", other?.iso)])),
                    Link(
                        visit.text("views.law.portfolioLink"),
                        Route.portfolios.link([("on", day.iso)])),
                    Link(visit.text("views.allowed.link"), Route.allowed.path),
                ]), section: .law)
    }

    /// One duty with every version of it.
    func rule(_ id: String, _ visit: Visit) async throws -> Answer {
        let book = try await LawCase(house).rules().book
        guard let duty = book.duties.first(where: { $0.id == id }) else {
            return visit.error(.notFound)
        }
        let today = house.clock.today()
        return visit.page(
            RulePage(
                name: duty.name[visit.language], area: visit.text("law.area.\(duty.area)"),
                versions: duty.versions.reversed().map { rule in
                    RulePage.Version(
                        dates: visit.dates(rule), text: rule.text[visit.language], law: rule.law,
                        source: rule.source,
                        confidence: visit.text("law.confidence.\(rule.confidence)"),
                        owedBy: visit.text("law.debtor.\(rule.owedBy)")
                            + (rule.isRight ? " (\(visit.text("law.rules.right")))" : ""),
                        marks: visit.lawTexts.marks(rule),
                        isInForce: rule.isInForce(on: today))
                }), section: .law,
            breadcrumb: visit.lawTrail)
    }
}

extension Visit {
    /// The way here from the rule book.
    var lawTrail: [Link] { [Link(text("views.section.law"), Route.law.path)] }

    var lawTexts: LawTexts { LawTexts(house.texts, language) }

    /// A rule's sentence, its act, and its marks.
    func sentence(_ rule: Rule) -> String { lawTexts.sentence(rule) }

    func dates(_ rule: Rule) -> String {
        guard let end = rule.validTo else {
            return text("law.rules.since", ["from": wording.day(rule.validFrom)])
        }
        return text(
            "law.rules.fromTo",
            ["from": wording.day(rule.validFrom), "to": wording.day(end)])
    }
}
