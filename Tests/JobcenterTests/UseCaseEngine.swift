import Foundation
import PostgresStorage
import SQLiteStorage
import Storage

/// The engine that the use cases are tested on: SQLite, or PostgreSQL where
/// `FODFAESTE_TEST_USE_CASES` says so. The whole suite is run once with each.
enum UseCaseEngine {
    /// An empty store at the latest schema.
    static func migrated() async throws -> any StorageEngine {
        let environment = ProcessInfo.processInfo.environment
        let engine: any StorageEngine
        if environment["FODFAESTE_TEST_USE_CASES"] == "postgres" {
            // The server is thrown away after the run, and the schema with it.
            let info = environment["FODFAESTE_TEST_POSTGRES"] ?? ""
            let name = "cases_" + UUID().uuidString.replacing("-", with: "").lowercased()
            let admin = try await PostgresEngine(conninfo: info, connections: 1)
            try await admin.script("CREATE SCHEMA \(name)")
            try await admin.close()
            // The whole suite runs at once on a few cores.
            engine = try await PostgresEngine(
                conninfo: "\(info) options='-c search_path=\(name)'", connections: 2,
                patience: .seconds(240))
        } else {
            engine = try SQLiteEngine.inMemory()
        }
        try await engine.migrate(Migration.bundled())
        return engine
    }
}
