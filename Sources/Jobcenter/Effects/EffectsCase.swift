import Chronology
import Effects
import Identifiers
import Indicators
import Registry
import Storage

/// Asks the register whether an effort goes with what it is meant to bring.
public struct EffectsCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The answer to a protocol with what happened up to `asOf`, as it is known now. Those who
    /// may not see small counts get them hidden. Nothing about one person leaves.
    ///
    /// Throws `Refusal`.
    public func answer(
        _ trial: TrialProtocol, of municipality: MunicipalityCode, asOf: Day, by actor: Actor
    ) async throws -> ShownTrial {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let facts = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var facts = TrialFacts()
            try reader.traits(of: municipality) { citizen in
                facts.add(
                    citizen.id, sex: citizen.sex, born: citizen.born, origin: citizen.origin)
            }
            try reader.facts(of: municipality, kinds: TrialFacts.kinds) { facts.add($0) }
            return facts
        }
        let answer = TrialEngine().answer(trial, facts, asOf: asOf)
        let maySeeFew = Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) == nil
        return ShownTrial(answer, hidingBelow: maySeeFew ? 1 : house.suppression.k)
    }
}
