import Chronology
import Law
import Registry

/// How far a complaint has come (klagens trin).
public enum ComplaintStage: String, CaseIterable, Sendable {
    case received, acknowledged
    /// Reassessed and not met wholly: it waits to be forwarded.
    case reassessed
    /// At the appeals board.
    case forwarded
    case closed
}

/// A day by which something is to be done with a complaint, and why (klagens frist).
public struct ComplaintClock: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case acknowledge, reassess, answer
        /// The day the citizen was told, where it takes longer.
        case promised
        case forward
        /// A change that was decided on.
        case change
    }
    public enum State: String, Sendable { case running, overdue, inTime, late }

    public var kind: Kind
    /// The day it is counted from.
    public var from: Day
    public var due: Day
    /// The day it was done; nil while it is not.
    public var done: Day?
    /// The rule of the law it follows; nil for the municipality's own promise.
    public var rule: Rule?

    public func state(on day: Day) -> State {
        if let done { return done <= due ? .inTime : .late }
        return day <= due ? .running : .overdue
    }
}

/// A complaint with everything that happened to it. Its stage and clocks are worked out, never
/// typed.
public struct ComplaintFile: Hashable, Sendable {
    public var complaint: Complaint
    /// In the order of their days.
    public internal(set) var steps: [ComplaintStep] = []
    /// The decision complained of, where one is named and stands.
    public internal(set) var decision: Decision?

    init(_ complaint: Complaint) { self.complaint = complaint }

    public var id: FactID { complaint.id }

    func first(_ kind: ComplaintStepKind) -> ComplaintStep? { steps.first { $0.kind == kind } }
    public func has(_ kind: ComplaintStepKind) -> Bool { first(kind) != nil }

    /// What was told when it came in; nil for one that was registered without.
    public var filed: ComplaintStep? { first(.filed) }
    public var subject: ComplaintSubject? { filed?.subject }
    public var channel: ComplaintChannel? { filed?.channel }
    public var isOpen: Bool { complaint.decided == nil }

    /// Whether the law's reassessment and the appeals board are for it. One that does not say
    /// what it is about is taken for one about a decision, which has the shorter rope.
    public var isAboutDecision: Bool { subject.map { $0 == .decision } ?? true }

    /// What came of it at the municipality.
    public var result: ComplaintResult? {
        steps.lazy.compactMap(\.result).first
    }

    public var board: BoardOutcome? { steps.lazy.compactMap(\.outcome).first }

    public var stage: ComplaintStage {
        if !isOpen { return .closed }
        if has(.forwarded) { return .forwarded }
        if result != nil { return .reassessed }
        return has(.acknowledged) ? .acknowledged : .received
    }

    /// What was decided to change.
    public var learnings: [ComplaintStep] { steps.filter { $0.kind == .learned } }

    /// The day on which a change was made; nil while it is not.
    public func made(_ learning: ComplaintStep) -> Day? {
        steps.first { $0.kind == .changeMade && $0.detail == String(learning.id.number) }?.day
    }

    /// The last day to complain of the decision; nil where none is named.
    public func lastDay(_ rules: ComplaintRules) -> Day? {
        guard let sent = decision?.sent else { return nil }
        return rules.deadline(on: sent)?.due.day(from: sent)
    }

    /// Whether it came after the last day to complain.
    public func isTooLate(_ rules: ComplaintRules) -> Bool {
        lastDay(rules).map { complaint.received > $0 } ?? false
    }

