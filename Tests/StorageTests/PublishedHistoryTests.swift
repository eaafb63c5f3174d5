import Chronology
import Identifiers
import Storage
import Testing

@Suite("Published figures as they were known on a day")
struct PublishedHistoryTests {
    private static let start = Day(iso: "2025-01-01")!

    private func row(
        _ area: Int32, _ period: String, _ value: Double?, measure: String = "persons"
    ) -> PublishedRow {
        PublishedRow(
            municipality: area, table: "t1", measure: measure, period: period, value: value)
    }

    private func origin(_ number: Int64, _ day: Day) -> PublishedOrigin {
        PublishedOrigin(Samples.herlev, number: number, on: day)
    }

    /// One import of a file or one retrieval, as it is thought up.
    private struct Step {
        var isFile: Bool
        var day: Day
        var rows: [PublishedRow]
    }

    /// What everything looks like after each step, kept as whole copies.
    private struct Oracle {
        struct Place: Hashable {
            var area: Int32
            var measure: String
            var period: String
        }
        var copies: [(day: Day, rows: Set<PublishedRow>)] = []

        func known(at day: Day) -> Set<PublishedRow> {
            copies.last { $0.day <= day }?.rows ?? []
        }

        mutating func take(_ step: Step) {
            var standing = copies.last?.rows ?? []
            let measures = Set(step.rows.map(\.measure))
            if step.isFile { standing = standing.filter { !measures.contains($0.measure) } }
            let places = Set(step.rows.map(Self.place))
            standing = standing.filter { !places.contains(Self.place($0)) }
            copies.append((step.day, standing.union(step.rows)))
        }

        private static func place(_ row: PublishedRow) -> Place {
            Place(area: row.municipality, measure: row.measure, period: row.period)
        }
    }

