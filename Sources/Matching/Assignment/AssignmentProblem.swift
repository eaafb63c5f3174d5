/// Who is to have which opening: candidates with room for so many openings,
/// openings with room for so many candidates, and the pairs that are allowed, each
/// with the value of having it.
///
/// Candidates, openings and groups are known by their numbers from nothing
/// upwards. What is not said here cannot be said: that a candidate may have one
/// opening only with or only without another, groups that share candidates, and
/// shares of what was filled rather than of what there is room for. They would
/// make it a problem that no network describes.
public struct AssignmentProblem: Hashable, Sendable {
    /// Somebody who can have openings.
    public struct Candidate: Hashable, Sendable {
        /// The most openings the candidate can have.
        public var places: Int
        /// The group that the candidate counts in.
        public var group: Int?

        public init(places: Int = 1, group: Int? = nil) {
            self.places = places
            self.group = group
        }
    }

    /// An order, a slot of an event or a course.
    public struct Opening: Hashable, Sendable {
        /// The fewest candidates that it must have.
        public var minimum: Int
        /// The most candidates that it can have.
        public var maximum: Int

        public init(minimum: Int = 0, maximum: Int = 1) {
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// Candidates who belong together, such as those of one municipality.
    public struct Group: Hashable, Sendable {
        /// The fewest places they must get together.
        public var minimum: Int
        /// The most places they can get together; nil when there is no such limit.
        public var maximum: Int?

        public init(minimum: Int = 0, maximum: Int? = nil) {
            self.minimum = minimum
            self.maximum = maximum
        }

        /// Groups that share `places` by their weights: none gets more than its
        /// share rounded upwards and, where `isPromised`, none less than it rounded
        /// downwards. O(groups).
        public static func sharing(
            _ places: Int, weights: [Int], isPromised: Bool = false
        ) -> [Group] {
            let all = max(1, weights.reduce(0, +))
            return weights.map { weight in
                let (share, left) = (places * weight).quotientAndRemainder(dividingBy: all)
                return Group(
                    minimum: isPromised ? share : 0, maximum: share + (left > 0 ? 1 : 0))
            }
        }
    }

    /// How many of one group one opening must and can have.
    public struct GroupLimit: Hashable, Sendable {
        public var group: Int
        public var opening: Int
        public var minimum: Int
        public var maximum: Int?

        public init(group: Int, opening: Int, minimum: Int = 0, maximum: Int? = nil) {
            self.group = group
            self.opening = opening
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// A candidate and an opening.
    public struct Pair: Hashable, Comparable, Sendable {
        public var candidate: Int
        public var opening: Int

        public init(_ candidate: Int, _ opening: Int) {
            self.candidate = candidate
            self.opening = opening
        }

        public static func < (one: Pair, other: Pair) -> Bool {
            (one.candidate, one.opening) < (other.candidate, other.opening)
        }
    }

    /// A pair that is allowed, and what it is worth.
    public struct Edge: Hashable, Sendable {
        public var pair: Pair
        /// In whole units of the caller's; one below nothing is taken only where
        /// something else requires it.
        public var value: Int

        public init(_ candidate: Int, _ opening: Int, value: Int) {
            pair = Pair(candidate, opening)
            self.value = value
        }
    }

    /// What is best.
    public enum Objective: String, CaseIterable, Sendable {
        /// The highest sum of values.
        case value
        /// As many places filled as can be, and among those the highest sum.
        case filled
    }

    public var candidates: [Candidate]
    public var openings: [Opening]
    public var groups: [Group]
    public var groupLimits: [GroupLimit]
    public var edges: [Edge]
    /// Pairs chosen by hand, which must hold; they must be among the edges.
    public var fixed: Set<Pair>
    /// Pairs that may not be, though they are among the edges.
    public var forbidden: Set<Pair>
    /// An earlier answer. Among equally good answers one that keeps the most of
    /// these pairs is chosen; no value is ever given up for it.
    public var previous: Set<Pair>
    public var objective: Objective

    public init(
        candidates: [Candidate], openings: [Opening], edges: [Edge], groups: [Group] = [],
        groupLimits: [GroupLimit] = [], fixed: Set<Pair> = [], forbidden: Set<Pair> = [],
        previous: Set<Pair> = [], objective: Objective = .value
    ) {
        self.candidates = candidates
        self.openings = openings
        self.groups = groups
        self.groupLimits = groupLimits
        self.edges = edges
        self.fixed = fixed
        self.forbidden = forbidden
        self.previous = previous
        self.objective = objective
    }
}
