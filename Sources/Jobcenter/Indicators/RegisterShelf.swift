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
    /// The register begun before the shelf was; put on it when first asked for.
    private var ahead: RegisterAhead?
    /// A register of a middling municipality takes some ten megabytes.
    private let room = 6

    init(engine: any StorageEngine, catalogue: Catalogue, ahead: RegisterAhead?) {
        self.engine = engine
        self.catalogue = catalogue
        self.ahead = ahead
    }

    /// The number of the last ledger entry; 0 when the municipality has none.
    func ledgerNumber(of municipality: MunicipalityCode) async throws -> Int64 {
        try await engine.read { connection in
            try LedgerAuditor(connection).lastNumber(of: municipality)
        }
    }

    /// The register as it was known at the end of `knownAt` (nil: as known now).
    func register(of municipality: MunicipalityCode, knownAt: Day?) async throws -> Register {
        let key = Key(municipality: municipality, knownAt: knownAt)
        if let ahead, key == Key(municipality: ahead.municipality, knownAt: nil) {
            await shelve(ahead, key)
        }
        let number = try await ledgerNumber(of: municipality)
        if let kept = shelf[key], kept.ledgerNumber == number {
            return try await kept.register.value
        }
        let engine = engine
        let catalogue = catalogue
        let task = Task {
            let facts = try await RegisterFacts.read(
                of: municipality, knownAt: knownAt, from: engine)
            return (consume facts).register(catalogue)
        }
        keep(task, key, number)
        do { return try await task.value } catch {
            shelf[key] = nil
            throw error
        }
    }

    private func keep(_ register: Task<Register, any Error>, _ key: Key, _ number: Int64) {
        shelf[key] = Kept(ledgerNumber: number, register: register)
        order.removeAll { $0 == key }
        order.append(key)
        if order.count > room { shelf[order.removeFirst()] = nil }
    }

    /// Waits for the register begun early. One that failed is not kept: it is
    /// then built again, and who asked learns why if that fails too.
    private func shelve(_ begun: RegisterAhead, _ key: Key) async {
        let built = try? await begun.building.value
        // Several may have waited; the first one to go on does it for all.
        guard ahead != nil else { return }
        ahead = nil
        if let built { keep(Task { built.register }, key, built.ledgerNumber) }
    }
}
