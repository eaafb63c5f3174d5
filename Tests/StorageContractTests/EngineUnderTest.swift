import Foundation
import PostgresStorage
import SQLiteStorage
import Storage
import Synchronization
import Testing

/// The engines that keep the contract.
enum EngineKind: String, CustomTestStringConvertible {
    case sqliteInMemory, sqliteOnDisk, postgres

    var testDescription: String { rawValue }

    /// A read body may wait for a write that is under way.
    var readsBesideWrites: Bool { self != .sqliteInMemory }

    /// GRDB's in-memory queue reads through a null pointer when it is asked after
    /// its close, so that engine cannot be asked.
    var mayBeAskedAfterClose: Bool { self != .sqliteInMemory }

    /// Every engine that can be had here. Says how many cases went without PostgreSQL.
    static func all() -> [EngineKind] {
        let sqlite: [EngineKind] = [.sqliteInMemory, .sqliteOnDisk]
        if TestServer.conninfo != nil { return sqlite + [.postgres] }
        print("PostgreSQL cases skipped (\(TestServer.variable) is not set): \(skipped.next())")
        return sqlite
    }

    private static let skipped = Tally()

    /// Gives `body` an empty database of this kind, and removes it afterwards.
    func withEngine(
        connections: Int = 4, _ body: (any StorageEngine) async throws -> Void
    ) async throws {
        switch self {
        case .sqliteInMemory:
            let engine = try SQLiteEngine.inMemory()
            try await body(engine)
            try await engine.close()
        case .sqliteOnDisk:
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "fodfaeste-contract-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let engine = try SQLiteEngine(path: folder.appending(path: "store.sqlite").path)
            try await body(engine)
            try await engine.close()
        case .postgres:
            try await TestServer.withSchema { conninfo in
                let engine = try await PostgresEngine(
                    conninfo: conninfo, connections: connections, patience: .seconds(240))
                try await body(engine)
                try await engine.close()
            }
        }
    }
}

/// The PostgreSQL server that `scripts/postgres-test.sh` starts.
enum TestServer {
    static let variable = "FODFAESTE_TEST_POSTGRES"
    static let conninfo = ProcessInfo.processInfo.environment[variable]

    /// Gives `body` a conninfo whose search path is a fresh schema, dropped afterwards.
    static func withSchema(_ body: (String) async throws -> Void) async throws {
        let server = try #require(conninfo)
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let schema = "contract_\(random)"
        let admin = try await PostgresEngine(conninfo: server, connections: 1)
        try await admin.script("CREATE SCHEMA \(schema)")
        do {
            try await body("\(server) options='-c search_path=\(schema)'")
        } catch {
            try await admin.script("DROP SCHEMA \(schema) CASCADE")
            throw error
        }
        try await admin.script("DROP SCHEMA \(schema) CASCADE")
        try await admin.close()
    }
}

extension StorageEngine {
    /// Runs portable schema text.
    func create(_ schema: String) async throws {
        try await script(dialect.render(schema))
    }

    /// One statement as a write of its own.
    func run(_ sql: String, _ arguments: [SQLValue] = []) async throws {
        _ = try await write { try $0.execute(sql, arguments) }
    }

    func integers(_ sql: String, _ arguments: [SQLValue] = []) async throws -> [Int64] {
        try await read { try $0.all(sql, arguments) { $0.integer(0) } }
    }
}

/// Counts what happens in several tasks or threads.
final class Tally: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    @discardableResult
    func next() -> Int {
        number.withLock { number in
            number += 1
            return number
        }
    }
}

/// A generator whose numbers follow from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
