import CLibPQ
import Storage

/// One libpq connection and the statements prepared on it. Used by one session,
/// on that session's thread.
final class PostgresConnection: SQLConnection {
    private let handle: OpaquePointer
    private var statements: StatementCache
    private var prepared = 0
    /// The first failure in the present transaction: the ones that follow it only
    /// say that the transaction is lost.
    private(set) var failure: PostgresFailure?
    /// The present work should be done again: a conflict, or a plan that had gone stale.
    private(set) var mayTryAgain = false
    private(set) var isBroken = false

    init(_ settings: ConnectionSettings, statements capacity: Int) throws(StorageError) {
        handle = try settings.open()
        statements = StatementCache(capacity: capacity)
    }

    deinit {
        PQfinish(handle)
    }

    // MARK: - SQLConnection

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        // A SELECT reports the rows it found, which are not rows it changed.
        guard !String(cString: PQcmdStatus(result)).hasPrefix("SELECT") else { return 0 }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The whole answer is fetched before the first row is given, so `body` may
    /// itself ask the connection.
    func query(
        _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
    ) throws {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        for row in 0..<PQntuples(result) {
            try body(PostgresRow(result: result, row: row))
        }
    }

    /// By `COPY`, the fastest way in.
    func load(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        let names = columns.map(quoted).joined(separator: ", ")
        let statement = "COPY \(quoted(table)) (\(names)) FROM STDIN"
        if let row = rows.firstIndex(where: { $0.count != columns.count }) {
            let found = "row \(row) has \(rows[row].count) values for \(columns.count) columns"
            throw StorageError.engine(message: found, statement: statement)
        }
        guard !rows.isEmpty else { return }
        PQclear(try checked(PQexec(handle, statement), statement, or: PGRES_COPY_IN))

        var text = CopyText()
        for row in rows {
            guard text.append(row) else {
                PQputCopyEnd(handle, "NUL")
                discardResults()
                throw nulByte(in: statement)
            }
            if text.bytes.count >= 1 << 16 { try send(&text, statement) }
        }
        try send(&text, statement)
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost(statement) }
        let answer = PQgetResult(handle)
        defer { discardResults() }
        PQclear(try checked(answer, statement))
    }

    // MARK: - Transactions

    /// Runs statements without arguments, outside the cache of prepared ones.
    func command(_ sql: String) throws {
        PQclear(try checked(PQexec(handle, sql), sql))
    }

    func begin(_ statement: String) throws {
        failure = nil
        mayTryAgain = false
        try command(statement)
    }

    func commit() throws {
        guard PQtransactionStatus(handle) == PQTRANS_INTRANS else {
            // COMMIT would quietly roll back a transaction in which a statement failed.
            if let failure { throw failure.error(for: "COMMIT") }
            throw StorageError.engine(
                message: "the transaction was ended or lost inside its own body",
                statement: "COMMIT")
        }
        try command("COMMIT")
    }

    func rollback() {
        guard !isBroken, PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        let result = PQexec(handle, "ROLLBACK")
        if PQresultStatus(result) != PGRES_COMMAND_OK { isBroken = true }
        PQclear(result)
    }

    // MARK: - Statements

    /// The caller clears the result.
    private func run(_ sql: String, _ values: [SQLValue]) throws(StorageError) -> OpaquePointer {
        let arguments = try BoundArguments(values, for: sql)
        let key = StatementCache.Key(sql: sql, types: arguments.types)
        let known = statements.name(for: key)
        let name = if let known { known } else { try prepare(key) }
        let result = arguments.withPointers { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(values.count), values, lengths, formats, 0)
        }
        do {
            return try checked(result, sql)
        } catch {
            if known != nil, failure?.isStalePlan == true {
                forgetStatements()
                mayTryAgain = true
            }
            throw error
        }
    }

    private func prepare(_ key: StatementCache.Key) throws(StorageError) -> String {
        if key.sql.utf8.contains(0) { throw nulByte(in: key.sql) }
        prepared += 1
        let name = "s\(prepared)"
        let result = PQprepare(handle, name, key.sql, Int32(key.types.count), key.types)
        PQclear(try checked(result, key.sql))
        if let displaced = statements.keep(name, for: key) {
            let statement = "DEALLOCATE \(displaced)"
            PQclear(try checked(PQexec(handle, statement), statement))
        }
        return name
    }

    /// Names are never used twice, so the server's copies may stay until the
    /// connection ends: this is rare, and impossible inside a failed transaction.
    private func forgetStatements() {
        statements.removeAll()
    }

    /// Returns a result that succeeded; clears and reports one that did not.
    private func checked(
        _ result: OpaquePointer?, _ statement: String, or other: ExecStatusType = PGRES_TUPLES_OK
    ) throws(StorageError) -> OpaquePointer {
        let status = PQresultStatus(result)
        let isGood = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == other
        if let result, isGood { return result }
        let found = PostgresFailure(result, on: handle)
        PQclear(result)
        if failure == nil { failure = found }
        if found.isConflict { mayTryAgain = true }
        if PQstatus(handle) != CONNECTION_OK || found.endsConnection { isBroken = true }
        throw found.error(for: statement)
    }

    private func send(_ text: inout CopyText, _ statement: String) throws(StorageError) {
        let sent = text.bytes.withUnsafeBytes { bytes in
            PQputCopyData(
                handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count))
        }
        guard sent == 1 else { throw lost(statement) }
        text.removeAll()
    }

    private func lost(_ statement: String) -> StorageError {
        isBroken = true
        return .engine(message: errorText(of: handle), statement: statement)
    }

    private func discardResults() {
        while let result = PQgetResult(handle) { PQclear(result) }
    }

    /// Quoted, so that a name may be a reserved word; in lower case, as the server
    /// stores the names of the schema.
    private func quoted(_ name: String) -> String {
        "\"\(name.lowercased().replacing("\"", with: "\"\""))\""
    }
}
