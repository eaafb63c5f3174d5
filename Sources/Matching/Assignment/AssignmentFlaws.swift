/// Why a problem cannot be put to the solver at all.
public enum AssignmentError: Error, Hashable, Sendable {
    /// What it says makes no sense; everything there is of it.
    case malformed([Flaw])
    /// The values are so large that their sums could not be told apart exactly.
    case valuesTooLarge
    /// The solver gave up: there was no memory.
    case noMemory

    /// One thing that makes no sense.
    public enum Flaw: Hashable, Sendable {
        case negativePlaces(candidate: Int)
        /// A minimum below nothing or above the maximum.
        case openingBounds(opening: Int)
        case groupBounds(group: Int)
        case groupLimitBounds(limit: Int)
        /// A group that there is none of.
        case unknownGroup(candidate: Int)
        case unknownInGroupLimit(limit: Int)
        /// A second limit for the same group and opening.
        case repeatedGroupLimit(limit: Int)
        /// An edge with a candidate or an opening that there is none of.
        case unknownInEdge(edge: Int)
        case repeatedEdge(AssignmentProblem.Pair)
        /// A pair chosen by hand that is not among the edges.
        case fixedNotAllowed(AssignmentProblem.Pair)
        case fixedAndForbidden(AssignmentProblem.Pair)
    }
}

extension AssignmentProblem {
    /// Everything about it that makes no sense. O(edges).
    public func flaws() -> [AssignmentError.Flaw] {
        var flaws: [AssignmentError.Flaw] = []
        for (index, candidate) in candidates.enumerated() {
            if candidate.places < 0 { flaws.append(.negativePlaces(candidate: index)) }
            if let group = candidate.group, !groups.indices.contains(group) {
                flaws.append(.unknownGroup(candidate: index))
            }
        }
        for (index, opening) in openings.enumerated()
        where !isSound(opening.minimum, opening.maximum) {
            flaws.append(.openingBounds(opening: index))
        }
        for (index, group) in groups.enumerated() where !isSound(group.minimum, group.maximum) {
            flaws.append(.groupBounds(group: index))
        }
        return flaws + flawsOfLimits() + flawsOfPairs()
    }

    private func isSound(_ minimum: Int, _ maximum: Int?) -> Bool {
        minimum >= 0 && minimum <= maximum ?? .max
    }

    private func flawsOfLimits() -> [AssignmentError.Flaw] {
        var flaws: [AssignmentError.Flaw] = []
        var seen: Set<[Int]> = []
        for (index, limit) in groupLimits.enumerated() {
            if !isSound(limit.minimum, limit.maximum) {
                flaws.append(.groupLimitBounds(limit: index))
            }
            if !groups.indices.contains(limit.group) || !openings.indices.contains(limit.opening) {
                flaws.append(.unknownInGroupLimit(limit: index))
            } else if !seen.insert([limit.group, limit.opening]).inserted {
                flaws.append(.repeatedGroupLimit(limit: index))
            }
        }
        return flaws
    }

    private func flawsOfPairs() -> [AssignmentError.Flaw] {
        var flaws: [AssignmentError.Flaw] = []
        var missing = fixed
        var edgesOfOpening = [[Int]](repeating: [], count: openings.count)
        for (index, edge) in edges.enumerated() {
            guard candidates.indices.contains(edge.pair.candidate),
                openings.indices.contains(edge.pair.opening)
            else {
                flaws.append(.unknownInEdge(edge: index))
                continue
            }
            edgesOfOpening[edge.pair.opening].append(edge.pair.candidate)
            if !missing.isEmpty { missing.remove(edge.pair) }
        }
        var latest = [Int](repeating: -1, count: candidates.count)
        for (opening, holders) in edgesOfOpening.enumerated() {
            for candidate in holders {
                if latest[candidate] == opening {
                    flaws.append(.repeatedEdge(Pair(candidate, opening)))
                }
                latest[candidate] = opening
            }
        }
        flaws += missing.sorted().map { .fixedNotAllowed($0) }
        flaws += fixed.intersection(forbidden).sorted().map { .fixedAndForbidden($0) }
        return flaws
    }
}
