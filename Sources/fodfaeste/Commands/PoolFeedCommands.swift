import ArgumentParser
import Exchange
import Foundation
import Identifiers
import Jobcenter
import Parameters
import Storage

struct PoolFeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Write the own feed, or another member's to pass it on.",
        discussion: """
            A feed holds nothing but what was agreed on, and is signed entry by entry. Example:
              fodfaeste pool feed --since 12 --database var/herlev.sqlite > herlev.pool
            """)

    @OptionGroup var options: PoolOptions
    @Option(help: "The last entry that the reader has.") var since: Int64 = 0
    @Option(help: "The member (default: the municipality).") var member: String?

    func run() async throws {
        try await options.run { house, actor, code in
            let feed = try await PoolCase(house, chance: .system).feed(
                of: member ?? actor.municipality.description, in: code, since: since,
                from: actor.municipality, by: actor)
            Console.write(try PoolFeedFile.write(feed))
        }
    }
}

struct PoolTake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take",
        abstract: "Take in other members' feeds: all of them, or none.",
        discussion: """
            With --among and no files, feeds are passed between municipalities of the same \
            database. Exit code 1 when a feed is refused; the member and the entry are named. \
            Examples:
              fodfaeste pool take hilleroed.pool gribskov.pool --database var/herlev.sqlite
              fodfaeste pool take --among 0163 --among 0219 --database var/all.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @Argument(help: "Feeds of other members.") var files: [String] = []
    @Option(help: "A municipality of this database.") var among: [MunicipalityCode] = []

    func validate() throws {
        guard files.isEmpty != among.isEmpty else {
            throw ValidationError("Name files with feeds, or municipalities with --among.")
        }
    }

    func run() async throws {
        try await options.run { house, actor, code in
            let pool = PoolCase(house, chance: .system)
            let taken: PoolTaken
            if among.isEmpty {
                let feeds = try files.map { try feed($0, house.texts) }
                taken = try await pool.take(
                    feeds, into: code, in: actor.municipality, by: actor,
                    purpose: try options.purpose(code))
            } else {
                taken = try await pool.exchange(code, among: among, by: actor)
            }
            print(
                house.texts.text(
                    "pool.taken", options.common.lang,
                    ["added": String(taken.added), "erased": String(taken.erased)]))
        }
    }

    private func feed(_ file: String, _ texts: TextCatalogue) throws -> PoolFeed {
        let bytes = try Files.bytes(file)
        do throws(PoolProblem) { return try PoolFeedFile.read(bytes) } catch {
            Console.complain("\(file): \(error.line(in: options.common.lang, texts))")
            throw ExitCode(1)
        }
    }
}

struct PoolAskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask every other member that has an address for its feed, once.",
        discussion: """
            `serve` does this by itself, again and again. Exit code 69 when somebody did not \
            answer. Example:
              fodfaeste pool ask --database var/herlev.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @OptionGroup var keys: PoolKeyOptions
    @Option(help: "Seconds for one whole answer.") var timeLimit = 30

    func validate() throws {
        guard (1...3_600).contains(timeLimit) else {
            throw ValidationError("--time-limit is 1 to 3600.")
        }
    }

    func run() async throws {
        try await options.run { house, actor, code in
            let client = PoolClient(URLSessionTransport(timeLimit: .seconds(timeLimit)))
            let language = options.common.lang
            let exchange = PoolExchange(
                house, of: actor.municipality, signing: try keys.signer(options.common),
                chance: .system)
            let peers = try await exchange.peers().filter { $0.partnership == code }
            if peers.isEmpty { print(house.texts.text("pool.noPeers", language)) }
            var isWhole = true
            for peer in peers {
                do {
                    let taken = try await exchange.ask(
                        peer, through: client)
                    print(
                        house.texts.text(
                            "pool.asked", language,
                            [
                                "member": peer.member, "added": String(taken.added),
                                "erased": String(taken.erased),
                            ]))
                } catch let problem as PoolLinkProblem {
                    isWhole = false
                    Console.complain(
                        "\(peer.member): \(problem.line(in: language, house.texts))")
                }
            }
            if !isWhole { throw ExitCode(69) }
        }
    }
}
