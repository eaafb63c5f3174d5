/// The best answer to an ``AssignmentProblem``.
public struct Assignment: Sendable {
    /// What a problem leads to.
    public enum Outcome: Sendable {
        case best(Assignment)
        /// What is required cannot all be; each contradiction by itself is enough.
        case contradictory([AssignmentContradiction])
    }

    /// The pairs given, in the order of candidates and openings.
    public let pairs: [AssignmentProblem.Pair]
    /// The sum of their values.
    public let value: Int
    let reasons: AssignmentReasons

    /// Places filled.
    public var filled: Int { pairs.count }

    /// Finds the best answer.
    ///
    /// Which of several equally good answers comes out does not depend on the order
    /// of the edges. In practice little more than O(edges).
    public static func solve(_ problem: AssignmentProblem) throws(AssignmentError) -> Outcome {
        let network = try AssignmentNetwork(problem)
        switch try AssignmentSolver(network: network).solve() {
        case .best(let arcs, let flow, let prices):
            return .best(
                Assignment(
                    AssignmentReasons(network: network, arcs: arcs, flow: flow, prices: prices)))
        case .contradiction(let arcs, let barrier):
            return .contradictory(network.contradictions(arcs, barrier: barrier))
        }
    }

    private init(_ reasons: AssignmentReasons) {
        self.reasons = reasons
        let edges = reasons.network.edges
        let given = edges.indices.filter { reasons.flow[$0] > 0 }.map { edges[$0] }
        pairs = given.map(\.pair)
        value = given.reduce(0) { $0 + $1.value }
    }
}
