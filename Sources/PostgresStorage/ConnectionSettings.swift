import CLibPQ
import Storage

/// How every connection of an engine is opened.
struct ConnectionSettings: Sendable {
    /// libpq's own form: `host=... dbname=...` or a `postgresql://` address.
    let conninfo: String
    /// The longest wait for a lock that another transaction holds.
    let patience: Duration

    /// Opens a connection; the caller owns the handle and gives it to `PQfinish`.
    func open() throws(StorageError) -> OpaquePointer {
        // Later words win over earlier ones, so the conninfo may change the first two.
        let words = ["connect_timeout", "application_name", "dbname", "client_encoding", nil]
        let values = ["10", "fodfaeste", conninfo, "UTF8", nil]
        let opened = withCStrings(words) { words in
            withCStrings(values) { PQconnectdbParams(words, $0, 1) }
        }
        guard let handle = opened else { throw .cannotOpen("libpq is out of memory") }
        do throws(StorageError) {
            try prepare(handle)
        } catch {
            PQfinish(handle)
            throw error
        }
        return handle
    }

    private func prepare(_ handle: OpaquePointer) throws(StorageError) {
        guard PQstatus(handle) == CONNECTION_OK else {
            throw .cannotOpen(errorText(of: handle))
        }
        // Notices would otherwise be printed on standard error by libpq.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) }
        guard encoding == "UTF8" else {
            throw .cannotOpen("the database is encoded as \(encoding ?? "?"), it must be UTF8")
        }
        let milliseconds = max(1, Int64(patience / .milliseconds(1)))
        let result = PQexec(
            handle, "SET lock_timeout = \(milliseconds); SET extra_float_digits = 1")
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw .cannotOpen(errorText(of: handle))
        }
    }
}

/// libpq's latest words about a connection, on one line.
func errorText(of handle: OpaquePointer?) -> String {
    guard let text = PQerrorMessage(handle) else { return "no connection" }
    return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
}

/// Lends a C array of C strings, where nil ends the array.
private func withCStrings<R>(
    _ strings: [String?], _ body: ([UnsafePointer<CChar>?]) -> R
) -> R {
    func lend(_ rest: ArraySlice<String?>, _ lent: [UnsafePointer<CChar>?]) -> R {
        guard let next = rest.first else { return body(lent) }
        guard let string = next else { return lend(rest.dropFirst(), lent + [nil]) }
        return string.withCString { lend(rest.dropFirst(), lent + [$0]) }
    }
    return lend(strings[...], [])
}
