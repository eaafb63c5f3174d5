import Storage
import Testing

private let schema = """
    CREATE TABLE entry (
        number BIGINT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> 'forbudt')
    ) /*STRICT*/;
    """

private struct Interrupted: Error {}

@Suite("Contract: transactions")
struct TransactionContractTests {
    @Test("what a write did is there for the next read", arguments: EngineKind.all())
    func commit(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            let answer = try await engine.write { connection in
                try connection.execute(
                    "INSERT INTO entry (number, name) VALUES ($1, $2)", [.integer(1), .text("a")])
                return try connection.first("SELECT name FROM entry") { $0.text(0) }
            }
            #expect(answer == "a")
            #expect(try await engine.integers("SELECT number FROM entry") == [1])
        }
    }

    @Test("a write that throws leaves nothing, and the next one works", arguments: EngineKind.all())
    func rollback(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 1) { engine in
            try await engine.create(schema)
            await #expect(throws: Interrupted.self) {
                try await engine.write { connection in
                    try connection.execute("INSERT INTO entry VALUES (1, 'a')", [])
                    throw Interrupted()
                }
            }
            #expect(try await engine.integers("SELECT number FROM entry") == [])
            try await engine.run("INSERT INTO entry VALUES (2, 'b')")
            #expect(try await engine.integers("SELECT number FROM entry") == [2])
        }
    }

    @Test("an error inside a body leaves the connection usable", arguments: EngineKind.all())
    func errorsAreForgotten(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 1) { engine in
            try await engine.create(schema)
            for _ in 1...3 {
                await #expect(throws: StorageError.self) {
                    _ = try await engine.read {
                        try $0.all("SELECT nothing FROM nowhere") { $0.integer(0) }
                    }
                }
                await #expect(throws: StorageError.self) {
                    try await engine.run("this is not a statement")
                }
                await #expect(throws: Interrupted.self) {
                    try await engine.read {
                        try $0.query("SELECT 1", []) { _ in throw Interrupted() }
                    }
                }
                #expect(try await engine.integers("SELECT 7") == [7])
            }
        }
    }

    @Test(
        "a write is never kept in part when a failed statement is ignored",
        arguments: EngineKind.all())
    func ignoredFailure(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 1) { engine in
            try await engine.create(schema)
            var wasKept = true
            do {
                try await engine.write { connection in
                    try connection.execute("INSERT INTO entry VALUES (1, 'a')", [])
                    _ = try? connection.execute("INSERT INTO entry VALUES (1, 'again')", [])
                    _ = try? connection.execute("INSERT INTO entry VALUES (2, 'b')", [])
                }
            } catch {
                wasKept = false
            }
            // SQLite forgives a failed statement, PostgreSQL does not: each says which.
            let numbers = try await engine.integers("SELECT number FROM entry ORDER BY number")
            #expect(numbers == (wasKept ? [1, 2] : []))
        }
    }

    @Test("a read cannot write", arguments: EngineKind.all())
    func readOnly(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            await #expect(throws: StorageError.self) {
                try await engine.read { try $0.execute("INSERT INTO entry VALUES (1, 'a')", []) }
            }
            #expect(try await engine.integers("SELECT count(*) FROM entry") == [0])
        }
    }

    @Test("key, null and check constraints are one kind of error", arguments: EngineKind.all())
    func constraints(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.run("INSERT INTO entry VALUES (1, 'a')")
            let refused: [[SQLValue]] = [
                [.integer(1), .text("b")], [.integer(2), .null], [.integer(3), .text("forbudt")],
            ]
            for values in refused {
                let error = await #expect(throws: StorageError.self) {
                    try await engine.run("INSERT INTO entry VALUES ($1, $2)", values)
                }
                #expect(error?.isConstraint == true, "\(String(describing: error))")
                let loading = await #expect(throws: StorageError.self) {
                    try await engine.write {
                        try $0.load(into: "entry", columns: ["number", "name"], rows: [values])
                    }
                }
                #expect(loading?.isConstraint == true, "\(String(describing: loading))")
            }
            #expect(try await engine.integers("SELECT number FROM entry") == [1])
        }
    }

    @Test("an error never repeats the values it was given", arguments: EngineKind.all())
    func discretion(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.run("INSERT INTO entry VALUES (681170, 'hemmelig')")
            let attempts: [[SQLValue]] = [
                [.integer(681170), .text("hemmelig")], [.text("hemmelig"), .text("a")],
                [.integer(681170), .null],
            ]
            for values in attempts {
                for isLoad in [false, true] {
                    let error = await #expect(throws: (any Error).self) {
                        try await engine.write { connection in
                            guard isLoad else {
                                let sql = "INSERT INTO entry (number, name) VALUES ($1, $2)"
                                return _ = try connection.execute(sql, values)
                            }
                            try connection.load(
                                into: "entry", columns: ["number", "name"], rows: [values])
                        }
                    }
                    let words = String(describing: error)
                    #expect(!words.contains("hemmelig") && !words.contains("681170"))
                }
            }
        }
    }

    @Test("a script is kept whole or not at all", arguments: EngineKind.all())
    func scripts(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.script(
                """
                -- Two statements; the text holds a semicolon and a $1.
                INSERT INTO entry VALUES (1, 'a;b $1');
                CREATE INDEX entry_by_name ON entry (name);
                """)
            await #expect(throws: StorageError.self) {
                try await engine.script(
                    """
                    INSERT INTO entry VALUES (2, 'b');
                    CREATE TABLE other (number BIGINT);
                    INSERT INTO nowhere VALUES (1);
                    """)
            }
            #expect(try await engine.integers("SELECT number FROM entry") == [1])
            try await engine.script("CREATE TABLE other (number BIGINT)")
        }
    }

    @Test("a table that changes shape is read in its new shape", arguments: EngineKind.all())
    func alteredTable(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 2) { engine in
            try await engine.create(schema)
            try await engine.run("INSERT INTO entry VALUES (1, 'a')")
            #expect(try await engine.integers("SELECT number FROM entry") == [1])
            try await engine.create("ALTER TABLE entry ADD COLUMN more BIGINT")
            #expect(try await engine.integers("SELECT number FROM entry") == [1])
            let isNull = try await engine.read {
                try $0.first("SELECT more FROM entry") { $0.isNull(0) }
            }
            #expect(isNull == true)
        }
    }

    @Test("a closed engine answers nothing", arguments: EngineKind.all())
    func close(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.close()
            guard kind.mayBeAskedAfterClose else { return }
            await #expect(throws: (any Error).self) { try await engine.integers("SELECT 1") }
            await #expect(throws: (any Error).self) {
                try await engine.run("INSERT INTO entry VALUES (1, 'a')")
            }
        }
    }
}

extension StorageError {
    fileprivate var isConstraint: Bool {
        if case .constraint = self { true } else { false }
    }
}
