import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Synchronization
import Testing

@Suite("Those whom citizens let act for them")
struct RepresentationTests {
    private static let herlev = MunicipalityCode(number: 163)
    private static let today = Day(iso: "2024-09-16")!
    private static let ane = CitizenID(1)
    private let stranger = try! CPR("6505800004")

    /// Days that can be let pass.
    private final class Days: Sendable {
        private let passed = Mutex<Int32>(0)
        var today: Day { RepresentationTests.today + Int(passed.withLock { $0 }) }
        func pass(_ days: Int32) { passed.withLock { $0 += days } }
    }

    private let days = Days()

    /// Ane and Bo live in Herlev.
    private func house() async throws -> House {
        let days = days
        let house = House(
            engine: try await UseCaseEngine.migrated(),
            clock: Clock(
                now: { Int64(days.today.number) * 86_400 + 43_200 }, today: { days.today }),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        let people = try [("6101901002", "Ane"), ("6101901012", "Bo")].enumerated().flatMap {
            place, person -> [Fact] in
            let id = CitizenID(Int64(place) + 1)
            return [
                .citizen(
                    Citizen(
                        id: id, cpr: try CPR(person.0), givenName: person.1,
                        familyName: "Prøve", sex: .female, born: Day(iso: "1990-01-01")!,
                        origin: .danish)),
                .residence(
                    Residence(
                        id: FactID(id.number), citizen: id, start: Self.today - 900, end: nil)),
            ]
        }
        _ = try await RegisterCase(house).register(
            people, in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev),
            purpose: Purpose("Prøve")!)
        return house
    }

    private var ane: Actor {
        Actor(name: "Ane Prøve", role: .citizen, municipality: Self.herlev, citizen: Self.ane)
    }

    /// Ane lets Rut help; the key of the invitation and the record's number.
    private func invite(
        _ house: House, may: String = "represent", to end: Day? = nil
    ) async throws -> (key: String, record: FactID) {
        let receipt = try await OwnCase(house).register(
            Representation.kind, from: days.today, to: end,
            answers: ["person": "Rut Hjælper", "may": may, "agreed": "1"], in: Self.herlev,
            by: ane)
        let file = try await OwnCase(house).file(in: Self.herlev, by: ane)
        let note = try #require(file.registrations.first { $0.number == receipt.number })
        return (RepresentationCase.key(of: note), note.fact.id)
    }

    private func accept(_ key: String, _ person: CPR, _ house: House) async throws -> Actor {
        try await RepresentationCase(house).accept(
            key, as: person, called: "Rut Bevist", in: Self.herlev)
    }

    private func problems(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let found as FieldProblems { return found.all.map { "\($0.field):\($0.key)" } }
    }

