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

/// Something done on a day: what a duty asks for, or what sets one off.
public enum ActKind: String, CaseIterable, Sendable {
    /// Første henvendelse om hjælp; tilmelding som jobsøgende
    case firstContact, registration
    /// Jobsamtale med kommunen, med a-kassen, fælles samtale
    case conversation, fundConversation, jointConversation
    /// Opfølgningssamtale i en sygedagpengesag
    case sicknessFollowUp
    /// Samtale om repatriering
    case repatriationTalk
    /// Samtale om fleksjobbet, status efter 4½ år, afgørelse om fortsættelse
    case flexJobFollowUp, flexJobStatus, flexJobDecision
    /// Kontrol af, om betingelserne for socialt frikort er opfyldt
    case allowanceCardCheck
    /// Vurdering af arbejdsevnen på hele det arbejdsområde, borgeren kan bruges på (SDPL § 7)
    case workAbilityAssessment
    /// Ny vurdering af sygedagpengesagens kategori (SDPL § 13 a)
    case categoryReassessed
    /// CV godkendt, Min Plan lagt
    case cvApproved, planMade
    /// Test i læsning og matematik
    case readingTest
    /// Anmodning om tidlig opfølgning (fast track)
    case fastTrackRequest
    /// Underretning om en kontrolaktion (LAB § 38)
    case controlNotice
    /// Arbejdsgiverens samtale med den sygemeldte
    case employerTalk
    /// Klage modtaget, genvurderet
    case complaintReceived, complaintReassessed
    /// Aktindsigt søgt, besvaret
    case accessRequested, accessAnswered
    /// Ansøgning om et tilbud modtaget fra en virksomhed, besvaret
    case offerRequested, offerAnswered
    /// Opfølgning på hjælpen (LAS § 10)
    case caseFollowUp
    /// Revurdering af sygedagpenge (SDPL § 24), af retten til fleksjob (LAS § 74 c)
    case sicknessRevaluation, flexJobRevaluation
    /// Samtale med sundhedskoordinatoren
    case healthTalk
    /// A-kassen har overdraget sagen; har visiteret den unge til kommunen
    case handedOver, fundReferral
    /// Koordinerende sagsbehandler tilbudt, udpeget (LAB § 36)
    case coordinatorOffered, coordinatorAppointed
    /// Henvist til anden aktør
    case otherActorReferral
    /// Endelig visitation
    case visitation
    /// Oplysningsskema sendt, besvaret (SDPL § 11)
    case disclosureFormSent, disclosureFormReturned
    /// Arbejdsgiverens anmeldelse af fravær; underretning til borgeren, dens svar
    case employerReport, employerNoticeSent, employerNoticeAnswered
    /// Lægeattest bestilt, modtaget
    case certificateRequested, certificateReceived
    /// Fast track: skema sendt, besvaret, samtale hos lægen
    case fastTrackFormSent, fastTrackFormReturned, doctorTalk
    /// Afgørelse om et forløb eller program; møde i rehabiliteringsteamet
    case programmeDecision, rehabilitationMeeting
    /// Afgørelse meddelt; mundtlig afgørelse; skriftlig begrundelse krævet
    case decisionNotified, oralDecision, reasonsDemanded
    /// Forseelse, der kan give en sanktion; afgørelse om sanktionen
    case sanctionBreach, sanctionDecision
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
