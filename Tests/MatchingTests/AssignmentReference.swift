import Matching

/// All answers of a small problem, gone through one after the other.
struct AssignmentReference {
    let problem: AssignmentProblem

    /// The best answer's rank, or nil when there is no answer.
    func best() -> Rank? { answers().map(rank).max() }

    struct Rank: Comparable {
        var filled: Int
        var value: Int
        var kept: Int
        var objective: AssignmentProblem.Objective

        /// As good as: under one objective the number filled does not matter.
        static func == (one: Rank, other: Rank) -> Bool { !(one < other) && !(other < one) }

        static func < (one: Rank, other: Rank) -> Bool {
            one.objective == .filled
                ? (one.filled, one.value, one.kept) < (other.filled, other.value, other.kept)
                : (one.value, one.kept) < (other.value, other.kept)
        }
    }

    func rank(_ edges: [AssignmentProblem.Edge]) -> Rank {
        Rank(
            filled: edges.count, value: edges.reduce(0) { $0 + $1.value },
            kept: edges.count { problem.previous.contains($0.pair) },
            objective: problem.objective)
    }

    func answers() -> [[AssignmentProblem.Edge]] {
        (0..<1 << problem.edges.count).map { choice in
            problem.edges.indices.filter { choice & 1 << $0 != 0 }.map { problem.edges[$0] }
        }.filter { isSound(Set($0.map(\.pair))) }
    }

    func isSound(_ pairs: Set<AssignmentProblem.Pair>) -> Bool {
        guard problem.fixed.isSubset(of: pairs), problem.forbidden.isDisjoint(with: pairs) else {
            return false
        }
        for (index, candidate) in problem.candidates.enumerated()
        where pairs.count(where: { $0.candidate == index }) > candidate.places {
            return false
        }
        for (index, opening) in problem.openings.enumerated() {
            let count = pairs.count { $0.opening == index }
            if count < opening.minimum || count > opening.maximum { return false }
        }
        func group(_ pair: AssignmentProblem.Pair) -> Int? {
            problem.candidates[pair.candidate].group
        }
        for (index, limit) in problem.groups.enumerated() {
            let count = pairs.count { group($0) == index }
            if count < limit.minimum || count > limit.maximum ?? .max { return false }
        }
        return problem.groupLimits.allSatisfy { limit in
            let count = pairs.count { group($0) == limit.group && $0.opening == limit.opening }
            return count >= limit.minimum && count <= limit.maximum ?? .max
        }
    }

    /// True when the contradiction proves by adding up that there is no answer.
    func proves(_ contradiction: AssignmentContradiction) -> Bool {
        let needed = contradiction.demands.reduce(0) { sum, demand in
            switch demand {
            case .opening(let index, let minimum):
                precondition(problem.openings[index].minimum == minimum)
                return sum + minimum
            case .group(let index, let minimum):
                precondition(problem.groups[index].minimum == minimum)
                return sum + minimum
            case .groupLimit(let index, let minimum):
                precondition(problem.groupLimits[index].minimum == minimum)
                return sum + minimum
            case .fixed(let pair):
                precondition(problem.fixed.contains(pair))
                return sum + 1
            }
        }
        return needed == contradiction.needed && needed > contradiction.available
    }
}
