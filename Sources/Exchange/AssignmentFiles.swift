/// The plain files that say who is to have what: candidates, openings, the pairs
/// that are allowed and, where there are any, groups and pairs chosen by hand.
/// Everybody and everything goes by a name that the files give.
public struct AssignmentFiles: Sendable {
    /// One row of the file of candidates.
    public struct Candidate: Hashable, Sendable {
        public var name: String
        /// The most openings the candidate can have.
        public var places: Int
        public var group: String?
    }

    /// One row of the file of openings.
    public struct Opening: Hashable, Sendable {
        public var name: String
        public var minimum: Int
        public var maximum: Int
    }

    /// One row of the file of pairs.
    public struct Edge: Hashable, Sendable {
        public var pair: Pair
        public var value: Int
    }

    /// One row of the file of groups.
    public struct Group: Hashable, Sendable {
        public var name: String
        /// The opening that the limit is about; nil for all of them together.
        public var opening: String?
        public var minimum: Int
        /// Nil when there is none.
        public var maximum: Int?
    }

    /// A candidate and an opening by their places in the files.
    public struct Pair: Hashable, Sendable {
        public var candidate: Int
        public var opening: Int
    }

    /// What each file is.
    public enum Role: String, CaseIterable, Sendable {
        case candidates, openings, edges, groups, fixed, forbidden, previous
    }

    /// Everything that is wrong, file by file.
    public struct Problems: Error, Sendable {
        public var files: [(role: Role, problems: ImportProblems)]
    }

    public private(set) var candidates: [Candidate] = []
    public private(set) var openings: [Opening] = []
    public private(set) var edges: [Edge] = []
    public private(set) var groups: [Group] = []
    public private(set) var fixed: Set<Pair> = []
    public private(set) var forbidden: Set<Pair> = []
    /// Pairs of the earlier answer; those that are there no more are passed over.
    public private(set) var previous: Set<Pair> = []

    /// Reads the files, of which candidates, openings and edges must be there.
    /// Throws everything that is wrong with any of them. O(size).
    public init(_ files: [Role: [UInt8]]) throws(Problems) {
        var reading = AssignmentReading(files)
        candidates = reading.candidates()
        openings = reading.openings()
        groups = reading.groups(of: candidates)
        edges = reading.edges()
        let allowed = Dictionary(
            edges.enumerated().map { ($1.pair, $0) }, uniquingKeysWith: { first, _ in first })
        forbidden = reading.pairs(.forbidden)
        fixed = reading.pairs(.fixed) { [forbidden] pair in
            if forbidden.contains(pair) { return .fixedAndForbidden }
            return allowed[pair] == nil ? .fixedNotAllowed : nil
        }
        previous = reading.pairs(.previous)
        guard reading.problems.isEmpty else { throw Problems(files: reading.problems) }
    }
}
