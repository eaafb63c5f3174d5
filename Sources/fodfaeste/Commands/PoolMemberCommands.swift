import ArgumentParser
import Exchange
import Foundation
import Identifiers
import Jobcenter
import Parameters
import Registry
import Storage

struct PoolKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the member's signing key, or show its public part.",
        discussion: """
            The secret is kept in a file of its own that only its owner can read, outside the \
            database and its backups. What is printed is public and belongs in the agreement. \
            Example:
              fodfaeste pool key --municipality 0163 --database var/herlev.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "The name of an unemployment fund, which is a member by its name.")
    var fund: String?

    func run() async throws {
        try await PoolWords.failing(common.lang) {
            let path = try keys.path(common)
            if !FileManager.default.fileExists(atPath: path) {
                let signer = PoolSigner(
                    member: fund ?? common.municipality.description, chance: .system)
                try PoolKeyFile.write(signer, path)
            }
            print(try keys.signer(common).publicKey())
        }
    }
}

struct PoolAgree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree",
        abstract: "Register what the members of a partnership have agreed on.",
        discussion: """
            The file is the same with all members. Example:
              fodfaeste pool agree agreement.json --database var/herlev.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The agreement, a JSON file.") var file: String

    func run() async throws {
        try await PoolWords.failing(common.lang) {
            let agreement = try PoolAgreement.read(try Files.bytes(file))
            try await Wiring.withHouse(common) { house, actor in
                guard let purpose = Purpose("pool " + agreement.partnership.code) else {
                    throw FieldProblems([.init("code", "empty")])
                }
                let receipt = try await PartnershipCase(house, chance: .system).register(
                    agreement, in: common.municipality, by: actor, purpose: purpose)
                print(PoolWords.receipt(receipt, house.texts, common.lang))
            }
        }
    }
}

struct PoolShare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Share orders, and tell what has changed of what is shared.",
        discussion: """
            Example:
              fodfaeste pool share --order 12 --order 15 --database var/herlev.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "The number of an order to share.") var order: [Int64] = []

    func run() async throws {
        try await options.run { house, actor, code in
            let signer = try keys.signer(options.common)
            let pool = PoolCase(house, chance: .system)
            let purpose = try options.purpose(code)
            for number in order {
                _ = try await pool.share(
                    FactID(number), with: code, in: actor.municipality, by: actor,
                    purpose: purpose, signing: signer)
            }
            let changed = try await pool.refresh(
                code, in: actor.municipality, by: actor, purpose: purpose, signing: signer)
            print(
                house.texts.text(
                    "pool.shared", options.common.lang,
                    ["orders": String(order.count), "changes": String(changed)]))
        }
    }
}

struct PoolConsentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent",
        abstract: "Register a citizen's consent to the pool, or that it is withdrawn.",
        discussion: """
            With --withdraw the card is erased. Example:
              fodfaeste pool consent --citizen 7 --database var/herlev.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "The citizen's case number.") var citizen: Int64
    @Flag(help: "The consent is withdrawn.") var withdraw = false

    func run() async throws {
        try await options.run { house, actor, code in
            let signer = try keys.signer(options.common)
            let cases = PartnershipCase(house, chance: .system)
            let purpose = try options.purpose(code)
            let person = CitizenID(citizen)
            let receipt =
                withdraw
                ? try await cases.withdraw(
                    person, from: code, in: actor.municipality, by: actor, purpose: purpose,
                    signing: signer)
                : try await cases.consent(
                    of: person, to: code, in: actor.municipality, by: actor, purpose: purpose,
                    signing: signer)
            print(PoolWords.receipt(receipt, house.texts, options.common.lang))
        }
    }
}

struct PoolOfferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "Offer a citizen's card to another member's order.",
        discussion: """
            Example:
              fodfaeste pool offer --citizen 7 --owner 0219 --order 12
            """)

    @OptionGroup var options: PoolOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "The citizen's case number.") var citizen: Int64
    @Option(help: "The member that has the order.") var owner: String
    @Option(help: "The order's number there.") var order: Int64

    func run() async throws {
        try await options.run { house, actor, code in
            let receipt = try await PoolCase(house, chance: .system).offer(
                CitizenID(citizen), to: order, of: owner, in: code, from: actor.municipality,
                by: actor, purpose: try options.purpose(code),
                signing: try keys.signer(options.common))
            print(PoolWords.receipt(receipt, house.texts, options.common.lang))
        }
    }
}

struct PoolHireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hire",
        abstract: "Record that somebody got a job by another member's offer.",
        discussion: """
            The offer's number stands in 'pool status'. Both members are credited. Example:
              fodfaeste pool hire --member 0163 --offer 4
            """)

    @OptionGroup var options: PoolOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "The candidate's member.") var member: String
    @Option(help: "The number of its offer.") var offer: Int64

    func run() async throws {
        try await options.run { house, actor, code in
            let receipt = try await PoolCase(house, chance: .system).hire(
                offer: offer, of: member, in: code, for: actor.municipality, by: actor,
                purpose: try options.purpose(code), signing: try keys.signer(options.common))
            print(PoolWords.receipt(receipt, house.texts, options.common.lang))
        }
    }
}

extension PoolWords {
    static func receipt(
        _ receipt: Receipt, _ texts: TextCatalogue, _ language: Language
    ) -> String {
        texts.text(
            "pool.receipt", language,
            ["number": String(receipt.number), "hash": receipt.hash])
    }
}
