import Chronology
import Identifiers

/// Anything that can be registered.
public enum Fact: Hashable, Sendable {
    case citizen(Citizen)
    case residence(Residence)
    case household(HouseholdMembership)
    case education(EducationPeriod)
    case enrolment(Enrolment)
    case benefitSpell(BenefitSpell)
    case targetGroup(TargetGroupPeriod)
    case matchCategory(MatchCategoryPeriod)
    case conversation(Conversation)
    case exemption(Exemption)
    case offer(Offer)
    case employment(Employment)
    case company(Company)
    case productionUnit(ProductionUnit)
    case companyContact(CompanyContact)
    case jobOrder(JobOrder)
    case referral(Referral)
    case placement(Placement)
    case complaint(Complaint)
    case feedback(ConversationFeedback)
    case survey(UserSurvey)
    case dutyHeld(DutyHeld)
    case staffMember(StaffMember)
    case assignment(Assignment)
    case conversationNote(ConversationNote)
    case planItem(PlanItem)
    case effort(Effort)
    case effortHours(EffortHours)
    case caseAct(CaseAct)
    case partialReturn(PartialReturn)
    case caseRecord(CaseRecord)
    case decision(Decision)
    case message(Message)
    case document(CaseDocument)
    case mailing(Mailing)
    case packNote(PackNote)
    case packEdition(PackEdition)
    case budgetLine(BudgetLine)
    case spendingLine(SpendingLine)
    case companyEntry(CompanyEntry)
    case workplaceEntry(WorkplaceEntry)
    case companyRecord(CompanyRecord)
    case contactNote(ContactNote)
    case orderDescription(OrderDescription)
    case orderEvent(OrderEvent)
    case jobProfile(JobProfile)
    case cv(CurriculumVitae)
    case partnership(Partnership)
    case partnershipMember(PartnershipMember)
    case poolConsent(PoolConsent)
    case jobShop(JobShop)
    case shopVisit(ShopVisit)
    case jobEvent(JobEvent)
    case eventStand(EventStand)
    case eventSignUp(EventSignUp)
    case eventSeat(EventSeat)
    case agreement(OfferAgreement)
    case agreementSigner(AgreementSigner)
    case agreementMark(AgreementMark)
    case surveyWave(SurveyWave)
    case surveySending(SurveySending)
    case caseAudit(CaseAudit)
    case auditedCase(AuditedCase)
    case qualityAction(QualityAction)
    case trainingCourse(TrainingCourse)
    case focusGroup(FocusGroup)
    case focusMember(FocusMember)
    case councilMatter(CouncilMatter)
    case complaintStep(ComplaintStep)
    case adviserEntry(AdviserEntry)
}

