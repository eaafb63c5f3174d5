import Chronology
import Effects
import Identifiers
import Storage

/// Keeps answers to protocols, each until its municipality's ledger has grown: they take
/// reading everybody's benefits and offers.
actor TrialShelf {
    private struct Key: Hashable {
        var municipality: MunicipalityCode
        var trial: TrialProtocol
        var asOf: Day
    }

    private struct Kept {
        var ledgerNumber: Int64
        var answer: TrialAnswer
    }

    private let engine: any StorageEngine
    private var shelf: [Key: Kept] = [:]
    private var order: [Key] = []
    private let room = 40

    init(_ engine: any StorageEngine) { self.engine = engine }

    func answer(
        _ trial: TrialProtocol, of municipality: MunicipalityCode, asOf: Day
    ) async throws -> TrialAnswer {
        let key = Key(municipality: municipality, trial: trial, asOf: asOf)
        let number = try await engine.read { connection in
            try LedgerAuditor(connection).lastNumber(of: municipality)
        }
        if let kept = shelf[key], kept.ledgerNumber == number { return kept.answer }
        let facts = try await engine.read { connection in
            let reader = StoreReader(connection)
            var facts = TrialFacts()
            try reader.traits(of: municipality) { citizen in
                facts.add(
                    citizen.id, sex: citizen.sex, born: citizen.born, origin: citizen.origin)
            }
            try reader.facts(of: municipality, kinds: TrialFacts.kinds) { facts.add($0) }
            return facts
        }
        // Away from the shelf, so that others can be handed theirs meanwhile.
        let answer = await Task.detached {
            TrialEngine().answer(trial, facts, asOf: asOf)
        }.value
        shelf[key] = Kept(ledgerNumber: number, answer: answer)
        order.removeAll { $0 == key }
        order.append(key)
        if order.count > room { shelf[order.removeFirst()] = nil }
        return answer
    }
}
