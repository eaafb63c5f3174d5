import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Matching
import Parameters
import Registry
import Storage
import Testing

@Suite("Companies, their orders and the candidates")
struct OrderCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    /// A Monday.
    static let today = Day(iso: "2024-09-16")!
    static let ane = CitizenID(1)
    static let bo = CitizenID(2)
    static let cvr = try! CVR("13585628")
    static let unit = try! ProductionUnitNumber("1012345678")
    static let closed = try! ProductionUnitNumber("1012345679")
    let purpose = Purpose("Virksomhedsservice")!
    let ida = Actor(name: "Ida", role: .companyConsultant, municipality: Self.herlev)
    let kim = Actor(name: "Kim", role: .caseworker, municipality: Self.herlev)

    /// What a ranking must not see.
    struct Person {
        var name = "Ane"
        var sex = Sex.female
        var born = "1980-01-01"
        var origin = OriginGroup.danish
        var facts: [Fact] = []
    }

    func house(
        _ more: [Fact] = [], ane: Person = Person()
    ) async throws -> House {
        let house = House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: Self.today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        var facts: [Fact] = [
            .company(Company(cvr: Self.cvr, name: "Møllers Lager", industry: "52")),
            .productionUnit(
                ProductionUnit(
                    id: FactID(1), number: Self.unit, company: Self.cvr, employees: 12,
                    start: Self.today - 900, end: nil)),
            .workplaceEntry(
                WorkplaceEntry(
                    number: Self.closed, company: Self.cvr, name: "Lukket", postcode: "2730",
                    town: "Herlev", closed: Self.today - 10)),
        ]
        for (id, name) in [(Self.ane, "Ane"), (Self.bo, "Bo")] {
            facts += [
                .citizen(
                    Citizen(
                        id: id, cpr: try CPR(id == Self.ane ? "6101901002" : "6101901010"),
                        givenName: id == Self.ane ? ane.name : name, familyName: "Prøve",
                        sex: id == Self.ane ? ane.sex : .female,
                        born: Day(iso: id == Self.ane ? ane.born : "1980-01-01")!,
                        origin: id == Self.ane ? ane.origin : .danish)),
                .residence(
                    Residence(
                        id: FactID(id.number), citizen: id, start: Self.today - 900, end: nil)),
            ]
        }
        _ = try await RegisterCase(house).register(
            facts + ane.facts + more, in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev), purpose: purpose)
        return house
    }

    func order(
        positions: Int = 1, unit: ProductionUnitNumber = Self.unit, isSure: Bool = false,
        _ change: (inout OrderDescription) -> Void = { _ in }
    ) -> NewOrder {
        var description = OrderDescription(
            id: FactID(0), title: "Lagermedarbejder", occupation: "warehouse-worker",
            must: ["forklift-certificate"], nice: ["english"], postcode: "2730",
            answerBy: Self.today + 2)
        change(&description)
        return NewOrder(
            unit: unit, positions: positions, isSure: isSure, occupationGroup: 9,
            deadline: Self.today + 30, description: description)
    }

    func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems {
            return found.all.map { "\($0.field):\($0.key)" }
        }
    }

    func register(_ house: House, _ new: NewOrder) async throws -> FactID {
        try await OrderCase(house).register(new, in: Self.herlev, by: ida, purpose: purpose).0
    }

    func summary(_ house: House, _ id: FactID) async throws -> OrderSummary {
        let found = try await OrderCase(house).book(of: Self.herlev, by: ida)[id]
        return try #require(found)
    }

    @Test(
        "orders are found by job, company, words and place",
        arguments: [
            ("", true), ("lagermedarbejder", true), ("lagermand", true), ("LAGER", true),
            ("møllers", true), ("2730", true), ("herlev lager", true), ("frisør", false),
            ("lager odense", false), ("%", true),
        ])
    func search(text: String, isFound: Bool) async throws {
        let house = try await house()
        _ = try await register(house, order())
        let book = try await OrderCase(house).book(of: Self.herlev, by: ida)
        let names = try await CompanyCase(house).names(in: Self.herlev, by: ida)
        let found = book.search(text, try await CandidateCase(house).books(), names)
        #expect(found.isEmpty != isFound)
    }

    @Test("an order goes from the call to the hire, and its stage is worked out")
    func course() async throws {
        let house = try await house()
        let orders = OrderCase(house)
        let id = try await register(house, order())
        #expect(try await summary(house, id).stage == .received)
        #expect(try await summary(house, id).promised == Self.today + 2)
        func step(_ kind: OrderEventKind) async throws {
            _ = try await orders.register(
                kind, on: id, in: Self.herlev, by: ida, purpose: purpose)
        }
        try await step(.clarified)
        #expect(try await summary(house, id).stage == .clarified)
        try await step(.shared)
        #expect(try await summary(house, id).stage == .shared)
        #expect(try await problems { try await step(.shared) } == ["kind:doneAlready"])
        _ = try await orders.refer(
            [Self.ane], to: id, in: Self.herlev, by: ida, purpose: purpose)
        let referred = try await summary(house, id)
        #expect(referred.stage == .referred && referred.promised == nil)
        #expect(
            try await problems {
                _ = try await orders.refer(
                    [Self.bo, Self.ane], to: id, in: Self.herlev, by: ida, purpose: purpose)
            } == ["citizen:referredAlready"])
        #expect(try await summary(house, id).referrals.count == 1, "all of them, or none")
        _ = try await orders.register(
            .interviewed, of: Self.ane, on: id, day: Self.today, in: Self.herlev, by: ida,
            purpose: purpose)
        #expect(try await summary(house, id).stage == .interviewed)
        #expect(
            try await problems {
                _ = try await orders.hire(
                    Self.bo, on: id, from: Self.today, terms: .ordinary, in: Self.herlev,
                    by: ida, purpose: purpose)
            } == ["citizen:notReferred"])
        _ = try await orders.hire(
            Self.ane, on: id, from: Self.today + 14, terms: .ordinary, in: Self.herlev, by: ida,
            purpose: purpose)
        let hired = try await summary(house, id)
        #expect(hired.stage == .closed && hired.closing?.reason == .filled)
        #expect(hired.stand(of: Self.ane) == .hired && hired.vacant == 0)
        #expect(
            try await problems {
                _ = try await orders.refer(
                    [Self.bo], to: id, in: Self.herlev, by: ida, purpose: purpose)
            } == ["citizen:orderClosed"])
        try await step(.reopened)
        #expect(try await summary(house, id).stage == .hired)
    }

    @Test("the official rates and the local one follow from what was registered")
    func figures() async throws {
        let house = try await house()
        let orders = OrderCase(house)
        func figure(_ indicator: String) async throws -> Double? {
            let month = Month(containing: Self.today)
            let cells = try await FiguresCase(house).figures(
                FigureRequest(
                    IndicatorID(indicator), periods: [.month(month)], asOf: Self.today + 120),
                of: Self.herlev, by: kim)
            guard case .value(let figure)? = cells.first?.shown else { return nil }
            return figure.value
        }
        let first = try await register(house, order(positions: 2))
        #expect(try await figure("job-orders") == 1)
        #expect(try await figure("job-order-positions") == 2)
        #expect(try await figure("company-contacts") == 1)
        #expect(try await figure("referral-rate") == 0)
        _ = try await register(house, order())
        _ = try await orders.refer(
            [Self.ane, Self.bo], to: first, in: Self.herlev, by: ida, purpose: purpose)
        #expect(try await figure("referral-rate") == 50)
        #expect(try await figure("fill-rate") == 0)
        #expect(try await figure("local-match-rate") == 0)
        _ = try await orders.hire(
            Self.ane, on: first, from: Self.today + 7, terms: .ordinary, in: Self.herlev,
            by: ida, purpose: purpose)
        #expect(try await figure("fill-rate") == 100)
        #expect(try await figure("local-match-rate") == 50)
    }

    @Test("what cannot be so is told beside its field, and nothing is kept")
    func wrong() async throws {
        let house = try await house()
        let unknown = try ProductionUnitNumber("1099999999")
        #expect(
            try await problems { _ = try await register(house, order(unit: unknown)) }
                == ["unit:workplaceUnknown"])
        #expect(
            try await problems { _ = try await register(house, order(unit: Self.closed)) }
                == ["unit:workplaceClosed"])
        #expect(
            try await problems { _ = try await register(house, order(positions: 200)) }
                == ["positions:manyPositions"])
        #expect(
            try await problems {
                _ = try await register(
                    house,
                    order(positions: 0) {
                        $0.title = ""
                        $0.start = Self.today - 1
                        $0.answerBy = Self.today - 1
                        $0.hours.least = WeeklyTime(minutes: 3_000)
                    })
            } == [
                "title:empty", "positions:wholeNumber", "start:inPast", "answerBy:inPast",
                "hoursMost:hoursTurned",
            ])
        #expect(try await OrderCase(house).book(of: Self.herlev, by: ida).orders.isEmpty)
        _ = try await register(house, order(positions: 200, isSure: true))
        await #expect(throws: Refusal.roleMayNotRegister) {
            _ = try await OrderCase(house).register(
                order(), in: Self.herlev,
                by: Actor(name: "Bo", role: .manager, municipality: Self.herlev),
                purpose: purpose)
        }
        await #expect(throws: Refusal.otherMunicipality) {
            _ = try await OrderCase(house).book(
                of: MunicipalityCode(number: 219), by: ida)
        }
    }

    @Test("candidates are ranked by their profiles; who said no is left out, who asked comes first")
    func candidates() async throws {
        let house = try await house()
        let cases = CandidateCase(house)
        let id = try await register(house, order())
        func profile(_ citizen: CitizenID, _ skills: [String]) -> JobProfile {
            JobProfile(
                id: FactID(0), citizen: citizen, start: Self.today,
                wishes: ["warehouse-worker"], skills: skills, postcode: "2730")
        }
        func found() async throws -> [Int64] {
            try #require(
                try await cases.candidates(
                    for: id, in: Self.herlev, by: ida, purpose: purpose)
            ).suggestions.map(\.candidate)
        }
        #expect(try await found().isEmpty)
        for (citizen, skills) in [(Self.ane, []), (Self.bo, ["forklift-certificate"])] {
            _ = try await cases.register(
                profile(citizen, skills), in: Self.herlev, by: kim, purpose: purpose)
        }
        #expect(try await found() == [2, 1])
        let orders = OrderCase(house)
        func say(_ kind: OrderEventKind, _ citizen: CitizenID) async throws {
            _ = try await orders.register(
                kind, of: citizen, on: id, day: Self.today, in: Self.herlev, by: kim,
                purpose: purpose)
        }
        try await say(.volunteered, Self.ane)
        let first = try #require(
            try await cases.candidates(for: id, in: Self.herlev, by: ida, purpose: purpose))
        #expect(first.suggestions.first?.candidate == 2)
        #expect(first.suggestions.last?.terms.last?.reason == .ownYes)
        try await say(.declined, Self.bo)
        #expect(try await found() == [1])
        #expect(
            try await problems {
                _ = try await orders.refer(
                    [Self.bo], to: id, in: Self.herlev, by: ida, purpose: purpose)
            } == ["citizen:citizenDeclined"])
        let mine = try #require(
            try await cases.orders(for: Self.ane, in: Self.herlev, by: kim, purpose: purpose))
        #expect(mine.lines.map(\.order.order.id) == [id])
        #expect(mine.lines.first?.stand == .volunteered)
        await #expect(throws: Refusal.purposeMissing) {
            _ = try await cases.candidates(for: id, in: Self.herlev, by: ida, purpose: nil)
        }
    }

    @Test("a profile is replaced the same day, and ends when a later one begins")
    func profiles() async throws {
        let house = try await house([
            .jobProfile(
                JobProfile(
                    id: FactID(1), citizen: Self.ane, start: Self.today - 30, wishes: ["cleaner"],
                    skills: []))
        ])
        func register(_ wish: String) async throws {
            _ = try await CandidateCase(house).register(
                JobProfile(
                    id: FactID(0), citizen: Self.ane, start: Self.today, wishes: [wish],
                    skills: []), in: Self.herlev, by: kim, purpose: purpose)
        }
        try await register("warehouse-worker")
        try await register("bus-driver")
        let standing = try await house.engine.read { connection in
            try StoreReader(connection).registrations(
                about: Self.ane, of: Self.herlev, kinds: [.jobProfile]
            ).compactMap { note -> JobProfile? in
                if case .jobProfile(let profile) = note.fact { profile } else { nil }
            }
        }
        #expect(standing.map(\.wishes) == [["bus-driver"], ["cleaner"]])
        #expect(standing.map(\.end) == [nil, Self.today - 1])
        #expect(
            try await problems {
                _ = try await CandidateCase(house).register(
                    JobProfile(
                        id: FactID(0), citizen: Self.ane, start: Self.today, wishes: [],
                        skills: [], kinds: []), in: Self.herlev, by: kim, purpose: purpose)
            } == ["kind-ordinary:choice"])
    }

    @Test("name, sex, age, origin, benefit and health leave every ranking as it was")
    func blind() async throws {
        func ranking(_ person: Person) async throws -> [Suggestion] {
            let profiles = [(Self.ane, ["english"]), (Self.bo, ["forklift-certificate"])]
            let house = try await house(
                profiles.map { citizen, skills in
                    .jobProfile(
                        JobProfile(
                            id: FactID(citizen.number), citizen: citizen, start: Self.today,
                            wishes: ["warehouse-worker"], skills: skills, postcode: "2730"))
                }, ane: person)
            let id = try await register(house, order())
            return try #require(
                try await CandidateCase(house).candidates(
                    for: id, in: Self.herlev, by: ida, purpose: purpose)
            ).suggestions
        }
        let plain = try await ranking(Person())
        #expect(plain.count == 2)
        let start = Self.today - 200
        let others: [Person] = [
            Person(name: "Mohammed"), Person(name: "Åse"), Person(sex: .male),
            Person(born: "2005-06-01"), Person(born: "1961-06-01"),
            Person(origin: .nonWesternImmigrant),
            Person(facts: [
                .benefitSpell(
                    BenefitSpell(
                        id: FactID(9), citizen: Self.ane, benefit: .sicknessBenefit,
                        start: start, end: nil)),
                .targetGroup(
                    TargetGroupPeriod(
                        id: FactID(9), citizen: Self.ane, group: .group6, start: start,
                        end: nil)),
                .matchCategory(
                    MatchCategoryPeriod(
                        id: FactID(9), citizen: Self.ane, category: .activityReady,
                        start: start, end: nil)),
            ]),
            Person(facts: [
                .conversation(
                    Conversation(
                        id: FactID(9), citizen: Self.ane, day: start, kind: .job,
                        form: .physical, status: .held)),
                .conversationNote(
                    ConversationNote(
                        id: FactID(9), citizen: Self.ane, text: "Ondt i ryggen og stress")),
            ]),
        ]
        for other in others { #expect(try await ranking(other) == plain) }
    }

    @Test("a referral made by mistake is taken back, and the order is where it was")
    func takenBack() async throws {
        let house = try await house()
        let id = try await register(house, order())
        let receipt = try await OrderCase(house).refer(
            [Self.ane], to: id, in: Self.herlev, by: kim, purpose: purpose)
        #expect(try await summary(house, id).stage == .referred)
        _ = try await WithdrawCase(house).withdraw(
            registration: receipt.number, of: Self.ane, why: purpose, in: Self.herlev, by: kim)
        let back = try await summary(house, id)
        #expect(back.stage == .received && back.stand(of: Self.ane) == nil)
    }
}
