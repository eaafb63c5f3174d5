import Chronology
import Identifiers

/// A conversation between a citizen and the municipality (samtale). Only a held
/// one counts.
public struct Conversation: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var day: Day
    public var kind: ConversationKind
    public var form: ConversationForm
    public var status: ConversationStatus

    public init(
        id: FactID, citizen: CitizenID, day: Day, kind: ConversationKind, form: ConversationForm,
        status: ConversationStatus
    ) {
        self.id = id
        self.citizen = citizen
        self.day = day
        self.kind = kind
        self.form = form
        self.status = status
    }
}

public enum ConversationKind: String, CaseIterable, Sendable {
    /// Jobsamtale
    case job
    /// Opfølgningssamtale i sygedagpengesager
    case sicknessFollowUp
    /// Fællessamtale med a-kassen
    case joint
    /// Opfølgning under integrationsprogram
    case integration
}

public enum ConversationForm: String, CaseIterable, Sendable { case physical, phone, video }

public enum ConversationStatus: String, CaseIterable, Sendable {
    case planned, held, cancelled
    /// Udeblevet
    case missed
}

/// Exemption from conversations or offers (fritagelse).
public struct Exemption: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var reason: ExemptionReason
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, reason: ExemptionReason, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.reason = reason
        self.start = start
        self.end = end
    }
}

public enum ExemptionReason: String, CaseIterable, Sendable {
    case illness, holiday, leave, soonInWork
}

/// An activation offer (tilbud).
public struct Offer: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var kind: OfferKind
    public var start: Day
    public var end: Day?
    public var weekly: WeeklyTime
    /// Where it takes place, for company-based offers.
    public var unit: ProductionUnitNumber?

    public init(
        id: FactID, citizen: CitizenID, kind: OfferKind, start: Day, end: Day?,
        weekly: WeeklyTime, unit: ProductionUnitNumber? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.start = start
        self.end = end
        self.weekly = weekly
        self.unit = unit
    }
}

public enum OfferKind: String, CaseIterable, Sendable {
    /// Virksomhedspraktik, privat og offentlig
    case companyInternshipPrivate, companyInternshipPublic
    /// Ansættelse med løntilskud, privat og offentlig
    case wageSubsidyPrivate, wageSubsidyPublic
    /// Nytteindsats
    case communityWork
    /// Ordinær uddannelse
    case ordinaryEducation
    /// Øvrig vejledning og opkvalificering
    case guidanceAndUpskilling
    /// Mentorstøtte
    case mentor

    /// Virksomhedsrettet: internship or wage subsidy.
    public var isCompanyBased: Bool {
        switch self {
        case .companyInternshipPrivate, .companyInternshipPublic, .wageSubsidyPrivate,
            .wageSubsidyPublic:
            true
        default: false
        }
    }
}

/// A complaint (klage) over a decision or over treatment.
public struct Complaint: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var received: Day
    public var decided: Day?
    public var outcome: ComplaintOutcome?

    public init(
        id: FactID, citizen: CitizenID, received: Day, decided: Day?, outcome: ComplaintOutcome?
    ) {
        self.id = id
        self.citizen = citizen
        self.received = received
        self.decided = decided
        self.outcome = outcome
    }
}

/// How a complaint ended (klagens udfald). One about treatment, which nobody else tries, is
/// `changed` where the citizen was met wholly or in part, and `upheld` where not.
public enum ComplaintOutcome: String, CaseIterable, Sendable {
    case upheld, changed, sentBack, withdrawn
    /// Afvist by the appeals board, which did not try it
    case dismissed
}

/// A citizen's answers after a conversation (Feedback-modellen): four scales
/// from 0 to 10.
public struct ConversationFeedback: Hashable, Sendable {
    public var id: FactID
    public var conversation: FactID
    public var citizen: CitizenID
    public var day: Day
    public var heard: Int
    public var topics: Int
    public var method: Int
    public var overall: Int

    public init(
        id: FactID, conversation: FactID, citizen: CitizenID, day: Day, heard: Int, topics: Int,
        method: Int, overall: Int
    ) {
        self.id = id
        self.conversation = conversation
        self.citizen = citizen
        self.day = day
        self.heard = heard
        self.topics = topics
        self.method = method
        self.overall = overall
    }
}

/// One wave of a user survey (brugerundersøgelse).
public struct UserSurvey: Hashable, Sendable {
    public var id: FactID
    public var opened: Day
    public var closed: Day
    public var invited: Int
    public var answered: Int
    /// Answers 4 and 5 on a scale from 1 to 5.
    public var satisfied: Int

    public init(id: FactID, opened: Day, closed: Day, invited: Int, answered: Int, satisfied: Int) {
        self.id = id
        self.opened = opened
        self.closed = closed
        self.invited = invited
        self.answered = answered
        self.satisfied = satisfied
    }
}

/// A recurring duty of the plan done once more, such as a status report sent.
public struct DutyHeld: Hashable, Sendable {
    public var id: FactID
    /// The plan's id and the duty's id inside it.
    public var plan: String
    public var duty: String
    public var day: Day
    public var note: String

    public init(id: FactID, plan: String, duty: String, day: Day, note: String) {
        self.id = id
        self.plan = plan
        self.duty = duty
        self.day = day
        self.note = note
    }
}
