import Chronology
import Jobcenter
import Law
import Parameters
import Reporting
import Views

extension Desk {
    /// One question about what somebody can have. Nothing is kept, and nothing about a
    /// person is looked up.
    func entitlement(_ id: String, _ visit: Visit) async throws -> Answer {
        let book = try await LawCase(house).statutes().entitlements
        guard let entitlement = book[id] else { return visit.error(.notFound) }
        var days = FieldReader(visit.call.query)
        let today = house.clock.today()
        let day = days.day("on") ?? today
        try days.check()
        let isAsked = visit.call.query["ask"] != nil
        var (told, wrong): ([String: FactValue], Set<String>) = ([:], [])
        for fact in entitlement.facts {
            guard let text = visit.call.query[fact.id] else { continue }
            told[fact.id] = FactValue(typed: text, fact.kind)
            if told[fact.id] == nil { wrong.insert(fact.id) }
        }
        let isIfAdopted = visit.call.query["proposed"] != nil
        let question = EntitlementQuestion(
            entitlement, on: day, facts: told, ifAdopted: isIfAdopted)
        if isAsked { wrong.formUnion(question.missing.map(\.id)) }
        return visit.page(
            EntitlementPage(
                question: entitlement.question[visit.language], day: day,
                isIfAdopted: entitlement.isProposedChanged ? isIfAdopted : nil,
                fields: entitlement.facts.map { visit.field($0, isWrong: wrong.contains($0.id)) },
                outcome: isAsked && wrong.isEmpty
                    ? visit.outcome(question.answer(), of: "entitlement") : nil,
                versions: entitlement.versions.reversed().map { visit.version($0, on: today) },
                action: Route.entitlement(id).path),
            section: .law,
            breadcrumb: visit.lawTrail + [
                Link(visit.text("views.allowed.headline"), Route.allowed.path)
            ], status: wrong.isEmpty ? 200 : 400)
    }
}

extension FactValue {
    /// What a field of a form tells: a tick is `1`, and a day may be written as Danes do.
    fileprivate init?(typed text: String, _ kind: AskedFact.Kind) {
        switch kind {
        case .truth: self = .truth(true)
        case .day:
            guard let day = Day(iso: text) ?? Day(danish: text) else { return nil }
            self = .day(day)
        default: self.init(text, kind)
        }
    }
}

extension Visit {
    fileprivate func field(_ fact: AskedFact, isWrong: Bool) -> EntitlementPage.Field {
        let typed = call.query[fact.id] ?? ""
        let (kind, problem): (EntitlementPage.Field.Kind, String) =
            switch fact.kind {
            case .truth: (.tick(!typed.isEmpty), "")
            case .number(let unit):
                (.number(typed, unit: lawTexts.unit(unit)), "views.entitlement.needsNumber")
            case .day: (.day(typed), "views.entitlement.needsDay")
            case .word(let list):
                (
                    .choice(
                        [Choice(value: "", label: text("views.entitlement.choose"))]
                            + list.words.map {
                                Choice(
                                    value: $0, label: text("term.\(list.rawValue).\($0)"),
                                    isSelected: typed == $0)
                            }), "views.entitlement.needsChoice"
                )
            }
        return EntitlementPage.Field(
            name: fact.id, label: fact.name[language], kind: kind,
            problem: isWrong ? text(problem) : nil)
    }

    fileprivate func version(_ version: Entitlement.Version, on today: Day) -> RuleVersion {
        RuleVersion(
            dates: dates(version.basis), text: version.basis.text[language], law: version.basis.law,
            source: version.basis.source,
            confidence: text("law.confidence.\(version.basis.confidence)"), owedBy: nil,
            marks: lawTexts.marks(version),
            isInForce: !version.isProposed && version.basis.isInForce(on: today))
    }
}
