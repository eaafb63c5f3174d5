/// Weights that make those who did not begin look like those who did, in every trait.
///
/// Each of the others counts `exp(x·λ)` times, with λ such that the weighted others have as
/// many in each level as those who began: entropy balancing (Hainmueller 2012), which is a
/// logistic model of who begins, fitted to balance instead of likelihood (Zhao and Percival
/// 2017). A small penalty lets a level that cannot be balanced stay a little off.
struct Balancing {
    /// How often each of the others counts.
    let weights: [Double]
    /// x·λ: how alike an entry is to those who begin. Never leaves the room.
    let starterScores: [Double]
    let otherScores: [Double]
    /// What the weights' equations are solved with.
    let curvature: CholeskyFactor

    /// As much as one entry of each level's own.
    private static let penalty = 1.0

    init(starters: Design, others: Design) {
        let target = starters.sums(Array(repeating: 1, count: starters.count))
        var penalties = Array(repeating: Balancing.penalty, count: others.columns)
        penalties[0] = 1e-9
        var lambda = Array(repeating: 0.0, count: others.columns)
        lambda[0] = Balancing.logarithm(Double(starters.count) / Double(max(1, others.count)))
        var state = State(lambda, others, target, penalties)
        for _ in 0..<60 {
            let gradient = state.gradient(others, target, penalties)
            let step = state.curvature(others, penalties).factor().solve(gradient)
            let promise = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
            guard promise > 1e-9 else { break }
            var length = 1.0
            var next = state
            repeat {
                next = State(
                    zip(state.lambda, step).map { $0 - length * $1 }, others, target, penalties)
                length /= 2
            } while next.objective > state.objective - 1e-4 * length * promise && length > 1e-6
            guard next.objective < state.objective else { break }
            state = next
        }
        weights = state.weights
        otherScores = others.products(state.lambda)
        starterScores = starters.products(state.lambda)
        curvature = state.curvature(others, penalties).factor()
    }

    /// The effective number of the weighted others (Kish).
    var effectiveCount: Double {
        let sum = weights.reduce(0, +)
        let squares = weights.reduce(0) { $0 + $1 * $1 }
        return squares > 0 ? sum * sum / squares : 0
    }

    /// Coefficients of the outcome on the traits among the weighted others.
    func regression(_ outcomes: [Double], _ others: Design) -> [Double] {
        curvature.solve(others.sums(zip(weights, outcomes).map { $0 * $1 }))
    }

    /// The natural logarithm of a positive number, by Newton's method on the exponential.
    private static func logarithm(_ x: Double) -> Double {
        guard x > 0 else { return -700 }
        var y = Double(x.exponent) * 0.693_147_180_559_945_309
        for _ in 0..<20 { y += x / exponential(y) - 1 }
        return y
    }

    /// A λ with what it gives.
    private struct State {
        var lambda: [Double]
        var weights: [Double]
        var objective: Double

        init(_ lambda: [Double], _ others: Design, _ target: [Double], _ penalties: [Double]) {
            self.lambda = lambda
            weights = others.products(lambda).map { exponential($0) }
            objective = weights.reduce(0, +)
            for (index, value) in lambda.enumerated() {
                objective += value * (penalties[index] * value / 2 - target[index])
            }
        }

        func gradient(
            _ others: Design, _ target: [Double], _ penalties: [Double]
        ) -> [Double] {
            let sums = others.sums(weights)
            return lambda.indices.map { sums[$0] - target[$0] + penalties[$0] * lambda[$0] }
        }

        func curvature(_ others: Design, _ penalties: [Double]) -> SymmetricMatrix {
            var matrix = SymmetricMatrix(diagonal: penalties)
            others.addCrossProducts(weights, to: &matrix)
            return matrix
        }
    }
}
