/// Demands and limits that contradict each other: what must be filled is more than
/// there is room for. Each is a proof by itself and can be checked by adding up.
public struct AssignmentContradiction: Hashable, Sendable {
    /// Something that must be.
    public enum Demand: Hashable, Sendable {
        case opening(Int, minimum: Int)
        case group(Int, minimum: Int)
        /// A limit by its place among the group limits.
        case groupLimit(Int, minimum: Int)
        case fixed(AssignmentProblem.Pair)
    }

    /// Something that cannot be more.
    public enum Limit: Hashable, Sendable {
        case candidate(Int, places: Int)
        case opening(Int, maximum: Int)
        case group(Int, maximum: Int)
        /// A limit by its place among the group limits.
        case groupLimit(Int, maximum: Int)
        /// A pair can be given once.
        case pair(AssignmentProblem.Pair)
    }

    /// What must be, added up to `needed`.
    public var demands: [Demand]
    /// All that can serve those demands, added up to `available`.
    public var limits: [Limit]
    /// Places that the demands ask for.
    public var needed: Int
    /// Places that the limits leave for them; fewer.
    public var available: Int

    public init(demands: [Demand], limits: [Limit], needed: Int, available: Int) {
        self.demands = demands
        self.limits = limits
        self.needed = needed
        self.available = available
    }
}

extension AssignmentNetwork {
    /// The contradictions behind a set of nodes that must send out more than they
    /// can get, or the other way about; one for each connected part of it that
    /// proves something by itself. O(arcs).
    func contradictions(_ arcs: AssignmentArcs, barrier: [Bool]) -> [AssignmentContradiction] {
        for side in [true, false] {
            let parts = parts(arcs, of: barrier, side)
            let found = contradictions(arcs, parts)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// The connected part that each node of one side belongs to, -1 for the others.
    private func parts(_ arcs: AssignmentArcs, of barrier: [Bool], _ side: Bool) -> [Int] {
        var parent = Array(barrier.indices)
        func root(_ node: Int) -> Int {
            var node = node
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        for arc in 0..<arcs.count where arcs.upper[arc] > 0 {
            let (from, to) = (Int(arcs.from[arc]), Int(arcs.to[arc]))
            if barrier[from] == side, barrier[to] == side { parent[root(from)] = root(to) }
        }
        return barrier.indices.map { barrier[$0] == side ? root($0) : -1 }
    }

    private func contradictions(
        _ arcs: AssignmentArcs, _ parts: [Int]
    ) -> [AssignmentContradiction] {
        var found: [Int: AssignmentContradiction] = [:]
        func note(_ part: Int, _ change: (inout AssignmentContradiction) -> Void) {
            guard part >= 0 else { return }
            change(
                &found[
                    part,
                    default: AssignmentContradiction(
                        demands: [], limits: [], needed: 0, available: 0)])
        }
        for arc in 0..<arcs.count {
            let (from, to) = (parts[Int(arcs.from[arc])], parts[Int(arcs.to[arc])])
            guard from != to else { continue }
            let upper = Int(arcs.upper[arc])
            let lower = minimum(arcs.meaning(arc)) ?? Int(arcs.lower[arc])
            if lower > 0 {
                note(from) {
                    $0.needed += lower
                    if let demand = demand(arcs.meaning(arc), lower) { $0.demands.append(demand) }
                }
            }
            note(to) {
                $0.available += upper
                if let limit = limit(arcs.meaning(arc), upper) { $0.limits.append(limit) }
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value).filter { $0.needed > $0.available }
    }

    /// What the problem says, which may be more than the solver need be told.
    private func minimum(_ meaning: AssignmentArcs.Meaning) -> Int? {
        switch meaning {
        case .opening(let opening): problem.openings[opening].minimum
        case .groupLimit(let limit): problem.groupLimits[limit].minimum
        case .group(let group): problem.groups[group].minimum
        case .edge, .candidate, .round: nil
        }
    }

    private func demand(
        _ meaning: AssignmentArcs.Meaning, _ lower: Int
    ) -> AssignmentContradiction.Demand? {
        switch meaning {
        case .edge(let edge): .fixed(edges[edge].pair)
        case .opening(let opening): .opening(opening, minimum: lower)
        case .groupLimit(let limit): .groupLimit(limit, minimum: lower)
        case .group(let group): .group(group, minimum: lower)
        case .candidate, .round: nil
        }
    }

    private func limit(
        _ meaning: AssignmentArcs.Meaning, _ upper: Int
    ) -> AssignmentContradiction.Limit? {
        switch meaning {
        case .edge(let edge): upper > 0 ? .pair(edges[edge].pair) : nil
        case .opening(let opening): .opening(opening, maximum: upper)
        case .groupLimit(let limit): .groupLimit(limit, maximum: upper)
        case .group(let group): .group(group, maximum: upper)
        case .candidate(let candidate): .candidate(candidate, places: upper)
        case .round: nil
        }
    }
}
