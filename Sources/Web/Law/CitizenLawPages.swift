import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    /// What is owed to one citizen, and why; first the question what for.
    func citizenLaw(_ number: Int64, _ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        var fields = FieldReader(visit.call.query)
        let day = fields.day("on") ?? house.clock.today()
        try fields.check()
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.citizenLaw.what"), section: .law, breadcrumb: visit.lawTrail,
                back: Route.law.path)
        }
        guard
            let found = try await LawCase(house).obligations(
                to: CitizenID(number), on: day, of: municipality.code, by: visit.actor,
                purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            CitizenLawPage(
                name: found.citizen.fullName,
                cpr: found.citizen.cpr, day: day, purpose: purpose.text,
                lookupNumber: Int(found.lookup),
                owed: found.obligations.map { visit.owed($0, found) },
                action: Route.citizenLaw(number).path), section: .law, breadcrumb: visit.lawTrail)
    }

    /// How the duties towards whole groups stand.
    func portfolios(_ visit: Visit) async throws -> Answer {
        var fields = FieldReader(visit.call.query)
        let day = fields.day("on") ?? house.clock.today()
        let rules = fields.day("rules")
        try fields.check()
        let found = try await LawCase(house).portfolios(
            on: day, rules: rules, of: municipality.code, by: visit.actor)
        return visit.page(
            PortfoliosPage(
                day: day, rules: rules,
                portfolios: found.map { portfolio, status in
                    PortfoliosPage.Portfolio(
                        name: portfolio.name[visit.language],
                        text: "\(portfolio.basis.text[visit.language]) (\(portfolio.basis.law))",
                        citizens: status.population.count, exempt: status.exempt.count,
                        served: status.served, required: status.required,
                        percent: status.percent, needed: status.needed, room: status.room)
                }, action: Route.portfolios.path), section: .law,
            breadcrumb: visit.lawTrail)
    }
}

extension Visit {
    func owed(
        _ owed: CitizenObligations.Owed, _ found: CitizenObligations
    ) -> CitizenLawPage.Owed {
        let stage = CitizenLawPage.Stage(owed.obligation.status)
        let isUnknown = stage != .closed && !RegisteredFacts.canTell(owed.rule)
        return CitizenLawPage.Owed(
            duty: owed.duty.name[language], href: Route.rule(owed.duty.id).path,
            due: owed.obligation.due,
            status: text(
                isUnknown
                    ? "views.citizenLaw.notRegistered" : "law.status.\(owed.obligation.status)"),
            stage: isUnknown ? .unknown : stage,
            text: lawTexts.sentence(owed.obligation, in: found.book),
            owedBy: text("law.debtor.\(owed.rule.owedBy)"),
            because: lawTexts.sentences(
                owed.because, owed.obligation, owed.rule, found.cases, found.person))
    }
}

extension CitizenLawPage.Stage {
    fileprivate init(_ status: ObligationStatus) {
        switch status {
        case .overdue: self = .overdue
        case .due: self = .due
        case .notYetDue: self = .waiting
        case .fulfilled, .fulfilledLate, .exempt, .lapsed: self = .closed
        }
    }
}
