import Registry
import SQLiteStorage
import Storage
import Testing

@Suite("Answers to surveys in the store")
struct SurveyStoreTests {
    private static let wave = FactID(7)

    private static func store(_ connection: any SQLConnection) -> SurveyStore {
        SurveyStore(connection, Samples.herlev)
    }

    @Test(
        "A backup holds it all, and who was asked is gone for good", arguments: EngineKind.available
    )
    func kept(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let asked = [
                SurveyInvitationRow(number: 1, citizen: CitizenID(5), stratum: 0),
                SurveyInvitationRow(number: 2, citizen: CitizenID(6), stratum: 1),
            ]
            let answer = SurveyAnswerRow(
                id: 9_007_199_254_740_993, stratum: 1, scores: [5, nil, 1, 4, 3],
                words: "Æ; \"å\"\n<b>")
            let reading = SurveyReadingRow(
                answer: answer.id, reader: "Kim", allows: true, shown: "Æ")
            try await engine.write { connection in
                let store = Self.store(connection)
                try store.invite(asked, to: Self.wave)
                try store.link([(number: 1, digest: "a"), (number: 2, digest: "b")], to: Self.wave)
                let link = try #require(try store.link("b"))
                #expect(link.wave == Self.wave && link.invitation == asked[1])
                #expect(try store.answer(link, answer))
                // The second is told so, and nothing is kept of it.
                var other = answer
                other.id = 3
                #expect(try !store.answer(link, other))
                try store.keep(reading)
                try store.keep(reading)
                #expect(try store.link("c") == nil)
            }
            let copy = try SQLiteEngine.inMemory()
            try await copy.migrate(Migration.bundled())
            #expect(try await StoreCopy.copy(from: engine, to: copy) == 6)
            for one in [engine, copy] as [any StorageEngine] {
                try await one.write { connection in
                    let store = Self.store(connection)
                    #expect(try store.answers(to: Self.wave) == [answer])
                    #expect(try store.count(to: Self.wave) == 1)
                    #expect(try store.answers(to: FactID(8)).isEmpty)
                    #expect(try store.readings(of: Self.wave) == [reading])
                    #expect(try store.invitations(to: Self.wave).map(\.isUsed) == [false, true])
                    try store.forget(Self.wave)
                    #expect(try store.invitations(to: Self.wave).allSatisfy { $0.citizen == nil })
                }
            }
            try await copy.close()
        }
    }
}
