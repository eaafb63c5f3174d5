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
        let statutes = try await LawCase(house).statutes()
        var areas: [(area: RuleArea, rows: [RuleBookPage.Row])] = []
        for duty in statutes.rules.duties {
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
                } + [visit.changes(statutes.rules, on: day, beside: other)]
                    + visit.conditions(statutes.entitlements, on: day, beside: other)
                    + [visit.limits(statutes.limits, on: day, beside: other)],
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
        if let change = book.continuation(id) { return page(of: change, visit) }
        guard let duty = book.duties.first(where: { $0.id == id }) else {
            return visit.error(.notFound)
        }
        let today = house.clock.today()
        return visit.page(
            RulePage(
                name: duty.name[visit.language], area: visit.text("law.area.\(duty.area)"),
                versions: duty.versions.reversed().map { rule in
                    RuleVersion(
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

extension Desk {
    /// A change of benefit that does not begin a new period.
    private func page(of change: Continuation, _ visit: Visit) -> Answer {
        visit.page(
            RulePage(
                name: change.name[visit.language],
                area: visit.text("law.rules.continuations"),
                versions: [
                    RuleVersion(
                        dates: visit.dates(change.basis),
                        text: change.basis.text[visit.language], law: change.basis.law,
                        source: change.basis.source,
                        confidence: visit.text("law.confidence.\(change.basis.confidence)"),
                        owedBy: nil, marks: visit.lawTexts.marks(change),
                        isInForce: change.basis.isInForce(on: house.clock.today()))
                ]), section: .law,
            breadcrumb: visit.lawTrail)
    }
}

extension Visit {
    /// The way here from the rule book.
    var lawTrail: [Link] { [Link(text("views.section.law"), Route.law.path)] }

    var lawTexts: LawTexts { LawTexts(house.texts, language) }

    /// A rule's sentence, its act, and its marks.
    func sentence(_ rule: Rule) -> String { lawTexts.sentence(rule) }

    /// The changes of benefit that do not begin a new period, on a day and on another.
    fileprivate func changes(
        _ book: RuleBook, on day: Day, beside other: Day?
    ) -> RuleBookPage.Area {
        RuleBookPage.Area(
            title: text("law.rules.continuations"),
            rows: book.continuations.compactMap { change in
                let isNow = change.basis.isInForce(on: day)
                let isBeside = other.map { change.basis.isInForce(on: $0) } ?? false
                guard isNow || isBeside else { return nil }
                let sentence = lawTexts.sentence(change)
                return RuleBookPage.Row(
                    name: change.name[language], href: Route.rule(change.id).path,
                    text: isNow ? sentence : nil, beside: isBeside ? sentence : nil)
            })
    }

    /// The conditions in force on a day, and on another, by area.
    fileprivate func conditions(
        _ book: EntitlementBook, on day: Day, beside other: Day?
    ) -> [RuleBookPage.Area] {
        RuleArea.allCases.map { area in
            RuleBookPage.Area(
                title: text("views.law.conditions", ["area": text("law.area.\(area)")]),
                rows: book.entitlements.filter { $0.area == area }.compactMap { entitlement in
                    let now = entitlement.version(on: day)
                    let beside = other.flatMap { entitlement.version(on: $0) }
                    if now == nil && beside == nil { return nil }
                    return RuleBookPage.Row(
                        name: entitlement.name[language],
                        href: Route.entitlement(entitlement.id).path,
                        text: now.map { lawTexts.sentence($0) },
                        beside: beside.map { lawTexts.sentence($0) })
                })
        }
    }

    /// The limits in force on a day, and on another.
    fileprivate func limits(
        _ limits: Limits, on day: Day, beside other: Day?
    ) -> RuleBookPage.Area {
        RuleBookPage.Area(
            title: text("views.law.limits"),
            rows: limits.series.compactMap { series in
                let now = series.entries.first { $0.isInForce(on: day) }
                let beside = other.flatMap { day in
                    series.entries.first { $0.isInForce(on: day) }
                }
                if now == nil && beside == nil { return nil }
                return RuleBookPage.Row(
                    name: lawTexts.name(series), href: Route.allowed.path,
                    text: now.map { lawTexts.sentence($0) },
                    beside: beside.map { lawTexts.sentence($0) })
            })
    }

    func dates(_ rule: some Dated) -> String {
        guard let end = rule.validTo else {
            return text("law.rules.since", ["from": wording.day(rule.validFrom)])
        }
        return text(
            "law.rules.fromTo",
            ["from": wording.day(rule.validFrom), "to": wording.day(end)])
    }
}
