import Chronology
import Identifiers
import Registry
import Storage
import Testing

@Suite("Reading")
struct ReadingTests {
    static let shared = Citizen(
        id: CitizenID(16_300_002), cpr: try! CPR("610190-1237"), givenName: "Bo",
        familyName: "Prøve", sex: .male, born: Day(iso: "1985-05-05")!, origin: .danish)

    @Test(
        "What figures ask about citizens is what their registrations say",
        arguments: EngineKind.available)
    func traits(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            var corrected = Self.shared
            corrected.origin = .westernImmigrant
            corrected.residenceBasis = .other
            try await self.register(
                engine, [.citizen(Samples.citizen()), .citizen(Self.shared)], "2024-03-04")
            try await self.register(engine, [.citizen(corrected)], "2024-06-03")
            for (day, citizens) in [
                (nil, [Samples.citizen(), corrected]),
                (Day(iso: "2024-06-02"), [Samples.citizen(), Self.shared]),
                (Day(iso: "2024-03-03"), []),
            ] {
                let found = try await engine.read { connection in
                    var found: [CitizenTraits] = []
                    try StoreReader(connection).traits(of: Samples.herlev, knownAt: day) {
                        found.append($0)
                    }
                    return found
                }
                #expect(found.map(\.id) == citizens.map(\.id))
                #expect(found.map(\.sex) == citizens.map(\.sex))
                #expect(found.map(\.born) == citizens.map(\.born))
                #expect(found.map(\.origin) == citizens.map(\.origin))
                #expect(found.map(\.residenceBasis) == citizens.map(\.residenceBasis))
            }
        }
    }

    @Test(
        "Citizens are found by day of birth, and their names are told in words to be compared",
        arguments: EngineKind.available)
    func search(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let names = [("Åse", "Ærø-Jensen"), ("Asger", "Jensen"), ("Aase", "Hansen")]
            for (index, name) in names.enumerated() {
                var citizen = Self.shared
                citizen.id = CitizenID(Int64(index + 1))
                citizen.cpr = try CPR("610190-\(1_000 + 2 * index)")
                (citizen.givenName, citizen.familyName) = name
                if index == 2 { citizen.born = Day(iso: "1999-09-09")! }
                try await self.register(engine, [.citizen(citizen)], "2024-03-04")
            }
            let found = try await engine.read { try StoreReader($0).names(of: Samples.herlev) }
            #expect(
                found.sorted { $0.sortKey < $1.sortKey }.map(\.words)
                    == [
                        CitizenName.words(of: "Hansen Åse"), CitizenName.words(of: "jensen ASGER"),
                        CitizenName.words(of: "Ærø Jensen Aase"),
                    ].map { $0.map { Substring($0) } })
            let last = try await engine.read {
                try StoreReader($0).lastRegistration(of: .citizen, in: Samples.herlev)
            }
            #expect(last == 3)
            let born = try await engine.read {
                try StoreReader($0).citizens(
                    of: Samples.herlev, born: Day(iso: "1985-05-05")!, limit: 1)
            }
            #expect(born.map(\.id.number) == [2])
        }
    }

    @Test(
        "What stands about a citizen comes with its registration, the latest first",
        arguments: EngineKind.available)
    func registrations(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let id = Self.shared.id
            func talk(_ number: Int64, _ day: String, _ status: ConversationStatus) -> Fact {
                .conversation(
                    Conversation(
                        id: FactID(number), citizen: id, day: Day(iso: day)!, kind: .job,
                        form: .phone, status: status))
            }
            try await self.register(engine, [.citizen(Self.shared)], "2024-03-04")
            try await self.register(
                engine, [talk(1, "2024-03-10", .planned), talk(2, "2024-04-10", .held)],
                "2024-03-05")
            try await self.register(engine, [talk(1, "2024-03-10", .held)], "2024-03-11")
            let notes = try await engine.read {
                try StoreReader($0).registrations(about: id, of: Samples.herlev)
            }
            #expect(
                notes.map(\.fact) == [talk(2, "2024-04-10", .held), talk(1, "2024-03-10", .held)])
            #expect(notes.map(\.recordedOn.iso) == ["2024-03-05", "2024-03-11"])
            let other = try await engine.read {
                try StoreReader($0).registrations(about: CitizenID(9), of: Samples.herlev)
            }
            #expect(other.isEmpty)
        }
    }

    @Test(
        "A production unit number that cannot be one is named as malformed",
        arguments: EngineKind.available)
    func malformedUnit(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let contact = CompanyContact(
                id: FactID(1), unit: Samples.unit, day: Samples.start, form: .visit,
                status: .held)
            try await self.register(engine, [.companyContact(contact)], "2024-03-04")
            for number in ["-1", "10000000000"] {
                try await engine.script("UPDATE company_contact SET unit = \(number)")
                await #expect(
                    throws: StorageError.malformedRow(
                        table: "company_contact", id: 1, column: "unit")
                ) {
                    try await engine.read { connection in
                        try StoreReader(connection).facts(of: Samples.herlev) { _ in }
                    }
                }
            }
        }
    }

    @Test("The last day is that of the last fact, imports aside", arguments: EngineKind.available)
    func lastDay(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            func lastDay() async throws -> Day? {
                try await engine.read { try LedgerAuditor($0).lastDay(of: Samples.herlev) }
            }
            try await #expect(lastDay() == nil)
            try await self.register(engine, [Samples.spell(1, end: nil)], "2024-03-04")
            try await self.register(engine, [Samples.spell(2, end: nil)], "2024-03-08")
            try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Samples.herlev)
                _ = try ledger.registerImport(
                    kind: "published_figure", keys: ["file"], values: [.text("x.csv")],
                    Samples.stamp("2024-05-01"))
            }
            try await #expect(lastDay() == Day(iso: "2024-03-08"))
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
}
