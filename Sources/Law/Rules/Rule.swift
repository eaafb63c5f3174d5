import Chronology
import Parameters
import Registry

/// A duty (pligt) through the years: what it asks may change from one version to the
/// next, and each version is a rule of its own with its act and paragraph.
public struct Duty: Hashable, Sendable {
    public var id: String
    public var area: RuleArea
    public var name: Localized
    public var trigger: Trigger
    /// In the order of their validity, without gaps unless a version says that it ends
    /// the duty for a time.
    public var versions: [Rule]
}

/// The part of the law a rule belongs to.
public enum RuleArea: String, CaseIterable, Sendable {
    case contact, offers, sickness, cvAndPlan, youth, integration, flexJob, resourceProgramme
    case repatriation, administration
    /// Kontanthjælp, sanktioner, krav til arbejdsgivere
    case cashBenefit, sanctions, employers
}

/// How sure it is that the rule is read as it stands.
public enum RuleConfidence: String, CaseIterable, Sendable {
    /// Read in a public source.
    case sourced
    /// Known from practice, not found in a source.
    case background
    /// Sources conflict, or it is inferred. A municipality can switch the rule off.
    case uncertain
}

/// One dated version of a duty.
public struct Rule: Hashable, Sendable, Dated {
    /// The duty's id and the day the version came in force: `contact-first@2020-01-01`.
    public var id: String
    public var validFrom: Day
    /// The last day in force; nil while no end is known.
    public var validTo: Day?
    /// Act and paragraph, as lawyers cite them: `LAB § 31, stk. 5`.
    public var law: String
    public var source: String
    public var confidence: RuleConfidence
    /// Expected and not adopted: used in what-if only.
    public var isProposed: Bool
    /// The last day under what is expected and not adopted; nil where no end is expected.
    public var proposedTo: Day?
    /// The municipality has chosen not to use it, which only an uncertain rule allows.
    public var isSwitchedOff = false
    /// Who must do it.
    public var owedBy: Debtor
    /// A right, and not a duty: when it is not used in time it lapses.
    public var isRight: Bool
    /// Those it applies to, when one of the conditions holds; empty for everyone whom the
    /// trigger meets.
    public var appliesTo: [Condition]
    public var asks: RequiredAct
    /// How many of the acts.
    public var count: Int
    /// From when acts count; nil for the trigger's day.
    public var opens: TimeSpan?
    public var due: TimeSpan
    /// A new obligation so long after the one before was due or fulfilled.
    public var repeats: Repetition?
    /// States in which nothing is owed when they cover the due day.
    public var exempt: Set<LawState>
    /// What is owed so long after such a state ends; nil for nothing.
    public var afterExemption: TimeSpan?
    public var transition: Transition
    /// One plain sentence.
    public var text: Localized
}

/// Who must do what a rule asks.
public enum Debtor: String, CaseIterable, Sendable {
    /// Kommunen, borgeren, a-kassen, arbejdsgiveren, lægen
    case municipality, citizen, fund, employer, doctor
}

public enum Transition: String, CaseIterable, Sendable {
    /// The version in force on the trigger's day governs to the end.
    case byTrigger
    /// Takes over, on the day it comes in force, what the version before it left open,
    /// with the same trigger.
    case atOnce
}

/// Attributes that must all hold on a day. Group, benefit and match category are asked
/// separately, because none follows from another.
public struct Condition: Hashable, Sendable {
    public var benefits: Set<Benefit>?
    public var withoutBenefits: Set<Benefit> = []
    public var groups: Set<TargetGroup>?
    public var categories: Set<MatchCategory>?
    public var states: Set<LawState>?
    public var withoutStates: Set<LawState> = []
    /// Whole years.
    public var ageFrom: Int?
    public var ageUnder: Int?
    public var isQualified: Bool?
    /// In a job with an employer: ordinary, flex job, wage subsidy or apprenticeship.
    public var isEmployed: Bool?
    /// Years since the first residence permit; asks for a permit.
    public var permitYearsFrom: Int?
    public var permitYearsUnder: Int?

    public init() {}
}

