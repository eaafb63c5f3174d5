import Chronology
import Foundation
import Identifiers
import Registry

/// Reads one row of a fact table: the id in the first column, then the kind's
/// columns in their order.
struct FactReader {
    let kind: FactKind
    let row: any SQLRow

    var id: Int64 { row.integer(0) }

    /// Throws `StorageError.malformedRow` when a value is none that the kind
    /// knows.
    func fact() throws(StorageError) -> Fact {
        switch kind {
        case .citizen: .citizen(try citizen())
        case .residence:
            .residence(
                Residence(id: FactID(id), citizen: person(1), start: day(2), end: optionalDay(3)))
        case .household:
            .household(
                HouseholdMembership(
                    id: FactID(id), citizen: person(1), household: HouseholdID(row.integer(2)),
                    role: try raw(3), start: day(4), end: optionalDay(5)))
        case .education:
            .education(
                EducationPeriod(
                    id: FactID(id), citizen: person(1), level: try raw(2), start: day(3),
                    end: optionalDay(4)))
        case .enrolment:
            .enrolment(
                Enrolment(
                    id: FactID(id), citizen: person(1), kind: try raw(2), start: day(3),
                    end: optionalDay(4)))
        case .benefitSpell:
            .benefitSpell(
                BenefitSpell(
                    id: FactID(id), citizen: person(1), benefit: try raw(2), start: day(4),
                    end: optionalDay(5), degree: time(3)))
        case .targetGroup:
            .targetGroup(
                TargetGroupPeriod(
                    id: FactID(id), citizen: person(1), group: try raw(2), start: day(3),
                    end: optionalDay(4)))
        case .matchCategory:
            .matchCategory(
                MatchCategoryPeriod(
                    id: FactID(id), citizen: person(1), category: try raw(2), start: day(3),
                    end: optionalDay(4)))
        case .exemption:
            .exemption(
                Exemption(
                    id: FactID(id), citizen: person(1), reason: try raw(2), start: day(3),
                    end: optionalDay(4)))
        case .offer:
            .offer(
                Offer(
                    id: FactID(id), citizen: person(1), kind: try raw(2), start: day(5),
                    end: optionalDay(6), weekly: time(3), unit: try optionalUnit(4)))
        case .employment:
            .employment(
                Employment(
                    id: FactID(id), citizen: person(1), kind: try raw(2), start: day(5),
                    end: optionalDay(6), weekly: time(3), unit: try optionalUnit(4)))
        default: try event()
        }
    }

    private func event() throws(StorageError) -> Fact {
        switch kind {
        case .conversation:
            .conversation(
                Conversation(
                    id: FactID(id), citizen: person(1), day: day(2), kind: try raw(3),
                    form: try raw(4), status: try raw(5)))
        case .company:
            .company(Company(cvr: try cvr(0), name: row.text(1), industry: row.text(3)))
        case .productionUnit:
            .productionUnit(
                ProductionUnit(
                    id: FactID(id), number: try unit(1), company: try cvr(2), employees: int(3),
                    start: day(4), end: optionalDay(5)))
        case .companyContact:
            .companyContact(
                CompanyContact(
                    id: FactID(id), unit: try unit(1), day: day(2), form: try raw(3),
                    status: try raw(4)))
        case .jobOrder:
            .jobOrder(
                JobOrder(
                    id: FactID(id), unit: try unit(1), created: day(2), positions: int(3),
                    occupationGroup: int(4), deadline: optionalDay(5)))
        case .referral:
            .referral(
                Referral(
                    id: FactID(id), order: FactID(row.integer(1)), citizen: person(2), day: day(3)))
        case .placement:
            .placement(
                Placement(
                    id: FactID(id), order: FactID(row.integer(1)), citizen: person(2),
                    day: day(3), terms: try raw(4)))
        case .complaint:
            .complaint(
                Complaint(
                    id: FactID(id), citizen: person(1), received: day(2), decided: optionalDay(3),
                    outcome: try optionalRaw(4)))
        case .feedback:
            .feedback(
                ConversationFeedback(
                    id: FactID(id), conversation: FactID(row.integer(1)), citizen: person(2),
                    day: day(3), heard: int(4), topics: int(5), method: int(6), overall: int(7)))
        case .survey:
            .survey(
                UserSurvey(
                    id: FactID(id), opened: day(1), closed: day(2), invited: int(3),
                    answered: int(4), satisfied: int(5)))
        case .dutyHeld:
            .dutyHeld(
                DutyHeld(
                    id: FactID(id), plan: row.text(1), duty: row.text(2), day: day(3),
                    note: row.text(4)))
        default: try casework()
        }
    }

