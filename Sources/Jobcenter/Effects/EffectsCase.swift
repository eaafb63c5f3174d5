import Chronology
import Effects
import Identifiers
import Indicators

/// Asks the register whether an effort goes with what it is meant to bring.
public struct EffectsCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// What can be asked about.
    public var protocols: [TrialProtocol] { house.protocols.protocols }

    /// The answer to a protocol with what happened up to `asOf`, as it is known now. Those who
    /// may not see small counts get them hidden. Nothing about one person leaves.
    ///
    /// Throws `Refusal`.
    public func answer(
        _ trial: TrialProtocol, of municipality: MunicipalityCode, asOf: Day, by actor: Actor
    ) async throws -> ShownTrial {
        try Policy.require(.readFigures, by: actor, in: municipality)
        let answer = try await house.trials.answer(trial, of: municipality, asOf: asOf)
        let maySeeFew = Policy.refusal(of: .readSmallCounts, by: actor, in: municipality) == nil
        return ShownTrial(answer, hidingBelow: maySeeFew ? 1 : house.suppression.k)
    }
}
