import Foundation
import PostgresStorage
import SQLiteStorage
import Storage
import Testing

/// The engines that the store's suite runs on.
enum EngineKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, disk, postgres

    var testDescription: String { rawValue }

    /// All engines there are here; PostgreSQL only when a server was named.
    static let available: [EngineKind] = {
        if serverInfo == nil {
            print("skipped 1 engine: FODFAESTE_TEST_POSTGRES names no PostgreSQL server")
        }
        return allCases.filter { $0 != .postgres || serverInfo != nil }
    }()

    static var serverInfo: String? {
        ProcessInfo.processInfo.environment["FODFAESTE_TEST_POSTGRES"]
    }

    /// A migrated, empty store of this kind, taken away when `body` is done.
    func withStore(
        migrations: [Migration]? = nil, _ body: (any StorageEngine) async throws -> Void
    ) async throws {
        let name = "fodfaeste_" + UUID().uuidString.replacing("-", with: "").lowercased()
        switch self {
        case .memory:
            try await use(try SQLiteEngine.inMemory(), migrations, body)
        case .disk:
            let folder = FileManager.default.temporaryDirectory.appending(path: name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await use(
                try SQLiteEngine(path: folder.appending(path: "store.sqlite").path), migrations,
                body)
        case .postgres:
            let info = EngineKind.serverInfo ?? ""
            let admin = try await PostgresEngine(conninfo: info, connections: 1)
            try await admin.script("CREATE SCHEMA \(name)")
            let engine = try await PostgresEngine(
                conninfo: "\(info) options='-c search_path=\(name)'", connections: 4,
                patience: .seconds(240))
            do { try await use(engine, migrations, body) } catch {
                try await admin.script("DROP SCHEMA \(name) CASCADE")
                throw error
            }
            try await admin.script("DROP SCHEMA \(name) CASCADE")
            try await admin.close()
        }
    }

    private func use(
        _ engine: any StorageEngine, _ migrations: [Migration]?,
        _ body: (any StorageEngine) async throws -> Void
    ) async throws {
        try await engine.migrate(migrations ?? Migration.bundled())
        try await body(engine)
        try await engine.close()
    }
}
