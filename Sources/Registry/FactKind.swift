/// The kinds of facts; the raw value is the store's table name.
public enum FactKind: String, CaseIterable, Sendable {
    case citizen
    case residence
    case household
    case education
    case enrolment
    case benefitSpell = "benefit_spell"
    case targetGroup = "target_group"
    case matchCategory = "match_category"
    case conversation
    case exemption
    case offer
    case employment
    case company
    case productionUnit = "production_unit"
    case companyContact = "company_contact"
    case jobOrder = "job_order"
    case referral
    case placement
    case complaint
    case feedback
    case survey
    case dutyHeld = "duty_held"
    case staffMember = "staff_member"
    case assignment
    case conversationNote = "conversation_note"
    case planItem = "plan_item"
    case effort
    case effortHours = "effort_hours"
    case caseAct = "case_act"
    case partialReturn = "partial_return"
    case caseRecord = "case_record"
    case decision
    case message
    case document
    case mailing
    case packNote = "pack_note"
    case packEdition = "pack_edition"
    case budgetLine = "budget_line"
    case spendingLine = "spending_line"
    case companyEntry = "company_entry"
    case workplaceEntry = "workplace_entry"
    case companyRecord = "company_record"
    case contactNote = "contact_note"
    case orderDescription = "order_description"
    case orderEvent = "order_event"
    case jobProfile = "job_profile"
    case cv
    case partnership
    case partnershipMember = "partnership_member"
    case poolConsent = "pool_consent"
    case jobShop = "job_shop"
    case shopVisit = "shop_visit"
    case jobEvent = "job_event"
    case eventStand = "event_stand"
    case eventSignUp = "event_sign_up"
    case eventSeat = "event_seat"
    case agreement
    case agreementSigner = "agreement_signer"
    case agreementMark = "agreement_mark"
    case surveyWave = "survey_wave"
    case surveySending = "survey_sending"
    case caseAudit = "case_audit"
    case auditedCase = "audited_case"
    case qualityAction = "quality_action"
    case trainingCourse = "training_course"
    case focusGroup = "focus_group"
    case focusMember = "focus_member"
    case councilMatter = "council_matter"
    case complaintStep = "complaint_step"
    case adviserEntry = "adviser_entry"
}
