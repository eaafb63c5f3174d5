import Chronology
import Identifiers
import Indicators
import Parameters
import Registry
import SQLiteStorage
import Storage
import Synchronization
import Testing

@testable import Jobcenter

@Suite("Registers are read before the house stands, and in two halves")
struct RegisterAheadTests {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2024-07-31")!

    /// A citizen and the spell they are on: one fact in either half.
    private static func person(_ number: Int64) throws -> [Fact] {
        let id = CitizenID(number)
        return [
            .citizen(
                Citizen(
                    id: id, cpr: try CPR("610190\(1_000 + number * 2)"), givenName: "Ane",
                    familyName: "Prøve", sex: .female, born: Day(iso: "1990-01-01")!,
                    origin: .danish)),
            .benefitSpell(
                BenefitSpell(
                    id: FactID(number), citizen: id, benefit: .unemploymentBenefit,
                    start: Day(iso: "2024-06-01")!, end: nil)),
        ]
    }

    private static func register(_ facts: [Fact], in engine: any StorageEngine) async throws {
        try await engine.write { connection in
            var ledger = try LedgerWriter(connection, herlev)
            let stamp = Stamp(
                actor: "Kim", role: "caseworker", purpose: "prøve", at: 0, on: today)
            for fact in facts { _ = try ledger.register(fact, stamp) }
        }
    }

    private static func engine(people: ClosedRange<Int64>) async throws -> SQLiteEngine {
        let engine = try SQLiteEngine.inMemory()
        try await engine.migrate(Migration.bundled())
        try await register(try people.flatMap(person), in: engine)
        return engine
    }

    private static func house(
        _ engine: any StorageEngine, _ ahead: RegisterAhead? = nil
    ) throws -> House {
        House(
            engine: engine, clock: .stopped(at: today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [], ahead: ahead)
    }

    /// Persons on benefits in June by sex; the label comes from the citizen's fact,
    /// the count from the spell's.
    private static func women(_ house: House, knownAt: Day? = nil) async throws -> Double? {
        let request = FigureRequest(
            "persons", periods: [.month(Day(iso: "2024-06-01")!.month)],
            filter: PopulationFilter(municipalities: [herlev]), groupBy: [.sex], asOf: today)
        let cells = try await FiguresCase(house).figures(
            request, of: herlev, knownAt: knownAt,
            by: Actor(name: "Kim", role: .manager, municipality: herlev))
        let isWomen = cells.map(\.labels) == [[Sex.female.rawValue]]
        return isWomen ? cells.first?.shown.figure?.value : nil
    }

    @Test("A register begun early is the one that is used")
    func ahead() async throws {
        let engine = try await Self.engine(people: 1...6)
        let reads = CountedEngine(engine)
        let ahead = RegisterAhead(
            of: Self.herlev, from: reads, catalogue: Task { try Catalogue.bundled() })
        _ = try await ahead.building.value
        #expect(reads.count == 2)
        let house = try Self.house(reads, ahead)
        async let one = Self.women(house)
        async let other = Self.women(house)
        try await #expect(one == 6)
        try await #expect(other == 6)
        // Nothing but the ledger's number has been read since.
        #expect(reads.count == 4)
    }

    @Test("A register begun early that has grown old is built again")
    func stale() async throws {
        let engine = try await Self.engine(people: 1...6)
        let ahead = RegisterAhead(
            of: Self.herlev, from: engine, catalogue: Task { try Catalogue.bundled() })
        _ = try await ahead.building.value
        try await Self.register(try Self.person(7), in: engine)
        try await #expect(Self.women(Self.house(engine, ahead)) == 7)
    }

    @Test("One begun early that failed is built again")
    func failed() async throws {
        struct Stop: Error {}
        let engine = try await Self.engine(people: 1...6)
        let ahead = RegisterAhead(
            of: Self.herlev, from: engine, catalogue: Task { throw Stop() })
        try await #expect(Self.women(Self.house(engine, ahead)) == 6)
    }

    @Test("One begun early is no answer to what was known before")
    func earlier() async throws {
        let engine = try await Self.engine(people: 1...6)
        let ahead = RegisterAhead(
            of: Self.herlev, from: engine, catalogue: Task { try Catalogue.bundled() })
        let house = try Self.house(engine, ahead)
        try await #expect(Self.women(house, knownAt: Self.today - 1) == nil)
        try await #expect(Self.women(house, knownAt: Self.today) == 6)
    }

    @Test("The halves of a register never come from two states", arguments: 1...3)
    func oneState(read: Int) async throws {
        let base = try await Self.engine(people: 1...6)
        let engine = CountedEngine(base) { number in
            // In the middle of the building, and again while it is done over.
            if number >= read, number < read + 2 {
                try await Self.register(try Self.person(Int64(number) + 6), in: base)
            }
        }
        let facts = try await RegisterFacts.read(of: Self.herlev, knownAt: nil, from: engine)
        let number = facts.ledgerNumber
        let register = facts.register(try Catalogue.bundled())
        let cells = try register.figures(
            FigureRequest(
                "persons", periods: [.month(Day(iso: "2024-06-01")!.month)], groupBy: [.sex],
                asOf: Self.today))
        // Two entries each, citizen and spell: a torn state would have a person
        // without a sex, or fewer persons than entries.
        #expect(cells.map(\.labels) == [[Sex.female.rawValue]])
        #expect(cells.first?.figure.value == Double(number) / 2)
    }
}

/// An engine that counts its reads, and does something before each.
private struct CountedEngine: StorageEngine {
    private final class Count: Sendable {
        let reads = Mutex(0)
    }

    private let base: SQLiteEngine
    private let reads = Count()
    private let before: @Sendable (Int) async throws -> Void

    init(
        _ base: SQLiteEngine, before: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) {
        self.base = base
        self.before = before
    }

    var count: Int { reads.reads.withLock { $0 } }
    var dialect: Dialect { base.dialect }

    func read<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        let number = reads.reads.withLock { count in
            count += 1
            return count
        }
        try await before(number)
        return try await base.read(body)
    }

    func write<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        try await base.write(body)
    }

    func script(_ sql: String) async throws { try await base.script(sql) }
    func close() async throws { try await base.close() }
}
