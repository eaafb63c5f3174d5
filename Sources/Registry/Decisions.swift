import Chronology

/// A decision about a citizen (afgørelse).
public struct Decision: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var kind: DecisionKind
    /// What it is about, in a few words.
    public var subject: String
    /// The version of the rule it rests on.
    public var rule: String
    public var facts: String
    public var reasons: String
    /// The day the citizen was told what it would rest on (partshøring); nil where the
    /// act does not require it.
    public var heardOn: Day?
    /// The citizen's answer; empty where none came in time.
    public var answer: String
    /// The first day it has effect.
    public var from: Day
    public var made: Day
    /// Nil while it waits for being sent.
    public var sent: Day?

    public init(
        id: FactID, citizen: CitizenID, kind: DecisionKind, subject: String, rule: String,
        facts: String, reasons: String, heardOn: Day?, answer: String, from: Day, made: Day,
        sent: Day?
    ) {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.subject = subject
        self.rule = rule
        self.facts = facts
        self.reasons = reasons
        self.heardOn = heardOn
        self.answer = answer
        self.from = from
        self.made = made
        self.sent = sent
    }
}

public enum DecisionKind: String, CaseIterable, Sendable {
    /// Bevilling, afslag, ophør, sanktion
    case grant, refuse, stop, sanction
}
