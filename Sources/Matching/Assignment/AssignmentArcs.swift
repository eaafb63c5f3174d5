/// The arcs of a network, those of some of the edges first, in the order of the
/// nodes that they leave.
struct AssignmentArcs: Sendable {
    /// What an arc stands for.
    enum Meaning: Hashable, Sendable {
        case edge(Int)
        case opening(Int)
        case groupLimit(Int)
        case candidate(Int)
        case group(Int)
        /// Back from the sink to the source.
        case round
    }

    private(set) var from: [Int32] = []
    private(set) var to: [Int32] = []
    private(set) var lower: [Int64] = []
    private(set) var upper: [Int64] = []
    private(set) var cost: [Int64] = []
    /// The edges with an arc, ascending: arc i stands for edge `edges[i]`.
    let edges: [Int32]
    /// What the arcs after those of the edges stand for.
    private var others: [Meaning] = []

    /// More than can ever flow.
    private let unlimited: Int

    /// The arcs of the network with those edges only. O(arcs).
    init(_ network: AssignmentNetwork, edges: [Int32]) {
        self.edges = edges
        let problem = network.problem
        // Every unit flows along one edge. One more, for a minimum that cannot be met.
        unlimited = network.edges.count + 1
        let count = edges.count + 2 * network.nodeCount
        from.reserveCapacity(count)
        to.reserveCapacity(count)
        lower.reserveCapacity(count)
        upper.reserveCapacity(count)
        cost.reserveCapacity(count)
        let isFree = problem.fixed.isEmpty && problem.forbidden.isEmpty
        for edge in edges {
            let index = Int(edge)
            let bounds = isFree ? (0, 1) : network.bounds(ofEdge: index)
            append(
                network.edges[index].pair.candidate, Int(network.ends[index]), bounds.0, bounds.1,
                network.costs[index])
        }
        for (index, opening) in problem.openings.enumerated() {
            append(
                .opening(index), network.openingNodes + index, network.sink, opening.minimum,
                opening.maximum)
        }
        for (index, limit) in problem.groupLimits.enumerated() {
            append(
                .groupLimit(index), network.limitNodes + index,
                network.openingNodes + limit.opening, limit.minimum, limit.maximum)
        }
        appendCandidates(network)
        append(.round, network.sink, network.source, 0, nil)
    }

    private mutating func appendCandidates(_ network: AssignmentNetwork) {
        let problem = network.problem
        var members = [[Int]](repeating: [], count: problem.groups.count)
        var alone: [Int] = []
        for (index, candidate) in problem.candidates.enumerated() {
            if let group = candidate.group {
                members[group].append(index)
            } else {
                alone.append(index)
            }
        }
        for (group, members) in members.enumerated() {
            for member in members {
                append(
                    .candidate(member), network.groupNodes + group, member, 0,
                    problem.candidates[member].places)
            }
        }
        for (index, group) in problem.groups.enumerated() {
            append(
                .group(index), network.source, network.groupNodes + index, group.minimum,
                group.maximum)
        }
        for index in alone {
            append(.candidate(index), network.source, index, 0, problem.candidates[index].places)
        }
    }

    private mutating func append(
        _ meaning: Meaning, _ from: Int, _ to: Int, _ lower: Int, _ upper: Int?
    ) {
        others.append(meaning)
        let limit = unlimited
        append(from, to, Int64(min(lower, limit)), Int64(min(upper ?? limit, limit)), 0)
    }

    private mutating func append(
        _ from: Int, _ to: Int, _ lower: Int64, _ upper: Int64, _ cost: Int64
    ) {
        self.from.append(Int32(from))
        self.to.append(Int32(to))
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
    }

    var count: Int { from.count }

    func meaning(_ arc: Int) -> Meaning {
        arc < edges.count ? .edge(Int(edges[arc])) : others[arc - edges.count]
    }
}
