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
        ] + casework(id)
    }

    /// What is in the document.
    static let file = Array("%PDF-".utf8)

    private static func casework(_ id: FactID) -> [Fact] {
        [
            .staffMember(
                StaffMember(id: id, name: "Bo Ærø", team: "Unge", start: start, end: nil)),
            .assignment(Assignment(id: id, citizen: person, staff: id, start: start, end: end)),
            .conversationNote(
                ConversationNote(
                    id: id, citizen: person, staff: id, begins: 570, place: "Rum 2",
                    method: .solutionFocused, isInterpreted: true, companion: "Ane",
                    text: "\"Jeg vil køre bus\"\nNæste gang: kørekort", absence: .illness)),
            .planItem(
                PlanItem(
                    id: id, citizen: person, part: .jobGoal, text: "Buschauffør",
                    author: .citizen, stance: .disputed, stanceBy: .caseworker, stanceOn: end,
                    added: start, due: end, progress: .done, conversation: id)),
            .effort(
                Effort(
                    id: id, citizen: person, measure: "companyInternship", goal: "Prøve faget",
                    offer: id, employment: nil, unit: unit, contact: "Værkfører Holm",
                    start: start, end: end, followUp: end, outcome: .ordinaryJob)),
            .effortHours(
                EffortHours(
                    id: id, effort: id, citizen: person, weekly: WeeklyTime(minutes: 600),
                    start: start, end: nil)),
            .caseAct(
                CaseAct(id: id, citizen: person, kind: .cvApproved, day: start, note: "på mødet")),
            .partialReturn(
                PartialReturn(
                    id: id, citizen: person, weekly: WeeklyTime(minutes: 750), start: start,
                    end: end)),
            .caseRecord(
                CaseRecord(
                    id: id, citizen: person, record: "mentor-agreement", start: start, end: nil,
                    answers: ["goal": "Møde \"til tiden\",\nhver dag", "weeklyHours": "3"])),
            .decision(
                Decision(
                    id: id, citizen: person, kind: .refuse, subject: "Løntilskud", rule: "r@1",
                    facts: "Uden ydelse", reasons: "Betingelsen mangler", heardOn: start,
                    answer: "", from: end, made: start, sent: nil)),
            .message(
                Message(
                    id: id, citizen: person, day: start, sender: .fund, recipient: .municipality,
                    counterpart: "A-kassen Ærø", subject: "Fælles samtale",
                    text: "Vi kommer.\nKl. 9", replyTo: id, conversation: id, mailing: nil,
                    handled: end)),
            .document(
                CaseDocument(
                    id: id, citizen: person, day: start, sender: .citizen, title: "Attest \"maj\"",
                    fileName: "attest.pdf", media: .pdf, size: file.count,
                    digest: FileContents.digest(file))),
            .mailing(
                Mailing(
                    id: id, subject: "Jobmesse", text: "Kære {navn}", group: "group1", team: "Unge",
                    tried: start, writer: "Kim Test", recipients: 2, digest: "ab",
                    sample: [person, CitizenID(2)], approver: "Bo Leder", approved: end,
                    sent: end)),
            .packNote(
                PackNote(
                    id: id, quarter: start.month.quarter, kind: .explanation, subject: "mål",
                    text: "Færre opslag.\nSe bilag", writer: "Kim Test", day: start)),
            .packEdition(
                PackEdition(
                    id: id, quarter: start.month.quarter, template: "quarterly", asOf: end,
                    knownAt: end, digest: FileContents.digest(file),
                    publicDigest: FileContents.digest(file), drafted: end, drafter: "Kim Test",
                    approved: end, approver: "Bo Leder", published: end)),
            .budgetLine(
                BudgetLine(
                    id: id, account: "cashBenefit", month: start.month, amount: -12_345_678_90)),
            .spendingLine(
                SpendingLine(
                    id: id, account: "mentor", month: start.month, amount: 12_345_678_90,
                    refund: 6_172_839_45)),
            .companyEntry(
                CompanyEntry(
                    cvr: cvr, form: "A/S", phone: "+45 12345678",
                    mail: "a@b.example", isProtected: true, ceased: end)),
            .workplaceEntry(
                WorkplaceEntry(
                    number: try! ProductionUnitNumber("1001234567"),
                    company: cvr, name: "Lager Ærø", industry: "52",
                    street: "Ågade 1, 2. tv", postcode: "2730", town: "Herlev", closed: end)),
            .companyRecord(
                CompanyRecord(
                    id: id, company: cvr, record: "contact-person",
                    start: start, end: nil, answers: ["name": "Bo \"Boss\" Test"])),
            .contactNote(
                ContactNote(
                    id: id, company: cvr, staff: id, team: "Virksomhed",
                    reason: .planned, begins: 540, person: "Bo", text: "Vil have\nto")),
            .orderDescription(
                OrderDescription(
                    id: id, title: "Lagermedarbejder", text: "Vi søger…", occupation: "lager",
                    must: ["truck", "dansk"], nice: [],
                    hours: WeeklyHours(
                        least: WeeklyTime(minutes: 600), most: WeeklyTime(minutes: 900)),
                    kind: .small, postcode: "2730", start: end, answerBy: start,
                    contact: "Bo, 12345678", staff: id)),
            .orderEvent(
                OrderEvent(
                    id: id, order: id, citizen: person, kind: .rejected, day: start,
                    reason: .skills, text: "uden certifikat")),
            .jobProfile(
                JobProfile(
                    id: id, citizen: person, start: start, end: end, wishes: ["lager"],
                    skills: ["truck", "dansk"], kinds: [.ordinary, .flex], postcode: "2730",
                    farthest: 20, text: "Jeg kan\nkøre truck")),
            .cv(
                CurriculumVitae(
                    id: id, citizen: person, document: #"{"basics":{"label":"Truckfører æøå"}}"#)),
            .partnership(
                Partnership(
                    id: id, code: "prøve", name: "Prøvepuljen", fields: [.wishes, .postcode],
                    postcode: .whole, decides: "Styregruppen", start: start, end: end)),
            .partnershipMember(
                PartnershipMember(
                    id: id, partnership: id, kind: .unemploymentFund, member: "A-kassen Ærø",
                    publicKey: "AAAA+/8=", weight: 29_000, start: start, end: nil)),
            .poolConsent(
                PoolConsent(
                    id: id, citizen: person, partnership: id, card: 9_007_199_254_740_991,
                    given: start, withdrawn: end)),
            .jobShop(
                JobShop(
                    id: id, name: "Jobbutikken på Ærø", street: "Torvet 1", postcode: "5970",
                    hours: [
                        OpenHours(weekday: 1, opens: 600, closes: 960),
                        OpenHours(weekday: 4, opens: 600, closes: 1080),
                    ], start: start, end: end)),
            .shopVisit(
                ShopVisit(
                    id: id, shop: id, day: start, minute: 615, citizen: person,
                    topics: [.cv, .referral], order: id, staff: id, text: "ville på lager")),
            .jobEvent(
                JobEvent(
                    id: id, kind: .package, title: "Sosu på vej", start: start, end: end,
                    begins: 540, ends: 900, place: "Rådhuset", postcode: "2730",
                    programme: "Velkomst\nMøder", places: 3, slot: 10, school: "Skolen",
                    course: "hygiejne", jobStart: end, partnership: id)),
            .eventStand(
                EventStand(
                    id: id, event: id, title: "Lager", company: cvr, order: id,
                    least: 1, seats: 8, promised: 4)),
            .eventSignUp(
                EventSignUp(
                    id: id, event: id, participant: .citizen(person), state: .attended,
                    day: start, wishes: [FactID(3), FactID(1)])),
            .eventSignUp(
                EventSignUp(
                    id: FactID(id.number + 1), event: id,
                    participant: .card(member: "A-kassen Ærø", number: 9_007_199_254_740_991),
                    day: start)),
            .eventSeat(
                EventSeat(
                    id: id, event: id, stand: id, participant: .citizen(person), state: .fixed,
                    slot: 2)),
            .agreement(
                OfferAgreement(
                    id: id, citizen: person, company: try! CVR("13585628"), unit: unit,
                    measure: "wage-subsidy-private", start: start, end: end,
                    weekly: WeeklyTime(minutes: 1_800), tasks: "Pakke\nog køre truck",
                    wage: 14_000, subsidy: 8_500, order: id, deadline: start, isExtended: true,
                    effort: id)),
            .agreementSigner(
                AgreementSigner(
                    id: id, agreement: id, party: .employees, name: "Åse Test",
                    contact: "aase@example.org", replaces: id)),
            .agreementMark(
                AgreementMark(
                    id: id, agreement: id, signer: id, kind: .refused, day: start,
                    digest: "ab12", link: id, text: "Ikke\nnu")),
            .surveyWave(
                SurveyWave(
                    id: id, title: "Forår ”æøå”", frameDay: start - 30, opens: start,
                    closes: start + 30, mode: .letter, wanted: 500, seed: -7, drawn: start - 10,
                    strata: SurveyStrata([
                        SurveyStratum(
                            cells: Array(SurveyCell.all.prefix(2)), frame: 40, drawn: 20),
                        SurveyStratum(cells: [SurveyCell.all[5]], frame: 9, drawn: 9),
                    ]), ended: end, survey: id, digest: "ab12")),
            .surveySending(SurveySending(id: id, wave: id, day: start, count: 29)),
            .complaintStep(
                ComplaintStep(
                    id: id, citizen: person, complaint: id, kind: .filed, day: start, decision: id,
                    choice: "decision", detail: "letter", words: "Jeg er uenig\n<b>æøå</b>",
                    deadline: end)),
            .adviserEntry(
                AdviserEntry(
                    id: id, citizen: person, kind: .asked, day: start, choice: "time",
                    words: "Hvor længe\nskal jeg vente?")),
        ] + quality(id, person, start, end)
    }

    private static func quality(
        _ id: FactID, _ person: CitizenID, _ start: Day, _ end: Day
    ) -> [Fact] {
        [
            .caseAudit(
                CaseAudit(
                    id: id, title: "Forår ”æøå”", checklist: "decisions", version: start,
                    start: start - 90, end: start, wanted: 20, seed: -7, drawn: start,
                    drawnBy: "Kim",
                    strata: AuditStrata([
                        AuditStratum(team: "Team\tØst\\n", frame: 40, drawn: 12),
                        AuditStratum(team: "", frame: 9, drawn: 8),
                    ]), closed: end,
                    figures: AuditFigures([
                        AuditCount(question: "reasons", met: 3, notMet: 2, notRelevant: 1)
                    ]))),
            .auditedCase(
                AuditedCase(
                    id: id, audit: id, number: 3, citizen: person, kind: .conversation, matter: id,
                    findings: AuditFindings([
                        AuditFinding(
                            question: "note", finding: .notMet, proposed: .met,
                            remark: "Tom\tnote\r\nog \\n"),
                        AuditFinding(question: "plan", finding: .cannotTell),
                    ]), reviewer: "Åse", reviewed: end)),
            .qualityAction(
                QualityAction(
                    id: id, audit: id, question: "note", text: "Skabelon\nfor noter", owner: id,
                    added: start, due: end, done: end, result: "Set i ti sager")),
            .trainingCourse(
                TrainingCourse(
                    id: id, title: "Svære samtaler", theme: .conflict, day: start, minutes: 180,
                    participants: TrainingParticipants([FactID(9), FactID(2)]),
                    evaluation: "Godt")),
            .focusGroup(
                FocusGroup(
                    id: id, title: "Unge", kind: .coCreation, audience: "Under 25",
                    initiative: "Breve på sms", day: start, result: "Korte ord",
                    changed: "Nyt brev", changedOn: end, told: end)),
            .focusMember(
                FocusMember(
                    id: id, group: id, citizen: person, consent: .withdrawn, day: start)),
            .focusMember(
                FocusMember(
                    id: FactID(id.number + 1), group: id, company: try! CVR("13585628"),
                    consent: .given, day: start)),
            .councilMatter(
                CouncilMatter(
                    id: id, council: .vulnerable, title: "Ventetid", text: "Hvad ser I?",
                    asked: start, askedBy: "Kim", due: end, answer: "For lang", answered: end,
                    changed: "Kortere", changedOn: end)),
        ]
    }

    static func stamp(_ iso: String) -> Stamp {
        let day = Day(iso: iso)!
        return Stamp(
            actor: "Kim Test", role: "caseworker", purpose: "prøve",
            at: Int64(day.number) * 86_400, on: day)
    }
}
