import Chronology
import Identifiers
import Registry

/// What really happened in the synthetic municipality up to and including its
/// last day: every fact once, in its final form, whenever it was registered. A
/// fact that still goes on has no end.
public struct Truth: Sendable {
    public internal(set) var municipality: MunicipalityCode
    /// The last day that has happened.
    public internal(set) var through: Day
    public internal(set) var citizens: [Citizen] = []
    public internal(set) var residences: [Residence] = []
    public internal(set) var households: [HouseholdMembership] = []
    public internal(set) var educations: [EducationPeriod] = []
    public internal(set) var enrolments: [Enrolment] = []
    public internal(set) var spells: [BenefitSpell] = []
    public internal(set) var targetGroups: [TargetGroupPeriod] = []
    public internal(set) var matchCategories: [MatchCategoryPeriod] = []
    public internal(set) var conversations: [Conversation] = []
    public internal(set) var exemptions: [Exemption] = []
    public internal(set) var offers: [Offer] = []
    public internal(set) var employments: [Employment] = []
    public internal(set) var companies: [Company] = []
    public internal(set) var units: [ProductionUnit] = []
    public internal(set) var contacts: [CompanyContact] = []
    public internal(set) var orders: [JobOrder] = []
    public internal(set) var referrals: [Referral] = []
    public internal(set) var placements: [Placement] = []
    public internal(set) var complaints: [Complaint] = []
    public internal(set) var feedback: [ConversationFeedback] = []
    public internal(set) var surveys: [UserSurvey] = []
    public internal(set) var staff: [StaffMember] = []
    public internal(set) var assignments: [Assignment] = []
    public internal(set) var conversationNotes: [ConversationNote] = []

    init(municipality: MunicipalityCode, through: Day) {
        self.municipality = municipality
        self.through = through
    }

    /// The truth that a few facts tell, for examples made by hand.
    public init(municipality: MunicipalityCode, through: Day, facts: [Fact]) {
        self.init(municipality: municipality, through: through)
        for fact in facts { add(fact) }
    }

    private mutating func add(_ fact: Fact) {
        switch fact {
        case .citizen(let fact): citizens.append(fact)
        case .residence(let fact): residences.append(fact)
        case .household(let fact): households.append(fact)
        case .education(let fact): educations.append(fact)
        case .enrolment(let fact): enrolments.append(fact)
        case .benefitSpell(let fact): spells.append(fact)
        case .targetGroup(let fact): targetGroups.append(fact)
        case .matchCategory(let fact): matchCategories.append(fact)
        case .conversation(let fact): conversations.append(fact)
        case .exemption(let fact): exemptions.append(fact)
        case .offer(let fact): offers.append(fact)
        case .employment(let fact): employments.append(fact)
        case .company(let fact): companies.append(fact)
        case .productionUnit(let fact): units.append(fact)
        case .companyContact(let fact): contacts.append(fact)
        case .jobOrder(let fact): orders.append(fact)
        case .referral(let fact): referrals.append(fact)
        case .placement(let fact): placements.append(fact)
        case .complaint(let fact): complaints.append(fact)
        case .feedback(let fact): feedback.append(fact)
        case .survey(let fact): surveys.append(fact)
        case .staffMember(let fact): staff.append(fact)
        case .assignment(let fact): assignments.append(fact)
        case .conversationNote(let fact): conversationNotes.append(fact)
        // What the simulation never draws.
        case .dutyHeld, .planItem, .effort, .effortHours, .caseAct, .partialReturn, .caseRecord,
            .decision, .message, .document, .mailing, .packNote, .packEdition, .budgetLine,
            .spendingLine, .companyEntry, .workplaceEntry, .companyRecord, .contactNote,
            .orderDescription, .orderEvent, .jobProfile, .cv, .partnership, .partnershipMember,
            .poolConsent, .jobShop, .shopVisit, .jobEvent, .eventStand, .eventSignUp, .eventSeat,
            .agreement, .agreementSigner, .agreementMark, .surveyWave, .surveySending,
            .caseAudit, .auditedCase, .qualityAction, .trainingCourse, .focusGroup, .focusMember,
            .councilMatter, .complaintStep, .adviserEntry:
            break
        }
    }

    /// Drops what lies after the last day, opens what goes on beyond it, and
    /// numbers the facts of each kind from 1.
    mutating func settle() {
        settle(\.residences, \.id, \.end)
        settle(\.households, \.id, \.end)
        settle(\.educations, \.id, \.end)
        settle(\.enrolments, \.id, \.end)
        settle(\.spells, \.id, \.end)
        settle(\.targetGroups, \.id, \.end)
        settle(\.matchCategories, \.id, \.end)
        settle(\.exemptions, \.id, \.end)
        settle(\.offers, \.id, \.end)
        settle(\.employments, \.id, \.end)
    }

    private mutating func settle<Item: CitizenPeriod>(
        _ path: WritableKeyPath<Truth, [Item]>, _ id: WritableKeyPath<Item, FactID>,
        _ end: WritableKeyPath<Item, Day?>
    ) {
        let through = through
        var number: Int64 = 0
        self[keyPath: path] = self[keyPath: path].compactMap { item in
            guard item.start <= through, item.end.map({ $0 >= item.start }) ?? true else {
                return nil
            }
            var item = item
            number += 1
            item[keyPath: id] = FactID(number)
            if let last = item.end, last > through { item[keyPath: end] = nil }
            return item
        }
    }
}
