import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Testing

@Suite("Who somebody is who has signed in elsewhere")
struct SignInCaseTests {
    private static let herlev = MunicipalityCode(number: 163)
    private static let hillerød = MunicipalityCode(number: 219)
    private static let today = Day(iso: "2024-09-16")!

    private static func day(_ iso: String) -> Day { Day(iso: iso)! }

    private static let roles = SignInRoles(
        grants: [
            .init(value: "leder", role: .manager), .init(value: "sagsbehandler", role: .caseworker),
            .init(value: "alt", role: .system),
        ], staff: ["kim": FactID(1), "bo": FactID(2), "ingen": FactID(9)])

    /// Ane and the company Møller in Herlev; Kim works there, and Bo did.
    private func house() async throws -> House {
        let house = House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: Self.today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        func staff(_ id: Int64, _ name: String, end: Day?) -> Fact {
            .staffMember(
                StaffMember(
                    id: FactID(id), name: name, team: "Ledige", start: Self.day("2020-01-01"),
                    end: end))
        }
        _ = try await RegisterCase(house).register(
            [
                .citizen(
                    Citizen(
                        id: CitizenID(1), cpr: try CPR("6101901002"), givenName: "Ane",
                        familyName: "Prøve", sex: .female, born: Self.day("1990-01-01"),
                        origin: .danish)),
                staff(1, "Kim", end: nil), staff(2, "Bo", end: Self.today - 1),
                .company(Company(cvr: try CVR("13585628"), name: "Møller", industry: "41")),
            ], in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev),
            purpose: Purpose("Prøve")!)
        return house
    }

    private func outcome(
        _ person: ProvenPerson, in municipality: MunicipalityCode = herlev
    ) async throws -> SignInCase.Outcome {
        try await SignInCase(try await house(), roles: Self.roles).actor(
            for: person, in: municipality)
    }

    private func staff(_ person: String?, _ roles: [String]) -> ProvenPerson {
        ProvenPerson(way: .staff, name: "Kim Prøve", person: person, roles: roles)
    }

    @Test("A member of staff has the first role of the file, and the ledger tells two Kims apart")
    func employee() async throws {
        let kim = Actor(
            name: "Kim Prøve (kim)", role: .manager, municipality: Self.herlev, staff: FactID(1))
        #expect(try await outcome(staff("kim", ["sagsbehandler", "leder"])) == .actor(kim))
        let other = Actor(
            name: "Kim Prøve (kp2)", role: .caseworker, municipality: Self.herlev)
        #expect(try await outcome(staff("kp2", ["x", "sagsbehandler"])) == .actor(other))
    }

    @Test("Without a role nobody comes in, and no provider makes anybody the program itself")
    func noRole() async throws {
        #expect(try await outcome(staff("kim", [])) == .noRole)
        #expect(try await outcome(staff("kim", ["alt"])) == .noRole)
        #expect(try await outcome(staff(nil, ["leder"])) == .incomplete)
    }

    @Test("One who does not work here any more does not come in", arguments: ["bo", "ingen"])
    func former(person: String) async throws {
        #expect(try await outcome(staff(person, ["leder"])) == .notEmployed)
    }

    @Test("A citizen is found by CPR number, in this municipality, and the log has it")
    func citizen() async throws {
        let house = try await house()
        let cases = SignInCase(house, roles: Self.roles)
        let ane = ProvenPerson(way: .citizen, name: "Ukendt", cpr: try CPR("610190-1002"))
        let actor = Actor(
            name: "Ane Prøve", role: .citizen, municipality: Self.herlev, citizen: CitizenID(1))
        #expect(try await cases.actor(for: ane, in: Self.herlev) == .citizen([actor]))
        let log = try await AdministrationCase(house).lookups(
            of: Self.herlev, count: 10,
            by: Actor(name: "a", role: .administrator, municipality: Self.herlev))
        #expect(log.latest.map(\.subject) == ["signIn 2024-09-16"])
        #expect(log.latest.first?.role == "citizen")
        #expect(try await cases.actor(for: ane, in: Self.hillerød) == .unknown)
        let other = ProvenPerson(way: .citizen, cpr: try CPR("6101901010"))
        #expect(try await cases.actor(for: other, in: Self.herlev) == .unknown)
    }

    @Test("An employer is found by CVR number, and acts for the company alone")
    func employer() async throws {
        let person = ProvenPerson(
            way: .citizen, name: "Ane Prøve", cpr: try CPR("6101901002"),
            cvr: try CVR("13585628"))
        let actor = Actor(
            name: "Ane Prøve, Møller", role: .employer, municipality: Self.herlev,
            company: try CVR("13585628"))
        #expect(try await outcome(person) == .actor(actor))
        #expect(
            try await outcome(ProvenPerson(way: .citizen, cvr: try CVR("99999918"))) == .unknown)
    }

    @Test("Without a number nobody is found")
    func incomplete() async throws {
        #expect(try await outcome(ProvenPerson(way: .citizen, name: "Ane")) == .incomplete)
    }
}