    private func steps(_ seed: UInt64) -> [Step] {
        var random = SplitMix(state: seed)
        var day = Self.start
        var steps: [Step] = []
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            // Often several on one day.
            day = day + Int.random(in: 0...3, using: &random)
            var rows: [PublishedRow] = []
            for measure in ["a", "b", "c"] where Bool.random(using: &random) {
                for area in [Int32(0), 163, 219] {
                    for period in ["2024M11", "2024M12", "2025M01", "2024Q04"]
                    where Int.random(in: 0...2, using: &random) > 0 {
                        let values: [Double?] = [nil, 0, 1, 0.1 + 0.2]
                        rows.append(
                            row(
                                area, period, values[Int.random(in: 0...3, using: &random)],
                                measure: measure))
                    }
                }
            }
            steps.append(Step(isFile: Bool.random(using: &random), day: day, rows: rows))
        }
        return steps
    }

    @Test(
        "Any sequence of files and retrievals is known on each day as whole copies are",
        arguments: EngineKind.available)
    func againstCopies(kind: EngineKind) async throws {
        for seed in 0..<UInt64(kind == .memory ? 60 : 8) {
            try await kind.withStore { engine in
                var oracle = Oracle()
                let steps = steps(seed)
                for (index, step) in steps.enumerated() {
                    let origin = origin(Int64(index + 1), step.day)
                    try await engine.write { connection in
                        let store = PublishedStore(connection)
                        if step.isFile {
                            try store.replace(with: step.rows, from: origin)
                        } else {
                            _ = try store.merge(step.rows, from: origin)
                        }
                    }
                    oracle.take(step)
                }
                let last = steps.last?.day ?? Self.start
                for offset in -1...(last - Self.start + 2) {
                    let day = Self.start + offset
                    let (rows, coverage) = try await engine.read { connection in
                        let store = PublishedStore(connection)
                        return (try store.all(knownAt: day), try store.coverage(knownAt: day))
                    }
                    #expect(rows.count == Set(rows).count)
                    #expect(Set(rows) == oracle.known(at: day), "seed \(seed), \(day.iso)")
                    #expect(
                        coverage.reduce(0) { $0 + $1.figures } == oracle.known(at: day).count)
                }
                let now = try await engine.read { try PublishedStore($0).all() }
                #expect(Set(now) == oracle.known(at: last))
                try await checkChanges(engine, steps)
            }
        }
    }

    /// Undoing the changes one by one, the latest first, leads through the same figures.
    private func checkChanges(_ engine: any StorageEngine, _ steps: [Step]) async throws {
        for (area, measure) in [(Int32(163), "a"), (0, "b")] {
            let (standing, earlier) = try await engine.read { connection in
                let store = PublishedStore(connection)
                return (
                    try store.standing(table: "t1", measure: measure, area: area),
                    try store.earlier(table: "t1", measure: measure, area: area)
                )
            }
            for change in earlier {
                // What took its place is what stands, or what stood next.
                let next =
                    standing.contains {
                        $0.period == change.period && $0.origin == change.end
                            && $0.value == change.new
                    }
                    || earlier.contains {
                        $0.period == change.period && $0.origin == change.end
                            && $0.old == change.new
                    }
                #expect(next != change.isGone)
                let step = steps[Int(change.end.number) - 1]
                #expect(step.day == change.knownUntil)
                #expect(
                    step.rows.contains {
                        $0.municipality == area && $0.measure == measure
                            && $0.period == change.period
                    } != change.isGone)
            }
        }
    }

    @Test(
        "Added, revised, not shown any more, gone and back again", arguments: EngineKind.available)
    func oneFigure(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let days = ["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10", "2025-05-10"]
                .compactMap { Day(iso: $0) }
            let values: [[PublishedRow]] = [
                [row(163, "2024M12", 10), row(0, "2024M12", 99)],
                [row(163, "2024M12", 11), row(0, "2024M12", 99)],
                [row(163, "2024M12", nil), row(0, "2024M12", 99)],
                [row(0, "2024M12", 99)],
                [row(163, "2024M12", 11), row(0, "2024M12", 99)],
            ]
            for (index, (day, rows)) in zip(days, values).enumerated() {
                let origin = origin(Int64(index + 1), day)
                let changes = try await engine.write {
                    try PublishedStore($0).replace(with: rows, from: origin)
                }
                #expect(changes.added == [2, 0, 0, 0, 1][index])
                #expect(changes.revisions.count == [0, 1, 1, 0, 0][index])
                #expect(changes.removed == [0, 0, 0, 1, 0][index])
            }
            try await engine.read { (connection) throws in
                let store = PublishedStore(connection)
                #expect(try store.all(knownAt: days[0] - 1).isEmpty)
                for (day, rows) in zip(days, values) {
                    #expect(Set(try store.all(knownAt: day)) == Set(rows))
                    #expect(Set(try store.all(knownAt: day + 20)) == Set(rows))
                    #expect(try store.coverage(knownAt: day).map(\.retrievedOn) == [day])
                }
                let earlier = try store.earlier(table: "t1", measure: "persons", area: 163)
                #expect(earlier.map(\.old) == [nil, 11, 10])
                #expect(earlier.map(\.new) == [nil, nil, 11])
                #expect(earlier.map(\.isGone) == [true, false, false])
                #expect(earlier.map(\.end.number) == [4, 3, 2])
                #expect(earlier.map(\.knownUntil) == [days[3], days[2], days[1]])
                let standing = try store.standing(table: "t1", measure: "persons", area: 163)
                #expect(standing.map(\.knownFrom) == [days[4]])
                #expect(standing.map(\.origin?.number) == [5])
                let country = try store.standing(table: "t1", measure: "persons", area: 0)
                #expect(country.map(\.knownFrom) == [days[0]])
                #expect(country.map(\.retrievedOn) == [days[4]])
                #expect(
                    try store.readings(table: "t1", measure: "persons").map(\.on)
                        == days.reversed())
                #expect(try store.version().readings == 5)
                #expect(try store.version().last == days[4])
            }
            try await EngineKind.memory.withStore { copy in
                _ = try await StoreCopy.copy(from: engine, to: copy)
                let known = try await copy.read { try PublishedStore($0).all(knownAt: days[2]) }
                #expect(Set(known) == Set(values[2]))
            }
        }
    }

    @Test(
        "What stood before the history was kept is known from the day it was last read",
        arguments: EngineKind.available)
    func migrated(kind: EngineKind) async throws {
        let all = try Migration.bundled()
        try await kind.withStore(migrations: Array(all.prefix(8))) { engine in
            let (first, later) = (Day(iso: "2025-01-10")!, Day(iso: "2025-02-10")!)
            try await engine.write { connection in
                for (period, value, day) in [("2024M11", 5.0, first), ("2024M12", 7, later)] {
                    try connection.execute(
                        "INSERT INTO published_figure (municipality, source_table, measure, "
                            + "period, value, retrieved_on) VALUES ($1, $2, $3, $4, $5, $6)",
                        [
                            .integer(163), .text("t1"), .text("persons"), .text(period),
                            .real(value), .integer(Int64(day.number)),
                        ])
                }
                let log = RetrievalStore(connection, Samples.herlev)
                try log.add(
                    RetrievalRow(
                        number: 9, source: "jobindsats", table: "t1", question: "q",
                        address: "https://a.example", columns: ["Periode"], at: 1, on: later,
                        digest: "d", figures: 1, added: 0, revised: 1, absent: 0),
                    [Revision(area: 163, measure: "persons", period: "2024M12", old: 6, new: 7)])
            }
            try await engine.migrate(all)
            try await engine.read { (connection) throws in
                let store = PublishedStore(connection)
                #expect(try store.all(knownAt: first - 1).isEmpty)
                #expect(Set(try store.all(knownAt: first)) == [row(163, "2024M11", 5)])
                // Since when the 6 stood is not known, so it is not said to have.
                #expect(Set(try store.all(knownAt: later - 1)) == [row(163, "2024M11", 5)])
                #expect(
                    Set(try store.all(knownAt: later))
                        == [row(163, "2024M11", 5), row(163, "2024M12", 7)])
                let earlier = try store.earlier(table: "t1", measure: "persons", area: 163)
                #expect(earlier.map(\.old) == [6] && earlier.map(\.new) == [7])
                #expect(earlier.map(\.end.number) == [9])
                #expect(earlier.first?.origin == nil)
                #expect(
                    try store.readings(table: "t1", measure: "persons").map(\.on)
                        == [later, first])
            }
            // Read again without a change, it is known from the same day as before.
            let rows = [row(163, "2024M12", 7)]
            let origin = origin(10, later + 30)
            _ = try await engine.write { try PublishedStore($0).merge(rows, from: origin) }
            let known = try await engine.read { try PublishedStore($0).all(knownAt: later) }
            #expect(known.count == 2)
        }
    }
}

/// The same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
