/// The arcs at each node, by the node that they leave and the node that they enter.
struct ResidualSteps {
    private(set) var leaving: [Int32]
    private(set) var entering: [Int32]
    private(set) var firstLeaving: [Int]
    private(set) var firstEntering: [Int]

    init(_ reasons: AssignmentReasons) {
        let nodes = reasons.network.nodeCount
        (leaving, firstLeaving) = ResidualSteps.sorted(reasons.arcs.from, nodes)
        (entering, firstEntering) = ResidualSteps.sorted(reasons.arcs.to, nodes)
    }

    private static func sorted(_ ends: [Int32], _ nodes: Int) -> ([Int32], [Int]) {
        var first = [Int](repeating: 0, count: nodes + 1)
        for node in ends { first[Int(node) + 1] += 1 }
        for node in 0..<nodes { first[node + 1] += first[node] }
        var next = first
        var arcs = [Int32](repeating: 0, count: ends.count)
        for (arc, node) in ends.enumerated() {
            arcs[next[Int(node)]] = Int32(arc)
            next[Int(node)] += 1
        }
        return (arcs, first)
    }
}

/// The cheapest ways from one node to all others, or from all others to it, through
/// the residual network. O(arcs × log nodes).
struct ShortestWays {
    private let center: Int
    private let backwards: Bool
    /// The arc by which each node was reached; -1 where it was not, or is the center.
    private var by: [Int32]
    private var isReached: [Bool]

    init(_ steps: ResidualSteps, of reasons: AssignmentReasons, _ center: Int, backwards: Bool) {
        self.center = center
        self.backwards = backwards
        let nodes = reasons.network.nodeCount
        by = Array(repeating: -1, count: nodes)
        isReached = Array(repeating: false, count: nodes)
        var lengths = [Int64](repeating: .max, count: nodes)
        var queue = NodeQueue()
        lengths[center] = 0
        queue.push(NodeQueue.Entry(length: 0, node: Int32(center)))
        let (arcs, flow, prices) = (reasons.arcs, reasons.flow, reasons.prices)
        while let entry = queue.pop() {
            let node = Int(entry.node)
            guard !isReached[node] else { continue }
            isReached[node] = true
            func step(_ arc: Int, _ other: Int, _ cost: Int64) {
                guard !isReached[other] else { return }
                let length = entry.length + cost
                guard length < lengths[other] else { return }
                lengths[other] = length
                by[other] = Int32(arc)
                queue.push(NodeQueue.Entry(length: length, node: Int32(other)))
            }
            for place in steps.firstLeaving[node]..<steps.firstLeaving[node + 1] {
                let arc = Int(steps.leaving[place])
                // Along the arc when going on from here, against it when coming here.
                let isOpen = backwards ? flow[arc] > arcs.lower[arc] : flow[arc] < arcs.upper[arc]
                guard isOpen else { continue }
                let other = Int(arcs.to[arc])
                step(arc, other, abs(arcs.cost[arc] + prices[node] - prices[other]))
            }
            for place in steps.firstEntering[node]..<steps.firstEntering[node + 1] {
                let arc = Int(steps.entering[place])
                let isOpen = backwards ? flow[arc] < arcs.upper[arc] : flow[arc] > arcs.lower[arc]
                guard isOpen else { continue }
                let other = Int(arcs.from[arc])
                step(arc, other, abs(arcs.cost[arc] + prices[other] - prices[node]))
            }
        }
    }

    /// The arcs between the center and the node, in the order in which they are
    /// gone; nil when there is no way.
    func way(_ node: Int, of reasons: AssignmentReasons) -> [Int]? {
        guard isReached[node] else { return nil }
        var way: [Int] = []
        var node = node
        while node != center {
            let arc = Int(by[node])
            way.append(arc)
            node =
                Int(reasons.arcs.from[arc]) == node
                ? Int(reasons.arcs.to[arc]) : Int(reasons.arcs.from[arc])
        }
        return backwards ? way : way.reversed()
    }
}

/// Nodes by the length of the way to them, the shortest first.
private struct NodeQueue {
    struct Entry {
        var length: Int64
        var node: Int32

        func isBefore(_ other: Entry) -> Bool {
            length != other.length ? length < other.length : node < other.node
        }
    }

    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0, entries[place].isBefore(entries[(place - 1) / 2]) {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func pop() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first }
        entries[0] = last
        var place = 0
        while 2 * place + 1 < entries.count {
            var child = 2 * place + 1
            if child + 1 < entries.count, entries[child + 1].isBefore(entries[child]) {
                child += 1
            }
            guard entries[child].isBefore(entries[place]) else { break }
            entries.swapAt(place, child)
            place = child
        }
        return first
    }
}
