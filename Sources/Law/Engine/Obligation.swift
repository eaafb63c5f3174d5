import Chronology

/// Something owed to one citizen under one rule.
public struct Obligation: Hashable, Sendable {
    /// Positions in the rule book.
    public var duty: Int
    public var version: Int
    /// The day that set it off, and the fact.
    public var trigger: Day
    public var origin: Caseload.Reference
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
