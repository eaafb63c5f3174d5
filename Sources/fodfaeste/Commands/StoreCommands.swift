import ArgumentParser
import Foundation
import Identifiers
import Jobcenter
import Parameters
import SQLiteStorage
import Storage

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Examine the ledger and the tables made from it.",
        discussion: """
            Exit code 1 when a link is broken; the first is named. Example:
              fodfaeste verify --database var/fodfaeste.sqlite
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await failing {
            let engine = try await common.store.open()
            let house = try Wiring.house(common, engine)
            let verdicts = try await AdministrationCase(house).verify(
                by: Wiring.system(common.municipality))
            for verdict in verdicts { print(words(verdict, house)) }
            try await engine.close()
            if verdicts.contains(where: { $0.broken != nil }) { throw ExitCode(1) }
        }
    }

    private func words(_ verdict: LedgerVerdict, _ house: House) -> String {
        let name = house.municipalities[verdict.municipality.number]?.name ?? ""
        var arguments = [
            "municipality": "\(verdict.municipality) \(name)",
            "entries": String(verdict.entries),
        ]
        guard let broken = verdict.broken else {
            return house.texts.text("cli.verify.sound", common.lang, arguments)
        }
        let key: String
        switch broken.reason {
        case .missingEntry: key = "missingEntry"
        case .wrongPredecessor: key = "wrongPredecessor"
        case .wrongHash: key = "wrongHash"
        case .wrongHead: key = "wrongHead"
        case .tableDisagrees(let table):
            key = "tableDisagrees"
            arguments["table"] = table
        case .unknownRow(let table):
            key = "unknownRow"
            arguments["table"] = table
        case .fileDisagrees: key = "fileDisagrees"
        }
        arguments["number"] = String(broken.number)
        return house.texts.text("cli.verify.\(key)", common.lang, arguments)
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the whole store, as one consistent state, into a new file.",
        discussion: """
            The copy is a SQLite file whichever engine the store uses, and it is examined before
            the command ends. Example:
              fodfaeste backup backup-2025-01-31.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The file to make.") var file: String

    func run() async throws {
        try await failing {
            guard !FileManager.default.fileExists(atPath: file) else {
                throw CommandError.fileExists(file)
            }
            try Files.makeFolder(of: file)
            let source = try await common.store.open()
            if let sqlite = source as? SQLiteEngine {
                try await sqlite.backup(to: file)
            } else {
                let target = try SQLiteEngine(path: file)
                try await target.migrate(Migration.bundled())
                _ = try await StoreCopy.copy(from: source, to: target)
                try await target.close()
            }
            try await source.close()
            let copy = try SQLiteEngine(path: file)
            try await Examination.report(copy, common)
            try await copy.close()
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a backup into an empty database.",
        discussion: """
            The backup is examined first, and nothing is overwritten. Example:
              fodfaeste restore backup-2025-01-31.sqlite --database var/restored.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The backup.") var file: String

    func run() async throws {
        try await failing {
            guard FileManager.default.fileExists(atPath: file) else {
                throw CommandError.cannotRead(file)
            }
            let source = try SQLiteEngine(path: file)
            try await source.migrate(Migration.bundled())
            try await Examination.report(source, common)
            let target = try await common.store.open(create: true)
            guard try await StoreCopy.isEmpty(target) else {
                throw CommandError.databaseNotEmpty(common.store.database)
            }
            let rows = try await StoreCopy.copy(from: source, to: target)
            try await source.close()
            try await Examination.report(target, common)
            try await target.close()
            Console.report("\(rows) rows")
        }
    }
}

enum Examination {
    /// Examines a store; throws exit code 1 when a link is broken.
    static func report(_ engine: any StorageEngine, _ common: CommonOptions) async throws {
        let verdicts = try await engine.read { connection in
            let auditor = LedgerAuditor(connection)
            return try auditor.municipalities().map { try auditor.verify($0) }
        }
        for verdict in verdicts {
            let state = verdict.broken.map { "broken at \($0.number)" } ?? "sound"
            Console.report("\(verdict.municipality): \(verdict.entries) entries, \(state)")
        }
        if verdicts.contains(where: { $0.broken != nil }) { throw ExitCode(1) }
    }
}
