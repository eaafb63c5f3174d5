import Chronology
import Exchange
import Identifiers
import Registry
import Synchronization

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Chance {
    /// The same bytes for the same seed.
    static func seeded(_ seed: UInt64) -> Chance {
        let dice = Mutex(Dice(seed))
        let box = Box(dice)
        return Chance { count in box.bytes(count) }
    }

    private final class Box: Sendable {
        private let dice: Mutex<Dice>
        init(_ dice: consuming Mutex<Dice>) { self.dice = dice }
        func bytes(_ count: Int) -> [UInt8] {
            dice.withLock { dice in
                (0..<count).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
            }
        }
    }
}

/// A made-up pool.
struct MadeUpPool {
    static let day = Day(iso: "2024-09-16")!
    static let names = ["0163", "0219", "A-kassen Prøve"]

    let partnership: Partnership
    let members: [PartnershipMember]
    let signers: [PoolSigner]
    let chance: Chance

    init(
        seed: UInt64 = 1, fields: [PoolField] = PoolField.allCases,
        postcode: PostcodeShown = .area
    ) throws {
        let chance = Chance.seeded(seed)
        self.chance = chance
        let signers = Self.names.map { PoolSigner(member: $0, chance: chance) }
        self.signers = signers
        partnership = Partnership(
            id: FactID(1), code: "prøve", name: "Prøvepuljen", fields: fields,
            postcode: postcode, decides: "Styregruppen", start: Self.day - 100)
        members = try signers.enumerated().map { place, signer in
            PartnershipMember(
                id: FactID(Int64(place + 1)), partnership: FactID(1),
                kind: place == 2 ? .unemploymentFund : .municipality, member: signer.member,
                publicKey: try signer.publicKey(), weight: 10 * (place + 1),
                start: Self.day - 100)
        }
    }

    var book: PoolBook { PoolBook(partnership, members) }

    static func order(_ title: String) -> PoolOrder {
        PoolOrder(
            JobOrder(
                id: FactID(1), unit: try! .init("1012345678"), created: day, positions: 2,
                occupationGroup: 9, deadline: nil),
            OrderDescription(
                id: FactID(1), title: title, text: "HEMMELIG TEKST", occupation: "cleaner",
                answerBy: day + 2, contact: "HEMMELIG KONTAKT"))
    }

    func card(_ wish: String, postcode: String = "2730") -> PoolCard {
        PoolCard(
            JobProfile(
                id: FactID(1), citizen: .init(16_300_077), start: Self.day, wishes: [wish],
                skills: ["danish"], postcode: postcode, text: "HEMMELIG TEKST"),
            partnership, isKnown: { _ in true })
    }
}
