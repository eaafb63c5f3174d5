import Storage

/// The store in PostgreSQL (15 or later), for installations with many users at once.
///
/// Numbers are sent as `BIGINT` and `DOUBLE PRECISION`, text as `TEXT`. An error
/// from any statement ends the write it stands in: catching it inside the body does
/// not save the rest, and the write throws. A write's body may be run again after a
/// conflict with another one, so it must have no effect but on the database.
public struct PostgresEngine: StorageEngine {
    private let pool: ConnectionPool

    /// Opens one connection to learn whether it can be done; the rest follow when
    /// they are needed.
    ///
    /// - Parameters:
    ///   - conninfo: libpq's words (`host=... dbname=...`) or a `postgresql://` address.
    ///   - connections: the most connections open at once.
    ///   - patience: the longest wait for a free connection, and for a lock.
    ///   - statements: the most statements kept prepared on each connection.
    /// - Throws: `StorageError.cannotOpen`.
    public init(
        conninfo: String, connections: Int = 8, patience: Duration = .seconds(10),
        statements: Int = 256, clock: any Clock<Duration> = ContinuousClock()
    ) async throws {
        let settings = ConnectionSettings(conninfo: conninfo, patience: patience)
        let sessions = (1...max(1, connections)).map {
            PostgresSession(settings, statements: max(1, statements), number: $0)
        }
        try await sessions.last?.connect()
        pool = ConnectionPool(sessions, patience: patience, clock: clock)
    }

    public var dialect: Dialect { .postgres }

    public func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await transaction(.read) { try body($0) }
    }

    public func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await transaction(.write) { try body($0) }
    }

    /// In one transaction, while no other write is under way.
    public func script(_ sql: String) async throws {
        if sql.utf8.contains(0) { throw nulByte(in: sql) }
        try await transaction(.script) { try $0.command(sql) }
    }

    /// Waits for what is under way; everything asked afterwards is refused.
    public func close() async throws {
        await pool.close()
    }

    private func transaction<T: Sendable>(
        _ purpose: Purpose, _ body: @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        let session = try await pool.take()
        do {
            let value = try await session.transaction(purpose, body)
            await pool.giveBack(session)
            return value
        } catch {
            await pool.giveBack(session)
            throw error
        }
    }
}
