import Chronology
import Storage
import Testing

@Suite("Published figures that are fetched again")
struct RetrievalTests {
    static let first = Day(iso: "2026-10-01")!
    static let later = Day(iso: "2026-11-02")!

    private func row(
        _ area: Int32, _ period: String, _ value: Double?, measure: String = "persons"
    ) -> PublishedRow {
        PublishedRow(
            municipality: area, table: "t1", measure: measure, period: period, value: value)
    }

    private func merge(
        _ engine: any StorageEngine, _ rows: [PublishedRow], _ day: Day, _ number: Int64
    ) async throws -> PublishedChanges {
        try await engine.write {
            try PublishedStore($0).merge(
                rows, from: PublishedOrigin(Samples.herlev, number: number, on: day))
        }
    }

    @Test("New, revised, the same, and what did not come", arguments: EngineKind.available)
    func merging(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let none = try await merge(engine, [], Self.first, 1)
            #expect(none == PublishedChanges())
            let before = [
                row(163, "2026M07", 10), row(163, "2026M08", nil), row(219, "2026M08", 0.1 + 0.2),
                row(0, "2026M08", 7), row(163, "2026M08", 1, measure: "share"),
            ]
            let added = try await merge(engine, before, Self.first, 2)
            #expect(added.added == 5 && added.revisions.isEmpty && added.absent == 0)
            let changes = try await merge(
                engine,
                [
                    row(163, "2026M08", 3), row(219, "2026M08", 0.1 + 0.2),
                    row(163, "2026M09", 12),
                ], Self.later, 3)
            #expect(changes.added == 1)
            #expect(
                changes.revisions == [
                    Revision(area: 163, measure: "persons", period: "2026M08", old: nil, new: 3)
                ])
            // The country did not come for August, and stays.
            #expect(changes.absent == 1)
            // Not shown and nought are not the same.
            let hidden = try await merge(engine, [row(0, "2026M06", nil)], Self.later, 4)
            let nought = try await merge(engine, [row(0, "2026M06", 0)], Self.later, 5)
            let again = try await merge(engine, [row(0, "2026M06", nil)], Self.later, 6)
            #expect(hidden.revisions.isEmpty)
            #expect(nought.revisions.map(\.new) == [0] && again.revisions.map(\.old) == [0])
            let stored = try await engine.read { try PublishedStore($0).all() }
            #expect(
                Set(stored) == [
                    row(163, "2026M07", 10), row(163, "2026M08", 3), row(163, "2026M09", 12),
                    row(219, "2026M08", 0.1 + 0.2), row(0, "2026M08", 7),
                    row(163, "2026M08", 1, measure: "share"), row(0, "2026M06", nil),
                ])
            let coverage = try await engine.read { try PublishedStore($0).coverage() }
            #expect(coverage.map(\.period) == ["2026M06", "2026M07", "2026M08", "2026M09"])
            #expect(coverage.map(\.figures) == [1, 1, 4, 1])
            #expect(
                coverage.map(\.retrievedOn) == [Self.later, Self.first, Self.later, Self.later])
        }
    }

    private func retrieval(_ number: Int64, _ table: String, _ columns: [String]) -> RetrievalRow {
        RetrievalRow(
            number: number, source: "jobindsats", table: table, question: "q",
            address: "https://a.example/\(number)", columns: columns, at: number, on: Self.first,
            digest: "d\(number)", figures: 4, added: 3, revised: 1, absent: 0)
    }

    @Test(
        "The log is read back, by table, and goes along in a copy", arguments: EngineKind.available)
    func log(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let one = retrieval(4, "t1", ["Periode", "Område", ""])
            let two = retrieval(9, "t2", ["Periode"])
            let revisions = [
                Revision(area: 0, measure: "a", period: "2026M08", old: 1.5, new: nil),
                Revision(area: 163, measure: "a", period: "2026M08", old: nil, new: 2),
            ]
            try await engine.write { connection in
                let log = RetrievalStore(connection, Samples.herlev)
                try log.add(one, revisions)
                try log.add(two, [])
            }
            func check(_ engine: any StorageEngine) async throws {
                try await engine.read { (connection) throws in
                    let log = RetrievalStore(connection, Samples.herlev)
                    #expect(try log.latest(9) == [two, one])
                    #expect(try log.latest(1) == [two])
                    #expect(try log.retrieval(4) == one)
                    #expect(try log.retrieval(5) == nil)
                    #expect(try log.latest(9, table: "t1") == [one])
                    #expect(try log.revisions(of: 4) == revisions)
                    #expect(try log.revisions(of: 9).isEmpty)
                    #expect(
                        try log.last(source: "jobindsats", table: "t1", question: "q") == one)
                    #expect(
                        try log.last(source: "statbank", table: "t1", question: "q") == nil)
                    #expect(
                        try log.last(source: "jobindsats", table: "t1", question: "p") == nil)
                }
            }
            try await check(engine)
            try await EngineKind.memory.withStore { copy in
                _ = try await StoreCopy.copy(from: engine, to: copy)
                try await check(copy)
            }
        }
    }
}
