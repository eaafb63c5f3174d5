import Storage
import Testing

private let schema = """
    CREATE TABLE item (
        id BIGINT NOT NULL PRIMARY KEY,
        number BIGINT,
        share DOUBLE,
        name TEXT
    ) /*STRICT*/;
    """
private let columns = ["id", "number", "share", "name"]
private let insert = "INSERT INTO item (id, number, share, name) VALUES ($1, $2, $3, $4)"

@Suite("Contract: values")
struct ValueContractTests {
    @Test("numbers and text come back as they were given", arguments: EngineKind.all())
    func roundTrip(_ kind: EngineKind) async throws {
        let numbers: [Int64] = [.min, .min + 1, -1, 0, 1, 20_778, .max - 1, .max]
        let reals = [
            0, -0.5, 1.0 / 3, 0.1 + 0.2, .pi, 1e-300, -1e300, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude, .infinity, -.infinity, 9_007_199_254_740_992,
        ]
        let texts = [
            "", " ", "Ærøskøbing på Ærø", "ÆØÅæøå", "👩🏽‍🔧🇩🇰", "\\N", "\\.", "a\tb\nc\r\nd", "'\"$1;--",
            "e\u{301}", "\u{1}\u{7F}", String(repeating: "å", count: 70_000),
        ]
        var rows = numbers.map { [SQLValue.integer($0), .null, .null] }
        rows += reals.map { [.null, .real($0), .null] }
        rows += texts.map { [.null, .null, .text($0)] }
        rows.append([.null, .null, .null])
        try await checkBothWaysIn(rows, kind)
    }

    @Test("rows drawn at random come back as they were given", arguments: EngineKind.all())
    func randomRows(_ kind: EngineKind) async throws {
        var random = SeededGenerator(state: 2026)
        var rows: [[SQLValue]] = []
        for _ in 0..<400 { rows.append(Self.row(&random)) }
        try await checkBothWaysIn(rows, kind)
    }

    /// One by one and by the load, read back and compared.
    private func checkBothWaysIn(_ rows: [[SQLValue]], _ kind: EngineKind) async throws {
        var numbered: [[SQLValue]] = []
        for (id, row) in rows.enumerated() { numbered.append([.integer(Int64(id))] + row) }
        let given = numbered
        for isLoad in [false, true] {
            try await kind.withEngine { engine in
                try await engine.create(schema)
                try await engine.write { connection in
                    if isLoad {
                        try connection.load(into: "item", columns: columns, rows: given)
                    } else {
                        for row in given { try connection.execute(insert, row) }
                    }
                }
                let found = try await Self.items(engine)
                #expect(found.count == given.count)
                for (found, given) in zip(found, given) { #expect(found == given) }
            }
        }
    }

    @Test("20,000 loaded rows equal 20,000 inserted rows", arguments: EngineKind.all())
    func bigLoad(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            var random = SeededGenerator(state: 7)
            var drawn: [[SQLValue]] = []
            for id in 0..<20_000 { drawn.append([.integer(Int64(id))] + Self.row(&random)) }
            let rows = drawn
            try await engine.create(schema)
            try await engine.write { connection in
                for row in rows { try connection.execute(insert, row) }
            }
            let inserted = try await Self.items(engine)
            try await engine.write { connection in
                #expect(try connection.execute("DELETE FROM item", []) == rows.count)
                try connection.load(into: "item", columns: columns, rows: rows)
            }
            let loaded = try await Self.items(engine)
            #expect(loaded == inserted)
            #expect(loaded == rows)
        }
    }

