import Storage
import Testing

@Suite("Feeds of pools in the store")
struct PoolStoreTests {
    private func row(_ number: Int64, _ payload: String?) -> PoolEntryRow {
        PoolEntryRow(
            partnership: "nrs", member: "A-kassen Ærø", number: number, previous: "ab",
            kind: "cardShared", subject: 9_007_199_254_740_991, day: 19_000, commitment: "cd",
            hash: "ef", signature: "AA==", payload: payload)
    }

    @Test("what is added stands, and what is erased is gone", arguments: EngineKind.available)
    func erasing(kind: EngineKind) async throws {
        try await kind.withStore { engine in
            let (one, two) = (row(1, "{\"salt\":\"æ\"}"), row(2, nil))
            try await engine.write {
                let store = PoolStore($0, Samples.herlev, partnership: "nrs")
                try store.add([two, one])
            }
            let read: @Sendable (any SQLConnection) throws -> [PoolEntryRow] = {
                try PoolStore($0, Samples.herlev, partnership: "nrs").all()
            }
            try await #expect(engine.read(read) == [one, two])
            await #expect(throws: StorageError.self) {
                try await engine.write {
                    try PoolStore($0, Samples.herlev, partnership: "nrs").add([one])
                }
            }
            try await engine.write {
                try PoolStore($0, Samples.herlev, partnership: "nrs").erase("A-kassen Ærø", 1)
            }
            try await #expect(engine.read(read) == [row(1, nil), two])
            let other = try await engine.read {
                try PoolStore($0, Samples.herlev, partnership: "x").all()
            }
            #expect(other.isEmpty)
        }
    }
}
