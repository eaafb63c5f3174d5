import Dispatch
import Storage
import Testing

@testable import PostgresStorage

@Suite(
    "PostgreSQL engine", .enabled(if: TestServer.conninfo != nil, "no PostgreSQL server given"),
    .timeLimit(.minutes(2)))
struct PostgresEngineTests {
    @Test("a server that is not there is an error, not a wait")
    func noServer() async throws {
        let error = await #expect(throws: StorageError.self) {
            _ = try await PostgresEngine(conninfo: "host=127.0.0.1 port=1 connect_timeout=2")
        }
        guard case .cannotOpen(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.contains("127.0.0.1") && !message.contains("\n"))
    }

    @Test("a connection cut while idle is replaced without anybody noticing")
    func cutWhileIdle() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            let other = try await PostgresEngine(conninfo: conninfo, connections: 1)
            let first = try await engine.integers("SELECT pg_backend_pid()")
            try await Self.cut(first, from: other)
            let second = try await engine.integers("SELECT pg_backend_pid()")
            #expect(first != second)
            try await Self.cut(second, from: other)
            try await engine.run("CREATE TABLE entry (number BIGINT)")
            #expect(try await engine.integers("SELECT count(*) FROM entry") == [0])
            try await engine.close()
            try await other.close()
        }
    }

    @Test("a connection cut in the middle of a write is an error, once")
    func cutWhileWriting() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            try await engine.script("CREATE TABLE entry (number BIGINT)")
            let error = await #expect(throws: StorageError.self) {
                try await engine.write { connection in
                    try connection.execute("INSERT INTO entry VALUES (1)", [])
                    try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())", [])
                }
            }
            guard case .engine = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await engine.integers("SELECT count(*) FROM entry") == [0])
            try await engine.close()
        }
    }

    private static func cut(_ processes: [Int64], from engine: PostgresEngine) async throws {
        for process in processes {
            let gone = try await engine.integers(
                "SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000)", [.integer(process)])
            #expect(gone == [1])
        }
    }

    @Test(
        "a write that loses to another is run again, even when it hides the error",
        arguments: [false, true])
    func retry(_ hidesErrors: Bool) async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 2)
            try await engine.script(
                "CREATE TABLE counter (value BIGINT); INSERT INTO counter VALUES (0)")
            let attempts = Tally()
            let hasRead = DispatchSemaphore(value: 0)
            let hasWritten = DispatchSemaphore(value: 0)
            async let slow: Void = engine.write { connection in
                let attempt = attempts.next()
                let value = try connection.first("SELECT value FROM counter") { $0.integer(0) }
                if attempt == 1 {
                    hasRead.signal()
                    hasWritten.wait()
                }
                do {
                    try connection.execute(
                        "UPDATE counter SET value = $1", [.integer((value ?? 0) + 1)])
                } catch {
                    if !hidesErrors { throw error }
                }
            }
            try await engine.write { connection in
                hasRead.wait()
                try connection.execute("UPDATE counter SET value = value + 10", [])
            }
            hasWritten.signal()
            try await slow
            #expect(attempts.count == 2)
            #expect(try await engine.integers("SELECT value FROM counter") == [11])
            let locks = try await engine.integers(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
                    + "AND objid = CAST(CAST(hashtext(current_schema()) AS BIGINT) & $1 AS OID)",
                [.integer(0xFFFF_FFFF)])
            #expect(locks == [0])
            try await engine.close()
        }
    }

    @Test("a wait for a free connection ends with busy, and the queue moves on")
    func patience() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(
                conninfo: conninfo, connections: 1, patience: .milliseconds(100))
            let hasBegun = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            async let long = engine.read { connection in
                hasBegun.continuation.finish()
                mayEnd.wait()
                return try connection.first("SELECT 5") { $0.integer(0) }
            }
            for await _ in hasBegun.stream {}
            await #expect(throws: StorageError.busy) { try await engine.integers("SELECT 1") }
            mayEnd.signal()
            #expect(try await long == 5)
            #expect(try await engine.integers("SELECT 1") == [1])
            try await engine.close()
        }
    }

    @Test("a wait for another's lock ends with busy")
    func lockTimeout() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(
                conninfo: conninfo, connections: 2, patience: .milliseconds(200))
            try await engine.script("CREATE TABLE entry (number BIGINT)")
            let hasLocked = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            async let holder: Void = engine.write { connection in
                try connection.execute("LOCK TABLE entry", [])
                hasLocked.continuation.finish()
                mayEnd.wait()
            }
            for await _ in hasLocked.stream {}
            await #expect(throws: StorageError.busy) {
                try await engine.integers("SELECT count(*) FROM entry")
            }
            await #expect(throws: StorageError.busy) { try await engine.script("SELECT 1") }
            mayEnd.signal()
            try await holder
            #expect(try await engine.integers("SELECT count(*) FROM entry") == [0])
            try await engine.close()
        }
    }

    @Test("sessions are lent in the order they were asked for; one who gives up is passed over")
    func fairQueue() async throws {
        let settings = ConnectionSettings(conninfo: "", patience: .seconds(30))
        let session = PostgresSession(settings, statements: 1, number: 1)
        let pool = ConnectionPool([session], patience: .seconds(3_600), clock: ContinuousClock())
        let lent = try await pool.take()
        let turns = Tally()
        var tasks: [Task<Int, any Error>] = []
        for number in 0..<6 {
            tasks.append(
                Task {
                    let lent = try await pool.take()
                    let turn = turns.next()
                    await pool.giveBack(lent)
                    return turn
                })
            while await pool.waiters.count <= number { await Task.yield() }
        }
        tasks[2].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[2].value }
        await pool.giveBack(lent)
        var order: [Int] = []
        for (number, task) in tasks.enumerated() where number != 2 {
            order.append(try await task.value)
        }
        #expect(order == [1, 2, 3, 4, 5])
    }

    @Test("closing lets what is under way finish, and turns those who wait away")
    func closing() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            let hasBegun = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            async let long = engine.read { connection in
                hasBegun.continuation.finish()
                mayEnd.wait()
                return try connection.first("SELECT 5") { $0.integer(0) }
            }
            for await _ in hasBegun.stream {}
            let waiting = Task { try await engine.integers("SELECT 1") }
            async let closed: Void = engine.close()
            await #expect(throws: StorageError.self) { try await waiting.value }
            mayEnd.signal()
            #expect(try await long == 5)
            try await closed
        }
    }

    @Test("no more statements stay prepared than the cache may hold")
    func statementCache() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(
                conninfo: conninfo, connections: 1, statements: 8)
            let held = try await engine.read { connection in
                for number in 0..<50 {
                    for argument in [SQLValue.integer(1), .real(1)] {
                        _ = try connection.first("SELECT $1 + \(number)", [argument]) {
                            #expect($0.integer(0) == Int64(number + 1))
                        }
                    }
                }
                return try connection.first("SELECT count(*) FROM pg_prepared_statements") {
                    $0.integer(0)
                }
            }
            #expect(held == 8)
            try await engine.close()
        }
    }

    @Test("the least recently used statement is the one given up")
    func leastRecentlyUsed() {
        var cache = StatementCache(capacity: 2)
        func key(_ sql: String) -> StatementCache.Key { .init(sql: sql, types: []) }
        #expect(cache.keep("s1", for: key("a")) == nil)
        #expect(cache.keep("s2", for: key("b")) == nil)
        #expect(cache.name(for: key("a")) == "s1")
        #expect(cache.keep("s3", for: key("c")) == "s2")
        #expect(cache.name(for: key("b")) == nil)
        #expect(cache.name(for: .init(sql: "a", types: [ServerType.text])) == nil)
    }

    @Test("a plan made stale by another program is made again")
    func stalePlan() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            let other = try await PostgresEngine(conninfo: conninfo, connections: 1)
            try await engine.script(
                "CREATE TABLE entry (number BIGINT); INSERT INTO entry VALUES (3)")
            #expect(try await engine.integers("SELECT * FROM entry") == [3])
            try await other.script("ALTER TABLE entry ADD COLUMN more TEXT DEFAULT 'ny'")
            let more = try await engine.read {
                try $0.first("SELECT * FROM entry") { $0.text(1) }
            }
            #expect(more == "ny")
            try await engine.close()
            try await other.close()
        }
    }

    @Test("a NUL character is refused in words, and the connection goes on")
    func nul() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            try await engine.script("CREATE TABLE entry (name TEXT)")
            let writes: [@Sendable (any SQLConnection) throws -> Void] = [
                { try $0.execute("INSERT INTO entry VALUES ($1)", [.text("a\0b")]) },
                { try $0.execute("INSERT INTO entry VALUES ('a\0b')", []) },
                { try $0.load(into: "entry", columns: ["name"], rows: [[.text("a\0b")]]) },
            ]
            for write in writes {
                let error = await #expect(throws: StorageError.self) {
                    try await engine.write(write)
                }
                #expect(String(describing: error).contains("U+0000"))
            }
            await #expect(throws: StorageError.self) { try await engine.script("SELECT '\0'") }
            try await engine.run("INSERT INTO entry VALUES ('ab')")
            #expect(try await engine.integers("SELECT count(*) FROM entry") == [1])
            try await engine.close()
        }
    }

    @Test("a body that ends the transaction itself is told so")
    func endedInside() async throws {
        try await TestServer.withSchema { conninfo in
            let engine = try await PostgresEngine(conninfo: conninfo, connections: 1)
            await #expect(throws: StorageError.self) {
                try await engine.run("ROLLBACK")
            }
            #expect(try await engine.integers("SELECT 1") == [1])
            try await engine.close()
        }
    }
}
