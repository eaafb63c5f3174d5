/// The problem as a network in which places flow round: from the source through
/// groups to candidates, from candidates to openings (through a node of its own
/// where an opening limits a group), from openings to the sink, and back.
struct AssignmentNetwork: Sendable {
    let problem: AssignmentProblem
    /// The edges in the order of candidate and opening; arcs name them by their
    /// place here.
    let edges: [AssignmentProblem.Edge]
    /// Where each candidate's edges begin; one more than there are candidates.
    let firstEdge: [Int]
    /// What each edge costs: its value below nothing, in the units of the solver.
    let costs: [Int64]
    /// Where each edge leads: its opening's node or that of a group's limit.
    let ends: [Int32]

    typealias Pair = AssignmentProblem.Pair

    var openingNodes: Int { problem.candidates.count }
    var limitNodes: Int { openingNodes + problem.openings.count }
    var groupNodes: Int { limitNodes + problem.groupLimits.count }
    var source: Int { groupNodes + problem.groups.count }
    var sink: Int { source + 1 }
    var nodeCount: Int { sink + 1 }

    init(_ problem: AssignmentProblem) throws(AssignmentError) {
        let flaws = problem.flaws()
        guard flaws.isEmpty else { throw .malformed(flaws) }
        self.problem = problem
        var first = [Int](repeating: 0, count: problem.candidates.count + 1)
        for edge in problem.edges { first[edge.pair.candidate + 1] += 1 }
        for index in problem.candidates.indices { first[index + 1] += first[index] }
        var next = first
        var sorted = problem.edges
        for edge in problem.edges {
            sorted[next[edge.pair.candidate]] = edge
            next[edge.pair.candidate] += 1
        }
        for index in problem.candidates.indices {
            sorted[first[index]..<first[index + 1]].sort { $0.pair.opening < $1.pair.opening }
        }
        edges = sorted
        firstEdge = first
        costs = try AssignmentNetwork.costs(of: sorted, problem)
        var limits: [Pair: Int] = [:]
        for (index, limit) in problem.groupLimits.enumerated() {
            limits[Pair(limit.group, limit.opening)] = index
        }
        let openingNodes = problem.candidates.count
        let limitNodes = openingNodes + problem.openings.count
        ends = sorted.map { edge in
            if !limits.isEmpty, let group = problem.candidates[edge.pair.candidate].group,
                let limit = limits[Pair(group, edge.pair.opening)]
            {
                return Int32(limitNodes + limit)
            }
            return Int32(openingNodes + edge.pair.opening)
        }
    }

    /// Values in units so fine that all kept pairs together are less than one unit
    /// of value, and so that one place more is worth more than all values, where
    /// places count first.
    private static func costs(
        of edges: [AssignmentProblem.Edge], _ problem: AssignmentProblem
    ) throws(AssignmentError) -> [Int64] {
        let most = Int64(places(problem))
        let kept = problem.previous.isEmpty ? 1 : most + 1
        var (low, high) = (0, 0)
        for edge in edges { (low, high) = (min(low, edge.value), max(high, edge.value)) }
        let largest = max(high.magnitude, low.magnitude)
        guard largest < 1 << 40, most < 1 << 31 else { throw .valuesTooLarge }
        let (units, tooFine) = (Int64(high - low) + 1).multipliedReportingOverflow(by: kept)
        let (all, tooMany) = units.multipliedReportingOverflow(by: most + 1)
        let place = problem.objective == .filled ? all : 0
        let nodes =
            Int64(problem.candidates.count + problem.openings.count + 4)
            + Int64(problem.groups.count + problem.groupLimits.count)
        // The solver adds up costs along paths.
        let (_, tooLong) = (place &+ units).multipliedReportingOverflow(by: 16 * nodes)
        guard !tooFine, !tooMany || problem.objective == .value, !tooLong else {
            throw .valuesTooLarge
        }
        return edges.map { edge in
            let bonus: Int64 =
                problem.previous.isEmpty || !problem.previous.contains(edge.pair) ? 0 : 1
            return -(place + Int64(edge.value) * kept + bonus)
        }
    }

    /// The most places that could be filled.
    private static func places(_ problem: AssignmentProblem) -> Int {
        let ofCandidates = problem.candidates.reduce(0) {
            $0 + min($1.places, problem.openings.count)
        }
        let ofOpenings = problem.openings.reduce(0) {
            $0 + min($1.maximum, problem.candidates.count)
        }
        return min(ofCandidates, ofOpenings)
    }

    func bounds(ofEdge edge: Int) -> (lower: Int64, upper: Int64) {
        if !problem.fixed.isEmpty, problem.fixed.contains(edges[edge].pair) { return (1, 1) }
        if !problem.forbidden.isEmpty, problem.forbidden.contains(edges[edge].pair) {
            return (0, 0)
        }
        return (0, 1)
    }
}