    @Test("Who accepts sees the case, writes in it by name, and the citizen sees that")
    func accepts() async throws {
        let house = try await house()
        let cases = RepresentationCase(house)
        let (key, _) = try await invite(house)
        let invitation = try #require(try await cases.invitation(key, in: Self.herlev))
        #expect(invitation.citizen.id == Self.ane && !invitation.isAccepted)
        #expect(invitation.representation.name == "Rut Hjælper")
        #expect(invitation.until == Self.today + 30)
        #expect(try await cases.cases(of: stranger, in: Self.herlev).isEmpty)

        let rut = try await accept(key, stranger, house)
        #expect(try await cases.cases(of: stranger, in: Self.herlev) == [rut])
        // Accepting once more is the same, and registers nothing.
        let before = try await OwnCase(house).file(in: Self.herlev, by: ane).registrations
        #expect(try await accept(key, stranger, house) == rut)
        let after = try await OwnCase(house).file(in: Self.herlev, by: ane).registrations
        #expect(before.map(\.number) == after.map(\.number))
        // The number of who helps stands nowhere.
        for case .caseRecord(let record) in after.map(\.fact) {
            #expect(!record.answers.values.contains { $0.contains("6505800004") })
            #expect(record.accepted == Self.today && record.acceptedBy == "Rut Bevist")
        }

        try await cases.enter(rut)
        let seen = try await OwnCase(house).lookups(in: Self.herlev, by: ane)
        #expect(seen.map(\.actor) == ["Rut Hjælper for borgeren"])
        #expect(seen.map(\.purpose) == ["Hjælper borgeren"])
        let receipt = try await OwnCase(house).send("Hej", "Fra Rut", in: Self.herlev, by: rut)
        let file = try await OwnCase(house).file(in: Self.herlev, by: rut)
        #expect(
            file.registrations.first { $0.number == receipt.number }?.actor
                == "Rut Hjælper for borgeren")
    }

    @Test("Nobody else uses the link, nor the citizen, and it is too old after 30 days")
    func refuses() async throws {
        let house = try await house()
        let cases = RepresentationCase(house)
        let (key, _) = try await invite(house)
        #expect(
            try await problems {
                _ = try await accept(key, try CPR("6101901002"), house)
            } == ["agreed:representsSelf"])
        for wrong in ["", "1-x", key + "0", String(key.dropLast()), "99-\(key.suffix(24))"] {
            #expect(try await cases.invitation(wrong, in: Self.herlev) == nil)
        }
        #expect(try await cases.invitation(key, in: MunicipalityCode(number: 219)) == nil)
        days.pass(30)
        #expect(try await cases.invitation(key, in: Self.herlev) != nil)
        days.pass(1)
        #expect(try await cases.invitation(key, in: Self.herlev) == nil)
        #expect(
            try await problems {
                _ = try await accept(key, stranger, house)
            } == ["agreed:invitationOver"])

        let (second, _) = try await invite(house)
        _ = try await accept(second, stranger, house)
        #expect(
            try await problems {
                _ = try await accept(second, try CPR("6101901012"), house)
            } == ["agreed:invitationTaken"])
        // Who has accepted keeps the case however old the link is.
        days.pass(60)
        #expect(try await cases.cases(of: stranger, in: Self.herlev).count == 1)
    }

    @Test("What is personal is the citizen's alone, and who only reads writes nothing")
    func limits() async throws {
        let house = try await house()
        let cases = RepresentationCase(house)
        let own = OwnCase(house)
        let writes = try await accept(try await invite(house).key, stranger, house)
        for act in [
            { _ = try await own.everything(in: Self.herlev, by: writes) },
            { _ = try await own.adviserThread(in: Self.herlev, by: writes) },
            { _ = try await own.consent(true, in: Self.herlev, by: writes) },
            { _ = try await own.ask(.time, "Hvorfor", in: Self.herlev, by: writes) },
            { _ = try await own.stop(FactID(1), in: Self.herlev, by: writes) },
            {
                _ = try await own.register(
                    Representation.kind, from: Self.today, to: nil,
                    answers: ["person": "En til", "may": "see", "agreed": "1"],
                    in: Self.herlev, by: writes)
            },
        ] as [@Sendable () async throws -> Void] {
            await #expect(throws: Refusal.onlyCitizen) { try await act() }
        }
        let bo = try CPR("6101901012")
        let reads = try await accept(try await invite(house, may: "see").key, bo, house)
        _ = try await own.file(in: Self.herlev, by: reads)
        await #expect(throws: Refusal.representativeOnlyReads) {
            try await own.send("Hej", "Må jeg?", in: Self.herlev, by: reads)
        }
        // Bo's own case comes first.
        let all = try await cases.cases(of: bo, in: Self.herlev)
        #expect(all.map(\.citizen) == [CitizenID(2), Self.ane])
        #expect(all.map(\.representation?.mayWrite) == [nil, false])
        // One who only comes along has nothing to accept.
        let along = try await invite(house, may: "accompany").key
        #expect(try await cases.invitation(along, in: Self.herlev) == nil)
    }

    @Test("It is over at once when the citizen stops it, and the day after its last day")
    func ends() async throws {
        let house = try await house()
        let cases = RepresentationCase(house)
        let own = OwnCase(house)
        let (key, record) = try await invite(house)
        let rut = try await accept(key, stranger, house)
        let first = try await own.stop(record, in: Self.herlev, by: ane)
        #expect(try await own.stop(record, in: Self.herlev, by: ane) == first)
        await #expect(throws: Refusal.notRepresentative) {
            try await own.file(in: Self.herlev, by: rut)
        }
        await #expect(throws: Refusal.notRepresentative) {
            try await own.send("Hej", "Endnu en", in: Self.herlev, by: rut)
        }
        #expect(try await cases.cases(of: stranger, in: Self.herlev).isEmpty)
        #expect(try await cases.invitation(key, in: Self.herlev) == nil)

        let (other, _) = try await invite(house, to: Self.today + 10)
        let again = try await accept(other, stranger, house)
        days.pass(10)
        _ = try await own.file(in: Self.herlev, by: again)
        days.pass(1)
        await #expect(throws: Refusal.notRepresentative) {
            try await own.file(in: Self.herlev, by: again)
        }
    }
}