/// What sets a duty off.
public enum Trigger: Hashable, Sendable {
    /// A period on one benefit without a whole empty calendar month (LAB § 9). Going
    /// between groups of different sets begins a new one. It is counted from one of
    /// `askedBy` when that was done in the three months before it.
    case benefitPeriod(
        Set<Benefit>, newBetween: [Set<TargetGroup>], askedBy: Set<ActKind>)
    /// Unemployment that adds up over breaks, and is forgotten after five years without
    /// the benefit (LAB § 9, stk. 1 og 7).
    case accumulation(Set<Benefit>)
    case stateBegins(Set<LawState>)
    case stateEnds(Set<LawState>)
    case groupBegins(Set<TargetGroup>)
    case act(Set<ActKind>)
    case offerBegins(Set<OfferKind>)
    /// At the end of a month when there was a day on the benefits in so many of the
    /// latest months; while that holds.
    case monthsOn(Set<Benefit>, count: Int, of: Int)
    /// At the end of a month when more than so many weeks on the benefits lie in the
    /// latest months, a spell's first days not counted (SDPL § 24); while that holds.
    case weeksOn(Set<Benefit>, over: Int, of: Int, after: Int)
    /// So many years old.
    case birthday(Int)
    /// The first qualifying education finished.
    case qualification
}

/// What must be done.
public enum RequiredAct: Hashable, Sendable {
    case acts(Set<ActKind>)
    /// An offer begun that lasts, or is to last, so many days.
    case offer(Set<OfferKind>, days: Int)
}

public struct Repetition: Hashable, Sendable, BitwiseCopyable {
    public enum Origin: String, CaseIterable, Sendable, BitwiseCopyable {
        case due, fulfilled
        /// When the offer that fulfilled it ended.
        case ended
    }
    public var every: TimeSpan
    public var from: Origin
    /// Nothing falls due later than so long after the trigger; nil for no end.
    public var until: TimeSpan?
}

/// A span of time counted the way the acts count.
public struct TimeSpan: Hashable, Sendable, BitwiseCopyable {
    public enum Unit: String, CaseIterable, Sendable, BitwiseCopyable {
        /// So long after the day: one week after a Monday is the next Monday.
        case daysAfter, weeksAfter, monthsAfter, yearsAfter
        /// The last day of the first so many: the first six months from 8 January end on
        /// 7 July, and the end of week 8 is the 56th day.
        case firstWeeks, firstMonths
        /// Mondays to Fridays that are no public holidays, counted from the next day.
        case workingDaysAfter
        /// So long before the day.
        case monthsBefore, daysBefore, yearsBefore
        /// When unemployment in all has come to so many months of 160.33 hours; counted
        /// from the trigger.
        case accumulatedMonths
        /// The last day of the month in which unemployment in all has come to so many
        /// hours (BEK 1216/2023 § 7); counted from the trigger.
        case accumulatedHours
        /// The last day of so many whole calendar months after the day (LAS § 35, stk. 3).
        case fullMonthsAfter
        /// The last day of so many whole calendar years after the day's own.
        case fullYearsAfter
    }
    public var unit: Unit
    public var count: Int

    public init(_ unit: Unit, _ count: Int) {
        self.unit = unit
        self.count = count
    }

    /// Whether the calendar alone tells the day.
    var isOfTheCalendar: Bool { unit != .accumulatedMonths && unit != .accumulatedHours }

    /// The day the span leads to; nil for accumulated time, which takes the facts to know.
    public func day(from day: Day) -> Day? {
        switch unit {
        case .daysAfter: return day + count
        case .weeksAfter: return day + 7 * count
        case .monthsAfter: return day.adding(months: count)
        case .yearsAfter: return day.adding(months: 12 * count)
        case .firstWeeks: return day + (7 * count - 1)
        case .firstMonths: return day.adding(months: count) - 1
        case .monthsBefore: return day.adding(months: -count)
        case .yearsBefore: return day.adding(months: -12 * count)
        case .daysBefore: return day - count
        case .workingDaysAfter:
            var left = count
            var day = day
            while left > 0 {
                day = day + 1
                if day.isWorkingDay { left -= 1 }
            }
            return day
        case .fullMonthsAfter: return (Month(containing: day) + count).last
        case .fullYearsAfter:
            let month = Month(containing: day)
            return (month + (12 * (count + 1) - month.number)).last
        case .accumulatedMonths, .accumulatedHours: return nil
        }
    }
}
