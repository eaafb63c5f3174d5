import Chronology
import Parameters
import Registry

/// Something one has a right to, or that may be done, when conditions hold
/// (betingelser for en ret): dated like a duty, but answered when it is asked for and not
/// owed by a day.
public struct Entitlement: Hashable, Sendable {
    public var id: String
    public var area: RuleArea
    public var name: Localized
    /// The question in plain words, answered by yes or no.
    public var question: Localized
    /// What the one who asks must tell.
    public var facts: [AskedFact]
    /// In the order of their validity, without gaps.
    public var versions: [Version]

    public struct Version: Hashable, Sendable, LegallyBased {
        /// The entitlement's id and the day the version came in force.
        public var id: String
        public var basis: LegalBasis
        /// All of them must hold.
        public var requires: [Requirement]
        /// What it comes to: each whose conditions hold.
        public var gives: [Grant]
        /// And the first of these whose conditions hold.
        public var givesOneOf: [Grant]
        /// Expected and not seen adopted: used only when asked what it would mean.
        public var isProposed = false
        /// The last day if what is proposed is adopted.
        public var proposedTo: Day?
        /// The municipality has chosen not to use it, which only an uncertain one allows.
        public var isSwitchedOff = false
    }

    /// What is in force on a day and used by the municipality; with `ifAdopted`, what
    /// would be if what is proposed is adopted.
    public func version(on day: Day, ifAdopted: Bool = false) -> Version? {
        let used = versions.filter { !$0.isSwitchedOff && $0.basis.isInForce(on: day) }
        let law = used.first { !$0.isProposed }
        guard ifAdopted else { return law }
        return used.first(where: \.isProposed)
            ?? law.flatMap { day <= $0.proposedTo ?? .openEnd ? $0 : nil }
    }

    /// Whether what is proposed would change anything of it.
    public var isProposedChanged: Bool {
        versions.contains { $0.isProposed || $0.proposedTo != nil }
    }
}

/// A fact that a question must carry.
public struct AskedFact: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case truth
        /// A whole number, from 0.
        case number(FactUnit)
        case day
        /// One of the words of a list: a match category or a target group.
        case word(WordList)
    }

    public enum WordList: String, CaseIterable, Sendable {
        case matchCategory, targetGroup

        public var words: [String] {
            switch self {
            case .matchCategory: MatchCategory.allCases.map(\.rawValue)
            case .targetGroup: TargetGroup.allCases.map(\.rawValue)
            }
        }
    }

    public var id: String
    public var name: Localized
    public var kind: Kind
    /// It may be left out; what is asked of it then does not hold.
    public var isOptional: Bool

    public init(id: String, name: Localized, kind: Kind, isOptional: Bool) {
        self.id = id
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// What a number counts.
public enum FactUnit: String, CaseIterable, Sendable {
    case years, months, weeks, days, hours, hoursPerWeek, hoursPerMonth, kroner, persons, percent,
        conversations
    case kronerPerHour, kronerPerMonth, kronerPerYear
}

/// What must hold.
public indirect enum Requirement: Hashable, Sendable {
    case fact(String, Comparison)
    case anyOf([Requirement])
    case allOf([Requirement])

    /// The facts it asks about.
    var facts: Set<String> {
        switch self {
        case .fact(let id, let comparison): Set([id] + comparison.facts)
        case .anyOf(let parts), .allOf(let parts): parts.reduce(into: []) { $0.formUnion($1.facts) }
        }
    }
}

/// How a fact is compared.
public enum Comparison: Hashable, Sendable {
    case isTrue(Bool)
    case atLeast(Int), atMost(Int), over(Int), under(Int)
    /// No more than another number.
    case within(String)
    case oneOf(Set<String>)
    case noLaterThan(DayBound), noEarlierThan(DayBound)

    fileprivate var facts: [String] {
        switch self {
        case .within(let other): [other]
        case .noLaterThan(.counted(_, let other)), .noEarlierThan(.counted(_, let other)): [other]
        default: []
        }
    }
}

/// A day of the law, or one counted from another fact.
public enum DayBound: Hashable, Sendable {
    case day(Day)
    case counted(TimeSpan, from: String)
}

/// An amount that follows from an entitlement.
public struct Grant: Hashable, Sendable {
    public var name: Localized
    /// In hundredths of the unit: øre for kroner.
    public var hundredths: Int
    public var unit: FactUnit
    /// The number fact it is multiplied by.
    public var times: String?
    /// All of them must hold.
    public var when: [Requirement]
    /// Reckoned from a base and not seen published.
    public var isComputed: Bool
}

extension Entitlement.Version {
    /// The facts that must be told to get an answer.
    public var needs: Set<String> {
        let grants = gives + givesOneOf
        return (requires + grants.flatMap(\.when)).reduce(into: Set(grants.compactMap(\.times))) {
            $0.formUnion($1.facts)
        }
    }
}
