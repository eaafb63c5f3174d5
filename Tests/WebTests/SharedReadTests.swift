import Synchronization
import Testing

@testable import Web

@Suite struct SharedReadTests {
    private final class Counter: Sendable {
        private let count = Atomic(0)
        var value: Int { count.load(ordering: .sequentiallyConsistent) }
        func next() -> Int { count.add(1, ordering: .sequentiallyConsistent).newValue }
    }

    @Test func manyCallsShareReadsAndNoneIsOld() async throws {
        let (ledger, reads) = (Counter(), Counter())
        let shared = SharedRead<Int> {
            _ = reads.next()
            let found = ledger.value
            try await Task.sleep(for: .milliseconds(2))
            return found
        }
        let fresh = try await withThrowingTaskGroup { group in
            for _ in 0..<400 {
                group.addTask {
                    let known = ledger.next()
                    return try await shared.value() >= known
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(fresh == 400)
        #expect(reads.value < 200)
    }

    @Test func aFailureIsNotKept() async throws {
        struct Broken: Error {}
        let calls = Counter()
        let shared = SharedRead<Int> {
            let call = calls.next()
            if call == 1 { throw Broken() }
            return call
        }
        await #expect(throws: Broken.self) { try await shared.value() }
        #expect(try await shared.value() == 2)
    }
}
