import GRDB
import Storage

/// The embedded engine: SQLite in WAL mode with every commit synced to disk, or
/// in memory.
public struct SQLiteEngine: StorageEngine {
    private let database: any DatabaseWriter

    public var dialect: Dialect { .sqlite }

    /// Opens the database file, making it when there is none.
    ///
    /// - Parameter durable: false lets the operating system choose when to sync;
    ///   only for a file that is thrown away when its making fails.
    public init(path: String, durable: Bool = true) throws(StorageError) {
        do {
            database = try DatabasePool(
                path: path, configuration: Self.configuration(durable: durable))
        } catch {
            throw .cannotOpen("\(path): \(error)")
        }
    }

    private init(database: any DatabaseWriter) { self.database = database }

    /// A database that is gone when the engine is.
    public static func inMemory() throws(StorageError) -> SQLiteEngine {
        do {
            return SQLiteEngine(
                database: try DatabaseQueue(configuration: configuration(durable: true)))
        } catch {
            throw .cannotOpen("in memory: \(error)")
        }
    }

    private static func configuration(durable: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 8
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = \(durable ? "FULL" : "OFF")")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    public func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        do {
            return try await database.read { try body(SQLiteConnection(database: $0)) }
        } catch let error as DatabaseError {
            throw Self.translated(error)
        }
    }

    public func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        do {
            return try await database.write { try body(SQLiteConnection(database: $0)) }
        } catch let error as DatabaseError {
            throw Self.translated(error)
        }
    }

    public func script(_ sql: String) async throws {
        do {
            try await database.write { try $0.execute(sql: sql) }
        } catch let error as DatabaseError {
            throw Self.translated(error)
        }
    }

    public func close() async throws {
        do { try database.close() } catch let error as DatabaseError {
            throw Self.translated(error)
        }
    }

    /// Copies the whole database, as one consistent state, into a new file.
    public func backup(to path: String) async throws {
        do { try await database.vacuum(into: path) } catch let error as DatabaseError {
            throw Self.translated(error)
        }
    }

    private static func translated(_ error: DatabaseError) -> StorageError {
        let message = error.message ?? "\(error.resultCode)"
        return switch error.resultCode {
        case .SQLITE_CONSTRAINT: .constraint(message: message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT: .cannotOpen(message)
        default: .engine(message: message, statement: error.sql ?? "")
        }
    }
}
