import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing

@Suite("A citizen and the conversations held")
struct CitizenCaseTests {
    private static let herlev = MunicipalityCode(number: 163)
    private static let today = Day(iso: "2024-07-31")!
    private static let ane = CitizenID(1)
    private let purpose = Purpose("Sagsbehandling")

    private func actor(_ role: Role) -> Actor {
        Actor(name: "Kim", role: role, municipality: Self.herlev)
    }

    /// Ane lived here until the end of May 2024, and again from July.
    private func house() async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        let house = House(
            engine: engine, clock: .stopped(at: Self.today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
        let facts: [Fact] = [
            .citizen(
                Citizen(
                    id: Self.ane, cpr: try CPR("6101901002"), givenName: "Ane",
                    familyName: "Prøve", sex: .female, born: Day(iso: "1990-01-01")!,
                    origin: .danish)),
            .residence(
                Residence(
                    id: FactID(1), citizen: Self.ane, start: Day(iso: "1990-01-01")!,
                    end: Day(iso: "2024-05-31")!)),
            .residence(
                Residence(
                    id: FactID(2), citizen: Self.ane, start: Day(iso: "2024-07-01")!, end: nil)),
            .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: Self.ane, benefit: .cashBenefit,
                    start: Day(iso: "2024-02-05")!, end: nil)),
            .targetGroup(
                TargetGroupPeriod(
                    id: FactID(1), citizen: Self.ane, group: .group2,
                    start: Day(iso: "2024-02-05")!, end: nil)),
            .matchCategory(
                MatchCategoryPeriod(
                    id: FactID(1), citizen: Self.ane, category: .jobReady,
                    start: Day(iso: "2024-02-05")!, end: nil)),
        ]
        _ = try await RegisterCase(house).register(
            facts, in: Self.herlev, by: actor(.system), purpose: try #require(purpose))
        return house
    }

    private func register(
        _ house: House, _ day: String, _ kind: ConversationKind = .job, _ role: Role = .caseworker
    ) async throws -> Receipt {
        try await ConversationCase(house).hold(
            HeldConversation(day: try #require(Day(iso: day)), kind: kind, form: .phone),
            with: Self.ane, in: Self.herlev, by: actor(role), purpose: try #require(purpose))
    }

    private func file(_ house: House) async throws -> CitizenFile? {
        try await CitizenCase(house).file(
            of: Self.ane, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
    }

    @Test("A held conversation gives a receipt, stands on the page and counts for the law")
    func conversation() async throws {
        let house = try await house()
        func counted() async throws -> Int? {
            let found = try await file(house)
            return found?.obligations.obligations.first { $0.duty.id == "contact-six-months-cash" }?
                .obligation.done
        }
        #expect(try await counted() == 0)
        let receipt = try await register(house, "2024-07-31")
        let newest = try await file(house)?.registrations.first
        #expect(newest?.number == receipt.number)
        #expect(newest?.actor == "Kim")
        #expect(try await counted() == 1)
    }

    @Test(
        "What a page keeps is read anew as soon as something is registered, and each look is logged"
    )
    func overview() async throws {
        let house = try await house()
        func page(_ question: EventQuestion = EventQuestion(count: 5)) async throws
            -> CitizenOverview
        {
            let found = try await CitizenCase(house).overview(
                of: Self.ane, question, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
            return try #require(found)
        }
        let file = try #require(try await file(house))
        let first = try await page()
        #expect(first.events == Array(file.registrations.prefix(5)))
        #expect(first.total(nil) == file.registrations.count)
        let again = try await page()
        #expect(again.events == first.events && again.lookup == first.lookup + 1)
        let receipt = try await register(house, "2024-07-31")
        let later = try await page(EventQuestion(count: 5, receipt: receipt.number))
        #expect(later.receipt?.number == receipt.number)
        #expect(later.total(.conversation) == first.total(.conversation) + 1)
        #expect(try await page().events.first?.number == receipt.number)
        let talks = try await page(EventQuestion(kind: .conversation, count: 5))
        #expect(talks.events.map(\.number) == [receipt.number])
        #expect(try await page(EventQuestion(skipping: 100, count: 5)).events.isEmpty)
        let none = try await CitizenCase(house).overview(
            of: CitizenID(99), EventQuestion(count: 5), in: Self.herlev, by: actor(.caseworker),
            purpose: purpose)
        #expect(none == nil)
    }

    @Test("Looks that come at the same moment each get a number of their own in the log")
    func together() async throws {
        let house = try await house()
        let purpose = purpose
        let actor = actor(.caseworker)
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    let found = try await CitizenCase(house).overview(
                        of: Self.ane, EventQuestion(count: 5), in: Self.herlev, by: actor,
                        purpose: purpose)
                    return try #require(found).lookup
                }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...40))
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 100, by: self.actor(.administrator))
        #expect(log.latest.count == 40 && log.latest.allSatisfy { $0.personCount == 1 })
    }

