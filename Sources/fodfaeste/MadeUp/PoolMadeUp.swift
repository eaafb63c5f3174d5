import Chronology
import Exchange
import Identifiers
import Jobcenter
import Parameters
import Registry
import Simulation
import Storage
import Synchronization

/// A pool that a made-up municipality shares with eight others, so that sharing can be tried:
/// everybody shares some orders, and some citizens have given consent.
struct PoolMadeUp {
    /// Residents of each neighbour: enough for orders and profiles, and quickly made.
    static let population = 300
    private static let code = "nord"
    private static let orders = 2
    private static let cards = 4
    /// In North Zealand. The first eight but the municipality itself.
    private static let north: [Int32] = [201, 210, 217, 219, 223, 230, 250, 260, 270]

    /// The same draws for the same seed, so that the neighbours' cards have the same numbers.
    private final class Dice: Sendable {
        private let state: Mutex<Randomness>

        init(_ seed: UInt64) { state = Mutex(Randomness(seed: seed, stream: 0x900D)) }

        func draw(_ count: Int) -> [UInt8] {
            state.withLock { state in (0..<count).map { _ in UInt8(state.below(256)) } }
        }
    }

    private let house: House
    private let members: [MunicipalityCode]
    private let database: String
    private let begins: Day
    private let chance: Chance

    init(
        house: House, members: [MunicipalityCode], database: String, begins: Day, seed: UInt64
    ) {
        self.house = house
        self.members = members
        self.database = database
        self.begins = begins
        let dice = Dice(seed)
        chance = Chance { dice.draw($0) }
    }

    static func partners(of home: MunicipalityCode) -> [MunicipalityCode] {
        Array(north.filter { $0 != home.number }.prefix(8).map { MunicipalityCode(number: $0) })
    }

    func fill() async throws {
        guard let purpose = Purpose("Prøvedata") else { return }
        let signers = members.map { PoolSigner(member: $0.description, chance: chance) }
        for (member, signer) in zip(members, signers) {
            try PoolKeyFile.write(signer, PoolKeyFile.path(database, member))
        }
        let agreement = PoolAgreement(
            partnership: Partnership(
                id: FactID(0), code: Self.code, name: "Prøvepuljen",
                fields: PoolField.allCases, decides: "Styregruppen af jobcenterchefer (prøve)",
                start: begins),
            members: try zip(members, signers).map { member, signer in
                PartnershipMember(
                    id: FactID(0), partnership: FactID(0), kind: .municipality,
                    member: member.description, publicKey: try signer.publicKey(),
                    weight: Self.population, start: begins)
            })
        for member in members {
            _ = try await PartnershipCase(house, chance: chance).register(
                agreement, in: member, by: Wiring.system(member), purpose: purpose)
        }
        for (member, signer) in zip(members, signers) {
            try await share(member, signer, purpose)
        }
    }

    /// What one member gives.
    private func share(
        _ member: MunicipalityCode, _ signer: PoolSigner, _ purpose: Purpose
    ) async throws {
        let actor = Wiring.system(member)
        let book = try await OrderCase(house).book(of: member, by: actor)
        for order in book.open.filter({ $0.description != nil }).suffix(Self.orders) {
            _ = try await PoolCase(house, chance: chance).share(
                order.order.id, with: Self.code, in: member, by: actor, purpose: purpose,
                signing: signer)
        }
        let today = house.clock.today()
        let seeking = try await house.engine.read { connection in
            var found: [CitizenID] = []
            try StoreReader(connection).facts(of: member, kinds: [.jobProfile]) { fact in
                if case .jobProfile(let profile) = fact, profile.holds(on: today) {
                    found.append(profile.citizen)
                }
            }
            return found.sorted()
        }
        for citizen in seeking.prefix(Self.cards) {
            _ = try await PartnershipCase(house, chance: chance).consent(
                of: citizen, to: Self.code, in: member, by: actor, purpose: purpose,
                signing: signer)
        }
    }
}
