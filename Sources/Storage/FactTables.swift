import Chronology
import Identifiers
import Registry

extension FactKind {
    /// The columns that hold the fact itself, in the order of `Fact.values` and
    /// as the migrations create them; the book-keeping columns follow them.
    public var columns: [String] {
        switch self {
        case .citizen:
            [
                "cpr", "given_name", "family_name", "sort_name", "sex", "born", "origin",
                "residence_basis", "permit_from",
            ]
        case .residence: ["citizen", "valid_from", "valid_to"]
        case .household: ["citizen", "household", "role", "valid_from", "valid_to"]
        case .education: ["citizen", "level", "valid_from", "valid_to"]
        case .enrolment: ["citizen", "kind", "valid_from", "valid_to"]
        case .benefitSpell: ["citizen", "benefit", "degree", "valid_from", "valid_to"]
        case .targetGroup: ["citizen", "target", "valid_from", "valid_to"]
        case .matchCategory: ["citizen", "category", "valid_from", "valid_to"]
        case .conversation: ["citizen", "day", "kind", "form", "status"]
        case .exemption: ["citizen", "reason", "valid_from", "valid_to"]
        case .offer, .employment: ["citizen", "kind", "weekly", "unit", "valid_from", "valid_to"]
        case .company: ["name", "sort_name", "industry"]
        case .productionUnit: ["number", "company", "employees", "valid_from", "valid_to"]
        case .companyContact: ["unit", "day", "form", "status"]
        case .jobOrder: ["unit", "created", "positions", "occupation_group", "deadline"]
        case .referral: ["job_order", "citizen", "day"]
        case .placement: ["job_order", "citizen", "day", "terms"]
        case .complaint: ["citizen", "received", "decided", "outcome"]
        case .feedback:
            ["conversation", "citizen", "day", "heard", "topics", "method", "overall"]
        case .survey: ["opened", "closed", "invited", "answered", "satisfied"]
        case .dutyHeld: ["plan", "duty", "day", "note"]
        case .staffMember: StaffMember.columns
        case .assignment: Assignment.columns
        case .conversationNote: ConversationNote.columns
        case .planItem: PlanItem.columns
        case .effort: Effort.columns
        case .effortHours: EffortHours.columns
        case .caseAct: CaseAct.columns
        case .partialReturn: PartialReturn.columns
        case .caseRecord: CaseRecord.columns
        case .decision: Decision.columns
        case .message: Message.columns
        case .document: CaseDocument.columns
        case .mailing: Mailing.columns
        case .packNote: PackNote.columns
        case .packEdition: PackEdition.columns
        case .budgetLine: BudgetLine.columns
        case .spendingLine: SpendingLine.columns
        case .companyEntry: CompanyEntry.columns
        case .workplaceEntry: WorkplaceEntry.columns
        case .companyRecord: CompanyRecord.columns
        case .contactNote: ContactNote.columns
        case .orderDescription: OrderDescription.columns
        case .orderEvent: OrderEvent.columns
        case .jobProfile: JobProfile.columns
        case .cv: CurriculumVitae.columns
        case .partnership: Partnership.columns
        case .partnershipMember: PartnershipMember.columns
        case .poolConsent: PoolConsent.columns
        case .jobShop: JobShop.columns
        case .shopVisit: ShopVisit.columns
        case .jobEvent: JobEvent.columns
        case .eventStand: EventStand.columns
        case .eventSignUp: EventSignUp.columns
        case .eventSeat: EventSeat.columns
        case .agreement: OfferAgreement.columns
        case .agreementSigner: AgreementSigner.columns
        case .agreementMark: AgreementMark.columns
        case .surveyWave: SurveyWave.columns
        case .surveySending: SurveySending.columns
        case .caseAudit: CaseAudit.columns
        case .auditedCase: AuditedCase.columns
        case .qualityAction: QualityAction.columns
        case .trainingCourse: TrainingCourse.columns
        case .focusGroup: FocusGroup.columns
        case .focusMember: FocusMember.columns
        case .councilMatter: CouncilMatter.columns
        case .complaintStep: ComplaintStep.columns
        case .adviserEntry: AdviserEntry.columns
        }
    }
}

