import Registry
import SQLiteStorage
import Storage
import Testing

@Suite("Words of focus groups in the store")
struct FocusWordsTests {
    @Test(
        "What was said is kept once, copied, and gone for good when it is erased",
        arguments: EngineKind.available)
    func kept(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let words = "Æ; \"å\"\n<b>"
            try await engine.write { connection in
                let store = FocusWords(connection, Samples.herlev)
                try store.keep("først", of: FactID(1))
                try store.keep(words, of: FactID(1))
                try store.keep("to", of: FactID(2))
                #expect(try store.all() == [FactID(1): words, FactID(2): "to"])
            }
            let copy = try SQLiteEngine.inMemory()
            try await copy.migrate(Migration.bundled())
            #expect(try await StoreCopy.copy(from: engine, to: copy) == 2)
            for one in [engine, copy] as [any StorageEngine] {
                try await one.write { connection in
                    let store = FocusWords(connection, Samples.herlev)
                    try store.erase(of: FactID(1))
                    #expect(try store.all() == [FactID(2): "to"])
                }
            }
            try await copy.close()
        }
    }

    @Test("Fields of any text are kept in one")
    func packed() throws {
        let findings = AuditFindings([
            AuditFinding(
                question: "a\tb", finding: .met, proposed: .notMet,
                remark: "\\n\r\n\t\\\\ \u{2028}Æ"),
            AuditFinding(question: "c", finding: .cannotTell),
        ])
        #expect(AuditFindings(rawValue: findings.rawValue) == findings)
        #expect(AuditFindings(rawValue: "") == AuditFindings([]))
        #expect(AuditFindings(rawValue: "a\tmet\tx\t") == nil)
        #expect(AuditFindings(rawValue: "a\tmet") == nil)
        #expect(AuditFigures(rawValue: "a\t1\t2\t3") == nil)
        #expect(AuditStrata(rawValue: "a\tb\t1") == nil)
        #expect(TrainingParticipants(rawValue: "3 x") == nil)
        #expect(TrainingParticipants([FactID(3), FactID(1), FactID(3)]).rawValue == "1 3")
    }
}
