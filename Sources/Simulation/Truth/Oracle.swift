import Chronology
import Registry

/// Answers the questions of the indicators from the life histories themselves,
/// person by person and day by day. It is slow and plain on purpose: it shares no
/// code with the indicators, so that each can be checked against the other.
public struct Oracle: Sendable {
    let truth: Truth
    let lives: [Life]
    let readings: Readings

    public init(_ truth: Truth, readings: Readings = Readings()) {
        self.truth = truth
        self.readings = readings
        lives = Life.all(truth)
    }

    /// Whom a question is about. Nil means everyone.
    public struct Filter: Hashable, Sendable {
        public var benefits: Set<Benefit>?
        public var categories: Set<MatchCategory>?
        public init(benefits: Set<Benefit>? = nil, categories: Set<MatchCategory>? = nil) {
            self.benefits = benefits
            self.categories = categories
        }
    }

    /// The figure that the indicators ought to find.
    public struct Expected: Hashable, Sendable {
        public var numerator: Double
        /// Nil for plain counts.
        public var denominator: Double?
        /// Nil when the denominator is zero.
        public var value: Double?

        static func count(_ number: Double) -> Expected {
            Expected(numerator: number, denominator: nil, value: number)
        }
        static func share(_ part: Double, of all: Double, times factor: Double = 100) -> Expected {
            Expected(
                numerator: part, denominator: all, value: all > 0 ? factor * part / all : nil)
        }
    }

    /// What the definitions leave open, as it is read here.
    public struct Readings: Sendable {
        /// Offers that count as activation; mentor support is none.
        public var activation = Set(OfferKind.allCases).subtracting([.mentor])
        /// Offers that count for the first focus target; guidance and upskilling
        /// counts only for those named in `narrow`.
        public var focusOffers: Set<OfferKind> = [
            .companyInternshipPrivate, .companyInternshipPublic, .wageSubsidyPrivate,
            .wageSubsidyPublic, .communityWork, .ordinaryEducation,
        ]
        public var focusNarrow = [
            Filter(benefits: [.educationAid]),
            Filter(
                benefits: [.cashBenefit, .selfSupportAllowance],
                categories: [.educationReady, .obviouslyEducationReady]),
        ]
        /// Whom activation, passive spells and paid hours are about when nothing
        /// else is asked for.
        public var helped: Set<Benefit> = [
            .unemploymentBenefit, .cashBenefit, .educationAid, .selfSupportAllowance,
            .sicknessBenefit, .jobClarification, .resourceProgramme, .vocationalRehabilitation,
            .flexJobUnemploymentAllowance,
        ]
        /// Full days of the gross unemployed outside unemployment benefit.
        public var grossCategories: Set<MatchCategory> = [.jobReady]
        /// Small jobs have fewer ordinary hours a month than this.
        public var smallJobHours = 80
        /// Months without an offer that make a spell passive.
        public var passiveMonths = 3
        /// Conversations due after a spell's start, by benefit.
        public var deadlines: [Deadline] = []
        /// Employment that makes a resident one in work.
        public var work = Set(EmploymentKind.allCases).subtracting([.socialAllowanceCard])
        /// Offers and employment by which a company cooperates.
        public var cooperationOffers: Set<OfferKind> = [
            .companyInternshipPrivate, .companyInternshipPublic, .wageSubsidyPrivate,
            .wageSubsidyPublic, .mentor,
        ]
        public var cooperation: Set<EmploymentKind> = [.wageSubsidy, .flexJob]
        /// Benefits that one who is wholly self-supporting does not receive.
        public var subsistence = Set(Benefit.allCases).subtracting([.flexJob])
        /// Benefits that climb the reimbursement ladder.
        public var ladder = Set(Benefit.allCases).subtracting([
            .earlyRetirement, .oldAgePension, .parentalLeave,
        ])
        /// What a full-time person on a benefit costs, from a day on.
        public var rates: [Rate] = []
        public init() {}
    }

    public struct Rate: Hashable, Sendable {
        public var benefit: Benefit
        public var from: Day
        public var kronerPerMonth: Int
        public init(benefit: Benefit, from: Day, kronerPerMonth: Int) {
            self.benefit = benefit
            self.from = from
            self.kronerPerMonth = kronerPerMonth
        }
    }

    /// At least so many held conversations so many days after a spell's start.
    public struct Deadline: Hashable, Sendable {
        public var benefits: Set<Benefit>
        public var categories: Set<MatchCategory>?
        public var days: Int
        public var count: Int
        public var from: Day?
        public var to: Day?
        public init(
            benefits: Set<Benefit>, categories: Set<MatchCategory>? = nil, days: Int, count: Int,
            from: Day? = nil, to: Day? = nil
        ) {
            self.benefits = benefits
            self.categories = categories
            self.days = days
            self.count = count
            self.from = from
            self.to = to
        }
    }