    /// Every clock there is, in the order of their days. One without what was told has the law's
    /// clock alone, and a complaint that was withdrawn none that goes on.
    public func clocks(_ rules: ComplaintRules) -> [ComplaintClock] {
        let received = complaint.received
        var clocks: [ComplaintClock] = []
        func add(
            _ kind: ComplaintClock.Kind, from: Day, due: Day?, done: Day?, rule: Rule? = nil
        ) {
            guard let due else { return }
            // What nobody waits for any more is no clock.
            if done == nil, !isOpen, kind != .change { return }
            clocks.append(
                ComplaintClock(kind: kind, from: from, due: due, done: done, rule: rule))
        }
        if filed != nil {
            add(
                .acknowledge, from: received, due: rules.acknowledge(received),
                done: first(.acknowledged)?.day)
        }
        let answered = steps.first { $0.result != nil }?.day
        if isAboutDecision {
            let rule = rules.reassessment(on: received)
            add(
                .reassess, from: received, due: rule?.due.day(from: received),
                done: answered ?? (filed == nil ? complaint.decided : nil), rule: rule)
        } else {
            add(.answer, from: received, due: rules.answer(received), done: answered)
        }
        if let told = steps.last(where: { $0.kind == .extended }) {
            add(.promised, from: told.day, due: told.deadline, done: answered)
        }
        if let answered, isAboutDecision, result != .whole {
            add(
                .forward, from: answered, due: rules.forward(answered),
                done: first(.forwarded)?.day)
        }
        for learning in learnings {
            add(.change, from: learning.day, due: learning.deadline, done: made(learning))
        }
        return clocks.sorted { ($0.due, $0.kind.rawValue) < ($1.due, $1.kind.rawValue) }
    }

    /// What is to be done first; nil where nothing waits for the municipality. Once the citizen
    /// has been told of a later day, that day is what counts from there.
    public func next(_ rules: ComplaintRules) -> ComplaintClock? {
        let open = clocks(rules).filter { $0.done == nil }
        let isExtended = open.contains { $0.kind == .promised }
        return open.first { !(isExtended && [.reassess, .answer].contains($0.kind)) }
    }
}

/// The rules that complaints are counted by: two of the law's and the municipality's promises.
public struct ComplaintRules: Sendable {
    private let duties: [String: Duty]
    public let catalogue: ComplaintCatalogue

    init(_ book: RuleBook, _ catalogue: ComplaintCatalogue) {
        duties = Dictionary(
            book.duties.filter { ["complaint-reassessment", "complaint-deadline"].contains($0.id) }
                .map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.catalogue = catalogue
    }

    private func rule(_ id: String, on day: Day) -> Rule? { duties[id]?.version(on: day) }

    /// Four weeks to reassess (RSL § 66).
    public func reassessment(on day: Day) -> Rule? { rule("complaint-reassessment", on: day) }
    /// Four weeks to complain (RSL § 67).
    public func deadline(on day: Day) -> Rule? { rule("complaint-deadline", on: day) }

    func acknowledge(_ day: Day) -> Day? {
        TimeSpan(.workingDaysAfter, catalogue.acknowledgeWorkingDays).day(from: day)
    }
    func answer(_ day: Day) -> Day? { TimeSpan(.weeksAfter, catalogue.answerWeeks).day(from: day) }
    func forward(_ day: Day) -> Day? {
        TimeSpan(.workingDaysAfter, catalogue.forwardWorkingDays).day(from: day)
    }
}

/// Every complaint of a municipality.
struct ComplaintBook: FactBook {
    static let kinds: [FactKind] = [.complaint, .complaintStep, .decision]

    /// The latest received first.
    let files: [ComplaintFile]

    init(_ facts: [Fact]) {
        var found: [FactID: ComplaintFile] = [:]
        var decisions: [FactID: Decision] = [:]
        for fact in facts {
            if case .complaint(let complaint) = fact {
                found[complaint.id] = ComplaintFile(complaint)
            }
            if case .decision(let decision) = fact { decisions[decision.id] = decision }
        }
        for case .complaintStep(let step) in facts { found[step.complaint]?.steps.append(step) }
        files = found.values.map { file in
            var file = file
            file.steps.sort { ($0.day, $0.id) < ($1.day, $1.id) }
            file.decision = file.filed?.decision.flatMap { decisions[$0] }
            return file
        }.sorted { ($1.complaint.received, $1.id) < ($0.complaint.received, $0.id) }
    }

    subscript(id: FactID) -> ComplaintFile? { files.first { $0.id == id } }
}
