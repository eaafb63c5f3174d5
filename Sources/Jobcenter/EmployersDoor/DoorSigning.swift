import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Agreements, what the law allows, and events: what a company does besides its orders.
extension DoorCase {
    /// One agreement of the company's, as its signer sees it; the look at the citizen is
    /// logged. Nil for another's.
    public func agreement(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> SigningPage? {
        let company = try Self.company(actor, in: municipality)
        let standing = try await house.engine.read {
            try StoreReader($0).standing(id, of: municipality)
        }
        guard let standing, standing.agreement.company == company,
            let signer = standing.current.first(where: { $0.party == .employer })
        else { return nil }
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: { .readReferred(company, $0) })
        return try await AgreementCase(house).file(id, municipality, reading).map {
            SigningPage(file: $0, signer: signer)
        }
    }

    /// Signs for the company. `digest` is that of the text that was shown: where it was changed
    /// meanwhile, nothing is signed. Throws `FieldProblems`, and `EffortRefusal` where the law
    /// has come to forbid it.
    public func sign(
        _ id: FactID, shown digest: String, name: String, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        try await AgreementCase(house).sign(
            id, for: try Self.company(actor, in: municipality), shown: digest, name: name,
            in: municipality, by: actor, purpose: try Self.stated())
    }

    /// Says no for the company, in its own words.
    public func refuse(
        _ id: FactID, shown digest: String, words: String, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        try await AgreementCase(house).refuse(
            id, for: try Self.company(actor, in: municipality), shown: digest, words: words,
            in: municipality, by: actor, purpose: try Self.stated())
    }

    /// What the law says of an offer at one of the company's workplaces. Nothing is kept.
    public func limits(
        _ asked: LimitsAsked, stated: EmployeeStatement? = nil,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> EmployerLimits {
        let company = try Self.company(actor, in: municipality)
        let owner = try await house.engine.read {
            try StoreReader($0).company(ofUnit: asked.unit, in: municipality)
        }
        guard owner == company else { throw FieldProblems([.init("unit", "choice")]) }
        return try await CompanyCase(house).reckoned(asked, stated, in: municipality)
    }

    /// Registers what the company states of its employees' hours.
    public func register(
        _ statement: EmployeeStatement, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let company = try Self.company(actor, in: municipality)
        let owner = try await house.engine.read {
            try StoreReader($0).company(ofUnit: statement.unit, in: municipality)
        }
        guard owner == company else { throw FieldProblems([.init("unit", "choice")]) }
        return try await CompanyCase(house).register(
            statement, about: company, in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwnCompany(company))
    }

    /// Signs the company up for an event, with one of its open orders or without. Throws
    /// `FieldProblems` for an event that is over or takes no companies, and where the company
    /// has that stand already.
    public func signUp(
        for event: FactID, with order: FactID?, seats: Int, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, company in
            let summary = try writer.summary(ofEvent: event)
            if summary.event.last < writer.today {
                throw FieldProblems([.init("event", "eventOver")])
            }
            guard summary.event.kind.isForCompanies else {
                throw FieldProblems([.init("event", "choice")])
            }
            if let order { _ = try writer.order(order, of: company) }
            if summary.stands.contains(where: { $0.company == company && $0.order == order }) {
                throw FieldProblems([.init("order", "signedUp")])
            }
            return try writer.put(
                EventStand(
                    id: FactID(0), event: event, title: "", company: company, order: order,
                    seats: seats), correcting: nil, in: summary)
        }
    }
}
