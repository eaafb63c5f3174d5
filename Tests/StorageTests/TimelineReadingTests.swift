import Chronology
import Identifiers
import Registry
import Storage
import Testing

@Suite("Reading a citizen's timeline")
struct TimelineReadingTests {
    private static let herlev = Samples.herlev
    private static let citizen = Samples.person

    private static func talk(_ id: Int64, _ day: Int, _ status: ConversationStatus) -> Fact {
        .conversation(
            Conversation(
                id: FactID(id), citizen: citizen, day: Samples.start + day, kind: .job,
                form: .phone, status: status))
    }

    private static func act(_ id: Int64, _ day: Int) -> Fact {
        .caseAct(
            CaseAct(
                id: FactID(id), citizen: citizen, kind: .healthTalk, day: Samples.start + day))
    }

    /// Registrations, corrections and withdrawals by a seed.
    private func fill(_ engine: any StorageEngine, seed: UInt64) async throws {
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        let choices = (0..<120).map { _ in (next(4), Int64(1 + next(20)), next(40)) }
        try await engine.write { connection in
            var ledger = try LedgerWriter(connection, Self.herlev)
            let stamp = Samples.stamp("2024-05-01")
            for (what, id, day) in choices {
                switch what {
                case 0: _ = try ledger.register(Self.act(id, day), stamp)
                case 1: _ = try ledger.register(Self.talk(id, day, .held), stamp)
                case 2:
                    let note = ConversationNote(
                        id: FactID(id), citizen: Self.citizen, staff: nil, begins: nil)
                    _ = try ledger.register(.conversationNote(note), stamp)
                default:
                    _ = try ledger.withdraw(
                        day % 2 == 0 ? .caseAct : .conversation, FactID(id),
                        citizen: Self.citizen, stamp)
                }
            }
        }
    }

    @Test(
        "a portion at a time is the same as everything at once",
        arguments: EngineKind.available, [UInt64(1), 2, 3])
    func portions(kind: EngineKind, seed: UInt64) async throws {
        try await kind.withStore { engine in
            try await fill(engine, seed: seed)
            try await engine.read { connection in
                let reader = StoreReader(connection)
                let all = try reader.registrations(about: Self.citizen, of: Self.herlev)
                let events = all.filter { $0.fact.kind != .conversationNote }
                var found: [RegistrationNote] = []
                while true {
                    let more = try reader.timeline(
                        about: Self.citizen, in: Self.herlev, skipping: found.count, count: 7)
                    found += more
                    if more.count < 7 { break }
                }
                #expect(!found.isEmpty && found == events)
                let acts = try reader.timeline(
                    about: Self.citizen, in: Self.herlev, kind: .caseAct, skipping: 2, count: 3)
                #expect(acts == Array(events.filter { $0.fact.kind == .caseAct }[2..<5]))
                let counts = Dictionary(grouping: all, by: \.fact.kind).mapValues(\.count)
                #expect(
                    try reader.standing(about: Self.citizen, in: Self.herlev) == counts)
                let last = try reader.lastRegistration(about: Self.citizen, in: Self.herlev)
                #expect(last >= (all.map(\.number).max() ?? 0))
                for note in events {
                    #expect(
                        try reader.registration(note.number, about: Self.citizen, in: Self.herlev)
                            == note)
                }
                #expect(
                    try reader.timeline(about: CitizenID(9), in: Self.herlev, count: 5) == [])
            }
        }
    }

    @Test(
        "what was corrected or taken back has no registration that stands",
        arguments: EngineKind.available)
    func gone(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Self.herlev)
                let stamp = Samples.stamp("2024-05-01")
                _ = try ledger.register(Self.talk(1, 3, .planned), stamp)
                _ = try ledger.register(Self.talk(1, 3, .held), stamp)
                _ = try ledger.register(Self.act(1, 1), stamp)
                _ = try ledger.withdraw(.caseAct, FactID(1), citizen: Self.citizen, stamp)
            }
            try await engine.read { connection in
                let reader = StoreReader(connection)
                let standing = try (1...5).filter {
                    try reader.registration($0, about: Self.citizen, in: Self.herlev) != nil
                }
                #expect(standing == [2])
                #expect(try reader.registration(2, about: CitizenID(9), in: Self.herlev) == nil)
                let found = try reader.timeline(about: Self.citizen, in: Self.herlev, count: 5)
                #expect(found.map(\.number) == [2])
                var facts: [Fact] = []
                try reader.facts(
                    about: Self.citizen, in: Self.herlev, kinds: [.conversation, .caseAct]
                ) { facts.append($0) }
                #expect(facts == [Self.talk(1, 3, .held)])
            }
        }
    }
}