    /// The expected figure, or nil for an indicator that the oracle does not know.
    public func expected(_ id: String, _ period: Period, _ filter: Filter = Filter()) -> Expected? {
        let days = happened(period)
        guard !days.isEmpty else { return nil }
        return stocks(id, days, filter) ?? spells(id, days, filter)
            ?? effort(id, period, days, filter) ?? people(id, period, days, filter)
            ?? ladder(id, days, filter) ?? business(id, days)
    }

    /// The days of the period that have come to pass.
    func happened(_ period: Period) -> [Day] {
        let range = period.range
        let last = min(range.end, truth.through)
        return range.start <= last ? (0...(last - range.start)).map { range.start + $0 } : []
    }
}

/// One citizen and everything about them.
struct Life: Sendable {
    var citizen: Citizen
    var residences: [Residence] = []
    var educations: [EducationPeriod] = []
    var enrolments: [Enrolment] = []
    var spells: [BenefitSpell] = []
    var categories: [MatchCategoryPeriod] = []
    var conversations: [Conversation] = []
    var exemptions: [Exemption] = []
    var offers: [Offer] = []
    var employments: [Employment] = []
    var complaints: [Complaint] = []
    var feedback: [ConversationFeedback] = []

    static func all(_ truth: Truth) -> [Life] {
        var lives = truth.citizens.map { Life(citizen: $0) }
        let places = Dictionary(
            uniqueKeysWithValues: truth.citizens.enumerated().map { ($1.id, $0) })
        func give<Fact>(
            _ facts: [Fact], _ citizen: (Fact) -> CitizenID,
            _ path: WritableKeyPath<Life, [Fact]>
        ) {
            for fact in facts {
                if let place = places[citizen(fact)] { lives[place][keyPath: path].append(fact) }
            }
        }
        give(truth.residences, \.citizen, \.residences)
        give(truth.educations, \.citizen, \.educations)
        give(truth.enrolments, \.citizen, \.enrolments)
        give(truth.spells, \.citizen, \.spells)
        give(truth.matchCategories, \.citizen, \.categories)
        give(truth.conversations, \.citizen, \.conversations)
        give(truth.exemptions, \.citizen, \.exemptions)
        give(truth.offers, \.citizen, \.offers)
        give(truth.employments, \.citizen, \.employments)
        give(truth.complaints, \.citizen, \.complaints)
        give(truth.feedback, \.citizen, \.feedback)
        return lives
    }

    /// Whether there is anything to look at in days that follow each other.
    func hasSpells(_ days: [Day]) -> Bool {
        guard let first = days.first, let last = days.last else { return false }
        return spells.contains { $0.start <= last && ($0.end ?? .openEnd) >= first }
    }

    func category(on day: Day) -> MatchCategory? {
        categories.last { $0.covers(day) }?.category
    }

    /// Benefits of the filter that are paid for the day.
    func paid(_ day: Day, _ filter: Oracle.Filter) -> [BenefitSpell] {
        spells.filter { spell in
            guard spell.covers(day), filter.benefits?.contains(spell.benefit) ?? true else {
                return false
            }
            guard let wanted = filter.categories else { return true }
            return category(on: day).map { wanted.contains($0) } ?? false
        }
    }

    /// Minutes of gross unemployment on the day.
    func unemployed(_ day: Day, _ categories: Set<MatchCategory>) -> Int {
        spells.reduce(0) { sum, spell in
            guard spell.covers(day) else { return sum }
            switch spell.benefit {
            case .unemploymentBenefit:
                return sum + Int(spell.degree.minutes)
            case .cashBenefit, .educationAid, .selfSupportAllowance:
                let isReady = category(on: day).map { categories.contains($0) } ?? false
                return sum + (isReady ? Int(spell.degree.minutes) : 0)
            default:
                return sum
            }
        }
    }

    func lives(on day: Day) -> Bool { residences.contains { $0.covers(day) } }

    /// Minutes of ordinary paid work in the days, seven weekly minutes being one
    /// minute a day for a week.
    func ordinaryMinuteDays(_ days: [Day]) -> Int {
        guard let first = days.first, let last = days.last else { return 0 }
        return employments.reduce(0) { sum, job in
            guard job.kind == .ordinary, job.start <= last else { return sum }
            let from = max(first, job.start)
            let to = min(last, job.end ?? .openEnd)
            return sum + max(0, to - from + 1) * Int(job.weekly.minutes)
        }
    }

    func offered(_ day: Day, _ kinds: Set<OfferKind>) -> [Offer] {
        offers.filter { kinds.contains($0.kind) && $0.covers(day) }
    }
}

extension CitizenPeriod {
    func covers(_ day: Day) -> Bool { start <= day && end.map { day <= $0 } ?? true }
}
