import ArgumentParser
import Exchange
import Foundation
import Identifiers
import Jobcenter
import Parameters
import Registry
import Storage

/// The shared pool, from the command line.
struct PoolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract: "Share orders and candidate cards with other municipalities and funds.",
        discussion: """
            Each member has a key and registers the same agreement. Members with an address in \
            it are asked for their feeds by `serve`; feeds can be sent as files too. Example:
              fodfaeste pool key --database var/herlev.sqlite
              fodfaeste pool agree agreement.json --database var/herlev.sqlite
              fodfaeste pool share --order 12 --database var/herlev.sqlite
              fodfaeste pool feed --database var/herlev.sqlite > herlev.pool
              fodfaeste pool take hilleroed.pool --database var/herlev.sqlite
              fodfaeste pool status --database var/herlev.sqlite
            """,
        subcommands: [
            PoolKey.self, PoolAgree.self, PoolShare.self, PoolConsentCommand.self,
            PoolFeedCommand.self, PoolTake.self, PoolAskCommand.self, PoolOfferCommand.self,
            PoolHireCommand.self,
            PoolCandidatesCommand.self, PoolStatus.self,
        ])
}

/// Which pool.
struct PoolOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @Option(help: "The partnership's code (default: the only one registered).")
    var partnership: String?

    /// Opens the house, and says what is wrong in words.
    func run(
        _ body: (House, Actor, _ code: String) async throws -> Void
    ) async throws {
        try await PoolWords.failing(common.lang) {
            try await Wiring.withHouse(common) { house, actor in
                let all = try await PartnershipCase(house, chance: .system).agreements(
                    of: common.municipality, by: actor)
                let only = all.count == 1 ? all.first?.partnership.code : nil
                guard let code = partnership ?? only else {
                    throw FieldProblems([.init("partnership", "poolUnknown")])
                }
                try await body(house, actor, code)
            }
        }
    }

    /// The reason that is written in the ledger.
    func purpose(_ code: String) throws -> Purpose {
        guard let purpose = Purpose("pool \(code)") else {
            throw FieldProblems([.init("partnership", "poolUnknown")])
        }
        return purpose
    }
}

/// Where the signing key is.
struct PoolKeyOptions: ParsableArguments {
    @Option(help: "The file with the signing key (default: beside the database).")
    var key: String?

    func path(_ common: CommonOptions) throws -> String {
        if let key { return key }
        guard common.store.postgres == nil else {
            throw ValidationError("With --postgres, name the file with the signing key: --key.")
        }
        return PoolKeyFile.path(common.store.database, common.municipality)
    }

    func signer(_ common: CommonOptions) throws -> PoolSigner {
        try PoolKeyFile.signer(try path(common))
    }
}

/// The file that keeps a member's signing key.
enum PoolKeyFile {
    /// Beside the database, and in none of its backups.
    static func path(_ database: String, _ municipality: MunicipalityCode) -> String {
        "\(database).\(municipality).pool-key"
    }

    static func write(_ signer: PoolSigner, _ path: String) throws {
        try Files.makeFolder(of: path)
        // Made with its permissions, so that nobody can read it at any moment.
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data("\(signer.member)\n\(signer.kept)\n".utf8),
                attributes: [.posixPermissions: NSNumber(value: 0o600)])
        else { throw CommandError.cannotRead(path) }
    }

    /// The key. It is refused where others than its owner may read it.
    static func signer(_ path: String) throws -> PoolSigner {
        let text = String(decoding: try Files.bytes(path), as: UTF8.self)
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else { throw PoolKeyError.readableByOthers(path) }
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count == 2 else { throw PoolProblem.wrongKey }
        return try PoolSigner(member: lines[0], kept: lines[1])
    }
}

enum PoolKeyError: Error {
    case readableByOthers(String)
}

/// What went wrong, in words.
enum PoolWords {
    /// Says the problems of the pool on standard error and gives exit code 1 for them.
    static func failing(_ language: Language, _ body: () async throws -> Void) async throws {
        let texts = try TextCatalogue.bundled()
        try await fodfaeste.failing {
            do { try await body() } catch let problem as PoolProblem {
                Console.complain(problem.line(in: language, texts))
                throw ExitCode(1)
            } catch let problems as FieldProblems {
                for problem in problems.all {
                    let sentence = texts.text("problem.\(problem.key)", language, problem.values)
                    Console.complain("\(problem.field): \(sentence)")
                }
                throw ExitCode(1)
            } catch PoolKeyError.readableByOthers(let path) {
                Console.complain(texts.text("pool.problem.keyOpen", language, ["file": path]))
                throw ExitCode(1)
            } catch let refusal as Refusal {
                Console.complain(texts.text(refusal.textKey, language))
                throw ExitCode(1)
            }
        }
    }
}
