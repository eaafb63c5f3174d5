import Matching
import Testing

@Suite struct AssignmentTests {
    typealias Pair = AssignmentProblem.Pair

    /// A small problem made up from a seed; many of them have no answer.
    static func problem(_ seed: Int) -> AssignmentProblem {
        var random = SeededGenerator(seed: UInt64(seed))
        func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        let groups = (0..<below(3)).map { _ in
            let minimum = below(4) == 0 ? below(3) : 0
            return AssignmentProblem.Group(
                minimum: minimum, maximum: below(2) == 0 ? nil : minimum + below(3))
        }
        let candidates = (0..<1 + below(5)).map { _ in
            AssignmentProblem.Candidate(
                places: below(4) == 0 ? below(3) : 1,
                group: groups.isEmpty || below(4) == 0 ? nil : below(groups.count))
        }
        let openings = (0..<1 + below(4)).map { _ in
            let minimum = below(4) == 0 ? 1 + below(2) : 0
            return AssignmentProblem.Opening(minimum: minimum, maximum: minimum + below(3))
        }
        var pairs = candidates.indices.flatMap { candidate in
            openings.indices.map { Pair(candidate, $0) }
        }
        pairs.shuffle(using: &random)
        let edges = pairs.prefix(9).map {
            AssignmentProblem.Edge($0.candidate, $0.opening, value: below(8) - 1)
        }
        var limits: [AssignmentProblem.GroupLimit] = []
        if !groups.isEmpty, below(2) == 0 {
            let minimum = below(4) == 0 ? 1 : 0
            limits.append(
                AssignmentProblem.GroupLimit(
                    group: below(groups.count), opening: below(openings.count), minimum: minimum,
                    maximum: minimum + below(2)))
        }
        let fixed = below(3) == 0 ? Set(edges.prefix(1).map(\.pair)) : []
        return AssignmentProblem(
            candidates: candidates, openings: openings, edges: Array(edges), groups: groups,
            groupLimits: limits, fixed: fixed,
            forbidden: below(3) == 0 ? Set(edges.dropFirst().prefix(1).map(\.pair)) : [],
            previous: below(2) == 0 ? Set(pairs.suffix(6)) : [],
            objective: below(2) == 0 ? .value : .filled)
    }

    @Test("No answer is better, and where there is none the contradiction adds up")
    func best() throws {
        var (solved, contradictory) = (0, 0)
        for seed in 0..<600 {
            let problem = Self.problem(seed)
            let reference = AssignmentReference(problem: problem)
            let best = reference.best()
            switch try Assignment.solve(problem) {
            case .best(let answer):
                solved += 1
                #expect(reference.isSound(Set(answer.pairs)), "seed \(seed)")
                let given = problem.edges.filter { answer.pairs.contains($0.pair) }
                #expect(reference.rank(given) == best, "seed \(seed)")
                #expect(answer.value == reference.rank(given).value)
                #expect(answer.filled == given.count)
            case .contradictory(let found):
                contradictory += 1
                #expect(best == nil, "seed \(seed)")
                #expect(!found.isEmpty, "seed \(seed)")
                for one in found { #expect(reference.proves(one), "seed \(seed): \(one)") }
            }
        }
        #expect(solved > 100 && contradictory > 50, "\(solved) \(contradictory)")
    }

    @Test("What is lost when a pair is otherwise is what the best answer then lacks")
    func losses() throws {
        for seed in 0..<250 {
            let problem = Self.problem(seed)
            guard case .best(let answer) = try Assignment.solve(problem) else { continue }
            var seen = 0
            for candidate in problem.candidates.indices {
                for reason in answer.reasons(candidate: candidate) {
                    try check(reason, problem, answer, "seed \(seed) \(reason)")
                    seen += 1
                }
            }
            #expect(seen == problem.edges.count)
            for opening in problem.openings.indices {
                for reason in answer.reasons(opening: opening) {
                    try check(reason, problem, answer, "seed \(seed) \(reason)")
                }
            }
        }
    }

    private func check(
        _ reason: PairReason, _ problem: AssignmentProblem, _ answer: Assignment,
        _ comment: Comment
    ) throws {
        var other = problem
        let loss: PairReason.Loss?
        switch reason.standing {
        case .fixed:
            #expect(problem.fixed.contains(reason.pair), comment)
            return
        case .forbidden:
            #expect(problem.forbidden.contains(reason.pair), comment)
            return
        case .given(let otherwise):
            #expect(answer.pairs.contains(reason.pair), comment)
            other.forbidden.insert(reason.pair)
            loss = otherwise
        case .notGiven(let otherwise):
            #expect(!answer.pairs.contains(reason.pair), comment)
            other.fixed.insert(reason.pair)
            loss = otherwise
        }
        let reference = AssignmentReference(problem: other)
        let best = reference.best()
        guard let loss else {
            #expect(best == nil, comment)
            return
        }
        let changed = Set(answer.pairs).subtracting(loss.removed).union(loss.added)
        #expect(reference.isSound(changed), comment)
        let rank = reference.rank(problem.edges.filter { changed.contains($0.pair) })
        #expect(rank == best, comment)
        #expect(loss.value == answer.value - rank.value, comment)
        #expect(loss.places == answer.filled - rank.filled, comment)
    }

    @Test("The order of what is put in does not change what comes out")
    func order() throws {
        for seed in 0..<100 {
            var problem = Self.problem(seed)
            guard case .best(let answer) = try Assignment.solve(problem) else { continue }
            problem.edges.reverse()
            guard case .best(let other) = try Assignment.solve(problem) else {
                Issue.record("no answer any more")
                continue
            }
            #expect(answer.pairs == other.pairs)
        }
    }

    @Test("After a change by hand the rest stays as it was where that costs nothing")
    func byHand() throws {
        let edges = (0..<4).flatMap { candidate in
            (0..<4).map { AssignmentProblem.Edge(candidate, $0, value: 5) }
        }
        var problem = AssignmentProblem(
            candidates: Array(repeating: .init(), count: 4),
            openings: Array(repeating: .init(), count: 4), edges: edges)
        problem.previous = [Pair(0, 2), Pair(1, 3), Pair(2, 0), Pair(3, 1)]
        guard case .best(let before) = try Assignment.solve(problem) else { return }
        #expect(Set(before.pairs) == problem.previous)
        problem.fixed = [Pair(0, 3)]
        guard case .best(let after) = try Assignment.solve(problem) else { return }
        #expect(Set(after.pairs) == [Pair(0, 3), Pair(1, 2), Pair(2, 0), Pair(3, 1)])
        #expect(after.value == 20)
    }

    @Test("Two openings that need the same three candidates contradict each other")
    func contradiction() throws {
        let problem = AssignmentProblem(
            candidates: Array(repeating: .init(), count: 4),
            openings: [.init(minimum: 2, maximum: 3), .init(minimum: 2, maximum: 2), .init()],
            edges: [(0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (3, 2)].map {
                AssignmentProblem.Edge($0.0, $0.1, value: 1)
            })
        guard case .contradictory(let found) = try Assignment.solve(problem) else {
            Issue.record("solved")
            return
        }
        #expect(
            found == [
                AssignmentContradiction(
                    demands: [.opening(0, minimum: 2), .opening(1, minimum: 2)],
                    limits: (0..<3).map { .candidate($0, places: 1) }, needed: 4, available: 3)
            ])
    }

    @Test("What makes no sense is told all at once")
    func flaws() {
        let problem = AssignmentProblem(
            candidates: [.init(places: -1), .init(group: 3)],
            openings: [.init(minimum: 2, maximum: 1)],
            edges: [.init(0, 0, value: 1), .init(0, 0, value: 2), .init(5, 0, value: 1)],
            fixed: [Pair(1, 0)])
        #expect(
            problem.flaws() == [
                .negativePlaces(candidate: 0), .unknownGroup(candidate: 1),
                .openingBounds(opening: 0), .unknownInEdge(edge: 2), .repeatedEdge(Pair(0, 0)),
                .fixedNotAllowed(Pair(1, 0)),
            ])
        #expect(throws: AssignmentError.self) { try Assignment.solve(problem) }
    }

