import Identifiers
import Registry
import Storage

/// Who is shown in a demonstration. The people are made up, so anybody may be one of them.
public struct DemonstrationCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The citizen asked for, or one with much to show: who lives here, seeks work, and is
    /// called to a conversation. Nil where there is none such.
    public func citizen(
        _ asked: CitizenID?, in municipality: MunicipalityCode
    ) async throws -> Citizen? {
        let today = house.clock.today()
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            if let asked { return try reader.citizens(of: municipality, [asked]).first }
            var residents: Set<CitizenID> = []
            var seeking: [CitizenID] = []
            var called: Set<CitizenID> = []
            try reader.facts(
                of: municipality, kinds: [.residence, .jobProfile, .conversation]
            ) { fact in
                switch fact {
                case .residence(let home) where home.holds(on: today):
                    residents.insert(home.citizen)
                case .jobProfile(let profile) where profile.holds(on: today):
                    seeking.append(profile.citizen)
                case .conversation(let talk) where talk.status == .planned && talk.day >= today:
                    called.insert(talk.citizen)
                default: break
                }
            }
            let here = seeking.filter(residents.contains).sorted()
            let chosen = here.first(where: called.contains) ?? here.first
            return try reader.citizens(of: municipality, chosen.map { [$0] } ?? []).first
        }
    }

    /// The company asked for, or one with much to show: with an open order to which somebody
    /// was referred, if there is one. Nil where there is none such.
    public func company(
        _ asked: CVR?, in municipality: MunicipalityCode
    ) async throws -> Company? {
        let orders = try await house.orders.book(of: municipality)
        let companies = try await house.companies.book(of: municipality)
        if let asked { return companies.companies[asked] }
        let waiting = orders.open.last { order in
            order.candidates.contains { order.stand(of: $0)?.isAnswered ?? false }
        }
        guard let order = waiting ?? orders.open.last ?? orders.orders.last,
            let company = companies.companyOf[order.order.unit]
        else { return companies.companies.values.min { $0.cvr.number < $1.cvr.number } }
        return companies.companies[company]
    }
}
