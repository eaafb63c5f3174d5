import CLibPQ
import Storage

/// What the server answered when it refused a statement.
struct PostgresFailure {
    /// Five characters that name the kind of error; empty when libpq itself failed.
    let state: String
    let message: String

    init(_ result: OpaquePointer?, on handle: OpaquePointer) {
        state = Self.field(result, "C") ?? ""
        // The primary message only: the detail repeats the values of the row.
        message = Self.field(result, "M") ?? errorText(of: handle)
    }

    /// Another transaction got in the way; the same work may well succeed next time.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// The server is shutting down or has cut the connection.
    var endsConnection: Bool { state.hasPrefix("57P") || state.hasPrefix("08") }

    /// A prepared statement whose answer has another shape since a table changed.
    var isStalePlan: Bool { state == "0A000" }

    func error(for statement: String) -> StorageError {
        if state.hasPrefix("23") { return .constraint(message: message) }
        if isConflict || state == "55P03" { return .busy }
        if state.hasPrefix("22") {
            // These messages quote the value, which may be about a person.
            return .engine(
                message: "a value does not fit its type or range (SQLSTATE \(state))",
                statement: statement)
        }
        let text = state.isEmpty ? message : "\(message) (SQLSTATE \(state))"
        return .engine(message: text, statement: statement)
    }

    /// A field of the answer by its one-letter code: C is the SQLSTATE, M the message.
    private static func field(_ result: OpaquePointer?, _ code: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
}
