import Parameters
import Registry

/// A job as matching sees it (ordrens krav).
public struct JobCard: Hashable, Sendable {
    /// The occupation's id in the taxonomy; empty where it is not known.
    public var occupation: String
    /// Ids of skills and certificates that one must have, and of those that are good to have.
    public var must: [String]
    public var nice: [String]
    public var hours: WeeklyHours
    public var kind: JobKind
    /// Nil where the place is not known.
    public var place: Postcode?

    public init(
        occupation: String, must: [String], nice: [String], hours: WeeklyHours, kind: JobKind,
        place: Postcode?
    ) {
        self.occupation = occupation
        self.must = must
        self.nice = nice
        self.hours = hours
        self.kind = kind
        self.place = place
    }
}

/// A person as matching sees one (kandidatkort): wishes, skills, hours and place. There is no
/// field for anything else, so nothing else can tell in a ranking.
public struct CandidateCard: Hashable, Sendable {
    /// A number that says nothing about the person.
    public var id: Int64
    /// Ids of the occupations wished for, the dearest first.
    public var wishes: [String]
    /// Ids of skills and certificates.
    public var skills: Set<String>
    public var hours: WeeklyHours
    public var kinds: Set<JobKind>
    /// Where the person sets out from; nil where it is not known.
    public var place: Postcode?
    /// Kilometres, as the crow flies.
    public var farthest: Int

    public init(
        id: Int64, wishes: [String], skills: Set<String>, hours: WeeklyHours,
        kinds: Set<JobKind>, place: Postcode?, farthest: Int
    ) {
        self.id = id
        self.wishes = wishes
        self.skills = skills
        self.hours = hours
        self.kinds = kinds
        self.place = place
        self.farthest = farthest
    }
}

/// Why somebody is suggested, one term of the sum at a time.
public enum MatchReason: Hashable, Sendable {
    /// The job is the one wished for.
    case wished(String)
    /// The job is near one wished for; so many of the skills of either are common, and so many
    /// leading digits of ISCO-08.
    case near(String, shared: Int, of: Int, digits: Int)
    /// Nothing wished for is near, or the job's occupation is not known.
    case far
    case must(has: [String], lacks: [String])
    case nice(has: [String], lacks: [String])
    /// Minutes a week that both can, and that the job has at the most.
    case hours(common: Int, most: Int)
    /// Whole kilometres, and those that the person will go.
    case distance(Int, farthest: Int)
    case placeUnknown
    /// The person asked for this very job.
    case ownYes
}

/// One term of a suggestion's sum.
public struct MatchTerm: Hashable, Sendable {
    public var reason: MatchReason
    public var points: Int
    /// The points that can be had at the most.
    public var most: Int
}

/// How well a person and a job fit: a sum of points, term by term.
public struct Suggestion: Hashable, Sendable {
    /// The candidate's number.
    public var candidate: Int64
    public var terms: [MatchTerm]

    public var points: Int { terms.reduce(0) { $0 + $1.points } }
    public var most: Int { terms.reduce(0) { $0 + $1.most } }

    /// The person wishes for nothing like the job, has nothing of what it asks for, and did not
    /// ask for it: only place and hours speak for it.
    public var isIdle: Bool {
        !terms.contains { term in
            switch term.reason {
            case .wished, .near, .ownYes: true
            case .must(let has, _), .nice(let has, _): !has.isEmpty
            default: false
            }
        }
    }

    /// Ids of what the job asks for and the person does not have.
    public var missing: [String] {
        terms.flatMap { term -> [String] in
            if case .must(_, let lacks) = term.reason { lacks } else { [] }
        }
    }
}
