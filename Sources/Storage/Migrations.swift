import Foundation

/// One numbered step of the schema.
public struct Migration: Sendable {
    public var number: Int
    public var name: String
    /// Portable schema text; see `Dialect.render`.
    public var sql: String

    /// The steps that ship with the program, in order.
    public static func bundled() throws(StorageError) -> [Migration] {
        guard
            let folder = Bundle.module.url(forResource: "Resources/migrations", withExtension: nil),
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
        else { throw .cannotOpen("Resources/migrations") }
        var migrations: [Migration] = []
        for file in files where file.pathExtension == "sql" {
            let name = file.deletingPathExtension().lastPathComponent
            guard let number = Int(name.prefix(3)),
                let sql = try? String(contentsOf: file, encoding: .utf8)
            else { throw .cannotOpen(file.lastPathComponent) }
            migrations.append(Migration(number: number, name: String(name.dropFirst(4)), sql: sql))
        }
        return migrations.sorted { $0.number < $1.number }
    }
}

extension StorageEngine {
    /// Tells the engine's planner how its tables are filled. SQLite takes none of the indexes
    /// by citizen before it has been told, and none where it looked at too few rows.
    public func refreshStatistics() async throws {
        switch dialect {
        case .sqlite: try await script("PRAGMA analysis_limit = 10000; ANALYZE;")
        case .postgres:
            // Plain ANALYZE looks at every schema of the database, also those of others.
            try await script(
                """
                DO $$ DECLARE one regclass; BEGIN
                    FOR one IN SELECT oid::regclass FROM pg_class
                        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
                    LOOP EXECUTE 'ANALYZE ' || one; END LOOP;
                END $$;
                """)
        }
    }

    /// The number of the last migration applied; 0 for an empty database.
    public func schemaVersion() async throws -> Int {
        try await write { connection in
            try connection.execute(
                dialect.render(
                    """
                    CREATE TABLE IF NOT EXISTS schema_version (
                        number BIGINT NOT NULL PRIMARY KEY,
                        name TEXT NOT NULL
                    ) /*STRICT*/
                    """), [])
            return try connection.first("SELECT coalesce(max(number), 0) FROM schema_version") {
                Int($0.integer(0))
            } ?? 0
        }
    }

    /// Brings the schema up to the last of `migrations`, each in a transaction of
    /// its own.
    ///
    /// Throws `StorageError.newerSchema` when the database was made by a later
    /// version of the program.
    public func migrate(_ migrations: [Migration]) async throws {
        let version = try await schemaVersion()
        let last = migrations.last?.number ?? 0
        guard version <= last else {
            throw StorageError.newerSchema(found: version, known: last)
        }
        for migration in migrations where migration.number > version {
            try await script(
                dialect.render(migration.sql)
                    + "\nINSERT INTO schema_version (number, name) VALUES "
                    + "(\(migration.number), '\(migration.name)');\n")
        }
    }
}
