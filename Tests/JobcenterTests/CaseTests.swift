import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Testing

@Suite("Use cases")
struct CaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2024-07-31")!

    private func house() async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        return House(
            engine: engine, clock: .stopped(at: Self.today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
    }

    private func actor(_ role: Role) -> Actor {
        Actor(name: "Kim", role: role, municipality: Self.herlev)
    }

    private func people(_ count: Int) throws -> [Fact] {
        try (1...count).flatMap { number -> [Fact] in
            let id = CitizenID(Int64(number))
            let digits = String(1_000 + number * 2)
            return [
                .citizen(
                    Citizen(
                        id: id, cpr: try CPR("610190" + digits), givenName: "Ane",
                        familyName: "Prøve\(number)", sex: .female, born: Day(iso: "1990-01-01")!,
                        origin: .danish)),
                .benefitSpell(
                    BenefitSpell(
                        id: FactID(Int64(number)), citizen: id, benefit: .unemploymentBenefit,
                        start: Day(iso: "2024-06-01")!, end: nil)),
            ]
        }
    }

    private var request: FigureRequest {
        FigureRequest(
            "persons", periods: [.month(Day(iso: "2024-06-01")!.month)],
            filter: PopulationFilter(municipalities: [Self.herlev]), asOf: Self.today)
    }

    @Test("A registration gives a receipt, changes the figure and opens to its people")
    func figureToPeople() async throws {
        let house = try await house()
        let purpose = try #require(Purpose("opfølgning"))
        let receipts = try await RegisterCase(house).register(
            try people(6), in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        #expect(receipts.count == 12)
        let cells = try await FiguresCase(house).figures(
            request, of: Self.herlev, by: actor(.manager))
        #expect(cells.first?.shown.figure?.value == 6)
        let found = try await FiguresCase(house).people(
            behind: request, of: Self.herlev, from: 0, count: 4, by: actor(.manager),
            purpose: purpose)
        #expect(found.total == 6)
        #expect(found.people.map(\.citizen.id.number) == [1, 2, 3, 4])
        #expect(found.people.first?.contributions.first?.receipt?.number == 2)
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 10, by: actor(.administrator))
        #expect(log.total == 1)
        #expect(log.latest.first?.personCount == 4)
        #expect(log.latest.first?.purpose == "opfølgning")
        // One more registration, and the register is not the old one.
        _ = try await RegisterCase(house).register(
            Array(try people(7).suffix(2)), in: Self.herlev, by: actor(.caseworker),
            purpose: purpose)
        let later = try await FiguresCase(house).figures(
            request, of: Self.herlev, by: actor(.manager))
        #expect(later.first?.shown.figure?.value == 7)
    }

    @Test("Small counts are for the management alone, people for those with a purpose")
    func refusals() async throws {
        let house = try await house()
        let purpose = try #require(Purpose("opfølgning"))
        _ = try await RegisterCase(house).register(
            try people(3), in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        let hidden = try await FiguresCase(house).figures(
            request, of: Self.herlev, by: actor(.analyst))
        #expect(hidden.first?.shown == .hidden)
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            try await FiguresCase(house).people(
                behind: self.request, of: Self.herlev, from: 0, count: 9,
                by: self.actor(.analyst), purpose: purpose)
        }
        await #expect(throws: Refusal.purposeMissing) {
            try await FiguresCase(house).people(
                behind: self.request, of: Self.herlev, from: 0, count: 9,
                by: self.actor(.manager), purpose: nil)
        }
        await #expect(throws: Refusal.roleMayNotRegister) {
            try await RegisterCase(house).register(
                try self.people(1), in: Self.herlev, by: self.actor(.manager), purpose: purpose)
        }
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 10, by: actor(.administrator))
        #expect(log.total == 0)
    }

    @Test("As known at a day, the figure is the one of that day")
    func knownAt() async throws {
        let house = try await house()
        let purpose = try #require(Purpose("opfølgning"))
        _ = try await RegisterCase(house).register(
            try people(6), in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        let before = try await FiguresCase(house).figures(
            request, of: Self.herlev, knownAt: Self.today - 1, by: actor(.manager))
        #expect(before.first?.shown.figure?.value == 0)
        let then = try await FiguresCase(house).figures(
            request, of: Self.herlev, knownAt: Self.today, by: actor(.manager))
        #expect(then.first?.shown.figure?.value == 6)
    }
}
