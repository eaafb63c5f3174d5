import Chronology

/// Rules taken as if they had been in force all along.
public enum RuleSet: Hashable, Sendable {
    case inForce(Day)
    /// What is expected to be in force on a day if what is proposed is adopted.
    case proposed(Day)

    /// Which of a duty's versions it has.
    func index(in versions: some Collection<Rule>) -> Int? {
        let indexed = versions.enumerated()
        switch self {
        case .inForce(let day): return indexed.first { $1.isInForce(on: day) }?.offset
        case .proposed(let day):
            let proposed = indexed.first { $1.isProposed && $1.isWritten(for: day) }
            let kept = indexed.first {
                $1.isInForce(on: day) && day <= $1.proposedTo ?? .openEnd
            }
            return (proposed ?? kept)?.offset
        }
    }
}

/// What two rule sets make of the same caseload on the same day.
public struct WhatIf: Sendable {
    /// A duty that is open for a citizen under one of the rule sets, or asks something
    /// else under the other.
    public struct Change: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Sendable { case gained, lost, changed }
        public var kind: Kind
        /// Position in the caseload, and of the duty in the rule book.
        public var person: Int
        public var duty: Int
        public var before: Obligation?
        public var after: Obligation?
    }

    public let engine: LawEngine
    public let from: RuleSet
    public let to: RuleSet

    public init(_ engine: LawEngine, from: RuleSet, to: RuleSet) {
        self.engine = engine
        self.from = from
        self.to = to
    }

    /// Every change, citizen by citizen, computed by so many threads. O(facts × duties).
    public func changes(in cases: Caseload, on day: Day, threads: Int = 2) -> [Change] {
        let (before, after) = (engine.choice(from), engine.choice(to))
        return engine.inParts(of: cases, threads) { persons in
            persons.flatMap { person in
                changes(
                    person, from: open(engine, person, cases, day, before),
                    to: open(engine, person, cases, day, after))
            }
        }.flatMap(\.self)
    }

    private func changes(
        _ person: Int, from before: [Int: Obligation], to after: [Int: Obligation]
    ) -> [Change] {
        if before.isEmpty && after.isEmpty { return [] }
        return Set(before.keys).union(after.keys).sorted().compactMap { duty in
            let (old, new) = (before[duty], after[duty])
            let kind: Change.Kind
            switch (old, new) {
            case (nil, _?): kind = .gained
            case (_?, nil): kind = .lost
            case (let old?, let new?) where asks(old) != asks(new) || old.due != new.due:
                kind = .changed
            default: return nil
            }
            return Change(kind: kind, person: person, duty: duty, before: old, after: new)
        }
    }

    private func asks(_ obligation: Obligation) -> Int {
        engine.book.duties[obligation.duty].versions[obligation.version].count
    }

    /// What is still to be done, the latest of each duty.
    private func open(
        _ engine: LawEngine, _ person: Int, _ cases: Caseload, _ day: Day,
        _ choice: RuleChoice
    ) -> [Int: Obligation] {
        var found: [Int: Obligation] = [:]
        for obligation in engine.obligations(of: person, in: cases, on: day, under: choice)
        where obligation.isOpen(on: day) {
            found[obligation.duty] = obligation
        }
        return found
    }
}

extension Duty {
    /// The version a rule set has of the duty.
    public func version(under rules: RuleSet) -> Rule? {
        rules.index(in: versions).map { versions[$0] }
    }
}
