import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Storage
import Testing

@Suite("Keeping what was fetched")
struct RetrievalCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let august = Period.month(Month(index: 2026 * 12 + 7))

    private func house(_ engine: any StorageEngine, on day: String) throws -> House {
        House(
            engine: engine, clock: .stopped(at: try #require(Day(iso: day))),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
    }

    private func actor(_ role: Role) -> Actor {
        Actor(name: "Kim", role: role, municipality: Self.herlev)
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func retrieved(
        _ values: [Period: Double?], columns: [String] = ["Periode", "Område", "Personer"]
    ) -> Retrieved {
        Retrieved(
            source: .jobindsats, table: "t1", question: "q", address: "https://a.example/data/t1",
            bytes: bytes("\(values.count)"), columns: columns,
            content: PublishedImport(
                values.map { period, value in
                    PublishedFigure(
                        area: 163, table: "t1", measure: "Personer", period: period, value: value)
                }))
    }

    @Test("Figures are revised, pages read the new ones, and the log says what changed")
    func revised() async throws {
        let engine = try await UseCaseEngine.migrated()
        let first = try house(engine, on: "2026-10-01")
        _ = try await RetrievalCase(first).keep(
            retrieved([Self.august: 10, .yearToDate(Month(index: 2026 * 12 + 7)): 80]),
            by: actor(.administrator))
        let later = try house(engine, on: "2026-11-02")
        let statistics = StatisticsCase(later)
        let course = { () async throws -> [Double?] in
            try await statistics.course(
                table: "t1", measure: "Personer", periods: [Self.august], area: 163)
        }
        #expect(try await course() == [10])
        let age = try #require(try await statistics.age(ofTable: "t1"))
        #expect(age.fetchedOn == Day(iso: "2026-10-01"))
        #expect(age.newest == Self.august)
        #expect(age.figures == 2)
        #expect(age.days(until: later.clock.today()) == 32)
        let kept = try await RetrievalCase(later).keep(
            retrieved([Self.august: 11]), by: actor(.administrator))
        #expect(kept.changes.revisions.map(\.new) == [11])
        #expect(try await course() == [11])
        #expect(try await statistics.age(ofTable: "t1")?.fetchedOn == Day(iso: "2026-11-02"))
        #expect(try await statistics.age(ofTable: "t2") == nil)
        let log = try await RetrievalCase(later).log(count: 9, by: actor(.administrator))
        #expect(log.map(\.row.digest) == [bytes("1"), bytes("2")].map(FileContents.digest))
        #expect(
            try await RetrievalCase(later).answer(
                of: kept.receipt.number, by: actor(.administrator)) == bytes("1"))
        #expect(
            try await RetrievalCase(later).answer(of: 99, by: actor(.administrator)) == nil)
        #expect(log.first?.revisions.map(\.old) == [10])
        #expect(log.first?.row.number == kept.receipt.number)
        let verdicts = try await AdministrationCase(later).verify(by: actor(.administrator))
        #expect(verdicts.allSatisfy { $0.broken == nil })
        try await engine.close()
    }

    @Test("Other columns than the last time keep all out, unless they are accepted")
    func otherColumns() async throws {
        let engine = try await UseCaseEngine.migrated()
        let house = try house(engine, on: "2026-10-01")
        let cases = RetrievalCase(house)
        let administrator = actor(.administrator)
        _ = try await cases.keep(retrieved([Self.august: 10]), by: administrator)
        let other = retrieved([Self.august: 20], columns: ["Periode", "Område", "Antal"])
        let changed = try await #require(throws: ChangedColumns.self) {
            try await cases.keep(other, by: administrator)
        }
        #expect(changed.missing == ["Personer"] && changed.new == ["Antal"])
        #expect(changed.since == Day(iso: "2026-10-01"))
        #expect(try await cases.log(count: 9, by: administrator).count == 1)
        _ = try await cases.keep(
            other, acceptingColumns: true, by: administrator)
        #expect(try await cases.log(count: 9, by: administrator).count == 2)
        try await engine.close()
    }

    @Test("An answer that somebody changed is found by the examination")
    func tampered() async throws {
        let engine = try await UseCaseEngine.migrated()
        let house = try house(engine, on: "2026-10-01")
        let kept = try await RetrievalCase(house).keep(
            retrieved([Self.august: 10]), by: actor(.administrator))
        let code = Int64(Self.herlev.number)
        _ = try await engine.write { connection in
            try connection.execute(
                "UPDATE file_content SET content = $1 WHERE municipality = $2",
                [.bytes([50]), .integer(code)])
        }
        let verdicts = try await AdministrationCase(house).verify(by: actor(.administrator))
        #expect(verdicts.compactMap(\.broken?.number) == [kept.receipt.number])
        #expect(verdicts.compactMap(\.broken?.reason) == [.fileDisagrees])
        try await engine.close()
    }

    @Test("Only those who may read statistics in may fetch them", arguments: Role.allCases)
    func roles(role: Role) async throws {
        let engine = try await UseCaseEngine.migrated()
        let cases = RetrievalCase(try house(engine, on: "2026-10-01"))
        let may = role == .administrator || role == .system
        do {
            _ = try await cases.keep(retrieved([Self.august: 1]), by: actor(role))
            #expect(may)
        } catch let refusal as Refusal {
            #expect(!may && refusal == .roleMayNotAdminister)
        }
        try await engine.close()
    }
}