    @Test("Values too large to be added up exactly are refused")
    func tooLarge() {
        let problem = AssignmentProblem(
            candidates: [.init()], openings: [.init()], edges: [.init(0, 0, value: .max)])
        #expect(throws: AssignmentError.valuesTooLarge) { try Assignment.solve(problem) }
    }

    @Test("Shares are rounded so that they can be kept and add up")
    func shares() {
        let groups = AssignmentProblem.Group.sharing(10, weights: [1, 1, 1], isPromised: true)
        #expect(groups == Array(repeating: .init(minimum: 3, maximum: 4), count: 3))
        #expect(AssignmentProblem.Group.sharing(4, weights: [1, 1]).map(\.maximum) == [2, 2])
    }

    @Test("Nobody and nothing to have is an answer") func empty() throws {
        guard
            case .best(let answer) = try Assignment.solve(
                AssignmentProblem(candidates: [], openings: [], edges: []))
        else {
            Issue.record("no answer")
            return
        }
        #expect(answer.pairs.isEmpty && answer.value == 0)
    }
}

/// Random numbers that are the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct LargeAssignmentTests {
    typealias Pair = AssignmentProblem.Pair

    /// Many edges to each candidate, so that the solver begins with some of them.
    static func problem(_ seed: Int, _ objective: AssignmentProblem.Objective) -> AssignmentProblem
    {
        var random = SeededGenerator(seed: UInt64(seed))
        let wanted = (0..<60).map { _ in Int.random(in: 0..<100, using: &random) }
        let edges = (0..<80).flatMap { candidate in
            (0..<60).map { opening in
                AssignmentProblem.Edge(
                    candidate, opening,
                    value: wanted[opening] + Int.random(in: 0..<40, using: &random))
            }
        }
        return AssignmentProblem(
            candidates: (0..<80).map { .init(places: $0 % 9 == 0 ? 2 : 1, group: $0 % 3) },
            openings: (0..<60).map { .init(minimum: $0 % 20 == 0 ? 2 : 0, maximum: 2) },
            edges: edges,
            groups: [.init(maximum: 20), .init(minimum: 25), .init()],
            groupLimits: [.init(group: 1, opening: 3, minimum: 1, maximum: 1)],
            fixed: [Pair(4, 7)], forbidden: [Pair(5, 8)], previous: [Pair(6, 9), Pair(7, 10)],
            objective: objective)
    }

    @Test("No single change of a large answer betters it", arguments: 0..<4)
    func nothingBetter(seed: Int) throws {
        for objective in AssignmentProblem.Objective.allCases {
            let problem = Self.problem(seed, objective)
            guard case .best(let answer) = try Assignment.solve(problem) else {
                Issue.record("no answer")
                continue
            }
            let reference = AssignmentReference(problem: problem)
            #expect(reference.isSound(Set(answer.pairs)))
            for candidate in stride(from: 0, to: 80, by: 23) {
                for reason in answer.reasons(candidate: candidate) {
                    guard case .notGiven(let loss?) = reason.standing else { continue }
                    #expect(
                        objective == .filled
                            ? (loss.places, loss.value) >= (0, 0) : loss.value >= 0)
                    let changed = Set(answer.pairs).subtracting(loss.removed).union(loss.added)
                    #expect(reference.isSound(changed))
                    #expect(changed.contains(reason.pair))
                }
            }
        }
    }
}
