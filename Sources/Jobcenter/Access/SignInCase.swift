import Chronology
import Exchange
import Identifiers
import Parameters
import Registry
import Storage

/// What the roles of the municipality's provider mean here.
public struct SignInRoles: Hashable, Sendable {
    /// What a value of the provider's claim gives.
    public struct Grant: Hashable, Sendable {
        public var value: String
        public var role: Role

        public init(value: String, role: Role) {
            self.value = value
            self.role = role
        }
    }

    /// In the order in which they are tried for one who has several.
    public let grants: [Grant]
    /// The member of staff whom the provider calls so.
    public let staff: [String: FactID]

    /// Grants of other roles than `all` are left out.
    public init(grants: [Grant] = [], staff: [String: FactID] = [:]) {
        self.grants = grants.filter { Self.all.contains($0.role) }
        self.staff = staff
    }

    /// The roles of those who work at the jobcenter. No provider can make anybody the program
    /// itself, or a citizen.
    public static let all: [Role] = [
        .manager, .caseworker, .companyConsultant, .qualityConsultant, .citizensAdviser, .analyst,
        .administrator,
    ]
}

/// Finds who somebody is here, of whom a provider has said who that is elsewhere.
public struct SignInCase: Sendable {
    /// Who comes in, or why nobody does.
    public enum Outcome: Hashable, Sendable {
        case actor(Actor)
        /// The cases that the person sees as a citizen, at least one: the own one first.
        case citizen([Actor])
        /// The municipality's provider gives the person no role that is known here.
        case noRole
        /// The person has a role that needs a member of staff, who does not work here today.
        case notEmployed
        /// Neither a citizen nor a company that the municipality has anything about. It is not
        /// told which, so that nobody can find out who is known here.
        case unknown
        /// The provider has not said what it takes to know who somebody is.
        case incomplete
    }

    private let house: House
    private let roles: SignInRoles

    public init(_ house: House, roles: SignInRoles) {
        self.house = house
        self.roles = roles
    }

    /// Finds the actor. A citizen's sign-in is entered in the look-up log, because it is a look
    /// at the first of the cases.
    public func actor(
        for person: ProvenPerson, in municipality: MunicipalityCode
    ) async throws -> Outcome {
        switch person.way {
        case .staff: try await staff(person, municipality)
        case .citizen:
            // Who signs in for a company is there for the company, also where the login tells
            // who that is.
            if let cvr = person.cvr {
                try await employer(person, cvr, municipality)
            } else if let cpr = person.cpr {
                try await citizen(cpr, municipality)
            } else {
                .incomplete
            }
        }
    }

    private func staff(
        _ person: ProvenPerson, _ municipality: MunicipalityCode
    ) async throws -> Outcome {
        guard let name = person.name, let called = person.person else { return .incomplete }
        guard let role = roles.grants.first(where: { person.roles.contains($0.value) })?.role
        else { return .noRole }
        let number = roles.staff[called]
        if let number {
            let today = house.clock.today()
            let employed = try await house.engine.read {
                try StoreReader($0).staff(of: municipality, on: today)
            }
            guard employed.contains(where: { $0.id == number }) else { return .notEmployed }
        }
        // Two may have one name, and the ledger must tell them apart.
        return .actor(
            Actor(
                name: "\(name) (\(called))", role: role, municipality: municipality, staff: number))
    }

    private func employer(
        _ person: ProvenPerson, _ cvr: CVR, _ municipality: MunicipalityCode
    ) async throws -> Outcome {
        let found = try await house.engine.read {
            try StoreReader($0).registrations(
                .company, where: .id, is: cvr.number, of: municipality)
        }
        guard case .company(let company)? = found.first?.fact else { return .unknown }
        let name = [person.name, company.name].compactMap(\.self).joined(separator: ", ")
        return .actor(
            Actor(name: name, role: .employer, municipality: municipality, company: cvr))
    }

    private func citizen(
        _ cpr: CPR, _ municipality: MunicipalityCode
    ) async throws -> Outcome {
        let representations = RepresentationCase(house)
        let cases = try await representations.cases(of: cpr, in: municipality)
        guard let first = cases.first else { return .unknown }
        try await representations.enter(first)
        return .citizen(cases)
    }
}
