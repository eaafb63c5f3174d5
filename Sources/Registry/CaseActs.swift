import Chronology

/// Something done on a day in a citizen's case, as the rules know it.
public struct CaseAct: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var kind: ActKind
    public var day: Day
    public var note: String

    public init(id: FactID, citizen: CitizenID, kind: ActKind, day: Day, note: String = "") {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.day = day
        self.note = note
    }
}

/// Hours a week back at work while sick-listed (delvis raskmelding).
public struct PartialReturn: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    /// Hours at work.
    public var weekly: WeeklyTime
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, weekly: WeeklyTime, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.weekly = weekly
        self.start = start
        self.end = end
    }
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
