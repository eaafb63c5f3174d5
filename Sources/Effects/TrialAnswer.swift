import Chronology
import Parameters

/// What the register says to a protocol's question, with everything one needs to doubt it.
public struct TrialAnswer: Hashable, Sendable {
    public var trial: TrialProtocol
    /// What happened up to this day is used.
    public var asOf: Day
    public var flow: TrialFlow
    public var overlap: TrialOverlap
    /// Nil when too few began to say anything.
    public var result: TrialResult?
    public var verdict: TrialVerdict

    public init(
        trial: TrialProtocol, asOf: Day, flow: TrialFlow, overlap: TrialOverlap,
        result: TrialResult?, verdict: TrialVerdict
    ) {
        self.trial = trial
        self.asOf = asOf
        self.flow = flow
        self.overlap = overlap
        self.result = result
        self.verdict = verdict
    }
}

/// How many entered.
public struct TrialFlow: Hashable, Sendable {
    /// Persons who began the effort, and their entries.
    public var starters: Int
    public var starterEntries: Int
    /// Persons compared with them, and their entries.
    public var others: Int
    public var otherEntries: Int
    /// Entries left out because the person moved away or died before the outcome.
    public var lostStarters: Int
    public var lostOthers: Int
    /// Entries of those who began whose follow-up is not over.
    public var waiting: Int
    /// Entries of those who began for whom nobody comparable was found; left out.
    public var withoutComparable: Int
}

/// How alike those compared are.
public struct TrialOverlap: Hashable, Sendable {
    /// The part of those who began who have nobody to be compared with, 0...1.
    public var withoutComparable: Double
    /// How many equally weighted entries the weighted ones are worth.
    public var effectiveOthers: Double
    /// Level by level.
    public var balance: [BalanceLine]

    /// The largest difference left after weighting.
    public var largestDifference: Double {
        balance.map { abs($0.differenceAfter) }.max() ?? 0
    }
}

/// The share of one level of a trait on each side (balance).
public struct BalanceLine: Hashable, Sendable {
    public var trait: TrialTrait
    /// `25to29`, `cashBenefit`, `2024Q1`
    public var level: String
    /// Entries of those who began that have it.
    public var count: Int
    public var starters: Double
    public var othersBefore: Double
    public var othersAfter: Double
    /// Standardised differences: in standard deviations of the level.
    public var differenceBefore: Double
    public var differenceAfter: Double
}

/// The outcome on each side.
public struct TrialResult: Hashable, Sendable {
    /// Mean outcome of those who began.
    public var starters: Double
    /// The same of those compared, weighted to look like them.
    public var expected: Double
    /// The effect among those who began.
    public var difference: TrialEstimate
    /// The difference when nothing is made alike.
    public var unadjusted: Double
}

/// The answer in a word (vurdering).
public enum TrialVerdict: Hashable, Sendable {
    /// The interval lies above nothing, and not only within what does not matter.
    case higher
    case lower
    /// The interval lies within the smallest difference of interest on both sides.
    case noDifferenceThatMatters
    case cannotTell(CannotTell)

    /// `higher`, `lower`, `noDifferenceThatMatters` or `cannotTell`
    public var name: String {
        switch self {
        case .higher: "higher"
        case .lower: "lower"
        case .noDifferenceThatMatters: "noDifferenceThatMatters"
        case .cannotTell: "cannotTell"
        }
    }
}

/// Why the register cannot tell: a normal answer.
public enum CannotTell: String, CaseIterable, Sendable {
    case nobodyBegan
    /// The follow-up of those who began is not over.
    case followUpRunning
    case tooFewStarters
    case tooFewOutcomes
    /// Many of those who began have nobody to be compared with.
    case tooLittleOverlap
    /// Those compared are not alike after weighting either.
    case notAlike
    /// The interval holds both nothing and a difference that matters.
    case tooUncertain
}

/// Below which the register is not asked to tell.
public struct TrialLimits: Hashable, Sendable {
    /// Persons who began.
    public var starters = 30
    /// Entries on each side with the outcome, and without it.
    public var outcomes = 5
    /// Others of a level, or as ready to begin, that somebody must have to be comparable.
    public var comparable = 5
    /// The largest part of those who began that may be without comparable others.
    public var withoutComparable = 0.2
    /// The least effective number of others.
    public var effectiveOthers = 30.0
    /// The largest standardised difference after weighting.
    public var difference = 0.2

    public init() {}
}
