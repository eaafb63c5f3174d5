import Identifiers
import Registry
import Storage

/// Enters looks at people in the log. Those who look at the same moment are entered in one
/// transaction, because each is synced to disk before anything is shown.
actor LookupQueue {
    private struct Waiting {
        var municipality: MunicipalityCode
        var citizens: [CitizenID]
        var subject: String
        var stamp: Stamp
        var answer: CheckedContinuation<Int64, any Error>
    }

    private let storage: any StorageEngine
    private var waiting: [Waiting] = []
    private var isWriting = false

    init(_ storage: any StorageEngine) { self.storage = storage }

    /// The look's number, once it is on disk.
    func append(
        _ citizens: [CitizenID], of municipality: MunicipalityCode, subject: String, _ stamp: Stamp
    ) async throws -> Int64 {
        try await withCheckedThrowingContinuation { answer in
            waiting.append(
                Waiting(
                    municipality: municipality, citizens: citizens, subject: subject,
                    stamp: stamp, answer: answer))
            if !isWriting {
                isWriting = true
                Task { await writeAll() }
            }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = waiting
            waiting = []
            do {
                let numbers = try await storage.write { connection in
                    try batch.map {
                        try LookupLog(connection, $0.municipality).append(
                            $0.citizens, subject: $0.subject, $0.stamp)
                    }
                }
                for (one, number) in zip(batch, numbers) { one.answer.resume(returning: number) }
            } catch {
                for one in batch { one.answer.resume(throwing: error) }
            }
        }
        isWriting = false
    }
}
