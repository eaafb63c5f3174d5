import Chronology
import Identifiers

/// On which terms somebody is wanted or seeks (ansættelsesform).
public enum JobKind: String, CaseIterable, Sendable {
    case ordinary
    /// Fleksjob
    case flex
    /// Småjob: ordinary terms and few hours
    case small
    /// Fritidsjob
    case leisure
    /// Virksomhedspraktik with a job to follow
    case internship
}

/// What is wanted (jobordrens indhold), beside the order's number of positions and deadline.
/// It has the order's number.
public struct OrderDescription: Hashable, Sendable {
    public var id: FactID
    /// What the company calls the job.
    public var title: String
    /// The company's own words.
    public var text: String
    /// The occupation's id in the taxonomy; empty while it is not known.
    public var occupation: String
    /// Skills' ids in the taxonomy: those that one must have, and those that are good to have.
    public var must: [String]
    public var nice: [String]
    public var hours: WeeklyHours
    public var kind: JobKind
    public var postcode: String
    /// The first day of work; nil for as soon as possible.
    public var start: Day?
    /// The day by which the company was promised an answer (svarfrist).
    public var answerBy: Day
    /// Whom to write to at the company.
    public var contact: String
    /// Who has the order.
    public var staff: FactID?

    public init(
        id: FactID, title: String, text: String = "", occupation: String = "",
        must: [String] = [], nice: [String] = [], hours: WeeklyHours = WeeklyHours(),
        kind: JobKind = .ordinary, postcode: String = "", start: Day? = nil, answerBy: Day,
        contact: String = "", staff: FactID? = nil
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.occupation = occupation
        self.must = must
        self.nice = nice
        self.hours = hours
        self.kind = kind
        self.postcode = postcode
        self.start = start
        self.answerBy = answerBy
        self.contact = contact
        self.staff = staff
    }
}

/// Hours a week from one number to another.
public struct WeeklyHours: Hashable, Sendable {
    public var least: WeeklyTime
    public var most: WeeklyTime

    /// Full time unless told.
    public init(
        least: WeeklyTime = .full, most: WeeklyTime = .full
    ) {
        self.least = least
        self.most = most
    }
}

/// Something that happened to an order, or to one citizen and an order. An order's stage and
/// the official rates follow from these, its referrals and its placements.
public struct OrderEvent: Hashable, Sendable {
    public var id: FactID
    public var order: FactID
    /// Nil for what is about the order alone.
    public var citizen: CitizenID?
    public var kind: OrderEventKind
    public var day: Day
    /// Why, where the kind asks for it.
    public var reason: OrderReason?
    public var text: String

    public init(
        id: FactID, order: FactID, citizen: CitizenID? = nil, kind: OrderEventKind, day: Day,
        reason: OrderReason? = nil, text: String = ""
    ) {
        self.id = id
        self.order = order
        self.citizen = citizen
        self.kind = kind
        self.day = day
        self.reason = reason
        self.text = text
    }
}

/// What can happen to an order, or to a citizen and an order.
public enum OrderEventKind: String, CaseIterable, Sendable {
    /// Afklaret: what is wanted was settled with the company
    case clarified
    /// Delt: every team can see it
    case shared
    /// Besvaret: the company got its promised answer
    case answered
    /// Lukket, with a reason
    case closed
    /// Genåbnet
    case reopened
    /// Borgeren vil gerne have jobbet
    case volunteered
    /// Borgeren vil ikke
    case declined
    /// Indbudt til samtale i virksomheden, with when and where as its text
    case invited
    /// Til samtale i virksomheden
    case interviewed
    /// Virksomheden sagde nej, with a reason
    case rejected
    /// Formidlet gennem puljen: another member's candidate was sent to the company
    case poolReferred
    /// Ansat gennem puljen: that candidate got the job
    case poolHired

    /// About one citizen.
    public var isAboutCitizen: Bool {
        [.volunteered, .declined, .invited, .interviewed, .rejected].contains(self)
    }
}

/// Why an order was closed, or somebody was not hired.
public enum OrderReason: String, CaseIterable, Sendable {
    case filled, filledElsewhere, withdrawn, nobodyFound, outdated, duplicate
    case skills, hours, distance, terms, didNotCome, other

    /// The reasons for which an order is closed.
    public static let closing: [OrderReason] = [
        .filled, .filledElsewhere, .withdrawn, .nobodyFound, .outdated, .duplicate,
    ]
    /// The reasons for which somebody is not hired.
    public static let rejecting: [OrderReason] = [
        .skills, .hours, .distance, .terms, .didNotCome, .other,
    ]
}

/// What a citizen can do and wishes for (jobprofil): all that matching knows of anybody.
public struct JobProfile: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var start: Day
    /// The day before a later profile, or the day the citizen stopped seeking.
    public var end: Day?
    /// Occupations wished for, by their ids in the taxonomy, the dearest first.
    public var wishes: [String]
    /// Skills and certificates, by their ids in the taxonomy.
    public var skills: [String]
    public var hours: WeeklyHours
    public var kinds: [JobKind]
    /// Where the citizen sets out from.
    public var postcode: String
    /// Kilometres, as the crow flies.
    public var farthest: Int
    /// What the citizen wrote.
    public var text: String

    public init(
        id: FactID, citizen: CitizenID, start: Day, end: Day? = nil, wishes: [String],
        skills: [String], hours: WeeklyHours = WeeklyHours(), kinds: [JobKind] = [.ordinary],
        postcode: String = "", farthest: Int = 30, text: String = ""
    ) {
        self.id = id
        self.citizen = citizen
        self.start = start
        self.end = end
        self.wishes = wishes
        self.skills = skills
        self.hours = hours
        self.kinds = kinds
        self.postcode = postcode
        self.farthest = farthest
        self.text = text
    }
}