    private func casework() throws(StorageError) -> Fact {
        switch kind {
        case .staffMember: .staffMember(try StaffMember(self))
        case .assignment: .assignment(try Assignment(self))
        case .conversationNote: .conversationNote(try ConversationNote(self))
        case .planItem: .planItem(try PlanItem(self))
        case .effort: .effort(try Effort(self))
        case .effortHours: .effortHours(try EffortHours(self))
        case .caseAct: .caseAct(try CaseAct(self))
        case .partialReturn: .partialReturn(try PartialReturn(self))
        case .caseRecord: .caseRecord(try CaseRecord(self))
        case .decision: .decision(try Decision(self))
        case .message: .message(try Message(self))
        case .document: .document(try CaseDocument(self))
        case .packNote: .packNote(try PackNote(self))
        case .packEdition: .packEdition(try PackEdition(self))
        case .budgetLine: .budgetLine(try BudgetLine(self))
        case .spendingLine: .spendingLine(try SpendingLine(self))
        case .companyEntry: .companyEntry(try CompanyEntry(self))
        case .workplaceEntry: .workplaceEntry(try WorkplaceEntry(self))
        case .companyRecord: .companyRecord(try CompanyRecord(self))
        case .contactNote: .contactNote(try ContactNote(self))
        case .orderDescription: .orderDescription(try OrderDescription(self))
        case .orderEvent: .orderEvent(try OrderEvent(self))
        case .jobProfile: .jobProfile(try JobProfile(self))
        case .cv: .cv(try CurriculumVitae(self))
        case .partnership: .partnership(try Partnership(self))
        case .partnershipMember: .partnershipMember(try PartnershipMember(self))
        case .poolConsent: .poolConsent(try PoolConsent(self))
        case .jobShop: .jobShop(try JobShop(self))
        case .shopVisit: .shopVisit(try ShopVisit(self))
        case .jobEvent: .jobEvent(try JobEvent(self))
        case .eventStand: .eventStand(try EventStand(self))
        case .eventSignUp: .eventSignUp(try EventSignUp(self))
        case .eventSeat: .eventSeat(try EventSeat(self))
        case .agreement: .agreement(try OfferAgreement(self))
        case .agreementSigner: .agreementSigner(try AgreementSigner(self))
        case .agreementMark: .agreementMark(try AgreementMark(self))
        case .surveyWave: .surveyWave(try SurveyWave(self))
        case .surveySending: .surveySending(try SurveySending(self))
        case .caseAudit: .caseAudit(try CaseAudit(self))
        case .auditedCase: .auditedCase(try AuditedCase(self))
        case .qualityAction: .qualityAction(try QualityAction(self))
        case .trainingCourse: .trainingCourse(try TrainingCourse(self))
        case .focusGroup: .focusGroup(try FocusGroup(self))
        case .focusMember: .focusMember(try FocusMember(self))
        case .councilMatter: .councilMatter(try CouncilMatter(self))
        case .complaintStep: .complaintStep(try ComplaintStep(self))
        case .adviserEntry: .adviserEntry(try AdviserEntry(self))
        default: .mailing(try Mailing(self))
        }
    }

    private func citizen() throws(StorageError) -> Citizen {
        let cpr: CPR
        do { cpr = try CPR(row.text(1)) } catch { throw malformed(1) }
        return Citizen(
            id: CitizenID(id), cpr: cpr, givenName: row.text(2), familyName: row.text(3),
            sex: try raw(5), born: day(6), origin: try raw(7),
            residenceBasis: try optionalRaw(8), permitFrom: optionalDay(9))
    }

    /// `StoreReader.traits` lists the columns.
    func traits() throws(StorageError) -> CitizenTraits {
        CitizenTraits(
            id: CitizenID(id), sex: try raw(5), born: day(6), origin: try raw(7),
            residenceBasis: try optionalRaw(8), permitFrom: optionalDay(9))
    }

    private func malformed(_ column: Int) -> StorageError {
        let name = column == 0 ? "id" : kind.columns[column - 1]
        return .malformedRow(table: kind.rawValue, id: id, column: name)
    }

    func text(_ column: Int) -> String { row.text(column) }
    func number(_ column: Int) -> Int64 { row.integer(column) }
    func optionalFact(_ column: Int) -> FactID? {
        row.optionalInteger(column).map { FactID($0) }
    }
    func optionalWhole(_ column: Int) -> Int? { row.optionalInteger(column).map { Int($0) } }

    func day(_ column: Int) -> Day {
        Day(number: Int32(truncatingIfNeeded: row.integer(column)))
    }
    func optionalDay(_ column: Int) -> Day? { row.isNull(column) ? nil : day(column) }
    func person(_ column: Int) -> CitizenID { CitizenID(row.integer(column)) }
    private func int(_ column: Int) -> Int { Int(row.integer(column)) }
    func time(_ column: Int) -> WeeklyTime {
        WeeklyTime(minutes: Int32(truncatingIfNeeded: row.integer(column)))
    }

    func raw<T: RawRepresentable>(_ column: Int) throws(StorageError) -> T
    where T.RawValue == String {
        guard let value = T(rawValue: row.text(column)) else { throw malformed(column) }
        return value
    }

    /// Texts by their names, written as a JSON object.
    func texts(_ column: Int) throws(StorageError) -> [String: String] {
        let data = Data(row.text(column).utf8)
        guard let texts = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw malformed(column)
        }
        return texts
    }

    func optionalRaw<T: RawRepresentable>(_ column: Int) throws(StorageError) -> T?
    where T.RawValue == String {
        if row.isNull(column) { return nil }
        let value: T = try raw(column)
        return value
    }

    func cvr(_ column: Int) throws(StorageError) -> CVR {
        do { return try CVR(number: row.integer(column)) } catch { throw malformed(column) }
    }

    func unit(_ column: Int) throws(StorageError) -> ProductionUnitNumber {
        do { return try ProductionUnitNumber(number: row.integer(column)) } catch {
            throw malformed(column)
        }
    }

    func optionalUnit(_ column: Int) throws(StorageError) -> ProductionUnitNumber? {
        row.isNull(column) ? nil : try unit(column)
    }
}
