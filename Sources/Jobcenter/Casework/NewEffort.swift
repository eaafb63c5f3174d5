import Chronology
import Identifiers
import Law
import Registry

/// An effort as it is told.
public struct NewEffort: Hashable, Sendable {
    /// Hours a week from a day on.
    public struct Hours: Hashable, Sendable {
        public var from: Day
        public var weekly: WeeklyTime
        public init(from: Day, weekly: WeeklyTime) {
            self.from = from
            self.weekly = weekly
        }
    }

    public var measure: String
    public var starts: Day
    public var ends: Day?
    /// In the order of their days; the hours rise or fall from one to the next.
    public var hours: [Hours] = []
    public var unit: ProductionUnitNumber?
    public var contact = ""
    public var goal = ""
    /// What the plan says of it, in the citizen's language.
    public var planText = ""
    public var followUp: Day?
    public var isAgreed = true
    /// An assessment has found that more time is needed.
    public var isExtended = false
    /// It tests whether the citizen is available for work.
    public var isTest = false
    public var isSingleParent = false
    /// What was answered to the questions that state its conditions, by the facts' ids.
    public var told: [String: FactValue] = [:]
    /// The same in words, kept with it.
    public var answered: [String] = []

    /// The kind of record that keeps what was answered.
    public static let conditionsRecord = "effort-conditions"

    public init(measure: String, starts: Day, ends: Day?) {
        self.measure = measure
        self.starts = starts
        self.ends = ends
    }
}

/// How an effort goes, and what changes.
public struct EffortFollowUp: Hashable, Sendable {
    public var effort: FactID
    public var day: Day
    public var how: String
    /// When it is looked at again.
    public var next: Day?
    public var hours: NewEffort.Hours?
    public var newEnd: Day?
    /// An assessment has found that more time is needed.
    public var isExtended = false
    public var isSingleParent = false
    /// What was answered to the questions that state its conditions, and in words.
    public var told: [String: FactValue] = [:]
    public var answered: [String] = []

    /// The kind of record it is noted as.
    public static let recordKind = "effort-follow-up"

    public init(effort: FactID, day: Day, how: String) {
        self.effort = effort
        self.day = day
        self.how = how
    }

    func check(_ effort: Effort, today: Day) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if how.isEmpty { problems.append(.init("how", "empty")) }
        if day > today { problems.append(.init("day", "actInFuture")) }
        if day < effort.start { problems.append(.init("day", "endsBefore")) }
        if let next, next <= day { problems.append(.init("next", "followUpBefore")) }
        if let newEnd, newEnd <= effort.end ?? .openEnd {
            problems.append(.init("newEnd", "notLater"))
        }
        if let hours {
            if hours.from <= effort.start { problems.append(.init("from", "hoursOrder")) }
            if hours.from > newEnd ?? effort.end ?? .openEnd {
                problems.append(.init("from", "afterEnd"))
            }
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }

    func record(_ id: FactID, _ citizen: CitizenID) -> CaseRecord {
        var answers = ["effort": String(effort.number), "how": how]
        answers["next"] = next?.iso
        answers["newEnd"] = newEnd?.iso
        if !answered.isEmpty { answers["conditions"] = answered.joined(separator: "\n") }
        return CaseRecord(
            id: id, citizen: citizen, record: EffortFollowUp.recordKind, start: day, end: day,
            answers: answers)
    }
}

extension Fact {
    /// Later hours of the same effort.
    func begins(after hours: EffortHours, of effort: FactID) -> Bool {
        guard case .effortHours(let other) = self else { return false }
        return other.effort == effort && other.start > hours.start
    }
}

/// What the law says of one side of an effort.
public struct EffortCheck: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case offer, ratio, netEmployment, sixWeeks
        /// A question that states a condition, by its id.
        case condition(String)
    }
    public var subject: Subject
    public var answer: Answer
}

/// The law does not allow the effort as it is told. Nothing was stored.
public struct EffortRefusal: Error, Hashable, Sendable {
    public var checks: [EffortCheck]
    /// What would make it possible, where that was looked for.
    public var ways: [WayOut] = []
}
