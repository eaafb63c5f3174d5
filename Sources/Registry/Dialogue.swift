import Chronology
import Identifiers

/// A course that staff took part in (kompetenceudvikling).
public struct TrainingCourse: Hashable, Sendable {
    public var id: FactID
    public var title: String
    public var theme: TrainingTheme
    public var day: Day
    public var minutes: Int
    /// Those who took part, each once, in the order of their numbers.
    public var participants: TrainingParticipants
    /// What those who took part said of it, and what it is used for.
    public var evaluation: String

    public init(
        id: FactID, title: String, theme: TrainingTheme, day: Day, minutes: Int,
        participants: TrainingParticipants, evaluation: String = ""
    ) {
        self.id = id
        self.title = title
        self.theme = theme
        self.day = day
        self.minutes = minutes
        self.participants = participants
        self.evaluation = evaluation
    }
}

public enum TrainingTheme: String, CaseIterable, Sendable {
    /// God forvaltningsskik
    case administration
    /// Konflikthåndtering
    case conflict
    /// Fyldestgørende afgørelser
    case decisions
    case other
}

/// Members of staff by their numbers.
public struct TrainingParticipants: Hashable, Sendable, RawRepresentable {
    public var all: [FactID]

    public init(_ all: some Sequence<FactID>) { self.all = Set(all).sorted() }

    /// `3 17`
    public var rawValue: String {
        all.map { String($0.number) }.joined(separator: " ")
    }

    public init?(rawValue: String) {
        let fields = rawValue.split(separator: " ")
        all = fields.compactMap { Int64($0) }.map { FactID($0) }
        if all.count != fields.count { return nil }
    }
}

/// Some whom a new initiative is talked through or tried with (fokusgruppe, forsøg).
public struct FocusGroup: Hashable, Sendable {
    public var id: FactID
    public var title: String
    public var kind: FocusKind
    /// Who they are, such as young people or small companies.
    public var audience: String
    /// What is new, and what one wants to learn about it.
    public var initiative: String
    public var day: Day
    /// What they said together, without names; empty before.
    public var result: String
    /// What was changed because of it, and when; empty and nil before.
    public var changed: String
    public var changedOn: Day?
    /// The day those who took part were told what came of it.
    public var told: Day?

    public init(
        id: FactID, title: String, kind: FocusKind, audience: String, initiative: String, day: Day,
        result: String = "", changed: String = "", changedOn: Day? = nil, told: Day? = nil
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.audience = audience
        self.initiative = initiative
        self.day = day
        self.result = result
        self.changed = changed
        self.changedOn = changedOn
        self.told = told
    }
}

public enum FocusKind: String, CaseIterable, Sendable {
    /// Samtale i fokusgruppe, forsøg, samskabelse
    case talk, trial, coCreation
}

/// One who was invited to a focus group: a citizen or a company.
public struct FocusMember: Hashable, Sendable {
    public var id: FactID
    public var group: FactID
    /// One of the two.
    public var citizen: CitizenID?
    public var company: CVR?
    public var consent: FocusConsent
    /// The day of the latest of it.
    public var day: Day

    public init(
        id: FactID, group: FactID, citizen: CitizenID? = nil, company: CVR? = nil,
        consent: FocusConsent = .invited, day: Day
    ) {
        self.id = id
        self.group = group
        self.citizen = citizen
        self.company = company
        self.consent = consent
        self.day = day
    }
}

/// What one who was invited has said to taking part (samtykke). Only who has given it and not
/// withdrawn it has words kept.
public enum FocusConsent: String, CaseIterable, Sendable {
    case invited, given, declined, withdrawn
}

/// Something put to a council, and what it answered (forelæggelse, høring).
public struct CouncilMatter: Hashable, Sendable {
    public var id: FactID
    public var council: Council
    public var title: String
    /// What the council is asked.
    public var text: String
    public var asked: Day
    /// Who put it to the council, as the ledger names that one.
    public var askedBy: String
    public var due: Day
    /// What the council answered; empty and nil before.
    public var answer: String
    public var answered: Day?
    /// What came of it; empty and nil before.
    public var changed: String
    public var changedOn: Day?

    public init(
        id: FactID, council: Council, title: String, text: String, asked: Day, askedBy: String,
        due: Day, answer: String = "", answered: Day? = nil, changed: String = "",
        changedOn: Day? = nil
    ) {
        self.id = id
        self.council = council
        self.title = title
        self.text = text
        self.asked = asked
        self.askedBy = askedBy
        self.due = due
        self.answer = answer
        self.answered = answered
        self.changed = changed
        self.changedOn = changedOn
    }
}

public enum Council: String, CaseIterable, Sendable {
    /// Handicapråd
    case disability
    /// Udsatteråd
    case vulnerable
}