extension Fact {
    /// The fact's values in the order of `FactKind.columns`.
    public var values: [SQLValue] {
        switch self {
        case .citizen(let f):
            [
                .text(f.cpr.unmasked), .text(f.givenName), .text(f.familyName),
                .text(DanishSortKey.key(for: "\(f.familyName) \(f.givenName)")), .raw(f.sex),
                .day(f.born), .raw(f.origin), .raw(f.residenceBasis), .day(f.permitFrom),
            ]
        case .residence(let f): [.citizen(f.citizen), .day(f.start), .day(f.end)]
        case .household(let f):
            [
                .citizen(f.citizen), .integer(f.household.number), .raw(f.role), .day(f.start),
                .day(f.end),
            ]
        case .education(let f):
            [.citizen(f.citizen), .raw(f.level), .day(f.start), .day(f.end)]
        case .enrolment(let f): [.citizen(f.citizen), .raw(f.kind), .day(f.start), .day(f.end)]
        case .benefitSpell(let f):
            [
                .citizen(f.citizen), .raw(f.benefit), .integer(Int64(f.degree.minutes)),
                .day(f.start), .day(f.end),
            ]
        case .targetGroup(let f):
            [.citizen(f.citizen), .raw(f.group), .day(f.start), .day(f.end)]
        case .matchCategory(let f):
            [.citizen(f.citizen), .raw(f.category), .day(f.start), .day(f.end)]
        case .exemption(let f):
            [.citizen(f.citizen), .raw(f.reason), .day(f.start), .day(f.end)]
        case .offer(let f):
            [
                .citizen(f.citizen), .raw(f.kind), .integer(Int64(f.weekly.minutes)),
                .unit(f.unit), .day(f.start), .day(f.end),
            ]
        case .employment(let f):
            [
                .citizen(f.citizen), .raw(f.kind), .integer(Int64(f.weekly.minutes)),
                .unit(f.unit), .day(f.start), .day(f.end),
            ]
        case .company(let f):
            [.text(f.name), .text(DanishSortKey.key(for: f.name)), .text(f.industry)]
        case .productionUnit(let f):
            [
                .unit(f.number), .integer(f.company.number), .integer(Int64(f.employees)),
                .day(f.start), .day(f.end),
            ]
        case .staffMember, .assignment, .conversationNote, .planItem, .effort, .effortHours,
            .caseAct, .partialReturn, .caseRecord, .decision, .message, .document, .mailing,
            .packNote, .packEdition, .budgetLine, .spendingLine, .companyEntry, .workplaceEntry,
            .companyRecord, .contactNote, .orderDescription, .orderEvent, .jobProfile, .cv,
            .partnership, .partnershipMember, .poolConsent, .jobShop, .shopVisit, .jobEvent,
            .eventStand, .eventSignUp, .eventSeat, .agreement, .agreementSigner, .agreementMark,
            .surveyWave, .surveySending, .caseAudit, .auditedCase, .qualityAction, .trainingCourse,
            .focusGroup, .focusMember, .councilMatter, .complaintStep, .adviserEntry:
            caseworkValues
        default: eventValues
        }
    }

    private var caseworkValues: [SQLValue] {
        switch self {
        case .staffMember(let f): f.values
        case .assignment(let f): f.values
        case .conversationNote(let f): f.values
        case .planItem(let f): f.values
        case .effort(let f): f.values
        case .effortHours(let f): f.values
        case .caseAct(let f): f.values
        case .partialReturn(let f): f.values
        case .caseRecord(let f): f.values
        case .decision(let f): f.values
        case .message(let f): f.values
        case .document(let f): f.values
        case .mailing(let f): f.values
        case .packNote(let f): f.values
        case .packEdition(let f): f.values
        case .budgetLine(let f): f.values
        case .spendingLine(let f): f.values
        case .companyEntry(let f): f.values
        case .workplaceEntry(let f): f.values
        case .companyRecord(let f): f.values
        case .contactNote(let f): f.values
        case .orderDescription(let f): f.values
        case .orderEvent(let f): f.values
        case .jobProfile(let f): f.values
        case .cv(let f): f.values
        case .partnership(let f): f.values
        case .partnershipMember(let f): f.values
        case .poolConsent(let f): f.values
        case .jobShop(let f): f.values
        case .shopVisit(let f): f.values
        case .jobEvent(let f): f.values
        case .eventStand(let f): f.values
        case .eventSignUp(let f): f.values
        case .eventSeat(let f): f.values
        case .agreement(let f): f.values
        case .agreementSigner(let f): f.values
        case .agreementMark(let f): f.values
        case .surveyWave(let f): f.values
        case .surveySending(let f): f.values
        case .caseAudit(let f): f.values
        case .auditedCase(let f): f.values
        case .qualityAction(let f): f.values
        case .trainingCourse(let f): f.values
        case .focusGroup(let f): f.values
        case .focusMember(let f): f.values
        case .councilMatter(let f): f.values
        case .complaintStep(let f): f.values
        case .adviserEntry(let f): f.values
        default: []
        }
    }

    /// The values of the kinds that happen on one day.
    private var eventValues: [SQLValue] {
        switch self {
        case .conversation(let f):
            [.citizen(f.citizen), .day(f.day), .raw(f.kind), .raw(f.form), .raw(f.status)]
        case .companyContact(let f):
            [.unit(f.unit), .day(f.day), .raw(f.form), .raw(f.status)]
        case .jobOrder(let f):
            [
                .unit(f.unit), .day(f.created), .integer(Int64(f.positions)),
                .integer(Int64(f.occupationGroup)), .day(f.deadline),
            ]
        case .referral(let f):
            [.integer(f.order.number), .citizen(f.citizen), .day(f.day)]
        case .placement(let f):
            [.integer(f.order.number), .citizen(f.citizen), .day(f.day), .raw(f.terms)]
        case .complaint(let f):
            [.citizen(f.citizen), .day(f.received), .day(f.decided), .raw(f.outcome)]
        case .feedback(let f):
            [.integer(f.conversation.number), .citizen(f.citizen), .day(f.day)]
                + [f.heard, f.topics, f.method, f.overall].map { .integer(Int64($0)) }
        case .survey(let f):
            [.day(f.opened), .day(f.closed)]
                + [f.invited, f.answered, f.satisfied].map { .integer(Int64($0)) }
        case .dutyHeld(let f): [.text(f.plan), .text(f.duty), .day(f.day), .text(f.note)]
        default: []
        }
    }
}

extension SQLValue {
    static func day(_ day: Day?) -> SQLValue { day.map { .integer(Int64($0.number)) } ?? .null }
    static func citizen(_ id: CitizenID) -> SQLValue { .integer(id.number) }
    static func unit(_ unit: ProductionUnitNumber?) -> SQLValue {
        unit.map { .integer($0.number) } ?? .null
    }
    static func raw<T: RawRepresentable>(_ value: T?) -> SQLValue where T.RawValue == String {
        value.map { .text($0.rawValue) } ?? .null
    }
}
