import Chronology
import Identifiers
import Registry
import Storage
import Testing

@Suite("Reading for the desk")
struct CaseworkReadingTests {
    private static let herlev = Samples.herlev
    private static let day = Day(iso: "2024-06-03")!
    private static let bo = FactID(1)
    private static let ida = FactID(2)

    private static func assigned(_ id: Int64, _ citizen: CitizenID, _ staff: FactID, to: Day?)
        -> Fact
    {
        .assignment(
            Assignment(
                id: FactID(id), citizen: citizen, staff: staff, start: Samples.start, end: to))
    }

    private static func talk(_ id: Int64, _ day: Day, _ begins: Int?, _ staff: FactID) -> [Fact] {
        [
            .conversation(
                Conversation(
                    id: FactID(id), citizen: Samples.person, day: day, kind: .job,
                    form: .physical, status: .planned)),
            .conversationNote(
                ConversationNote(
                    id: FactID(id), citizen: Samples.person, staff: staff, begins: begins)),
        ]
    }

    private func write(_ facts: [Fact], _ engine: any StorageEngine) async throws {
        try await engine.write { connection in
            var ledger = try LedgerWriter(connection, Self.herlev)
            for fact in facts { _ = try ledger.register(fact, Samples.stamp("2024-05-01")) }
        }
    }

