import Chronology
import Effects
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Testing

@Suite("Does it work: the use case")
struct EffectsCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2024-07-31")!

    private func house(_ protocols: ProtocolBook) async throws -> House {
        House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: Self.today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [], protocols: protocols)
    }

    private func actor(_ role: Role, _ code: MunicipalityCode = herlev) -> Actor {
        Actor(name: "Kim", role: role, municipality: code)
    }

    /// People on cash benefit since the new year, of whom the first few begin an internship.
    private func people(_ count: Int, beginning: Int) throws -> [Fact] {
        try (1...count).flatMap { number -> [Fact] in
            let id = CitizenID(Int64(number))
            let fact = FactID(Int64(number))
            var facts: [Fact] = [
                .citizen(
                    Citizen(
                        id: id, cpr: try CPR("610190" + String(1_000 + number * 2)),
                        givenName: "Ane", familyName: "Prøve\(number)", sex: .female,
                        born: Day(iso: "1990-01-01")!, origin: .danish)),
                .benefitSpell(
                    BenefitSpell(
                        id: fact, citizen: id, benefit: .cashBenefit,
                        start: Day(iso: "2023-01-02")!, end: nil)),
            ]
            if number <= beginning {
                facts.append(
                    .offer(
                        Offer(
                            id: fact, citizen: id, kind: .companyInternshipPrivate,
                            start: Day(iso: "2023-05-08")!, end: Day(iso: "2023-06-02")!,
                            weekly: WeeklyTime(minutes: 1_800))))
            }
            return facts
        }
    }

    @Test("Few who began are counted for a manager and hidden from the public")
    func few() async throws {
        let book = try ProtocolBook.bundled()
        let trial = try #require(book["company-placement"])
        let house = try await house(book)
        let purpose = try #require(Purpose("opfølgning"))
        let manager = actor(.manager)
        let empty = try await EffectsCase(house).answer(
            trial, of: Self.herlev, asOf: Self.today, by: manager)
        #expect(empty.verdict == .cannotTell(.nobodyBegan))
        _ = try await RegisterCase(house).register(
            try people(20, beginning: 3), in: Self.herlev, by: actor(.caseworker),
            purpose: purpose)
        // The kept answer gives way to the new registrations.
        let seen = try await EffectsCase(house).answer(
            trial, of: Self.herlev, asOf: Self.today, by: manager)
        #expect(seen.verdict == .cannotTell(.tooFewStarters))
        #expect(seen.starters == .shown(3))
        #expect(seen.others == .shown(17))
        let outside = try await EffectsCase(house).answer(
            trial, of: Self.herlev, asOf: Self.today,
            by: actor(.analyst, MunicipalityCode(number: 219)))
        #expect(outside.starters == .hidden)
        #expect(outside.others == .shown(17))
        #expect(outside.verdict == seen.verdict)
    }

    @Test("The protocols that can be asked about are those of the house")
    func protocols() async throws {
        let book = try ProtocolBook.bundled()
        #expect(try await EffectsCase(house(book)).protocols == book.protocols)
    }
}
