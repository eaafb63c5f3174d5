/// Rough prices of the openings, from letting the candidates bid for a while.
///
/// Each candidate without a place bids for the opening that is worth most to it
/// beyond its price, as much as makes it no better than the next best. An opening
/// keeps the highest bids, and its price is the lowest that it keeps once it is
/// full. After a few bids for each candidate this says well enough which openings
/// are wanted by many; it decides only what the solver looks at first.
struct AssignmentAuction {
    private let network: AssignmentNetwork
    /// The bids that each opening keeps, the lowest on top of a heap.
    private var kept: [[(bid: Int64, candidate: Int32)]]
    /// Prices by opening.
    private(set) var prices: [Int64]

    private static let bidsPerCandidate = 30

    init(_ network: AssignmentNetwork) {
        self.network = network
        kept = Array(repeating: [], count: network.problem.openings.count)
        prices = Array(repeating: 0, count: network.problem.openings.count)
        run()
    }

    /// Prices of all nodes, as the solver has them, that these prices make for: near
    /// to those of the best answer.
    func nodePrices() -> [Int64] {
        var found = [Int64](repeating: 0, count: network.nodeCount)
        for (opening, price) in prices.enumerated() {
            found[network.openingNodes + opening] = -price
        }
        for (index, limit) in network.problem.groupLimits.enumerated() {
            found[network.limitNodes + index] = -prices[limit.opening]
        }
        for candidate in network.problem.candidates.indices {
            for edge in network.firstEdge[candidate]..<network.firstEdge[candidate + 1] {
                let net = -network.costs[edge] - prices[network.edges[edge].pair.opening]
                found[candidate] = max(found[candidate], net)
            }
        }
        return found
    }

    private mutating func run() {
        let candidates = network.problem.candidates.indices
        let range = (network.costs.max() ?? 0) - (network.costs.min() ?? 0)
        let step = range / 100 + 1
        var waiting = candidates.reversed().map { Int32($0) }
        var left = AssignmentAuction.bidsPerCandidate * candidates.count
        while left > 0, let candidate = waiting.popLast() {
            left -= 1
            guard let (opening, gain) = best(for: Int(candidate)) else { continue }
            let bid = prices[opening] + gain + step
            if let displaced = place(bid, candidate, at: opening) { waiting.append(displaced) }
        }
    }

    /// The opening with the highest worth beyond its price, and by how much it is
    /// ahead of the next; nil when all cost more than they are worth.
    private func best(for candidate: Int) -> (opening: Int, gain: Int64)? {
        var best = -1
        var (first, second): (Int64, Int64) = (0, 0)
        for edge in network.firstEdge[candidate]..<network.firstEdge[candidate + 1] {
            let opening = network.edges[edge].pair.opening
            let gain = -network.costs[edge] - prices[opening]
            if gain > first {
                (best, second, first) = (opening, first, gain)
            } else if gain > second {
                second = gain
            }
        }
        return best < 0 ? nil : (best, first - second)
    }

    /// Takes in a bid; gives the candidate who makes way for it.
    private mutating func place(_ bid: Int64, _ candidate: Int32, at opening: Int) -> Int32? {
        let room = network.problem.openings[opening].maximum
        guard room > 0 else {
            prices[opening] = bid
            return candidate
        }
        var displaced: Int32?
        if kept[opening].count < room {
            kept[opening].append((bid, candidate))
            rise(opening)
        } else {
            displaced = kept[opening][0].candidate
            kept[opening][0] = (bid, candidate)
            sink(opening)
        }
        if kept[opening].count == room { prices[opening] = kept[opening][0].bid }
        return displaced
    }

    private mutating func rise(_ opening: Int) {
        var place = kept[opening].count - 1
        while place > 0, kept[opening][place].bid < kept[opening][(place - 1) / 2].bid {
            kept[opening].swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink(_ opening: Int) {
        var place = 0
        let count = kept[opening].count
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, kept[opening][child + 1].bid < kept[opening][child].bid {
                child += 1
            }
            guard kept[opening][child].bid < kept[opening][place].bid else { return }
            kept[opening].swapAt(place, child)
            place = child
        }
    }
}