    @Test("What cannot have been is refused, and nothing is stored")
    func problems() async throws {
        let house = try await house()
        let before = try #require(try await file(house)).registrations.count
        await #expect(throws: FieldProblems([FieldProblem("day", "inFuture")])) {
            try await register(house, "2024-08-01")
        }
        await #expect(throws: FieldProblems([FieldProblem("day", "notResident")])) {
            try await register(house, "2024-06-30")
        }
        await #expect(throws: Refusal.roleMayNotRegister) {
            try await register(house, "2024-07-31", .job, .manager)
        }
        _ = try await register(house, "2024-05-31")
        await #expect(throws: FieldProblems([FieldProblem("day", "heldAlready", ["number": "1"])]))
        {
            try await register(house, "2024-05-31")
        }
        _ = try await register(house, "2024-05-31", .joint)
        _ = try await register(house, "2024-07-01")
        #expect(try #require(try await file(house)).registrations.count == before + 3)
    }

    @Test("A search and a page need a purpose and a role, and both are logged")
    func search() async throws {
        let house = try await house()
        let cases = CitizenCase(house)
        for text in ["Ane", "prø an", "01.01.1990", "1990-01-01", "610190-1002", "6101901002", "1"]
        {
            let found = try await cases.search(
                text, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
            #expect(found.citizens.map(\.id) == [Self.ane], "\(text)")
            #expect(!found.isMore)
        }
        for text in ["Bo", "4711", "%", "02.01.1990", "610190-1004"] {
            let found = try await cases.search(
                text, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
            #expect(found.citizens.isEmpty, "\(text)")
        }
        await #expect(throws: Refusal.purposeMissing) {
            try await cases.search("Ane", in: Self.herlev, by: actor(.caseworker), purpose: nil)
        }
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            try await cases.file(
                of: Self.ane, in: Self.herlev, by: actor(.analyst), purpose: purpose)
        }
        _ = try await file(house)
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 20, by: actor(.administrator)
        ).latest
        #expect(log.first?.subject == "file 2024-07-31")
        #expect(log.dropFirst(6).first?.subject == "search 2024-07-31")
        #expect(log.dropFirst(6).first?.personCount == 1)
    }

    @Test("What is due these days is listed until it is done, by duty, group and status")
    func due() async throws {
        let house = try await house()
        func list(_ filter: DueFilter = DueFilter(), skipping: Int = 0) async throws -> DueList {
            try await DueCase(house).list(
                filter, of: Self.herlev, skipping: skipping, count: 10, by: actor(.caseworker),
                purpose: purpose)
        }
        let first = try await list()
        #expect(first.entries.map(\.due.duty) == ["contact-six-months-cash", "offer-first-cash"])
        #expect(first.entries.map(\.due.due.iso) == ["2024-08-04", "2024-08-05"])
        #expect(first.entries.allSatisfy { $0.citizen.id == Self.ane && $0.due.status == .due })
        #expect((first.total, first.overdue) == (2, 0))
        #expect(try await list(skipping: 1).entries.count == 1)
        #expect(try await list(DueFilter(duty: "offer-first-cash")).total == 1)
        #expect(try await list(DueFilter(group: .group3)).total == 0)
        #expect(try await list(DueFilter(group: .group2)).total == 2)
        #expect(try await list(DueFilter(status: .overdue)).total == 0)
        for day in ["2024-02-08", "2024-03-08", "2024-05-08", "2024-07-08"] {
            _ = try await register(house, day)
        }
        #expect(try await list().entries.map(\.due.duty) == ["offer-first-cash"])
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            try await DueCase(house).list(
                DueFilter(), of: Self.herlev, count: 1, by: actor(.analyst), purpose: purpose)
        }
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 1, by: actor(.administrator)
        ).latest
        #expect(log.first?.subject == "due 2024-07-31" && log.first?.personCount == 1)
    }
}
