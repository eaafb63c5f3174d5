import Testing

/// A synchronous database call in server code can stop the server for good: it
/// holds a thread of the cooperative pool while asynchronous readers need that
/// thread to give their connection back.
@Suite("Server code awaits the database") struct AwaitTests {
    static let serverRooms = ["Jobcenter", "SQLiteStorage", "Web"]

    @Test("No read or write without await", arguments: serverRooms)
    func awaited(room: String) throws {
        for file in try Repository.files(of: room) {
            let found = databaseCallsWithoutAwait(in: file.text)
            #expect(found.isEmpty, "\(file.path), line \(found): await the call")
        }
    }

    @Test("The search recognises what it looks for")
    func recognises() {
        let calls = """
            let a = try pool.read { db in 1 }
            let b = try await pool.read { db in 2 }
            try queue.write { db in }
            // pool.read { } in a comment
            let c = try await pool
                .write { db in 3 }
            try pool.barrierWriteWithoutTransaction { db in }
            let text = file.read(upTo: 5)
            """
        #expect(databaseCallsWithoutAwait(in: calls) == [1, 3, 7])
    }
}

/// The numbers of the lines that call a GRDB access method without `await` on
/// that line or, where the line goes on from the one above, on that one.
func databaseCallsWithoutAwait(in text: String) -> [Int] {
    let names = [
        "barrierWriteWithoutTransaction", "inDatabase", "inTransaction", "read", "unsafeRead",
        "unsafeReentrantRead", "unsafeReentrantWrite", "write", "writeWithoutTransaction",
    ]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { index in
        let line = lines[index].trimmed
        guard !line.hasPrefix("//") else { return nil }
        let calls = names.contains { name in
            line.contains(".\(name) {") || line.contains(".\(name){")
        }
        guard calls else { return nil }
        let above = line.hasPrefix(".") && index > 0 ? lines[index - 1].trimmed : ""
        return line.contains("await ") || above.contains("await ") ? nil : index + 1
    }
}
