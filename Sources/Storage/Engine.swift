/// A value bound to a statement or read from a row. Days are stored as day
/// numbers, instants as Unix seconds, enumerations as their raw values.
public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    /// What is in a file.
    case bytes([UInt8])
}

/// One row of an answer, read by position. Valid only inside the closure that
/// receives it.
public protocol SQLRow {
    func isNull(_ column: Int) -> Bool
    /// 0 when the column is null.
    func integer(_ column: Int) -> Int64
    func real(_ column: Int) -> Double
    /// Empty when the column is null.
    func text(_ column: Int) -> String
    /// Nothing when the column is null.
    func bytes(_ column: Int) -> [UInt8]
}

extension SQLRow {
    public func optionalInteger(_ column: Int) -> Int64? {
        isNull(column) ? nil : integer(column)
    }
    public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}

/// An open connection inside a read or a write. Statements are portable: `$1`,
/// `$2` ... mark arguments and first appear in that order; types, functions and
/// clauses are those that SQLite 3.40 and PostgreSQL 15 share.
public protocol SQLConnection {
    /// Runs one statement; returns the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs a query and gives each row to `body`.
    func query(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void) throws

    /// Adds many rows at once, by the fastest way the engine has.
    func load(into table: String, columns: [String], rows: [[SQLValue]]) throws
}

extension SQLConnection {
    /// The first row of a query mapped by `transform`, or nil when there is none.
    public func first<T>(
        _ sql: String, _ arguments: [SQLValue] = [], _ transform: (any SQLRow) throws -> T
    ) throws -> T? {
        var found: T?
        try query(sql, arguments) { row in
            if found == nil { found = try transform(row) }
        }
        return found
    }

    public func all<T>(
        _ sql: String, _ arguments: [SQLValue] = [], _ transform: (any SQLRow) throws -> T
    ) throws -> [T] {
        var rows: [T] = []
        try query(sql, arguments) { rows.append(try transform($0)) }
        return rows
    }
}

/// The few ways in which the engines' SQL differs.
public enum Dialect: Sendable {
    case sqlite, postgres

    /// Portable schema text for this engine. In it `BIGINT` and `DOUBLE` are the
    /// number types, `BYTES` holds what is in a file, and every table ends in `) /*STRICT*/;`, or in
    /// `) /*STRICT BY KEY*/;` where SQLite keeps the rows in the order of the
    /// primary key, so that a municipality's facts are read in one sweep.
    public func render(_ schema: String) -> String {
        switch self {
        case .sqlite:
            schema.replacing("BIGINT", with: "INTEGER").replacing("DOUBLE", with: "REAL")
                .replacing("BYTES", with: "BLOB")
                .replacing(") /*STRICT*/", with: ") STRICT")
                .replacing(") /*STRICT BY KEY*/", with: ") STRICT, WITHOUT ROWID")
        case .postgres:
            schema.replacing("DOUBLE", with: "DOUBLE PRECISION")
                .replacing("BYTES", with: "BYTEA")
                .replacing("TEXT", with: "TEXT COLLATE \"C\"")
                .replacing(") /*STRICT*/", with: ")")
                .replacing(") /*STRICT BY KEY*/", with: ")")
        }
    }
}

/// A database that can keep the store. Both engines pass the same contract
/// suite.
///
/// The closures run on the engine's own threads and never on the cooperative
/// pool, so they may block. A read sees one consistent state; a write is one
/// transaction, kept whole or not at all, and durable when the call returns.
public protocol StorageEngine: Sendable {
    var dialect: Dialect { get }
    func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T
    func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T
    /// Runs several statements that form a script (migrations).
    func script(_ sql: String) async throws
    /// Leaves nothing of what was erased in the engine's log of changes, as far as it can.
    func forgetErased() async throws
    func close() async throws
}

extension StorageEngine {
    /// Nothing, for engines that look after it themselves.
    public func forgetErased() async throws {}
}

/// What a database may answer instead of doing what it was asked.
public enum StorageError: Error, Hashable, Sendable {
    /// The engine's own words, and the statement it was given (never its
    /// arguments: they may be about persons).
    case engine(message: String, statement: String)
    /// A constraint such as a key said no.
    case constraint(message: String)
    /// Waited too long for a connection or a lock.
    case busy
    case cannotOpen(String)
    case newerSchema(found: Int, known: Int)
    case malformedRow(table: String, id: Int64, column: String)
}
