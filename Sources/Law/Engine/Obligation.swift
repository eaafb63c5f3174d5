import Chronology

/// Something owed to one citizen under one rule.
public struct Obligation: Hashable, Sendable {
    /// Positions in the rule book.
    public var duty: Int
    public var version: Int
    /// The day that set it off, and the fact.
    public var trigger: Day
    public var origin: Caseload.Reference
    /// The last day of the period it was set off in; `Day.openEnd` while it goes on.
    public var until: Day
    /// The position in the rule book of the continuation without which the deadline would
    /// have been counted from a later day.
    public var continuation: Int?
    /// The day the deadline is counted from: the trigger, or what was due or fulfilled
    /// before.
    public var anchor: Day
    /// From 1; higher for repetitions.
    public var number: Int
    /// The first day on which acts count, and the last in time.
    public var opens: Day
    public var due: Day
    public var status: ObligationStatus
    /// The day it was fulfilled, lapsed, or became exempt.
    public var settled: Day?
    /// Acts counted by the due day.
    public var done: Int
}

extension Sequence<Obligation> {
    /// In the order of the due days, then of the rule book.
    public func inOrderOfDueDays() -> [Obligation] {
        sorted { ($0.due, $0.duty, $0.number) < ($1.due, $1.duty, $1.number) }
    }
}

extension Obligation {
    /// Whether there is still something to do about it: not done, and the period it belongs
    /// to goes on. What was missed in a period that ended is overdue for good and open no
    /// more.
    public func isOpen(on day: Day) -> Bool {
        [.notYetDue, .due, .overdue].contains(status) && until >= day
    }
}

public enum ObligationStatus: String, CaseIterable, Sendable {
    /// The due day is more than two weeks away.
    case notYetDue
    case due
    case overdue
    case fulfilled, fulfilledLate
    /// A state covers the due day in which nothing is owed.
    case exempt
    /// The period ended, or the citizen left those it applies to, before it was due.
    case lapsed
}

/// How many obligations stand how, by duty.
public struct ObligationTally: Hashable, Sendable {
    private var counts: [Int]

    init(duties: Int) {
        counts = [Int](repeating: 0, count: duties * ObligationStatus.allCases.count)
    }

    public subscript(duty: Int, status: ObligationStatus) -> Int {
        counts[ObligationTally.place(duty, status)]
    }

    public var all: Int { counts.reduce(0, +) }

    mutating func add(_ obligation: Obligation) {
        counts[ObligationTally.place(obligation.duty, obligation.status)] += 1
    }

    func merged(with other: ObligationTally) -> ObligationTally {
        var merged = self
        for place in counts.indices { merged.counts[place] += other.counts[place] }
        return merged
    }

    private static func place(_ duty: Int, _ status: ObligationStatus) -> Int {
        duty * ObligationStatus.allCases.count + Int(LawCodes.position(status))
    }
}
