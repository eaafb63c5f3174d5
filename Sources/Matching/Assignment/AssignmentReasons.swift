/// Why a pair was given or not: what it would cost to have it otherwise.
public struct PairReason: Hashable, Sendable {
    public var pair: AssignmentProblem.Pair
    /// The pair's own value.
    public var value: Int
    public var standing: Standing

    /// How a pair came to stand as it does.
    public enum Standing: Hashable, Sendable {
        /// Chosen by hand.
        case fixed
        /// Ruled out by hand.
        case forbidden
        /// Given; without it, that would be lost, and nil means that no answer can
        /// do without it.
        case given(otherwise: Loss?)
        /// Not given; with it, that would be lost, and nil means that no answer can
        /// have it.
        case notGiven(otherwise: Loss?)
    }

    /// What the best answer loses when one pair has to be otherwise.
    public struct Loss: Hashable, Sendable {
        /// Places that would be empty more than now; below nothing where more
        /// would be filled.
        public var places: Int
        /// How much lower the sum of values would be. Nothing: the other answer is
        /// just as good.
        public var value: Int
        /// The pairs that would be given instead, in the order in which one makes
        /// way for the next.
        public var added: [AssignmentProblem.Pair]
        /// The pairs that would be given up.
        public var removed: [AssignmentProblem.Pair]

        public init(
            places: Int, value: Int, added: [AssignmentProblem.Pair],
            removed: [AssignmentProblem.Pair]
        ) {
            self.places = places
            self.value = value
            self.added = added
            self.removed = removed
        }
    }

    public init(pair: AssignmentProblem.Pair, value: Int, standing: Standing) {
        self.pair = pair
        self.value = value
        self.standing = standing
    }
}

extension Assignment {
    /// The reason for each of a candidate's allowed pairs, by opening. The losses
    /// are exact: those of the best answer with that one pair otherwise.
    /// O(edges × log nodes) for all of them together.
    public func reasons(candidate: Int) -> [PairReason] {
        guard reasons.network.problem.candidates.indices.contains(candidate) else { return [] }
        let first = reasons.network.firstEdge
        return reasons.reasons(first[candidate]..<first[candidate + 1], around: candidate)
    }

    /// The reason for each of an opening's allowed pairs, by candidate.
    /// O(edges × log nodes) for each group limit at the opening and one more.
    public func reasons(opening: Int) -> [PairReason] {
        let network = reasons.network
        guard network.problem.openings.indices.contains(opening) else { return [] }
        let own = network.edges.indices.filter { network.edges[$0].pair.opening == opening }
        var found: [PairReason] = []
        for (end, edges) in Dictionary(grouping: own, by: { network.ends[$0] }) {
            found += reasons.reasons(edges, around: Int(end))
        }
        return found.sorted { $0.pair < $1.pair }
    }

    /// The reason for one pair; nil when it is not allowed at all.
    public func reason(_ pair: AssignmentProblem.Pair) -> PairReason? {
        reasons(candidate: pair.candidate).first { $0.pair == pair }
    }
}

/// The best flow with what can still be changed about it.
///
/// In the residual network an arc can be gone along while it could carry more, and
/// backwards while it could carry less. Having one pair otherwise costs what the
/// cheapest way round through that pair costs; the prices make all steps cost
/// nothing or more, so that Dijkstra's algorithm finds it.
struct AssignmentReasons: Sendable {
    let network: AssignmentNetwork
    let arcs: AssignmentArcs
    let flow: [Int64]
    let prices: [Int64]

    /// The reasons for edges that all have the node `center` at one end.
    func reasons(_ edges: some Sequence<Int>, around center: Int) -> [PairReason] {
        let edges = Array(edges)
        let steps = ResidualSteps(self)
        // A pair to be given is a way from its opening to its candidate, one to be
        // withdrawn a way from its candidate to its opening.
        let isCandidate = center < network.openingNodes
        var towards: ShortestWays?
        var from: ShortestWays?
        return edges.map { edge in
            let bounds = network.bounds(ofEdge: edge)
            let standing: PairReason.Standing
            if bounds.lower > 0 {
                standing = .fixed
            } else if bounds.upper == 0 {
                standing = .forbidden
            } else {
                let isGiven = flow[edge] > 0
                let isTowards = isCandidate != isGiven
                let ways: ShortestWays
                if isTowards {
                    ways = towards ?? ShortestWays(steps, of: self, center, backwards: true)
                    towards = ways
                } else {
                    ways = from ?? ShortestWays(steps, of: self, center, backwards: false)
                    from = ways
                }
                let other =
                    isCandidate ? Int(network.ends[edge]) : network.edges[edge].pair.candidate
                let otherwise = ways.way(other, of: self).map { loss(edge, $0) }
                standing =
                    isGiven ? .given(otherwise: otherwise) : .notGiven(otherwise: otherwise)
            }
            return PairReason(
                pair: network.edges[edge].pair, value: network.edges[edge].value,
                standing: standing)
        }
    }

    private func loss(_ edge: Int, _ way: [Int]) -> PairReason.Loss {
        var loss = PairReason.Loss(places: 0, value: 0, added: [], removed: [])
        for step in [edge] + way {
            guard case .edge(let index) = arcs.meaning(step) else { continue }
            let one = network.edges[index]
            if flow[step] > 0 {
                loss.removed.append(one.pair)
                loss.places += 1
                loss.value += one.value
            } else {
                loss.added.append(one.pair)
                loss.places -= 1
                loss.value -= one.value
            }
        }
        return loss
    }
}
