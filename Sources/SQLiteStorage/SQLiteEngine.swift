import GRDB
import Storage
import Synchronization

/// The embedded engine: SQLite in WAL mode with every commit synced to disk, or
/// in memory.
public struct SQLiteEngine: StorageEngine {
    private let database: any DatabaseWriter
    private let state = ClosedState()

    public var dialect: Dialect { .sqlite }

    /// Opens the database file, making it when there is none.
    public init(path: String) throws(StorageError) {
        do {
            database = try DatabasePool(path: path, configuration: Self.configuration())
        } catch {
            throw .cannotOpen("\(path): \(error)")
        }
    }

    private init(database: any DatabaseWriter) { self.database = database }

    /// A database that is gone when the engine is.
    public static func inMemory() throws(StorageError) -> SQLiteEngine {
        do {
            return SQLiteEngine(
                database: try DatabaseQueue(configuration: configuration()))
        } catch {
            throw .cannotOpen("in memory: \(error)")
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 8
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            // What is erased leaves no bytes behind in the file.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    public func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await open {
            try await database.read { try body(SQLiteConnection(database: $0)) }
        }
    }

    public func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await open {
            try await database.write { try body(SQLiteConnection(database: $0)) }
        }
    }

    public func script(_ sql: String) async throws {
        try await open { try await database.write { try $0.execute(sql: sql) } }
    }

    /// Moves the log into the file and empties it. Where somebody is reading all the time, the
    /// log is emptied later.
    public func forgetErased() async throws {
        try await open {
            try await database.writeWithoutTransaction { database in
                do { _ = try database.checkpoint(.truncate) } catch let error as DatabaseError
                    where error.resultCode == .SQLITE_BUSY
                {}
            }
        }
    }

    public func close() async throws {
        let wasClosed = state.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        if !wasClosed { try translating { try database.close() } }
    }

    /// Copies the whole database, as one consistent state, into a new file.
    public func backup(to path: String) async throws {
        try await open { try await database.vacuum(into: path) }
    }

    /// A closed GRDB queue must not be asked anything.
    private func open<T>(_ body: () async throws -> T) async throws -> T {
        if state.withLock({ $0 }) { throw StorageError.cannotOpen("closed") }
        do { return try await body() } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }
}

/// Whether an engine has been closed; shared by its copies.
final class ClosedState: Sendable {
    private let isClosed = Mutex(false)

    func withLock<T: Sendable>(_ body: (inout sending Bool) -> sending T) -> T {
        isClosed.withLock(body)
    }
}
