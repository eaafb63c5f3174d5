import Chronology
import Identifiers
import Registry
import Storage

/// One fact of each kind, made up.
enum Samples {
    static let herlev = MunicipalityCode(number: 163)
    static let start = Day(iso: "2024-03-01")!
    static let end = Day(iso: "2024-05-31")!
    static let person = CitizenID(16_300_001)
    static let unit = try! ProductionUnitNumber("1012345678")
    static let cvr = try! CVR("13585628")

    static func citizen(_ id: CitizenID = person, family: String = "Ærøskøbing") -> Citizen {
        Citizen(
            id: id, cpr: try! CPR("610190-1235"), givenName: "Åse \"Ø\"", familyName: family,
            sex: .female, born: Day(iso: "1990-01-01")!, origin: .nonWesternImmigrant,
            residenceBasis: .refugee, permitFrom: start)
    }

    static func spell(_ id: Int64, end: Day?, degree: Int32 = 2_220) -> Fact {
        .benefitSpell(
            BenefitSpell(
                id: FactID(id), citizen: person, benefit: .unemploymentBenefit, start: start,
                end: end, degree: WeeklyTime(minutes: degree)))
    }

    static var oneOfEach: [Fact] {
        let id = FactID(7)
        return [
            .citizen(citizen()),
            .residence(Residence(id: id, citizen: person, start: start, end: nil)),
            .household(
                HouseholdMembership(
                    id: id, citizen: person, household: HouseholdID(3), role: .adult,
                    start: start, end: end)),
            .education(
                EducationPeriod(id: id, citizen: person, level: .vocational, start: start, end: end)
            ),
            .enrolment(
                Enrolment(id: id, citizen: person, kind: .apprenticeship, start: start, end: nil)),
            spell(7, end: end, degree: 600),
            .targetGroup(
                TargetGroupPeriod(id: id, citizen: person, group: .group2, start: start, end: nil)),
            .matchCategory(
                MatchCategoryPeriod(
                    id: id, citizen: person, category: .activityReady, start: start, end: end)),
            .conversation(
                Conversation(
                    id: id, citizen: person, day: start, kind: .joint, form: .video, status: .held)),
            .exemption(
                Exemption(id: id, citizen: person, reason: .leave, start: start, end: end)),
            .offer(
                Offer(
                    id: id, citizen: person, kind: .companyInternshipPrivate, start: start,
                    end: end, weekly: .full, unit: unit)),
            .employment(
                Employment(
                    id: id, citizen: person, kind: .flexJob, start: start, end: nil,
                    weekly: WeeklyTime(minutes: 600))),
            .company(Company(cvr: cvr, name: "Aarhus Øl; \"Ny\"\nlinje", industry: "11")),
            .productionUnit(
                ProductionUnit(
                    id: id, number: unit, company: cvr, employees: 12, start: start, end: nil)),
            .companyContact(
                CompanyContact(id: id, unit: unit, day: start, form: .visit, status: .planned)),
            .jobOrder(
                JobOrder(
                    id: id, unit: unit, created: start, positions: 3, occupationGroup: 5,
                    deadline: nil)),
            .referral(Referral(id: id, order: id, citizen: person, day: end)),
            .placement(Placement(id: id, order: id, citizen: person, day: end, terms: .ordinary)),
            .complaint(
                Complaint(id: id, citizen: person, received: start, decided: nil, outcome: nil)),
            .feedback(
                ConversationFeedback(
                    id: id, conversation: id, citizen: person, day: start, heard: 8, topics: 9,
                    method: 7, overall: 10)),
            .survey(
                UserSurvey(
                    id: id, opened: start, closed: end, invited: 400, answered: 155, satisfied: 93)),
            .dutyHeld(DutyHeld(id: id, plan: "p", duty: "survey", day: end, note: "bølge 1")),
        ]
    }

    static func stamp(_ iso: String) -> Stamp {
        let day = Day(iso: iso)!
        return Stamp(
            actor: "Kim Test", role: "caseworker", purpose: "prøve",
            at: Int64(day.number) * 86_400, on: day)
    }
}
