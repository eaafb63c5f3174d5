import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing

@Suite("The desk: conversations, the plan, efforts, sick leave and decisions")
struct DeskTests {
    private static let herlev = MunicipalityCode(number: 163)
    /// A Monday.
    private static let today = Day(iso: "2024-09-16")!
    private static let ane = CitizenID(1)
    private static let unit = try! ProductionUnitNumber("1012345678")
    private let purpose = Purpose("Sagsbehandling")!
    private let kim = Actor(
        name: "Kim", role: .caseworker, municipality: Self.herlev, staff: FactID(1))

    private static func day(_ iso: String) -> Day { Day(iso: iso)! }

    /// Ane has had cash benefit since January, and Bo had it before.
    private func house(
        group: TargetGroup = .group2, benefit: Benefit = .cashBenefit, employees: Int = 6,
        more: [Fact] = []
    ) async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        let house = House(
            engine: engine, clock: .stopped(at: Self.today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
        let start = Self.day("2024-01-08")
        let cvr = try CVR("13585628")
        func staff(_ id: Int64, _ name: String) -> Fact {
            .staffMember(
                StaffMember(id: FactID(id), name: name, team: "Ledige", start: start, end: nil))
        }
        let facts: [Fact] = [
            .citizen(
                Citizen(
                    id: Self.ane, cpr: try CPR("6101901002"), givenName: "Ane",
                    familyName: "Prøve", sex: .female, born: Self.day("1980-01-01"),
                    origin: .danish)),
            .residence(
                Residence(
                    id: FactID(1), citizen: Self.ane, start: Self.day("1990-01-01"), end: nil)),
            .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: Self.ane, benefit: benefit, start: start, end: nil)),
            .targetGroup(
                TargetGroupPeriod(
                    id: FactID(1), citizen: Self.ane, group: group, start: start, end: nil)),
            staff(1, "Kim"), staff(2, "Bo"),
            .assignment(
                Assignment(
                    id: FactID(1), citizen: Self.ane, staff: FactID(1), start: start, end: nil)),
            .company(Company(cvr: cvr, name: "Møller", industry: "41")),
            .productionUnit(
                ProductionUnit(
                    id: FactID(1), number: Self.unit, company: cvr, employees: employees,
                    start: Self.day("2020-01-01"), end: nil)),
        ]
        _ = try await RegisterCase(house).register(
            facts + more, in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev), purpose: purpose)
        return house
    }

    private func standing<Value>(
        _ house: House, _ kind: FactKind, _ pick: @escaping @Sendable (Fact) -> Value?
    ) async throws -> [Value] where Value: Sendable {
        try await house.engine.read { connection in
            try StoreReader(connection).registrations(
                about: Self.ane, of: Self.herlev, kinds: [kind]
            ).compactMap { pick($0.fact) }
        }
    }

    private func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems {
            return found.all.map { "\($0.field):\($0.key)" }
        }
    }

    @Test("a summons is kept, moved, and held as the same conversation")
    func conversation() async throws {
        let house = try await house()
        let cases = ConversationCase(house)
        func plan(_ iso: String, _ begins: Int, moving: FactID? = nil) async throws {
            _ = try await cases.plan(
                PlannedConversation(
                    day: Self.day(iso), begins: begins, kind: .job, form: .physical,
                    staff: FactID(1)), with: Self.ane, moving: moving, in: Self.herlev, by: kim,
                purpose: purpose)
        }
        #expect(try await problems { try await plan("2024-09-13", 600) } == ["day:inPast"])
        #expect(try await problems { try await plan("2024-09-21", 600) } == ["day:notWorkingDay"])
        #expect(try await problems { try await plan("2024-12-25", 600) } == ["day:notWorkingDay"])
        try await plan("2024-09-17", 600)
        #expect(try await problems { try await plan("2024-09-17", 629) } == ["begins:hourTaken"])
        try await plan("2024-09-17", 630)
        try await plan("2024-09-16", 540, moving: FactID(1))
        var held = HeldConversation(day: Self.today, kind: .job, form: .phone)
        held.note = "Vil køre bus"
        held.agreements = [Agreement(.jobSearch, "To job om ugen", due: nil)]
        _ = try await cases.hold(held, with: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        let talks = try await standing(house, .conversation) { fact -> Conversation? in
            if case .conversation(let talk) = fact { return talk }
            return nil
        }
        #expect(talks.count == 2)
        #expect(talks.first { $0.id == FactID(1) }?.status == .held)
        #expect(talks.first { $0.id == FactID(1) }?.form == .phone)
        let notes = try await standing(house, .conversationNote) { fact -> ConversationNote? in
            if case .conversationNote(let note) = fact { return note }
            return nil
        }
        #expect(notes.first { $0.id == FactID(1) }?.text == "Vil køre bus")
        #expect(notes.first { $0.id == FactID(1) }?.begins == 540)
        #expect(
            try await problems { try await plan("2024-09-18", 600, moving: FactID(1)) }
                == ["day:notPlanned"])
        let plan = try #require(
            try await MyPlanCase(house).plan(
                of: Self.ane, in: Self.herlev, by: kim, purpose: purpose))
        #expect(plan.lines.map(\.item.text) == ["To job om ugen"])
        #expect(plan.lines[0].item.conversation == FactID(1))
    }

    @Test("one who stayed away is registered once, and not ahead of the day")
    func absence() async throws {
        let house = try await house()
        let cases = ConversationCase(house)
        for (day, begins) in [("2024-09-16", 540), ("2024-09-17", 540)] {
            _ = try await cases.plan(
                PlannedConversation(
                    day: Self.day(day), begins: begins, kind: .job, form: .physical, staff: nil),
                with: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        }
        func miss(_ id: Int64) async throws {
            _ = try await cases.miss(
                FactID(id), .illness, by: Self.ane, note: "Ringede", in: Self.herlev, by: kim,
                purpose: purpose)
        }
        #expect(try await problems { try await miss(2) } == ["ground:inFuture"])
        try await miss(1)
        #expect(try await problems { try await miss(1) } == ["ground:notPlanned"])
        #expect(try await problems { try await miss(9) } == ["ground:notPlanned"])
    }

    @Test("two who change a line: the second is told and neither loses words")
    func conflict() async throws {
        let house = try await house()
        let plans = MyPlanCase(house)
        let first = try await plans.add(
            .jobGoal, "Bus", by: .citizen, stance: .agreed, due: nil, to: Self.ane,
            in: Self.herlev, by: kim, purpose: purpose)
        func change(_ text: String, expected: Int64) async throws -> Receipt {
            try await plans.change(
                FactID(1), of: Self.ane, expected: expected, in: Self.herlev, by: kim,
                purpose: purpose
            ) { $0.text = text }
        }
        let second = try await change("Taxa", expected: first.number)
        do {
            _ = try await change("Tog", expected: first.number)
            Issue.record("the second change was taken")
        } catch let conflict as EditConflict {
            #expect(conflict.standing.number == second.number)
            guard case .planItem(let item) = conflict.standing.fact else { return }
            #expect(item.text == "Taxa")
        }
        _ = try await change("Tog", expected: second.number)
        let file = try #require(
            try await plans.plan(of: Self.ane, in: Self.herlev, by: kim, purpose: purpose))
        #expect(file.lines.map(\.item.text) == ["Tog"])
        #expect(file.versions.count == 3)
        #expect(
            try await problems { _ = try await change("", expected: second.number + 1) }
                == ["text:empty"])
    }

    private func internship(weeks: Int = 4, hours: [(String, Double)] = [("2024-09-23", 20)])
        -> NewEffort
    {
        let start = Self.day("2024-09-23")
        var effort = NewEffort(
            measure: "company-internship-private", starts: start, ends: start + (7 * weeks - 1))
        effort.hours = hours.map {
            .init(from: Self.day($0.0), weekly: WeeklyTime(minutes: Int32($0.1 * 60)))
        }
        effort.unit = Self.unit
        effort.goal = "Prøve faget"
        effort.planText = "Praktik"
        return effort
    }

    @Test("an internship is one effort, one offer, hours that rise and a line of the plan")
    func effort() async throws {
        let house = try await house()
        let efforts = EffortCase(house)
        let effort = internship(hours: [("2024-09-23", 12), ("2024-10-07", 22.5)])
        _ = try await efforts.register(
            effort, for: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        let offers = try await standing(house, .offer) { fact -> Offer? in
            if case .offer(let offer) = fact { return offer }
            return nil
        }
        #expect(offers.map(\.kind) == [.companyInternshipPrivate])
        #expect(offers[0].unit == Self.unit && offers[0].weekly.minutes == 720)
        func hours() async throws -> [EffortHours] {
            try await standing(house, .effortHours) { fact -> EffortHours? in
                if case .effortHours(let row) = fact { return row }
                return nil
            }.sorted { $0.start < $1.start }
        }
        #expect(try await hours().map(\.weekly.minutes) == [720, 1_350])
        #expect(try await hours().map(\.end) == [Self.day("2024-10-06"), effort.ends])
        // It ends early: the offer ends with it, and hours that were to come are gone.
        _ = try await efforts.end(
            FactID(1), of: Self.ane, on: Self.day("2024-10-04"), .ordinaryJob, note: "",
            in: Self.herlev, by: kim, purpose: purpose)
        #expect(try await hours().map(\.end) == [Self.day("2024-10-04")])
        let ended = try await standing(house, .offer) { fact -> Day? in
            if case .offer(let offer) = fact { return offer.end }
            return nil
        }
        #expect(ended == [Self.day("2024-10-04")])
        #expect(
            try await problems {
                _ = try await efforts.end(
                    FactID(1), of: Self.ane, on: Self.day("2024-10-04"), .education, note: "",
                    in: Self.herlev, by: kim, purpose: purpose)
            } == ["effort:effortEnded"])
    }

    private func refused(_ house: House, _ effort: NewEffort) async throws -> [EffortCheck.Subject]
    {
        do {
            _ = try await EffortCase(house).register(
                effort, for: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
            return []
        } catch let refusal as EffortRefusal {
            let kept = try await standing(house, .offer) { $0 }
            #expect(kept.count <= 1)
            return refusal.checks.filter { $0.answer.verdict == .no }.map(\.subject)
        }
    }

    @Test("what breaks a condition of the act is refused with the arithmetic, and nothing is kept")
    func conditions() async throws {
        #expect(try await refused(try await house(), internship(weeks: 4)).isEmpty)
        #expect(try await refused(try await house(), internship(weeks: 5)) == [.offer])
        #expect(try await refused(try await house(group: .group3), internship(weeks: 13)).isEmpty)
        #expect(
            try await refused(try await house(group: .group3), internship(weeks: 14))
                == [.offer, .condition("long-internship")])
        // One in an offer there already, and room for one.
        let other = Fact.offer(
            Offer(
                id: FactID(1), citizen: CitizenID(2), kind: .companyInternshipPrivate,
                start: Self.day("2024-09-02"), end: nil, weekly: .full, unit: Self.unit))
        #expect(
            try await refused(try await house(employees: 9, more: [other]), internship()) == [
                .ratio
            ])
        #expect(
            try await refused(try await house(employees: 10, more: [other]), internship()).isEmpty)
        // The last employer.
        let job = Fact.employment(
            Employment(
                id: FactID(1), citizen: Self.ane, kind: .ordinary, start: Self.day("2023-01-02"),
                end: Self.day("2023-12-31"), weekly: .full, unit: Self.unit))
        #expect(try await refused(try await house(more: [job]), internship()) == [.offer])
        // Eight months on benefits are enough for a wage subsidy, and five are not.
        var subsidy = internship(weeks: 20)
        subsidy.measure = "wage-subsidy-private"
        #expect(try await refused(try await house(), subsidy).isEmpty)
        var early = subsidy
        early.starts = Self.day("2024-06-03")
        early.ends = Self.day("2024-09-01")
        early.hours[0].from = early.starts
        let skilled = Fact.education(
            EducationPeriod(
                id: FactID(1), citizen: Self.ane, level: .vocational,
                start: Self.day("2005-06-30"), end: nil))
        #expect(try await refused(try await house(more: [skilled]), early) == [.offer])
        #expect(try await refused(try await house(), early).isEmpty)
        // Fewer are employed now than through the year.
        let fewer = Fact.productionUnit(
            ProductionUnit(
                id: FactID(2), number: Self.unit, company: try CVR("13585628"), employees: 3,
                start: Self.day("2024-09-01"), end: nil))
        #expect(try await refused(try await house(more: [fewer]), subsidy) == [.netEmployment])
    }

    @Test("what is missing of an effort is told field by field")
    func missing() async throws {
        let house = try await house()
        func told(_ change: (inout NewEffort) -> Void) async throws -> [String] {
            var effort = internship()
            change(&effort)
            let told = effort
            return try await problems {
                _ = try await EffortCase(house).register(
                    told, for: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
            }
        }
        #expect(try await told { $0.goal = "" } == ["goal:empty"])
        #expect(try await told { $0.unit = nil } == ["unit:workplace"])
        #expect(try await told { $0.ends = nil } == ["ends:offerEnds"])
        #expect(try await told { $0.ends = $0.starts - 1 }.contains("ends:endsBefore"))
        #expect(try await told { $0.hours = [] } == ["hours1:hoursMissing"])
        #expect(try await told { $0.measure = "nothing" } == ["measure:choice"])
        #expect(
            try await told { $0.unit = try? ProductionUnitNumber("1099999999") }
                == ["unit:workplaceUnknown"])
        #expect(
            try await told { $0.hours.append($0.hours[0]) } == ["from2:hoursOrder"])
        #expect(
            try await told { ($0.measure, $0.starts) = ("job-rotation", Self.day("2026-07-01")) }
                .contains("measure:effortClosed"))
    }

    @Test("a return in steps replaces what was planned, and asks for four hours away")
    func partialReturn() async throws {
        let house = try await house(group: .group6, benefit: .sicknessBenefit)
        let cases = SickLeaveCase(house)
        func back(_ steps: [(String, Double)]) async throws {
            _ = try await cases.returnInPart(
                steps.map {
                    .init(from: Self.day($0.0), weekly: WeeklyTime(minutes: Int32($0.1 * 60)))
                }, to: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        }
        func plan() async throws -> [String] {
            try await standing(house, .partialReturn) { fact -> String? in
                guard case .partialReturn(let step) = fact else { return nil }
                return "\(step.start.iso) \(step.end?.iso ?? "-") \(step.weekly.minutes)"
            }.sorted()
        }
        try await back([("2024-09-18", 10), ("2024-10-02", 20)])
        #expect(try await plan() == ["2024-09-18 2024-10-01 600", "2024-10-02 - 1200"])
        try await back([("2024-09-25", 15), ("2024-10-09", 33)])
        #expect(
            try await plan() == [
                "2024-09-18 2024-09-24 600", "2024-09-25 2024-10-08 900", "2024-10-09 - 1980",
            ])
        #expect(
            try await problems { try await back([("2024-10-16", 33.5)]) } == ["hours1:partialAway"])
        #expect(
            try await problems { try await back([("2024-10-16", 10), ("2024-10-16", 12)]) }
                == ["from2:hoursOrder"])
        #expect(try await problems { try await back([]) } == ["hours1:hoursMissing"])
        let well = try await self.house()
        #expect(
            try await problems {
                _ = try await SickLeaveCase(well).returnInPart(
                    [.init(from: Self.today, weekly: WeeklyTime(minutes: 600))], to: Self.ane,
                    in: Self.herlev, by: kim, purpose: purpose)
            } == ["from1:notSickListed"])
    }

    @Test("a decision waits unsent, and is not sent while something is missing")
    func decision() async throws {
        let house = try await house()
        let cases = DecisionCase(house)
        let rule = try #require(
            try await cases.rules(on: Self.today).first { $0.id.hasPrefix("offers@") })
        var decision = NewDecision(.refuse, from: Self.today)
        decision.subject = "løntilskud"
        decision.rule = rule.id
        decision.facts = "Du har fået kontanthjælp siden 08.01.2024, og du bor i Herlev."
        do {
            _ = try await cases.register(
                decision, isSent: true, about: Self.ane, in: Self.herlev, by: kim,
                purpose: purpose)
            Issue.record("it was sent")
        } catch let faults as DecisionFaults {
            #expect(faults.all == [.noReasons, .notHeard])
        }
        let kept = try await standing(house, .decision) { $0 }
        #expect(kept.isEmpty)
        _ = try await cases.register(
            decision, isSent: false, about: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        let day = try await DayCase(house).day(
            of: [FactID(1)], DueFilter(), in: Self.herlev, by: kim, purpose: purpose)
        #expect(day.unsent.map(\.subject) == ["løntilskud"])
        decision.reasons =
            "Du har kun fået kontanthjælp siden 08.01.2024, og det er ikke længe nok til løntilskud hos den virksomhed."
        decision.heardOn = Self.today - 8
        _ = try await cases.register(
            decision, isSent: true, about: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
    }

    @Test("a decision agrees with the conditions of its rule, and waits for their answers")
    func decisionConditions() async throws {
        let house = try await house()
        let cases = DecisionCase(house)
        func faults(_ kind: DecisionKind, _ told: [String: FactValue]) async throws
            -> [DecisionFault]
        {
            var decision = NewDecision(kind, from: Self.today)
            decision.rule = try #require(
                try await cases.rules(on: Self.today).first {
                    $0.id.hasPrefix("regional-education-pool")
                }
            ).id
            decision.told = told
            return try await cases.faults(decision, about: Self.ane, in: Self.herlev, by: kim)
                .filter { "\($0)".hasPrefix("conditions") }
        }
        // The group is registered and is not asked for.
        let question = try #require(
            try await cases.question(
                "regional-education-pool@2021-01-01", from: Self.today, about: Self.ane,
                in: Self.herlev, by: kim))
        #expect(question.open.map(\.id) == ["shortCourse", "onList", "hiringStatement"])
        let met: [String: FactValue] = [
            "shortCourse": .truth(true), "onList": .truth(true), "hiringStatement": .truth(false),
        ]
        var notMet = met
        notMet["onList"] = .truth(false)
        #expect(try await faults(.grant, [:]) == [.conditionsUnanswered])
        #expect(try await faults(.grant, met).isEmpty)
        #expect(try await faults(.grant, notMet) == [.conditionsSayNo])
        #expect(try await faults(.refuse, notMet).isEmpty)
        #expect(try await faults(.refuse, met) == [.conditionsSayYes])
        #expect(try await faults(.stop, met).isEmpty)
    }

    @Test("an effort asks for what the case does not tell, and is not kept while it says no")
    func effortConditions() async throws {
        let house = try await house()
        let efforts = EffortCase(house)
        var course = NewEffort(
            measure: "regional-training-fund", starts: Self.today + 7, ends: Self.today + 30)
        course.goal = "Truckkort"
        course.hours = [.init(from: Self.today + 7, weekly: .full)]
        let asked = try await efforts.questions(
            course, for: Self.ane, in: Self.herlev, by: kim)
        #expect(asked.map(\.entitlement.id) == ["regional-education-pool"])
        #expect(asked[0].open.map(\.id) == ["shortCourse", "onList", "hiringStatement"])
        #expect(
            try await refused(house, course) == [.condition("regional-education-pool")])
        #expect(try await standing(house, .effort) { $0 }.isEmpty)
        course.told = ["shortCourse": .truth(true), "hiringStatement": .truth(true)]
        #expect(try await refused(house, course).isEmpty)
        #expect(try await standing(house, .effort) { $0 }.count == 1)
        // A short internship turns on nothing that is asked for.
        let internship = internship(weeks: 4)
        #expect(
            try await efforts.questions(internship, for: Self.ane, in: Self.herlev, by: kim)
                .isEmpty)
    }

    @Test("a decision that waits is sent as the same one, once")
    func waitingDecision() async throws {
        let house = try await house()
        let cases = DecisionCase(house)
        var decision = NewDecision(.grant, from: Self.today)
        decision.subject = "mentor"
        decision.rule = try #require(
            try await cases.rules(on: Self.today).first { $0.id.hasPrefix("offers@") }
        ).id
        func register(isSent: Bool, replacing: FactID?) async throws {
            _ = try await cases.register(
                decision, isSent: isSent, replacing: replacing, about: Self.ane,
                in: Self.herlev, by: kim, purpose: purpose)
        }
        try await register(isSent: false, replacing: nil)
        decision.facts = "Du har fået kontanthjælp siden 08.01.2024, og du bad om en mentor."
        try await register(isSent: true, replacing: FactID(1))
        let kept = try await standing(house, .decision) { fact -> Decision? in
            if case .decision(let decision) = fact { decision } else { nil }
        }
        #expect(kept.map(\.sent) == [Self.today])
        #expect(kept.map(\.facts) == [decision.facts])
        #expect(
            try await problems { try await register(isSent: true, replacing: FactID(1)) }
                == ["subject:decisionSent"])
    }

    @Test("a flex job lasts longer when its conditions are answered again")
    func renewal() async throws {
        let house = try await house(group: .group9)
        let efforts = EffortCase(house)
        let start = Self.day("2024-09-02")
        var job = NewEffort(measure: "flex-job", starts: start, ends: start + 364)
        job.goal = "Lager"
        job.unit = Self.unit
        job.hours = [.init(from: start, weekly: WeeklyTime(minutes: 720))]
        #expect(try await refused(house, job) == [.condition("flex-job")])
        let told: [String: FactValue] = [
            "lastingLimits": .truth(true), "onPension": .truth(false),
            "pastPensionAge": .truth(false), "allTried": .truth(true), "teamHeard": .truth(true),
            "veryLimited": .truth(false),
        ]
        job.told = told
        job.answered = ["Arbejdsevnen er varigt og væsentligt nedsat: ja."]
        #expect(try await refused(house, job).isEmpty)
        let asked = try await efforts.questions(
            lasting: FactID(1), until: start + 5 * 365, of: Self.ane, in: Self.herlev, by: kim)
        #expect(asked.map(\.entitlement.id) == ["flex-job"])
        var longer = EffortFollowUp(effort: FactID(1), day: Self.today, how: "Godt")
        longer.newEnd = start + 5 * 365
        func follow() async throws {
            _ = try await efforts.followUp(
                longer, of: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        }
        await #expect(throws: EffortRefusal.self) { try await follow() }
        longer.told = told
        try await follow()
        let ends = try await standing(house, .effort) { fact -> Day? in
            if case .effort(let effort) = fact { effort.end } else { nil }
        }
        #expect(ends == [start + 5 * 365])
        let notes = try await standing(house, .caseRecord) { fact -> String? in
            if case .caseRecord(let record) = fact { record.record } else { nil }
        }
        #expect(notes.sorted() == ["effort-conditions", "effort-follow-up"])
    }

    @Test("six weeks of education follow the list, the length and the months of unemployment")
    func sixWeeks() async throws {
        func tried(
            _ house: House, weeks: Int = 6, onList: Bool = true
        ) async throws -> [EffortCheck.Subject] {
            let start = Self.today + 7
            var course = NewEffort(
                measure: "six-week-course", starts: start, ends: start + 7 * weeks - 1)
            course.goal = "Svejsekursus"
            course.hours = [.init(from: start, weekly: .full)]
            course.told = ["onList": .truth(onList)]
            return try await refused(house, course)
        }
        // Unemployed since 8 January 2024: a course must end by 7 October.
        let early = try await house(group: .group1, benefit: .unemploymentBenefit)
        #expect(try await tried(early) == [.sixWeeks])
        #expect(try await tried(early, weeks: 2).isEmpty)
        let another = try await house(group: .group1, benefit: .unemploymentBenefit)
        #expect(try await tried(another, weeks: 2, onList: false) == [.sixWeeks])
        let other = try await house(group: .group2)
        #expect(try await tried(other, weeks: 2) == [.sixWeeks])
    }

    @Test("a follow-up changes the hours and the last day, within what the act allows")
    func followUp() async throws {
        let house = try await house(group: .group3)
        let efforts = EffortCase(house)
        let start = Self.day("2024-09-02")
        var effort = NewEffort(
            measure: "company-internship-private", starts: start, ends: start + 27)
        effort.hours = [
            .init(from: start, weekly: WeeklyTime(minutes: 600)),
            .init(from: start + 21, weekly: WeeklyTime(minutes: 900)),
        ]
        effort.unit = Self.unit
        effort.goal = "Prøve faget"
        #expect(try await refused(house, effort).isEmpty)
        func wrong(_ change: (inout EffortFollowUp) -> Void) async throws -> [String] {
            var told = EffortFollowUp(effort: FactID(1), day: Self.today, how: "Det går godt")
            change(&told)
            let asked = told
            return try await problems {
                _ = try await efforts.followUp(
                    asked, of: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
            }
        }
        #expect(try await wrong { $0.how = "" } == ["how:empty"])
        #expect(try await wrong { $0.day = Self.today + 1 } == ["day:actInFuture"])
        #expect(try await wrong { $0.day = start - 1 } == ["day:endsBefore"])
        #expect(try await wrong { $0.next = Self.today } == ["next:followUpBefore"])
        #expect(try await wrong { $0.newEnd = start + 27 } == ["newEnd:notLater"])
        #expect(try await wrong { $0.effort = FactID(7) } == ["effort:effortEnded"])
        #expect(
            try await wrong { $0.hours = .init(from: start + 28, weekly: .full) }
                == ["from:afterEnd"])
        // Thirteen weeks are allowed and fourteen are not.
        await #expect(throws: EffortRefusal.self) {
            _ = try await wrong { $0.newEnd = start + 14 * 7 - 1 }
        }
        #expect(try await standing(house, .caseRecord) { $0 }.isEmpty)

        #expect(
            try await wrong {
                $0.next = Self.today + 30
                $0.newEnd = start + 13 * 7 - 1
                $0.hours = .init(from: Self.today + 1, weekly: WeeklyTime(minutes: 1_200))
            }.isEmpty)
        let after = try await standing(house, .effort) { fact -> Effort? in
            if case .effort(let effort) = fact { effort } else { nil }
        }
        #expect(after.map(\.end) == [start + 90])
        #expect(after.map(\.followUp) == [Self.today + 30])
        let offers = try await standing(house, .offer) { fact -> Day? in
            if case .offer(let offer) = fact { offer.end } else { nil }
        }
        #expect(offers == [start + 90])
        let hours = try await standing(house, .effortHours) { fact -> [Int32]? in
            guard case .effortHours(let row) = fact else { return nil }
            return [row.start.number, (row.end ?? .openEnd).number, row.weekly.minutes]
        }
        // What was to rise on the 23rd rises from the 17th instead, and further.
        #expect(
            Set(hours) == [
                [start.number, Self.today.number, 600],
                [Self.today.number + 1, start.number + 90, 1_200],
            ])
        let notes = try await standing(house, .caseRecord) { $0 }
        #expect(notes.count == 1)
    }

    @Test("a hand-over ends one caseworker's time and begins the other's")
    func handOver() async throws {
        let house = try await house()
        func handOver(_ staff: Int64) async throws {
            _ = try await StaffCase(house).handOver(
                Self.ane, to: FactID(staff), note: "Ring først", in: Self.herlev, by: kim,
                purpose: purpose)
        }
        #expect(try await problems { try await handOver(1) } == ["staff:caseworkerAlready"])
        #expect(try await problems { try await handOver(7) } == ["staff:notEmployed"])
        try await handOver(2)
        let own = try await DayCase(house).day(
            of: [FactID(1)], DueFilter(), in: Self.herlev, by: kim, purpose: purpose)
        let others = try await DayCase(house).day(
            of: [FactID(2)], DueFilter(), in: Self.herlev, by: kim, purpose: purpose)
        #expect((own.citizens, others.citizens) == (0, 1))
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            try await DayCase(house).day(
                of: [FactID(1)], DueFilter(), in: Self.herlev,
                by: Actor(name: "a", role: .analyst, municipality: Self.herlev), purpose: purpose)
        }
    }

    @Test("what the law asks for is met by what is registered at the desk")
    func acts() async throws {
        let house = try await house()
        let cases = CaseActCase(house)
        func register(_ kind: ActKind, _ iso: String) async throws {
            _ = try await cases.register(
                kind, on: Self.day(iso), note: "", for: Self.ane, in: Self.herlev, by: kim,
                purpose: purpose)
        }
        func status(_ duty: String) async throws -> ObligationStatus? {
            try await CitizenCase(house).file(
                of: Self.ane, in: Self.herlev, by: kim, purpose: purpose
            )?.obligations.obligations.first { $0.duty.id == duty }?.obligation.status
        }
        #expect(
            try await problems { try await register(.cvApproved, "2024-09-17") } == [
                "day:actInFuture"
            ])
        #expect(
            try await problems { try await register(.conversation, "2024-09-16") } == [
                "kind:choice"
            ])
        try await register(.registration, "2024-01-08")
        #expect(try await status("cv-job-ready") == .overdue)
        try await register(.cvApproved, "2024-01-29")
        #expect(try await status("cv-job-ready") == .fulfilled)
        #expect(
            try await problems { try await register(.cvApproved, "2024-01-29") } == [
                "day:actAlready"
            ])
    }

    @Test("what is taken back holds no more, and its offer and hours go with it")
    func withdrawal() async throws {
        let house = try await house()
        let receipt = try await EffortCase(house).register(
            internship(), for: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        func withdraw(_ number: Int64) async throws -> [String] {
            try await problems {
                _ = try await WithdrawCase(house).withdraw(
                    registration: number, of: Self.ane, why: purpose, in: Self.herlev, by: kim)
            }
        }
        #expect(try await withdraw(receipt.number).isEmpty)
        for kind in [FactKind.effort, .effortHours, .offer] {
            #expect(try await standing(house, kind) { $0 }.isEmpty, "\(kind)")
        }
        #expect(try await withdraw(receipt.number) == ["number:withdrawn"])
        // What the register was told from elsewhere is not the desk's to take back.
        #expect(try await withdraw(1) == ["number:withdrawn"])
        let verdict = try await house.engine.read { try LedgerAuditor($0).verify(Self.herlev) }
        #expect(verdict.broken == nil)
    }
}