extension Fact {
    public var kind: FactKind {
        switch self {
        case .citizen: .citizen
        case .residence: .residence
        case .household: .household
        case .education: .education
        case .enrolment: .enrolment
        case .benefitSpell: .benefitSpell
        case .targetGroup: .targetGroup
        case .matchCategory: .matchCategory
        case .conversation: .conversation
        case .exemption: .exemption
        case .offer: .offer
        case .employment: .employment
        case .company: .company
        case .productionUnit: .productionUnit
        case .companyContact: .companyContact
        case .jobOrder: .jobOrder
        case .referral: .referral
        case .placement: .placement
        case .complaint: .complaint
        case .feedback: .feedback
        case .survey: .survey
        case .dutyHeld: .dutyHeld
        case .staffMember: .staffMember
        case .assignment: .assignment
        case .conversationNote: .conversationNote
        case .planItem: .planItem
        case .effort: .effort
        case .effortHours: .effortHours
        case .caseAct: .caseAct
        case .partialReturn: .partialReturn
        case .caseRecord: .caseRecord
        case .decision: .decision
        case .message: .message
        case .document: .document
        case .mailing: .mailing
        case .packNote: .packNote
        case .packEdition: .packEdition
        case .budgetLine: .budgetLine
        case .spendingLine: .spendingLine
        case .companyEntry: .companyEntry
        case .workplaceEntry: .workplaceEntry
        case .companyRecord: .companyRecord
        case .contactNote: .contactNote
        case .orderDescription: .orderDescription
        case .orderEvent: .orderEvent
        case .jobProfile: .jobProfile
        case .cv: .cv
        case .partnership: .partnership
        case .partnershipMember: .partnershipMember
        case .poolConsent: .poolConsent
        case .jobShop: .jobShop
        case .shopVisit: .shopVisit
        case .jobEvent: .jobEvent
        case .eventStand: .eventStand
        case .eventSignUp: .eventSignUp
        case .eventSeat: .eventSeat
        case .agreement: .agreement
        case .agreementSigner: .agreementSigner
        case .agreementMark: .agreementMark
        case .surveyWave: .surveyWave
        case .surveySending: .surveySending
        case .caseAudit: .caseAudit
        case .auditedCase: .auditedCase
        case .qualityAction: .qualityAction
        case .trainingCourse: .trainingCourse
        case .focusGroup: .focusGroup
        case .focusMember: .focusMember
        case .councilMatter: .councilMatter
        case .complaintStep: .complaintStep
        case .adviserEntry: .adviserEntry
        }
    }

    /// The fact's number among those of its kind; a citizen's, a company's and a
    /// workplace's is their own number.
    public var id: FactID {
        switch self {
        case .citizen(let fact): FactID(fact.id.number)
        case .residence(let fact): fact.id
        case .household(let fact): fact.id
        case .education(let fact): fact.id
        case .enrolment(let fact): fact.id
        case .benefitSpell(let fact): fact.id
        case .targetGroup(let fact): fact.id
        case .matchCategory(let fact): fact.id
        case .conversation(let fact): fact.id
        case .exemption(let fact): fact.id
        case .offer(let fact): fact.id
        case .employment(let fact): fact.id
        case .company(let fact): FactID(fact.cvr.number)
        case .productionUnit(let fact): fact.id
        case .companyContact(let fact): fact.id
        case .jobOrder(let fact): fact.id
        case .referral(let fact): fact.id
        case .placement(let fact): fact.id
        case .complaint(let fact): fact.id
        case .feedback(let fact): fact.id
        case .survey(let fact): fact.id
        case .dutyHeld(let fact): fact.id
        case .staffMember(let fact): fact.id
        case .assignment(let fact): fact.id
        case .conversationNote(let fact): fact.id
        case .planItem(let fact): fact.id
        case .effort(let fact): fact.id
        case .effortHours(let fact): fact.id
        case .caseAct(let fact): fact.id
        case .partialReturn(let fact): fact.id
        case .caseRecord(let fact): fact.id
        case .decision(let fact): fact.id
        case .message(let fact): fact.id
        case .document(let fact): fact.id
        case .mailing(let fact): fact.id
        case .packNote(let fact): fact.id
        case .packEdition(let fact): fact.id
        case .budgetLine(let fact): fact.id
        case .spendingLine(let fact): fact.id
        case .companyEntry(let fact): FactID(fact.cvr.number)
        case .workplaceEntry(let fact): FactID(fact.number.number)
        case .companyRecord(let fact): fact.id
        case .contactNote(let fact): fact.id
        case .orderDescription(let fact): fact.id
        case .orderEvent(let fact): fact.id
        case .jobProfile(let fact): fact.id
        case .cv(let fact): fact.id
        case .partnership(let fact): fact.id
        case .partnershipMember(let fact): fact.id
        case .poolConsent(let fact): fact.id
        case .jobShop(let fact): fact.id
        case .shopVisit(let fact): fact.id
        case .jobEvent(let fact): fact.id
        case .eventStand(let fact): fact.id
        case .eventSignUp(let fact): fact.id
        case .eventSeat(let fact): fact.id
        case .agreement(let fact): fact.id
        case .agreementSigner(let fact): fact.id
        case .agreementMark(let fact): fact.id
        case .surveyWave(let fact): fact.id
        case .surveySending(let fact): fact.id
        case .caseAudit(let fact): fact.id
        case .auditedCase(let fact): fact.id
        case .qualityAction(let fact): fact.id
        case .trainingCourse(let fact): fact.id
        case .focusGroup(let fact): fact.id
        case .focusMember(let fact): fact.id
        case .councilMatter(let fact): fact.id
        case .complaintStep(let fact): fact.id
        case .adviserEntry(let fact): fact.id
        }
    }