    @Test("Staff by team and name, without those who have left", arguments: EngineKind.available)
    func staff(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            func member(_ id: Int64, _ name: String, _ team: String, _ end: Day?) -> Fact {
                .staffMember(
                    StaffMember(
                        id: FactID(id), name: name, team: team, start: Samples.start, end: end))
            }
            try await write(
                [
                    member(1, "Åge", "Unge", nil), member(2, "Zoe", "Ledige", nil),
                    member(3, "Anna", "Unge", nil), member(4, "Gone", "Ledige", Self.day - 1),
                    member(5, "Last", "Ledige", Self.day),
                ], engine)
            let found = try await engine.read {
                try StoreReader($0).staff(of: Self.herlev, on: Self.day).map(\.name)
            }
            #expect(found == ["Last", "Zoe", "Anna", "Åge"])
        }
    }

    @Test("Facts about the citizens one has on the day", arguments: EngineKind.available)
    func facts(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let other = CitizenID(2)
            try await write(
                [
                    .citizen(Samples.citizen()), Samples.spell(1, end: nil),
                    .citizen(
                        {
                            var citizen = Samples.citizen(other)
                            citizen.cpr = try! CPR("6101901002")
                            return citizen
                        }()), Self.assigned(1, Samples.person, Self.bo, to: nil),
                    Self.assigned(2, other, Self.bo, to: Self.day - 1),
                    Self.assigned(3, other, Self.ida, to: nil),
                ], engine)
            func kinds(_ staff: [FactID], _ day: Day = Self.day) async throws -> [CitizenID] {
                try await engine.read { connection in
                    var found: [CitizenID] = []
                    let reader = StoreReader(connection)
                    let own = try reader.citizens(ofStaff: staff, on: day, in: Self.herlev)
                    for (citizen, latest) in own {
                        #expect(
                            try reader.lastRegistration(about: citizen, in: Self.herlev) == latest)
                    }
                    try reader.facts(
                        about: own.map(\.citizen), in: Self.herlev,
                        kinds: [.citizen, .benefitSpell]
                    ) { if let id = $0.citizenID { found.append(id) } }
                    return found.sorted()
                }
            }
            #expect(try await kinds([Self.bo]) == [Samples.person, Samples.person].sorted())
            #expect(try await kinds([Self.ida]) == [other])
            #expect(try await kinds([Self.bo, Self.ida]).count == 3)
            #expect(try await kinds([Self.bo], Self.day - 1).contains(other))
            #expect(try await kinds([]).isEmpty)
        }
    }

    @Test("One citizen's facts are found by an index once the planner knows the tables")
    func planner() async throws {
        try await EngineKind.disk.withStore { engine in
            try await write(
                (1...400).map { index in
                    .exemption(
                        Exemption(
                            id: FactID(index), citizen: CitizenID(index / 4), reason: .holiday,
                            start: Samples.start, end: nil))
                }, engine)
            try await engine.refreshStatistics()
            let plan = try await engine.read { connection in
                try connection.all(
                    "EXPLAIN QUERY PLAN SELECT id FROM exemption WHERE municipality = $1 "
                        + "AND citizen = $2 AND superseded_by IS NULL",
                    [.integer(163), .integer(7)]
                ) { $0.text(3) }
            }
            #expect(plan.contains { $0.contains("exemption_by_citizen") }, "\(plan)")
        }
    }

    @Test("A day's conversations in the order of the hours", arguments: EngineKind.available)
    func meetings(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            try await write(
                Self.talk(1, Self.day, 660, Self.bo) + Self.talk(2, Self.day, 540, Self.bo)
                    + Self.talk(3, Self.day + 1, 540, Self.bo)
                    + Self.talk(4, Self.day, 600, Self.ida), engine)
            let found = try await engine.read {
                try StoreReader($0).meetings(of: [Self.bo], on: Self.day, in: Self.herlev)
            }
            #expect(found.map(\.conversation.id) == [FactID(2), FactID(1)])
            #expect(found.map(\.note.begins) == [540, 660])
            #expect(found.allSatisfy { $0.conversation.kind == .job })
        }
    }

    @Test(
        "A draft is one's own, the latest, and gone when discarded", arguments: EngineKind.available
    )
    func drafts(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            try await engine.write { connection in
                let kim = Drafts(connection, Self.herlev, actor: "Kim")
                try kim.keep("note=a", of: "/citizens/1/conversation", at: 10)
                try kim.keep("note=æ+b", of: "/citizens/1/conversation", at: 20)
                try kim.keep("x=1", of: "/citizens/2/effort", at: 15)
                try Drafts(connection, Self.herlev, actor: "Bo")
                    .keep("x=2", of: "/citizens/2/effort", at: 16)
            }
            let kept = try await engine.read {
                try Drafts($0, Self.herlev, actor: "Kim").kept("/citizens/1/conversation")
            }
            #expect(kept?.fields == "note=æ+b" && kept?.savedAt == 20)
            func all(_ actor: String, _ code: MunicipalityCode = Self.herlev) async throws
                -> [Int64]
            {
                try await engine.read { try Drafts($0, code, actor: actor).all().map(\.savedAt) }
            }
            #expect(try await all("Kim") == [20, 15])
            #expect(try await all("Kim", MunicipalityCode(number: 101)).isEmpty)
            try await engine.write { connection in
                try Drafts(connection, Self.herlev, actor: "Kim").discard("/citizens/2/effort")
            }
            #expect(try await all("Kim") == [20])
            #expect(try await all("Bo") == [16])
        }
    }

    @Test("A workplace with its headcounts and offers", arguments: EngineKind.available)
    func workplace(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            func unit(_ id: Int64, _ employees: Int, _ start: Day, _ end: Day?) -> Fact {
                .productionUnit(
                    ProductionUnit(
                        id: FactID(id), number: Samples.unit, company: Samples.cvr,
                        employees: employees, start: start, end: end))
            }
            try await write(
                [
                    .company(Company(cvr: Samples.cvr, name: "Ærø Bageri", industry: "10")),
                    unit(1, 4, Samples.start, Self.day - 1), unit(2, 9, Self.day, nil),
                    .offer(
                        Offer(
                            id: FactID(1), citizen: Samples.person,
                            kind: .companyInternshipPrivate, start: Self.day, end: nil,
                            weekly: .full, unit: Samples.unit)),
                ], engine)
            let found = try await engine.read {
                try StoreReader($0).workplace(Samples.unit, of: Self.herlev)
            }
            func named(_ text: String) async throws -> [ProductionUnitNumber] {
                try await engine.read {
                    try StoreReader($0).workplaces(named: text, of: Self.herlev, limit: 5)
                        .map(\.number)
                }
            }
            #expect(found?.name == "Ærø Bageri")
            #expect(found?.employees(on: Self.day - 1) == 4)
            #expect(found?.employees(on: Self.day) == 9)
            #expect(found?.employees(on: Samples.start - 1) == 0)
            #expect(found?.offers.count == 1)
            #expect(try await named("ærø b") == [Samples.unit])
            #expect(try await named("%").isEmpty)
            let unknown = try await engine.read {
                try StoreReader($0).workplace(
                    try ProductionUnitNumber("1099999999"), of: Self.herlev)
            }
            #expect(unknown == nil)
        }
    }
}
