import Chronology
import Registry

/// Which computation an indicator is, with its parameters from the catalogue.
enum Measure: Sendable {
    case fullTime(DayRule)
    case persons(DayRule)
    case spells(SpellCount, [PopulationClause]?)
    case exits(ExitRule)
    case unemploymentRate(LabourForceRule)
    case ageShare(DayRule, ages: ClosedRange<Int>)
    case longTermShare(DayRule, percent: Int, weeks: Int)
    case longTermUnbroken(DayRule, weeks: Int, gapDays: Int, gapHours: Int)
    case paidHours(PaidHoursRule)
    case offers(OfferCount, kinds: Set<OfferKind>)
    case activation(ActivationCount, [PopulationClause]?, kinds: Set<OfferKind>)
    case passive([PopulationClause]?, kinds: Set<OfferKind>, months: Int)
    case conversations
    case conversationsPerPerson([PopulationClause]?)
    case timely([ConversationDeadline])
    case focus(FocusRule)
    case selfSupporting(SelfSupportRule)
    case inWork(Set<EmploymentKind>, ages: ClosedRange<Int>)
    case orders(OrderCount)
    case cooperation(CooperationRule)
    case contacts
    case ladderShare(LadderRule, step: Int)
    case ladderCost(LadderRule, [DatedRate])
    case complaints
    case feedback(mean: Bool)
}

/// Days on benefits, and what is taken out, added or capped.
struct DayRule: Hashable, Sendable {
    var population: [PopulationClause]?
    /// Every day counts fully whatever the degree (fleksjob).
    var whole = false
    /// No person counts more than 37 hours a week.
    var capped = false
    /// Days in these offers are left out (nettoledige).
    var outside: Set<OfferKind> = []
    /// Days in these offers without any benefit continue the last benefit
    /// (løntilskud, whose wage replaces the benefit).
    var including: Set<OfferKind> = []
    var bridge: Bridge?

    /// From a day on, those under an age without a qualifying education on
    /// another benefit take the place of the population.
    struct Bridge: Hashable, Sendable {
        var benefit: Benefit
        var from: Day
        var underAge: Int
    }
}

enum SpellCount: Sendable {
    case begun, ended, openStart, openEnd, meanWeeks
    /// Open at the period's end for more than so many weeks.
    case openOver(weeks: Int)
    /// Begun at most so many days after a day with another benefit.
    case begunFromOther(days: Int)
    /// Ended at most so many days before a day with another benefit.
    case endedToOther(days: Int)
}

struct ExitRule: Sendable {
    /// Days after the last day of the benefit.
    var days: Int
    var statuses: Set<ExitStatus>
}

/// Where someone is after a spell, in the order in which one status is chosen.
enum ExitStatus: String, CaseIterable, Sendable {
    case benefit, education, work, other, selfSupport

    var bit: UInt32 {
        switch self {
        case .benefit: 1
        case .education: 2
        case .work: 4
        case .other: 8
        case .selfSupport: 16
        }
    }
}

struct LabourForceRule: Hashable, Sendable {
    var unemployed: DayRule
    var alongside: Set<Benefit>
    var ages: ClosedRange<Int>
}

struct PaidHoursRule: Sendable {
    var population: [PopulationClause]?
    /// Divide by the persons on the benefits.
    var isShare: Bool
    /// Count only months with fewer hours than this.
    var belowHours: Int?
}

enum OfferCount: String, Sendable { case started, persons, fullTime }
enum ActivationCount: String, Sendable { case fullTimeRate, persons, share }
enum OrderCount: String, Sendable { case orders, positions, referral, fill, match }

/// So many held conversations at the latest so many days after a spell's start.
struct ConversationDeadline: Sendable {
    var population: [PopulationClause]
    var days: Int
    var count: Int
    /// The due dates the row is about.
    var validFrom: Day?
    var validTo: Day?
}

struct FocusRule: Sendable {
    enum Lack: Sendable {
        /// No offer of these kinds and fewer hours than the limit in force.
        case offersAndHours(
            kinds: Set<OfferKind>, narrowKinds: Set<OfferKind>, narrowTo: [PopulationClause],
            hours: [(from: Day, hours: Int)])
        /// Fewer held conversations.
        case conversations(Int)
    }
    var population: [PopulationClause]
    var months: Int
    var lack: Lack
}

struct SelfSupportRule: Sendable {
    var bases: Set<ResidenceBasis>
    var categories: Set<MatchCategory>
    var subsistence: Set<Benefit>
}

struct CooperationRule: Sendable {
    var offers: Set<OfferKind>
    var employments: Set<EmploymentKind>
    /// Least average number of employees.
    var employees: Int
}

/// The ladder of state reimbursement (refusionstrappe).
struct LadderRule: Hashable, Sendable {
    var benefits: Set<Benefit>
    /// The last benefit week of each step but the last.
    var lastWeeks: [Int]
    /// The state's percent on each step.
    var percents: [Int]
    /// Whole weeks of self-support that start the ladder again, and the weeks
    /// they may be spread over.
    var restartWeeks: Int
    var restartWithin: Int
    /// Wage-supported employment is no self-support.
    var supported: Set<EmploymentKind>
}

/// What a full-time person on a benefit costs a month, from a day on.
struct DatedRate: Sendable {
    var benefit: Benefit
    var from: Day
    /// Whole kroner a month.
    var kroner: Int
}

/// How the integer sums of a cell become a figure.
struct Shape: Sendable {
    enum Scale: Sendable {
        case one
        /// Minutes of a week times days, into full-time persons over the period.
        case fullTime
        /// Person-days into persons over the period.
        case days
        case weeks
        /// From kroner a month times percent times weekly minutes times days; a day
        /// costs a 365th of twelve months.
        case kroner
    }
    var numerator: Scale
    /// Nil for plain counts.
    var denominator: Scale?
    var factor = 1.0
    /// Cells are months, and a period's figure is the mean of its months' shares.
    var isMeanOfMonths = false

    static let count = Shape(numerator: .one)
    static let fullTime = Shape(numerator: .fullTime)
    static let percent = Shape(numerator: .one, denominator: .one, factor: 100)
    static let mean = Shape(numerator: .one, denominator: .one)
    static let percentOfFullTime = Shape(numerator: .fullTime, denominator: .fullTime, factor: 100)
}

extension Measure {
    var shape: Shape {
        switch self {
        case .fullTime, .offers(.fullTime, _): .fullTime
        case .persons, .offers, .conversations, .contacts, .complaints, .inWork, .longTermShare,
            .longTermUnbroken, .activation(.persons, _, _), .orders(.orders), .orders(.positions):
            .count
        case .spells(.meanWeeks, _): Shape(numerator: .weeks, denominator: .one)
        case .spells: .count
        case .exits, .passive, .timely, .selfSupporting, .cooperation, .orders,
            .activation(.share, _, _):
            .percent
        case .unemploymentRate: Shape(numerator: .fullTime, denominator: .days, factor: 100)
        case .ageShare, .ladderShare, .activation(.fullTimeRate, _, _): .percentOfFullTime
        case .paidHours(let rule): rule.isShare ? .percent : .count
        case .conversationsPerPerson: .mean
        case .feedback(let mean): mean ? .mean : .count
        case .focus:
            Shape(numerator: .one, denominator: .one, factor: 100, isMeanOfMonths: true)
        case .ladderCost: Shape(numerator: .kroner)
        }
    }
}