    /// The citizen the fact is about, if it is about one.
    public var citizenID: CitizenID? {
        switch self {
        case .citizen(let fact): fact.id
        case .residence(let fact): fact.citizen
        case .household(let fact): fact.citizen
        case .education(let fact): fact.citizen
        case .enrolment(let fact): fact.citizen
        case .benefitSpell(let fact): fact.citizen
        case .targetGroup(let fact): fact.citizen
        case .matchCategory(let fact): fact.citizen
        case .conversation(let fact): fact.citizen
        case .exemption(let fact): fact.citizen
        case .offer(let fact): fact.citizen
        case .employment(let fact): fact.citizen
        case .referral(let fact): fact.citizen
        case .placement(let fact): fact.citizen
        case .complaint(let fact): fact.citizen
        case .complaintStep(let fact): fact.citizen
        case .adviserEntry(let fact): fact.citizen
        case .feedback(let fact): fact.citizen
        case .assignment(let fact): fact.citizen
        case .conversationNote(let fact): fact.citizen
        case .planItem(let fact): fact.citizen
        case .effort(let fact): fact.citizen
        case .effortHours(let fact): fact.citizen
        case .caseAct(let fact): fact.citizen
        case .partialReturn(let fact): fact.citizen
        case .caseRecord(let fact): fact.citizen
        case .decision(let fact): fact.citizen
        case .message(let fact): fact.citizen
        case .document(let fact): fact.citizen
        case .orderEvent(let fact): fact.citizen
        case .jobProfile(let fact): fact.citizen
        case .cv(let fact): fact.citizen
        case .poolConsent(let fact): fact.citizen
        case .agreement(let fact): fact.citizen
        case .shopVisit(let fact): fact.citizen
        case .eventSignUp(let fact): fact.participant.citizen
        case .eventSeat(let fact): fact.participant.citizen
        case .auditedCase(let fact): fact.citizen
        case .focusMember(let fact): fact.citizen
        case .company, .productionUnit, .companyContact, .jobOrder, .survey, .dutyHeld,
            .staffMember, .mailing, .packNote, .packEdition, .budgetLine, .spendingLine,
            .companyEntry, .workplaceEntry, .companyRecord, .contactNote, .orderDescription,
            .partnership, .partnershipMember, .agreementSigner, .agreementMark, .jobShop, .jobEvent,
            .eventStand, .surveyWave, .surveySending, .caseAudit, .qualityAction, .trainingCourse,
            .focusGroup, .councilMatter:
            nil
        }
    }

