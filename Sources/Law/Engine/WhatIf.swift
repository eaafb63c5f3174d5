import Chronology

/// Rules taken as if they had been in force all along.
public enum RuleSet: Hashable, Sendable {
    case inForce(Day)
    /// What is expected and not adopted.
    case proposed

    func has(_ rule: Rule) -> Bool {
        switch self {
        case .inForce(let day): rule.isInForce(on: day)
        case .proposed: rule.isProposed
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
        engine.inParts(of: cases, threads) { persons in
            persons.flatMap { changes(of: $0, in: cases, on: day) }
        }.flatMap(\.self)
    }

    private func changes(of person: Int, in cases: Caseload, on day: Day) -> [Change] {
        let before = open(person, cases, day, from)
        let after = open(person, cases, day, to)
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
        _ person: Int, _ cases: Caseload, _ day: Day, _ rules: RuleSet
    ) -> [Int: Obligation] {
        var found: [Int: Obligation] = [:]
        for obligation in engine.obligations(of: person, in: cases, on: day, under: rules)
        where [.notYetDue, .due, .overdue].contains(obligation.status) {
            found[obligation.duty] = obligation
        }
        return found
    }
}
