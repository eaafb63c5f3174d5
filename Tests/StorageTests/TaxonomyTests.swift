import Chronology
import Identifiers
import Storage
import Testing

@Suite("Taxonomies in the store")
struct TaxonomyTests {
    static func rows(_ version: String, skill: String = "s1") throws -> TaxonomyRows {
        TaxonomyRows(
            version: version, readOn: Day(number: 0),
            entries: [
                TaxonomyEntryRow(id: "o1", kind: "occupation", isco: "2221"),
                TaxonomyEntryRow(id: skill, kind: "knowledge", isco: ""),
            ],
            labels: [
                TaxonomyLabelRow(language: "da", id: "o1", position: 0, label: "sygeplejerske"),
                TaxonomyLabelRow(language: "da", id: "o1", position: 1, label: "sygeplejer å"),
                TaxonomyLabelRow(language: "en", id: "o1", position: 0, label: "nurse"),
                TaxonomyLabelRow(language: "en", id: skill, position: 0, label: "first \"aid\"\n2"),
            ],
            relations: [
                TaxonomyRelationRow(occupation: "o1", skill: skill, relation: "essential")
            ])
    }

    @Test("What is kept is read back, one language or several", arguments: EngineKind.available)
    func roundTrip(engine kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let origin = PublishedOrigin(
                try MunicipalityCode("0163"), number: 1, on: try #require(Day(iso: "2026-11-23")))
            let rows = try Self.rows("1")
            try await engine.write { connection in
                let store = TaxonomyStore(connection)
                #expect(try store.all(source: "esco", languages: ["da"]) == nil)
                try store.replace(
                    source: "esco", with: try Self.rows("0", skill: "old"), from: origin)
                try store.replace(source: "other", with: rows, from: origin)
                try store.replace(source: "esco", with: rows, from: origin)
            }
            let read = try await engine.read { connection in
                try TaxonomyStore(connection).all(source: "esco", languages: ["da", "en"])
            }
            let all = try #require(read)
            #expect(all.version == "1" && all.readOn == origin.on)
            #expect(all.entries == rows.entries)
            #expect(Set(all.labels) == Set(rows.labels))
            #expect(all.relations == rows.relations)
            let danish = try await engine.read { connection in
                try TaxonomyStore(connection).all(source: "esco", languages: ["da"])
            }
            #expect(danish?.labels.map(\.label) == ["sygeplejerske", "sygeplejer å"])
        }
    }

    @Test("A copy of a store has its taxonomies")
    func copied() async throws {
        try await EngineKind.memory.withStore { source in
            let origin = PublishedOrigin(
                try MunicipalityCode("0163"), number: 1, on: try #require(Day(iso: "2026-11-23")))
            let rows = try Self.rows("1")
            try await source.write { connection in
                try TaxonomyStore(connection).replace(source: "esco", with: rows, from: origin)
            }
            try await EngineKind.disk.withStore { target in
                _ = try await StoreCopy.copy(from: source, to: target)
                let read = try await target.read { connection in
                    try TaxonomyStore(connection).all(source: "esco", languages: ["da", "en"])
                }
                #expect(read?.entries == rows.entries)
                #expect((read?.labels).map { Set($0) } == Set(rows.labels))
                #expect(read?.relations == rows.relations)
            }
        }
    }
}
