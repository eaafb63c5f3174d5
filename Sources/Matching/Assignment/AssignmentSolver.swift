import CLemon

/// Finds the best flow through a network.
struct AssignmentSolver {
    /// What came out.
    enum Outcome {
        /// What flows along each arc, and the price of each node: no arc that could
        /// carry more has a cost below its prices' difference.
        case best(AssignmentArcs, flow: [Int64], prices: [Int64])
        /// Nodes that must send out more than the arcs into them can carry.
        case contradiction(AssignmentArcs, barrier: [Bool])
    }

    /// Candidates' best edges that the first round looks at, and the most that a
    /// candidate gets more of in each round after it.
    private static let batch = 10
    /// Rounds before all edges are looked at after all.
    private static let rounds = 12

    let network: AssignmentNetwork

    /// The best flow.
    ///
    /// With many edges the solver gets the best few of each candidate first, as
    /// they look after some bidding. Its prices tell which of the others would
    /// better the answer; those are added until there is none, and then the answer
    /// is best among all edges. This takes a fraction of the time, because nearly
    /// all edges are never wanted.
    func solve() throws(AssignmentError) -> Outcome {
        let all = network.edges.count
        var start = [Int64](repeating: 0, count: network.nodeCount)
        if all > 2 * AssignmentSolver.batch * network.problem.candidates.count {
            let auction = AssignmentAuction(network)
            var active = firstEdges(auction.prices)
            start = auction.nodePrices()
            for _ in 0..<AssignmentSolver.rounds {
                let chosen = (0..<all).filter { active[$0] }.map { Int32($0) }
                if chosen.count > all / 2 { break }
                let outcome = try solve(chosen, from: start)
                // All edges together may keep bounds that some of them cannot.
                guard case .best(let arcs, let flow, let prices) = outcome else { break }
                start = prices
                if !add(to: &active, prices) { return complete(arcs, flow, prices) }
            }
        }
        return try solve((0..<all).map { Int32($0) }, from: start)
    }

    /// Solves for those edges. The solver begins with all prices at nothing; costs
    /// less the differences of prices that are nearly right make that a good
    /// beginning, and change no cost of a whole way round.
    private func solve(
        _ edges: [Int32], from start: [Int64]
    ) throws(AssignmentError) -> Outcome {
        let arcs = AssignmentArcs(network, edges: edges)
        let costs = (0..<arcs.count).map { arc in
            arcs.cost[arc] + start[Int(arcs.from[arc])] - start[Int(arcs.to[arc])]
        }
        var flow = [Int64](repeating: 0, count: arcs.count)
        var prices = [Int64](repeating: 0, count: network.nodeCount)
        var barrier = [UInt8](repeating: 0, count: network.nodeCount)
        let answer = clemon_circulation(
            Int32(network.nodeCount), Int32(arcs.count), arcs.from, arcs.to, arcs.lower,
            arcs.upper, costs, &flow, &prices, &barrier)
        switch Int(answer) {
        case CLEMON_OPTIMAL:
            for node in start.indices { prices[node] += start[node] }
            return .best(arcs, flow: flow, prices: prices)
        case CLEMON_INFEASIBLE:
            return .contradiction(arcs, barrier: barrier.map { $0 == 1 })
        default: throw .noMemory
        }
    }

    private func firstEdges(_ prices: [Int64]) -> [Bool] {
        var active = [Bool](repeating: false, count: network.edges.count)
        var order: [(net: Int64, edge: Int)] = []
        for candidate in network.problem.candidates.indices {
            let range = network.firstEdge[candidate]..<network.firstEdge[candidate + 1]
            order.removeAll(keepingCapacity: true)
            for edge in range {
                let price = prices[network.edges[edge].pair.opening]
                order.append((network.costs[edge] + price, edge))
            }
            order.sort { ($0.net, $0.edge) < ($1.net, $1.edge) }
            for one in order.prefix(AssignmentSolver.batch) { active[one.edge] = true }
        }
        guard !network.problem.fixed.isEmpty else { return active }
        for (index, edge) in network.edges.enumerated()
        where network.problem.fixed.contains(edge.pair) {
            active[index] = true
        }
        return active
    }

    /// Adds the edges that would better the answer; false when there is none.
    private func add(to active: inout [Bool], _ prices: [Int64]) -> Bool {
        var wanted: [(gain: Int64, edge: Int)] = []
        var found = false
        for candidate in network.problem.candidates.indices {
            wanted.removeAll(keepingCapacity: true)
            let own = prices[candidate]
            for edge in network.firstEdge[candidate]..<network.firstEdge[candidate + 1] {
                let gain = prices[Int(network.ends[edge])] - own - network.costs[edge]
                if gain > 0, !active[edge], network.bounds(ofEdge: edge).upper > 0 {
                    wanted.append((gain, edge))
                }
            }
            guard !wanted.isEmpty else { continue }
            found = true
            wanted.sort { ($0.gain, $1.edge) > ($1.gain, $0.edge) }
            for one in wanted.prefix(AssignmentSolver.batch) { active[one.edge] = true }
        }
        return found
    }

    /// The same flow on the arcs of all edges.
    private func complete(_ arcs: AssignmentArcs, _ flow: [Int64], _ prices: [Int64]) -> Outcome {
        let all = network.edges.count
        let whole = AssignmentArcs(network, edges: (0..<all).map { Int32($0) })
        var flows = [Int64](repeating: 0, count: whole.count)
        for (place, edge) in arcs.edges.enumerated() { flows[Int(edge)] = flow[place] }
        for place in all..<whole.count { flows[place] = flow[place - all + arcs.edges.count] }
        return .best(whole, flow: flows, prices: prices)
    }
}
