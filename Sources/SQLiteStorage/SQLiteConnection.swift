import Foundation
import GRDB
import GRDBSQLite
import Storage

/// A GRDB database seen through the store's protocol.
struct SQLiteConnection: SQLConnection {
    let database: Database

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try translating {
            let statement = try database.cachedStatement(sql: sql)
            let before = database.totalChangesCount
            try statement.execute(arguments: Self.bound(arguments))
            return database.totalChangesCount - before
        }
    }

    func query(
        _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
    ) throws {
        try translating {
            let statement = try database.cachedStatement(sql: sql)
            let rows = try Row.fetchCursor(statement, arguments: Self.bound(arguments))
            let row = SQLiteRow(statement: statement.sqliteStatement)
            while try rows.next() != nil { try body(row) }
        }
    }

    func load(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        guard !rows.isEmpty else { return }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        try translating {
            let statement = try database.cachedStatement(
                sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
            for row in rows {
                guard row.count == columns.count else {
                    throw StorageError.engine(
                        message: "a row has \(row.count) values for \(columns.count) columns",
                        statement: table)
                }
                try statement.execute(arguments: Self.bound(row))
            }
        }
    }

    private static func bound(_ arguments: [SQLValue]) -> StatementArguments {
        StatementArguments(
            arguments.map { value -> DatabaseValue in
                switch value {
                case .null: .null
                case .integer(let number): number.databaseValue
                case .real(let number): number.databaseValue
                case .text(let text): text.databaseValue
                case .bytes(let bytes): Data(bytes).databaseValue
                }
            })
    }
}

/// GRDB's errors in the store's words.
func translating<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError {
        throw StorageError(error)
    }
}

extension StorageError {
    init(_ error: DatabaseError) {
        let message = error.message ?? "\(error.resultCode)"
        self =
            switch error.resultCode {
            case .SQLITE_CONSTRAINT: .constraint(message: message)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT: .cannotOpen(message)
            default: .engine(message: message, statement: error.sql ?? "")
            }
    }
}

/// The row that a statement stands on. Read through SQLite's own functions, which
/// ask less than GRDB's rows do: a register reads millions of values.
struct SQLiteRow: SQLRow {
    let statement: SQLiteStatement

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, CInt(column)) == SQLITE_NULL
    }
    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, CInt(column)) }
    func real(_ column: Int) -> Double { sqlite3_column_double(statement, CInt(column)) }
    func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(statement, CInt(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, CInt(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
    func bytes(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, CInt(column)) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, CInt(column)))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}
