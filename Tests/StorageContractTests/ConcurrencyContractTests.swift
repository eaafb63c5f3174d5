import Dispatch
import Storage
import Testing

private let accounts = """
    CREATE TABLE account (
        municipality BIGINT NOT NULL,
        number BIGINT NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (municipality, number)
    ) /*STRICT*/;
    """

@Suite("Contract: many at once", .timeLimit(.minutes(3)))
struct ConcurrencyContractTests {
    @Test("a read sees one state while a write commits", arguments: EngineKind.all())
    func snapshot(_ kind: EngineKind) async throws {
        guard kind.readsBesideWrites else { return }
        try await kind.withEngine { engine in
            try await engine.create(accounts)
            let hasRead = DispatchSemaphore(value: 0)
            let hasWritten = DispatchSemaphore(value: 0)
            async let seen = engine.read { connection in
                let count = "SELECT count(*) FROM account"
                let before = try connection.first(count) { $0.integer(0) }
                hasRead.signal()
                hasWritten.wait()
                let after = try connection.first(count) { $0.integer(0) }
                return [before, after]
            }
            try await engine.write { connection in
                hasRead.wait()
                try connection.execute("INSERT INTO account VALUES (163, 1, 100)", [])
            }
            hasWritten.signal()
            #expect(try await seen == [0, 0])
            #expect(try await engine.integers("SELECT count(*) FROM account") == [1])
        }
    }

    @Test("money moved between accounts is never seen half moved", arguments: EngineKind.all())
    func invariant(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(accounts)
            try await engine.write { connection in
                for number in 0..<10 {
                    try connection.execute(
                        "INSERT INTO account VALUES (163, $1, 100)", [.integer(Int64(number))])
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<60 {
                    group.addTask { try await Self.move(engine, task) }
                    group.addTask {
                        let total = try await engine.read { connection in
                            var total: Int64 = 0
                            for number in 0..<10 {
                                total +=
                                    try connection.first(
                                        "SELECT amount FROM account WHERE number = $1",
                                        [.integer(Int64(number))]
                                    ) { $0.integer(0) } ?? 0
                            }
                            return total
                        }
                        #expect(total == 1000)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await engine.integers("SELECT sum(amount) FROM account") == [1000])
        }
    }

    private static func move(_ engine: any StorageEngine, _ task: Int) async throws {
        let from = SQLValue.integer(Int64(task % 10))
        let to = SQLValue.integer(Int64((task * 7 + 3) % 10))
        try await engine.write { connection in
            for (account, step) in [(from, Int64(-1)), (to, 1)] {
                let amount =
                    try connection.first(
                        "SELECT amount FROM account WHERE number = $1", [account]
                    ) { $0.integer(0) } ?? 0
                try connection.execute(
                    "UPDATE account SET amount = $1 WHERE number = $2",
                    [.integer(amount + step), account])
            }
        }
    }

    @Test(
        "200 writers and readers: no deadlock, no number lost or used twice",
        arguments: EngineKind.all())
    func numbering(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 8) { engine in
            try await engine.create(accounts)
            let municipalities: [Int64] = [101, 163, 219]
            let runs = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<200 {
                    let municipality = SQLValue.integer(municipalities[task % 3])
                    if task % 4 == 3 {
                        group.addTask { try await Self.checkNumbers(engine, municipality) }
                        continue
                    }
                    group.addTask {
                        try await engine.write { connection in
                            runs.next()
                            let last = try connection.first(
                                "SELECT coalesce(max(number), 0) FROM account "
                                    + "WHERE municipality = $1", [municipality]
                            ) { $0.integer(0) }
                            try connection.execute(
                                "INSERT INTO account VALUES ($1, $2, 1)",
                                [municipality, .integer((last ?? 0) + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await engine.integers("SELECT count(*) FROM account") == [150])
            for municipality in municipalities {
                try await Self.checkNumbers(engine, .integer(municipality))
            }
            #expect(runs.count >= 150)
        }
    }

    /// The numbers of one municipality are 1, 2, 3 ... without a hole.
    private static func checkNumbers(
        _ engine: any StorageEngine, _ municipality: SQLValue
    ) async throws {
        let numbers = try await engine.integers(
            "SELECT number FROM account WHERE municipality = $1 ORDER BY number", [municipality])
        #expect(numbers == (0..<numbers.count).map { Int64($0 + 1) })
    }
}
