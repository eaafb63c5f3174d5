import Chronology
import Registry

/// A state that a citizen is in for a time, and that duties ask about.
public enum LawState: String, CaseIterable, Sendable {
    /// Sygdom, ferie, barsel eller anden orlov, snart i arbejde eller uddannelse
    /// (fritagelse; mindre intensiv indsats, LAB § 106).
    case illness, holiday, leave, soonInWork
    /// Sygefravær; begins on the first day of absence.
    case sickLeave
    /// The citizen is expected to be fully well so soon that follow-up can wait
    /// (fuldt rask inden for 13, senere 26 uger).
    case soonWell
    /// Arbejdspligt (LAB kapitel 16 a)
    case workDuty
    /// Uddannelsespålæg (LAB § 30)
    case educationOrder
    /// Visiteret direkte til kommunen uden om a-kassen (LAB § 27, stk. 3)
    case directReferral
    /// Decided exempt from the conversations, or the offers, of the 75 % rule.
    case conversationsExempt, offersExempt
    /// Visiteret til fleksjob; fleksjobbet er gjort varigt
    case flexJobApproval, flexJobPermanent
    /// Har socialt frikort
    case allowanceCard
    /// Ophold uden for pligten efter BEK § 39, fx STU eller indlagt efter dom
    case outsideContact
    /// Deltidsforsikret i a-kassen
    case partTimeInsured
    /// Ophold i udlandet, som en kontrolaktion har vist
    case abroad
    /// De dage, hvor borgeren selv kan booke en samtale (LAB § 34)
    case bookingWindow
    /// Sygedagpenge forlænget for at afklare arbejdsevnen, til behandling (SDPL § 27)
    case extensionClarify, extensionTreatment
    /// Sygedagpengesag i kategori 1 (SDPL § 12); begins on the first day of absence.
    case sicknessCategory1
    /// Selvstændig, har en ungdomsuddannelse, fratræder inden 8 uger
    case selfEmployed, youthEducation, leavingEmployer
    /// A-kassen har undtaget medlemmet fra samtalerne af 75 %-kravet.
    case fundExempt
}

/// What the law asks about one citizen, as a file of facts has it.
public struct CitizenFacts: Hashable, Sendable {
    /// A name for the citizen in this file; no CPR number.
    public var id: String
    public var born: Day
    /// The first day with a qualifying education (erhvervskompetencegivende uddannelse).
    public var qualifiedFrom: Day?
    /// The day of the first residence permit (opholdstilladelse).
    public var permitFrom: Day?
    public var benefits: [FactSpan<Benefit>] = []
    public var groups: [FactSpan<TargetGroup>] = []
    public var categories: [FactSpan<MatchCategory>] = []
    public var states: [FactSpan<LawState>] = []
    public var employments: [FactSpan<EmploymentKind>] = []
    public var offers: [FactSpan<OfferKind>] = []
    public var acts: [FactDay] = []

    public init(id: String, born: Day) {
        self.id = id
        self.born = born
    }
}

/// A value over a span of days.
public struct FactSpan<Value: Hashable & Sendable>: Hashable, Sendable {
    public var value: Value
    public var start: Day
    /// Nil while it goes on.
    public var end: Day?
    /// Minutes a week, where hours matter.
    public var minutes: Int32
    /// The day it became known; nil for the day it began.
    public var recorded: Day?

    public init(
        _ value: Value, _ start: Day, _ end: Day? = nil, minutes: Int32 = WeeklyTime.full.minutes,
        recorded: Day? = nil
    ) {
        self.value = value
        self.start = start
        self.end = end
        self.minutes = minutes
        self.recorded = recorded
    }
}

public struct FactDay: Hashable, Sendable {
    public var kind: ActKind
    public var day: Day
    public var recorded: Day?

    public init(_ kind: ActKind, _ day: Day, recorded: Day? = nil) {
        self.kind = kind
        self.day = day
        self.recorded = recorded
    }
}