    /// The days on which the fact holds; a fact about one day is valid on it.
    public var valid: (start: Day, end: Day?)? {
        switch self {
        // A note is valid when its conversation or contact is, a description when its order is,
        // a stand when its event is, a signer when the agreement is. What is between a citizen
        // and the adviser is of no timeline that the staff sees.
        case .citizen, .company, .conversationNote, .companyEntry, .workplaceEntry, .contactNote,
            .orderDescription, .eventStand, .eventSeat, .agreementSigner, .cv, .adviserEntry:
            nil
        case .residence(let fact): (fact.start, fact.end)
        case .household(let fact): (fact.start, fact.end)
        case .education(let fact): (fact.start, fact.end)
        case .enrolment(let fact): (fact.start, fact.end)
        case .benefitSpell(let fact): (fact.start, fact.end)
        case .targetGroup(let fact): (fact.start, fact.end)
        case .matchCategory(let fact): (fact.start, fact.end)
        case .exemption(let fact): (fact.start, fact.end)
        case .offer(let fact): (fact.start, fact.end)
        case .employment(let fact): (fact.start, fact.end)
        case .productionUnit(let fact): (fact.start, fact.end)
        case .conversation(let fact): (fact.day, fact.day)
        case .companyContact(let fact): (fact.day, fact.day)
        case .jobOrder(let fact): (fact.created, fact.deadline)
        case .referral(let fact): (fact.day, fact.day)
        case .placement(let fact): (fact.day, fact.day)
        case .complaint(let fact): (fact.received, fact.decided)
        case .feedback(let fact): (fact.day, fact.day)
        case .survey(let fact): (fact.opened, fact.closed)
        case .dutyHeld(let fact): (fact.day, fact.day)
        case .staffMember(let fact): (fact.start, fact.end)
        case .assignment(let fact): (fact.start, fact.end)
        case .planItem(let fact): (fact.added, fact.added)
        case .effort(let fact): (fact.start, fact.end)
        case .effortHours(let fact): (fact.start, fact.end)
        case .caseAct(let fact): (fact.day, fact.day)
        case .partialReturn(let fact): (fact.start, fact.end)
        case .caseRecord(let fact): (fact.start, fact.end)
        case .decision(let fact): (fact.made, fact.made)
        case .message(let fact): (fact.day, fact.day)
        case .document(let fact): (fact.day, fact.day)
        case .mailing(let fact): (fact.tried, fact.sent)
        case .packNote(let fact): (fact.day, fact.day)
        case .packEdition(let fact): (fact.drafted, fact.published)
        case .budgetLine(let fact): (fact.month.first, fact.month.last)
        case .spendingLine(let fact): (fact.month.first, fact.month.last)
        case .companyRecord(let fact): (fact.start, fact.end)
        case .orderEvent(let fact): (fact.day, fact.day)
        case .jobProfile(let fact): (fact.start, fact.end)
        case .partnership(let fact): (fact.start, fact.end)
        case .partnershipMember(let fact): (fact.start, fact.end)
        case .poolConsent(let fact): (fact.given, fact.withdrawn)
        case .jobShop(let fact): (fact.start, fact.end)
        case .shopVisit(let fact): (fact.day, fact.day)
        case .jobEvent(let fact): (fact.start, fact.last)
        case .eventSignUp(let fact): (fact.day, fact.day)
        case .agreement(let fact): (fact.start, fact.end)
        case .agreementMark(let fact): (fact.day, fact.day)
        case .surveyWave(let fact): (fact.opens, fact.closes)
        case .surveySending(let fact): (fact.day, fact.day)
        case .caseAudit(let fact): (fact.drawn, fact.closed)
        case .auditedCase(let fact): fact.reviewed.map { ($0, $0) }
        case .qualityAction(let fact): (fact.added, fact.done)
        case .trainingCourse(let fact): (fact.day, fact.day)
        case .focusGroup(let fact): (fact.day, fact.told)
        case .focusMember(let fact): (fact.day, fact.day)
        case .councilMatter(let fact): (fact.asked, fact.answered)
        case .complaintStep(let fact): (fact.day, fact.day)
        }
    }
}

/// A fact as it comes in: what is said, and on which day it was said
/// (registreringsdato). A later registration with the same kind and id corrects
/// an earlier one.
public struct Registration: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var recordedOn: Day
    public var fact: Fact

    public init(municipality: MunicipalityCode, recordedOn: Day, fact: Fact) {
        self.municipality = municipality
        self.recordedOn = recordedOn
        self.fact = fact
    }
}
