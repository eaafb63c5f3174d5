/// A difference with its 95 % interval, in the unit of the outcome.
public struct TrialEstimate: Hashable, Sendable {
    public var value: Double
    public var low: Double
    public var high: Double

    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// The effect among those who began (ATT): their outcome, less that of the others weighted to
/// look like them, corrected for what imbalance is left by a regression of the outcome on the
/// traits (augmented weighting). It is right when either the weights or the regression are.
struct WeightedComparison {
    let estimate: TrialEstimate
    /// The mean outcome of those who began.
    let starters: Double
    /// What it would have been by the comparison.
    let expected: Double

    init(
        starters: [TrialEntry], others: [TrialEntry], _ balancing: Balancing,
        _ starterDesign: Design, _ otherDesign: Design
    ) {
        let outcomes = others.map(\.outcome)
        let coefficients = balancing.regression(outcomes, otherDesign)
        let starterRests = zip(starters, starterDesign.products(coefficients)).map {
            $0.outcome - $1
        }
        let otherRests = zip(outcomes, otherDesign.products(coefficients)).map { $0 - $1 }
        let count = Double(starters.count)
        let weighted = zip(balancing.weights, otherRests).reduce(0) { $0 + $1.0 * $1.1 }
        let value = (starterRests.reduce(0, +) - weighted) / count
        var influence: [Int: Double] = [:]
        for (entry, rest) in zip(starters, starterRests) {
            influence[entry.person, default: 0] += (rest - value) / count
        }
        let leverage = otherDesign.quadratic(balancing.curvature.inverse())
        for index in others.indices {
            let weight = balancing.weights[index]
            // A rest is the smaller the more the entry itself decided the regression (HC3).
            let honest = otherRests[index] / (1 - min(0.9, weight * leverage[index]))
            influence[others[index].person, default: 0] -= weight * honest / count
        }
        let persons = Double(Set(starters.map(\.person)).count)
        let square = influence.keys.sorted().reduce(0) {
            $0 + (influence[$1] ?? 0) * (influence[$1] ?? 0)
        }
        let error = (square * persons / max(1, persons - 1)).squareRoot()
        let width = WeightedComparison.quantile(persons - 1) * error
        estimate = TrialEstimate(value: value, low: value - width, high: value + width)
        self.starters = starters.reduce(0) { $0 + $1.outcome } / count
        expected = self.starters - value
    }

    /// The 97.5 % quantile of Student's t, by its expansion around the normal (Abramowitz and
    /// Stegun 26.7.5); good to three digits from 10 degrees of freedom on.
    private static func quantile(_ degrees: Double) -> Double {
        let z = 1.959_963_985
        let n = max(1, degrees)
        let z3 = z * z * z
        let z5 = z3 * z * z
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
    }
}
