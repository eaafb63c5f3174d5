import Chronology
import Identifiers
import Registry
import Storage
import Testing

@Suite("Files and letters to many in the store")
struct CorrespondenceTests {
    private static let herlev = Samples.herlev

    @Test(
        "a file is kept once, found by its hash, and missed when it is changed",
        arguments: EngineKind.available)
    func files(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let content: [UInt8] = (0...255).map { UInt8($0) } + [0, 0, 255, 92, 10]
            let digest = try await engine.write { connection in
                let files = FileContents(connection, Self.herlev)
                let digest = try files.keep(content)
                #expect(try files.keep(content) == digest)
                #expect(try files.content(digest) == content)
                #expect(try files.content("0") == nil)
                #expect(
                    try connection.first("SELECT count(*) FROM file_content") { $0.integer(0) } == 1
                )
                var ledger = try LedgerWriter(connection, Self.herlev)
                _ = try ledger.register(
                    .document(
                        CaseDocument(
                            id: FactID(1), citizen: Samples.person, day: Samples.start,
                            sender: .citizen, title: "t", fileName: "t.pdf", media: .pdf,
                            size: content.count, digest: digest)), Samples.stamp("2024-05-01"))
                return digest
            }
            // The SHA-256 of the same bytes by another program.
            #expect(
                digest == "14eaa1da8fd98d05b088bf99c33a8ff6a447a66910a0c57f63500d537f5fb57b")
            let sound = try await engine.read { try LedgerAuditor($0).verify(Self.herlev).broken }
            #expect(sound == nil)
            _ = try await engine.write { connection in
                try connection.execute(
                    "UPDATE file_content SET content = $1", [.bytes([1, 2, 3])])
            }
            let changed = try await engine.read { try LedgerAuditor($0).verify(Self.herlev).broken }
            #expect(changed?.number == 1)
            #expect(changed?.reason == .fileDisagrees)
        }
    }

    @Test("a copy of the store has the files", arguments: EngineKind.available)
    func copied(kind: EngineKind) async throws {
        let content: [UInt8] = [0, 37, 80, 68, 70, 255]
        try await EngineKind.memory.withStore { source in
            let digest = try await source.write {
                try FileContents($0, Self.herlev).keep(content)
            }
            try await kind.withStore { target in
                _ = try await StoreCopy.copy(from: source, to: target)
                let copied = try await target.read {
                    try FileContents($0, Self.herlev).content(digest)
                }
                #expect(copied == content)
            }
        }
    }

    @Test(
        "a letter reaches those of a group and a team who live here",
        arguments: EngineKind.available)
    func recipients(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let today = Samples.start
            func group(_ id: Int64, _ group: TargetGroup, until end: Day? = nil) -> Fact {
                .targetGroup(
                    TargetGroupPeriod(
                        id: FactID(id), citizen: CitizenID(id), group: group, start: today - 10,
                        end: end))
            }
            func home(_ id: Int64, until end: Day? = nil) -> Fact {
                .residence(
                    Residence(
                        id: FactID(id), citizen: CitizenID(id), start: today - 99, end: end))
            }
            func staff(_ id: Int64, _ member: Int64) -> Fact {
                .assignment(
                    Assignment(
                        id: FactID(id), citizen: CitizenID(id), staff: FactID(member),
                        start: today - 5, end: nil))
            }
            // 1 and 2 belong; 3 has moved, 4 has another group, 5 has left it.
            let facts = [
                group(1, .group1), group(2, .group1), group(3, .group1), group(4, .group2),
                group(5, .group1, until: today - 1), home(1), home(2), home(3, until: today - 1),
                home(4), home(5), staff(1, 7), staff(2, 8), staff(4, 7),
            ]
            try await engine.write { connection in
                var ledger = try LedgerWriter(connection, Self.herlev)
                for fact in facts { _ = try ledger.register(fact, Samples.stamp("2024-05-01")) }
            }
            func found(_ group: TargetGroup?, _ staff: [Int64]?) async throws -> [Int64] {
                try await engine.read {
                    try StoreReader($0).citizens(
                        in: group, ofStaff: staff?.map { FactID($0) }, on: today, of: Self.herlev)
                }.map(\.number)
            }
            #expect(try await found(.group1, nil) == [1, 2])
            #expect(try await found(nil, nil) == [1, 2, 4])
            #expect(try await found(nil, [7]) == [1, 4])
            #expect(try await found(.group1, [7, 8]) == [1, 2])
            #expect(try await found(.group1, []) == [])
        }
    }
}
