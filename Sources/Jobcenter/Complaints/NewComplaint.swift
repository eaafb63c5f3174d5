import Chronology
import Law
import Registry
import Storage

/// A complaint as it is told.
public struct NewComplaint: Hashable, Sendable {
    public var subject: ComplaintSubject
    public var channel: ComplaintChannel
    public var received: Day
    /// The citizen's own words.
    public var words: String
    public var decision: FactID?

    public init(
        subject: ComplaintSubject, channel: ComplaintChannel, received: Day, words: String,
        decision: FactID? = nil
    ) {
        self.subject = subject
        self.channel = channel
        self.received = received
        self.words = words
        // What is about something else complains of no decision.
        self.decision = subject == .decision ? decision : nil
    }

    func check() throws(FieldProblems) {
        if words.isEmpty { throw FieldProblems([.init("words", "complaintWords")]) }
        try FieldProblems.requireShort(words, "words", most: ComplaintCase.longest)
    }

    /// A decision is named by its number; the oldest complaints came without.
    func checkDecision(_ standing: [RegistrationNote]) throws(FieldProblems) {
        guard let decision else { return }
        let sent = standing.lazy.compactMap { note -> Day? in
            guard case .decision(let found) = note.fact, found.id == decision else { return nil }
            return found.sent
        }.first
        guard let sent else { throw FieldProblems([.init("decision", "choice")]) }
        if received < sent {
            throw FieldProblems([.init("received", "beforeDecision", ["day": sent.danish])])
        }
    }

    func isSame(_ step: ComplaintStep) -> Bool {
        step.kind == .filed && step.subject == subject && step.words == words
            && step.decision == decision && step.day == received && step.channel == channel
    }

    func filed(_ id: FactID, _ citizen: CitizenID, _ complaint: FactID) -> ComplaintStep {
        ComplaintStep(
            id: id, citizen: citizen, complaint: complaint, kind: .filed, day: received,
            decision: decision, choice: subject.rawValue, detail: channel.rawValue, words: words)
    }
}

/// A step as it is told. What a kind has no use for stays empty.
public struct NewComplaintStep: Hashable, Sendable {
    public var kind: ComplaintStepKind
    public var day: Day
    public var choice = ""
    public var detail = ""
    public var words = ""
    public var deadline: Day?

    public init(_ kind: ComplaintStepKind, on day: Day) {
        self.kind = kind
        self.day = day
    }

    func isSame(_ step: ComplaintStep) -> Bool {
        step.kind == kind && step.day == day && step.choice == choice && step.detail == detail
            && step.words == words && step.deadline == deadline
    }

    func step(_ id: FactID, _ citizen: CitizenID, _ complaint: FactID) -> ComplaintStep {
        ComplaintStep(
            id: id, citizen: citizen, complaint: complaint, kind: kind, day: day, choice: choice,
            detail: detail, words: words, deadline: deadline)
    }

    /// Throws `FieldProblems` where the step cannot be, or says too little.
    func check(
        _ file: ComplaintFile, on today: Day, _ catalogue: ComplaintCatalogue
    ) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if day > today { problems.append(.init("day", "actInFuture")) }
        if day < file.complaint.received {
            problems.append(
                .init("day", "beforeComplaint", ["day": file.complaint.received.danish]))
        }
        if let key = file.refusal(of: kind) { problems.append(.init("day", key)) }
        problems += gaps(file, catalogue)
        for (field, text) in [("words", words), ("detail", detail)] {
            if let problem = FieldProblem.tooLong(field, text, most: ComplaintCase.longest) {
                problems.append(problem)
            }
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }

    /// What is missing, by field.
    private func gaps(
        _ file: ComplaintFile, _ catalogue: ComplaintCatalogue
    ) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        func needs(_ isThere: Bool, _ field: String, _ key: String = "empty") {
            if !isThere { problems.append(.init(field, key)) }
        }
        switch kind {
        case .talked: needs(!words.isEmpty, "words")
        case .extended:
            needs(!words.isEmpty, "words")
            needs(deadline.map { $0 > day } ?? false, "deadline", "laterDay")
        case .reassessed, .answered:
            needs(ComplaintResult(rawValue: choice) != nil, "choice", "choice")
            needs(!words.isEmpty, "words", "reasonsNeeded")
        case .boardDecided:
            needs(BoardOutcome(rawValue: choice) != nil, "choice", "choice")
            if let sent = file.first(.forwarded), day < sent.day {
                problems.append(.init("day", "beforeForwarded", ["day": sent.day.danish]))
            }
        case .forwarded:
            if let done = file.first(.reassessed), day < done.day {
                problems.append(.init("day", "beforeReassessed", ["day": done.day.danish]))
            }
        case .learned:
            needs(catalogue.fault(choice) != nil, "choice", "choice")
            needs(!words.isEmpty, "words")
            needs(!detail.isEmpty, "detail")
            needs(deadline.map { $0 >= day } ?? false, "deadline", "laterDay")
        case .changeMade:
            let learning = file.learnings.first { String($0.id.number) == detail }
            needs(learning.map { file.made($0) == nil } ?? false, "detail", "choice")
        case .filed, .acknowledged, .withdrawn: break
        }
        return problems
    }
}

extension ComplaintFile {
    /// The steps that the complaint is ready for, in the order they usually come.
    public var possible: [ComplaintStepKind] {
        ComplaintStepKind.allCases.filter { refusal(of: $0) == nil }
    }

    /// Why a step cannot come now, as the key of a sentence; nil where it can.
    func refusal(of kind: ComplaintStepKind) -> String? {
        switch kind {
        case .filed: return "complaintFiled"
        case .learned: return result != nil || !isOpen ? nil : "notAnswered"
        case .changeMade:
            return learnings.contains { made($0) == nil } ? nil : "nothingToMake"
        default: break
        }
        if !isOpen { return "complaintClosed" }
        switch kind {
        case .acknowledged: return has(.acknowledged) ? "acknowledgedAlready" : nil
        case .talked, .extended: return result == nil ? nil : "answeredAlready"
        case .reassessed:
            if !isAboutDecision { return "noReassessment" }
            return result == nil ? nil : "answeredAlready"
        case .answered:
            if isAboutDecision { return "needsReassessment" }
            return result == nil ? nil : "answeredAlready"
        case .forwarded:
            if !isAboutDecision { return "noBoard" }
            if result == nil { return "notReassessed" }
            return has(.forwarded) ? "forwardedAlready" : nil
        case .boardDecided: return has(.forwarded) ? nil : "notForwarded"
        case .withdrawn, .filed, .learned, .changeMade: return nil
        }
    }
}

extension ComplaintStep {
    /// How the complaint ends with the step; nil where it goes on.
    var ending: ComplaintOutcome? {
        switch kind {
        case .withdrawn: return .withdrawn
        case .reassessed: return choice == ComplaintResult.whole.rawValue ? .changed : nil
        case .answered: return choice == ComplaintResult.kept.rawValue ? .upheld : .changed
        case .boardDecided:
            switch BoardOutcome(rawValue: choice) {
            case .confirmed: return .upheld
            case .changed: return .changed
            case .sentBack: return .sentBack
            case .dismissed: return .dismissed
            case nil: return nil
            }
        case .filed, .acknowledged, .talked, .extended, .forwarded, .learned, .changeMade:
            return nil
        }
    }
}
