import Chronology
import Parameters
import Registry

/// What is compared, written down before the answer is looked at (forsøgsplan): a trial
/// that could have been held, imitated on the register.
public struct TrialProtocol: Hashable, Sendable {
    public var id: String
    public var name: Localized
    public var question: Localized
    /// The day the protocol was written down.
    public var registeredOn: Day
    /// On one of these benefits on the day of entry.
    public var benefits: [Benefit]
    /// In one of these match categories on the day; empty when all are.
    public var categories: [MatchCategory]
    /// Whole weeks on the benefits so far, both ends included.
    public var weeks: ClosedRange<Int>
    /// Beginning any of these offers is the effort (indsats).
    public var effort: [OfferKind]
    /// Months in which people enter, both ends included.
    public var entry: ClosedRange<Month>
    /// Whole months from entry to outcome.
    public var followUpMonths: Int
    public var outcome: TrialOutcome
    /// What those compared are made alike in.
    public var traits: [TrialTrait]
    /// The least difference that would change what one does, in the unit of the outcome:
    /// a part of one for a share, or weeks.
    public var smallestDifference: Double

    public init(
        id: String, name: Localized, question: Localized, registeredOn: Day, benefits: [Benefit],
        categories: [MatchCategory] = [], weeks: ClosedRange<Int>, effort: [OfferKind],
        entry: ClosedRange<Month>, followUpMonths: Int, outcome: TrialOutcome,
        traits: [TrialTrait] = TrialTrait.allCases, smallestDifference: Double
    ) {
        self.id = id
        self.name = name
        self.question = question
        self.registeredOn = registeredOn
        self.benefits = benefits
        self.categories = categories
        self.weeks = weeks
        self.effort = effort
        self.entry = entry
        self.followUpMonths = followUpMonths
        self.outcome = outcome
        self.traits = traits
        self.smallestDifference = smallestDifference
    }

    /// When the protocol was written down, seen from what it asks about.
    public var timing: ProtocolTiming {
        if registeredOn < entry.lowerBound.first.adding(months: followUpMonths) { return .before }
        let last = entry.upperBound.last.adding(months: followUpMonths)
        return registeredOn < last ? .during : .after
    }
}

/// What is measured at the end of the follow-up (udfald).
public enum TrialOutcome: String, CaseIterable, Sendable {
    /// The share who are on no registered benefit on the last day of the follow-up.
    case leftBenefits
    /// Mean weeks on any registered benefit during the follow-up.
    case weeksOnBenefits

    /// A share is shown in percent.
    public var isShare: Bool { self == .leftBenefits }
}

/// Whether the protocol was written down before anybody could know the outcome.
public enum ProtocolTiming: String, CaseIterable, Sendable {
    /// Before the outcome of anybody could be seen
    case before
    /// Before the outcome of the last to enter could be seen
    case during
    /// When every outcome could be seen: the answer is a hint and not a test.
    case after
}
