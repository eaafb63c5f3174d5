import Chronology
import Registry
import Storage
import Testing

@Suite("Schema")
struct SchemaTests {
    @Test("From empty and from each earlier version", arguments: EngineKind.available)
    func migrations(kind: EngineKind) async throws {
        let all = try Migration.bundled()
        #expect(all.map(\.number) == Array(1...all.count))
        for version in 0...all.count {
            try await kind.withStore(migrations: Array(all.prefix(version))) { engine in
                try await #expect(engine.schemaVersion() == version)
                try await engine.migrate(all)
                try await #expect(engine.schemaVersion() == all.count)
                try await engine.migrate(all)
                try await #expect(StoreCopy.isEmpty(engine))
            }
        }
    }

    @Test("A database from a later version is refused", arguments: EngineKind.available)
    func newer(kind: EngineKind) async throws {
        let all = try Migration.bundled()
        try await kind.withStore { engine in
            await #expect(throws: StorageError.newerSchema(found: all.count, known: 0)) {
                try await engine.migrate([])
            }
        }
    }

    @Test("SQLite keeps the facts in the order of their keys")
    func byKey() async throws {
        try await EngineKind.memory.withStore { engine in
            let byKey = try await engine.read { connection in
                try connection.all(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%ROWID'"
                ) { $0.text(0) }
            }
            #expect(Set(byKey) == Set(FactKind.allCases.map(\.rawValue)))
        }
    }

    @Test("Names sort the Danish way on every engine", arguments: EngineKind.available)
    func danishOrder(kind: EngineKind) async throws {
        let names = [
            "Andersen", "Ann", "Anna", "Bruun", "Müller", "Møller", "Zink", "Ærø", "Östberg",
            "Østerbro", "Aabenraa", "Aalborg", "Århus",
        ]
        let expected = [
            "Andersen", "Ann", "Anna", "Bruun", "Møller", "Müller", "Zink", "Ærø", "Östberg",
            "Østerbro", "Aabenraa", "Aalborg", "Århus",
        ].sorted { DanishSortKey.key(for: $0) < DanishSortKey.key(for: $1) }
        try await kind.withStore { engine in
            try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Samples.herlev)
                for (index, name) in names.shuffled().enumerated() {
                    let citizen = Samples.citizen(CitizenID(Int64(index + 1)), family: name)
                    _ = try ledger.register(.citizen(citizen), Samples.stamp("2024-03-04"))
                }
            }
            let found = try await engine.read { connection in
                try connection.all("SELECT family_name FROM citizen ORDER BY sort_name") {
                    $0.text(0)
                }
            }
            #expect(found == expected)
            #expect(found.suffix(3) == ["Aabenraa", "Aalborg", "Århus"])
            #expect(found.firstIndex(of: "Zink")! < found.firstIndex(of: "Ærø")!)
            if kind == .postgres {
                let icu = try await engine.read { connection in
                    try connection.all(
                        "SELECT family_name FROM citizen ORDER BY family_name COLLATE \"da-DK-x-icu\""
                    ) { $0.text(0) }
                }
                #expect(icu == found)
            }
        }
    }
}
