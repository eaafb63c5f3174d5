import Chronology
import Identifiers
import Indicators
import Registry
import Storage

/// Keeps the registers that have been asked for, each until its municipality's
/// ledger has grown. A register is a projection: it can always be built again.
actor RegisterShelf {
    private struct Key: Hashable {
        var municipality: MunicipalityCode
        var knownAt: Day?
    }

    private struct Kept {
        var ledgerNumber: Int64
        var register: Task<Register, any Error>
    }

    private let engine: any StorageEngine
    private let catalogue: Catalogue
    private var shelf: [Key: Kept] = [:]
    private var order: [Key] = []
    /// A register of a middling municipality takes some ten megabytes.
    private let room = 6

    init(engine: any StorageEngine, catalogue: Catalogue) {
        self.engine = engine
        self.catalogue = catalogue
    }

    /// The number of the last ledger entry; 0 when the municipality has none.
    func ledgerNumber(of municipality: MunicipalityCode) async throws -> Int64 {
        try await engine.read { connection in
            try LedgerAuditor(connection).lastNumber(of: municipality)
        }
    }

    /// The register as it was known at the end of `knownAt` (nil: as known now).
    func register(of municipality: MunicipalityCode, knownAt: Day?) async throws -> Register {
        let number = try await ledgerNumber(of: municipality)
        let key = Key(municipality: municipality, knownAt: knownAt)
        if let kept = shelf[key], kept.ledgerNumber == number {
            return try await kept.register.value
        }
        let engine = engine
        let catalogue = catalogue
        let task = Task {
            try await engine.read { connection in
                var builder = RegisterBuilder()
                try StoreReader(connection).facts(of: municipality, knownAt: knownAt) { fact in
                    builder.add(fact, in: municipality)
                }
                return Register(builder, catalogue: catalogue)
            }
        }
        shelf[key] = Kept(ledgerNumber: number, register: task)
        order.removeAll { $0 == key }
        order.append(key)
        if order.count > room { shelf[order.removeFirst()] = nil }
        do { return try await task.value } catch {
            shelf[key] = nil
            throw error
        }
    }
}