    @Test("a load of no rows, and of rows that do not fit", arguments: EngineKind.all())
    func oddLoads(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.write { try $0.load(into: "item", columns: columns, rows: []) }
            await #expect(throws: StorageError.self) {
                try await engine.write {
                    try $0.load(
                        into: "item", columns: ["id", "number"],
                        rows: [[.integer(1), .integer(2)], [.integer(3)]])
                }
            }
            #expect(try await engine.integers("SELECT count(*) FROM item") == [0])
        }
    }

    @Test("a statement tells how many rows it changed", arguments: EngineKind.all())
    func changes(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            let counts = try await engine.write { connection in
                [
                    try connection.execute(insert, [.integer(1), .integer(5), .null, .null]),
                    try connection.execute(
                        "INSERT INTO item (id, number) SELECT id + $1, number FROM item",
                        [.integer(1)]),
                    try connection.execute("UPDATE item SET share = $1", [.real(0.25)]),
                    try connection.execute("UPDATE item SET id = 9 WHERE id > $1", [.integer(5)]),
                    try connection.execute("SELECT id FROM item", []),
                    try connection.execute("DELETE FROM item WHERE number = $1", [.integer(5)]),
                ]
            }
            #expect(counts == [1, 1, 2, 0, 0, 2])
        }
    }

    @Test("sums, comparisons and nulls read the same", arguments: EngineKind.all())
    func answers(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.write { connection in
                try connection.load(
                    into: "item", columns: columns,
                    rows: [
                        [.integer(1), .integer(10), .real(0.5), .text("Åse")],
                        [.integer(2), .integer(20), .real(0.25), .null],
                    ])
            }
            let row = try await engine.read { connection in
                try connection.first(
                    """
                    SELECT sum(number), count(name), number > $1, sum(share), max(name),
                        number / 4, max(number) * $2
                    FROM item WHERE id = 1 GROUP BY number
                    """, [.integer(9), .real(0.5)]
                ) { row in
                    #expect(row.integer(2) == 1)
                    #expect(row.real(3) == 0.5)
                    #expect(row.text(4) == "Åse")
                    #expect(row.real(6) == 5)
                    return [row.integer(0), row.integer(1), row.integer(5)]
                }
            }
            #expect(row == [10, 1, 2])
            try await engine.read { connection in
                try connection.query("SELECT name, number, share FROM item WHERE id = 2", []) {
                    #expect($0.isNull(0) && !$0.isNull(1))
                    #expect($0.text(0) == "" && $0.optionalText(0) == nil)
                    #expect($0.integer(0) == 0 && $0.optionalInteger(0) == nil)
                    #expect($0.optionalInteger(1) == 20 && $0.optionalReal(2) == 0.25)
                    #expect($0.real(1) == 20)
                }
            }
        }
    }

    @Test("a number that is none (NaN) is kept as null", arguments: EngineKind.all())
    func notANumber(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.write { connection in
                try connection.execute(insert, [.integer(1), .null, .real(.nan), .null])
                try connection.load(
                    into: "item", columns: ["id", "share"],
                    rows: [[.integer(2), .real(.nan)], [.integer(3), .real(-.nan)]])
            }
            #expect(
                try await engine.integers("SELECT id FROM item WHERE share IS NULL ORDER BY id")
                    == [1, 2, 3])
        }
    }

    @Test("a null argument fits wherever a number or a text does", arguments: EngineKind.all())
    func nullArguments(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            let update = "UPDATE item SET number = $1, share = $2, name = $3 WHERE id = $4"
            try await engine.write { connection in
                try connection.execute(insert, [.integer(1), .null, .null, .null])
                let values: [SQLValue] = [.integer(4), .real(0.5), .text("x")]
                for missing in 0..<3 {
                    var some = values
                    some[missing] = .null
                    try connection.execute(update, some + [.integer(1)])
                    try connection.query("SELECT number, share, name FROM item", []) { row in
                        for column in 0..<3 { #expect(row.isNull(column) == (column == missing)) }
                    }
                }
            }
        }
    }

    @Test("text sorts by its bytes", arguments: EngineKind.all())
    func byteOrder(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create("CREATE TABLE word (sort_key TEXT NOT NULL) /*STRICT*/;")
            var random = SeededGenerator(state: 11)
            var words = [
                "", "a", "A", "aa", "å", "Å", "ø", "z", "Z", "æ", "_", " a", "-", "é", "🦺",
            ]
            for _ in 0..<300 { words.append(Self.text(&random)) }
            let rows = words.shuffled(using: &random).map { [SQLValue.text($0)] }
            try await engine.write {
                try $0.load(into: "word", columns: ["sort_key"], rows: rows)
            }
            let found = try await engine.read {
                try $0.all("SELECT sort_key FROM word ORDER BY sort_key") { $0.text(0) }
            }
            let expected = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
            let last = try await engine.read {
                try $0.first("SELECT max(sort_key) FROM word") { $0.text(0) }
            }
            #expect(last == expected.last)
        }
    }

    @Test("a query may be asked inside another", arguments: EngineKind.all())
    func nestedQueries(_ kind: EngineKind) async throws {
        try await kind.withEngine { engine in
            try await engine.create(schema)
            try await engine.write { connection in
                for id in 1...4 {
                    try connection.execute(
                        insert, [.integer(Int64(id)), .integer(Int64(id * id)), .null, .null])
                }
            }
            let squares = try await engine.read { connection in
                try connection.all("SELECT id FROM item ORDER BY id") { row in
                    try connection.first(
                        "SELECT number FROM item WHERE id = $1", [.integer(row.integer(0))]
                    ) { $0.integer(0) }
                }
            }
            #expect(squares == [1, 4, 9, 16])
        }
    }

    @Test("more statements than any cache holds", arguments: EngineKind.all())
    func manyStatements(_ kind: EngineKind) async throws {
        try await kind.withEngine(connections: 1) { engine in
            for _ in 1...2 {
                let sum = try await engine.read { connection in
                    var sum: Int64 = 0
                    for number in 1...600 {
                        sum +=
                            try connection.first(
                                "SELECT $1 + \(number)", [.integer(1)]
                            ) { $0.integer(0) } ?? 0
                    }
                    return sum
                }
                #expect(sum == 600 * 601 / 2 + 600)
            }
        }
    }

    // MARK: - Rows

    private static func items(_ engine: any StorageEngine) async throws -> [[SQLValue]] {
        try await engine.read { connection in
            try connection.all("SELECT id, number, share, name FROM item ORDER BY id") { row in
                [
                    .integer(row.integer(0)),
                    row.optionalInteger(1).map { .integer($0) } ?? .null,
                    row.optionalReal(2).map { .real($0) } ?? .null,
                    row.optionalText(3).map { .text($0) } ?? .null,
                ]
            }
        }
    }

    private static func row(_ random: inout SeededGenerator) -> [SQLValue] {
        let real = Double(bitPattern: random.next())
        return [
            Bool.random(using: &random) ? .null : .integer(Int64(bitPattern: random.next())),
            real.isNaN ? .null : .real(real),
            Int.random(in: 0..<8, using: &random) == 0 ? .null : .text(text(&random)),
        ]
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let letters = Array("abzAÆØÅæøå09 \\N.\t\n\r'\"$;é–👷🏿")
        let count = Int.random(in: 0..<12, using: &random)
        var text = ""
        for _ in 0..<count { text.append(letters.randomElement(using: &random) ?? "x") }
        return text
    }
}
