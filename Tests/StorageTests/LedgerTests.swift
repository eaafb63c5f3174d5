import Chronology
import Identifiers
import Registry
import Storage
import Testing

@Suite("Ledger")
struct LedgerTests {
    @Test("Every kind of fact comes back as it went in", arguments: EngineKind.available)
    func roundTrip(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let facts = Samples.oneOfEach
            #expect(Set(facts.map(\.kind)) == Set(FactKind.allCases))
            let receipts = try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Samples.herlev)
                _ = try FileContents(connection, Samples.herlev).keep(Samples.file)
                return try facts.map { try ledger.register($0, Samples.stamp("2024-06-01")) }
            }
            #expect(receipts.map(\.number) == Array(1...Int64(facts.count)))
            let found = try await self.facts(engine, knownAt: nil)
            #expect(Set(found) == Set(facts))
            try await #expect(self.verdict(engine).broken == nil)
        }
    }

    @Test("A correction closes what stood and both can be read", arguments: EngineKind.available)
    func correction(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let open = Samples.spell(1, end: nil)
            let closed = Samples.spell(1, end: Samples.end)
            try await self.register(engine, [open], "2024-03-04")
            try await self.register(engine, [closed], "2024-06-03")
            let now = try await self.facts(engine, knownAt: nil)
            #expect(now == [closed])
            let then = try await self.facts(engine, knownAt: Day(iso: "2024-06-02"))
            #expect(then == [open])
            let before = try await self.facts(engine, knownAt: Day(iso: "2024-03-03"))
            #expect(before.isEmpty)
            try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Samples.herlev)
                let receipt = try ledger.withdraw(
                    .benefitSpell, FactID(1), citizen: Samples.person,
                    Samples.stamp("2024-07-01"))
                #expect(receipt?.number == 3)
            }
            try await #expect(self.facts(engine, knownAt: nil).isEmpty)
            try await #expect(self.verdict(engine).broken == nil)
        }
    }

    @Test("Bulk loading writes what registering one by one writes", arguments: EngineKind.available)
    func load(kind: EngineKind) async throws {
        let registrations = [
            ("2024-03-04", Samples.spell(1, end: nil)), ("2024-03-05", Samples.spell(2, end: nil)),
            ("2024-06-03", Samples.spell(1, end: Samples.end)),
            ("2024-06-04", Samples.spell(1, end: Samples.end + 1)),
        ].map { iso, fact in
            Registration(municipality: Samples.herlev, recordedOn: Day(iso: iso)!, fact: fact)
        }
        var hashes: Set<String> = []
        for portions in [[registrations], registrations.map { [$0] }] {
            try await kind.withStore { engine in
                for portion in portions {
                    try await engine.write { connection in
                        var ledger = try LedgerWriter(connection, Samples.herlev)
                        try ledger.load(portion, Samples.stamp("2024-01-01"))
                    }
                }
                let verdict = try await self.verdict(engine)
                #expect(verdict.broken == nil)
                #expect(verdict.entries == 4)
                try await #expect(self.facts(engine, knownAt: Day(iso: "2024-05-01")).count == 2)
                let head = try await engine.read {
                    try $0.first("SELECT hash FROM ledger_head") { $0.text(0) }
                }
                hashes.insert(try #require(head))
            }
        }
        #expect(hashes.count == 1)
    }

    @Test(
        "Tampering is found and named",
        arguments: [
            ("UPDATE ledger SET payload = '{}' WHERE number = 2", 2, "wrongHash"),
            ("UPDATE ledger SET actor = 'Somebody' WHERE number = 3", 3, "wrongHash"),
            ("DELETE FROM ledger WHERE number = 2", 2, "missingEntry"),
            ("DELETE FROM ledger WHERE number = 3", 3, "wrongHead"),
            ("UPDATE ledger SET previous_hash = 'x' WHERE number = 3", 3, "wrongPredecessor"),
            ("UPDATE benefit_spell SET degree = 1 WHERE id = 2", 2, "tableDisagrees"),
            ("DELETE FROM benefit_spell WHERE id = 2", 2, "tableDisagrees"),
            ("UPDATE benefit_spell SET superseded_by = 3 WHERE id = 2", 2, "tableDisagrees"),
            ("UPDATE benefit_spell SET recorded_on = 1 WHERE id = 3", 3, "tableDisagrees"),
            (
                "INSERT INTO benefit_spell (municipality, id, citizen, benefit, degree, "
                    + "valid_from, registration, recorded_on) "
                    + "VALUES (163, 9, 1, 'cashBenefit', 1, 1, 1, 1)", 1, "unknownRow"
            ),
        ])
    func tampering(sql: String, number: Int64, reason: String) async throws {
        for kind in EngineKind.available where kind != .disk {
            try await kind.withStore { engine in
                try await self.register(
                    engine, (1...3).map { Samples.spell($0, end: nil) }, "2024-03-04")
                try await engine.script(sql)
                let broken = try #require(try await self.verdict(engine).broken)
                #expect(broken.number == number)
                #expect("\(broken.reason)".hasPrefix(reason))
            }
        }
    }

    @Test("A registration that fails leaves nothing behind", arguments: EngineKind.available)
    func atomic(kind: EngineKind) async throws {
        struct Stop: Error {}
        try await kind.withStore { engine in
            await #expect(throws: Stop.self) {
                try await engine.write { connection in
                    var ledger = try LedgerWriter(connection, Samples.herlev)
                    _ = try ledger.register(
                        Samples.spell(1, end: nil), Samples.stamp("2024-03-04"))
                    throw Stop()
                }
            }
            try await #expect(self.facts(engine, knownAt: nil).isEmpty)
            try await #expect(StoreCopy.isEmpty(engine))
        }
    }

    @Test("Two hundred writers at once give one unbroken chain", arguments: EngineKind.available)
    func concurrentWriters(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 1...200 {
                    group.addTask {
                        try await self.register(
                            engine, [Samples.spell(Int64(id), end: nil)], "2024-03-04")
                        _ = try await self.facts(engine, knownAt: nil)
                    }
                }
                try await group.waitForAll()
            }
            let verdict = try await self.verdict(engine)
            #expect(verdict.entries == 200)
            #expect(verdict.broken == nil)
        }
    }

    @Test("A copy is the same store, engine to engine", arguments: EngineKind.available)
    func copy(kind: EngineKind) async throws {
        try await kind.withStore { source in
            try await self.register(source, Samples.oneOfEach, "2024-03-04")
            try await source.write { connection in
                _ = try FileContents(connection, Samples.herlev).keep(Samples.file)
                try PublishedStore(connection).replace(
                    with: [
                        PublishedRow(
                            municipality: 163, table: "y25i01", measure: "m", period: "2024M01",
                            value: 12.5),
                        PublishedRow(
                            municipality: 0, table: "y25i01", measure: "m", period: "2024M01",
                            value: nil),
                    ],
                    from: PublishedOrigin(Samples.herlev, number: 1, on: Samples.start))
                try LookupLog(connection, Samples.herlev).append(
                    [Samples.person], subject: "persons", Samples.stamp("2024-03-05"))
            }
            try await EngineKind.memory.withStore { target in
                _ = try await StoreCopy.copy(from: source, to: target)
                try await #expect(self.facts(target, knownAt: nil).count == Samples.oneOfEach.count)
                try await #expect(self.verdict(target).broken == nil)
                let published = try await target.read { try PublishedStore($0).all() }
                #expect(Set(published.map(\.value)) == [12.5, nil])
                let lookups = try await target.read { try LookupLog($0, Samples.herlev).latest(9) }
                #expect(lookups.map(\.personCount) == [1])
            }
        }
    }

    private func register(
        _ engine: any StorageEngine, _ facts: [Fact], _ iso: String
    ) async throws {
        try await engine.write { connection in
            var ledger = try LedgerWriter(connection, Samples.herlev)
            for fact in facts { _ = try ledger.register(fact, Samples.stamp(iso)) }
        }
    }

    private func facts(_ engine: any StorageEngine, knownAt: Day?) async throws -> [Fact] {
        try await engine.read { connection in
            var facts: [Fact] = []
            try StoreReader(connection).facts(of: Samples.herlev, knownAt: knownAt) {
                facts.append($0)
            }
            return facts
        }
    }

    private func verdict(_ engine: any StorageEngine) async throws -> LedgerVerdict {
        try await engine.read { try LedgerAuditor($0).verify(Samples.herlev) }
    }
}
