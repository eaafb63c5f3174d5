import Chronology

/// One line of a citizen's plan (Min Plan, LAB § 41, stk. 2).
public struct PlanItem: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var part: PlanPart
    /// In the words of whoever wrote it.
    public var text: String
    /// Who wrote it.
    public var author: PlanParty
    public var stance: PlanStance
    /// Who took the stance, and when.
    public var stanceBy: PlanParty
    public var stanceOn: Day
    public var added: Day
    /// The day it should be done.
    public var due: Day?
    public var progress: PlanProgress
    /// The conversation it was agreed in.
    public var conversation: FactID?

    public init(
        id: FactID, citizen: CitizenID, part: PlanPart, text: String, author: PlanParty,
        stance: PlanStance, stanceBy: PlanParty, stanceOn: Day, added: Day, due: Day? = nil,
        progress: PlanProgress = .open, conversation: FactID? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.part = part
        self.text = text
        self.author = author
        self.stance = stance
        self.stanceBy = stanceBy
        self.stanceOn = stanceOn
        self.added = added
        self.due = due
        self.progress = progress
        self.conversation = conversation
    }
}

/// The seven contents of the plan (LAB § 41, stk. 2, nr. 1-7).
public enum PlanPart: String, CaseIterable, Sendable {
    /// Jobmål; uddannelses- og jobmål
    case jobGoal, educationGoal
    /// Aftaler om og krav til jobsøgning
    case jobSearch
    /// Tilbud
    case offer
    /// Aktiviteter, der stabiliserer den fysiske, psykiske og sociale situation
    case stabilising
    /// Øvrig indsats
    case other
    /// Status på det, der er i gang, og opfølgning på det, der er slut
    case status
}

public enum PlanParty: String, CaseIterable, Sendable { case citizen, caseworker }

public enum PlanStance: String, CaseIterable, Sendable {
    /// Foreslået, aftalt, uenighed
    case proposed, agreed, disputed
}

public enum PlanProgress: String, CaseIterable, Sendable { case open, done, dropped }
