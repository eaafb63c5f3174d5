import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing

@Suite("Records and courses in a case")
struct RecordCaseTests {
    private static let herlev = MunicipalityCode(number: 163)
    private static let today = Day(iso: "2025-06-02")!
    private static let ane = CitizenID(1)
    private let purpose = Purpose("Sagsbehandling")!
    private let kim = Actor(
        name: "Kim", role: .caseworker, municipality: Self.herlev, staff: FactID(1))

    private func house() async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        let house = House(
            engine: engine, clock: .stopped(at: Self.today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
        let start = Self.today - 100
        let facts: [Fact] = [
            .citizen(
                Citizen(
                    id: Self.ane, cpr: try CPR("6101901002"), givenName: "Ane",
                    familyName: "Prøve", sex: .female, born: Day(iso: "1980-01-01")!,
                    origin: .danish)),
            .residence(Residence(id: FactID(1), citizen: Self.ane, start: start, end: nil)),
            .targetGroup(
                TargetGroupPeriod(
                    id: FactID(1), citizen: Self.ane, group: .group6, start: start, end: nil)),
        ]
        try await engine.write { connection in
            var ledger = try LedgerWriter(connection, Self.herlev)
            let stamp = Stamp(
                actor: "Kim", role: "caseworker", purpose: "Sagsbehandling", at: 0, on: start)
            for fact in facts { _ = try ledger.register(fact, stamp) }
        }
        return house
    }

    private func register(
        _ house: House, _ kind: String, from: Day = today, to end: Day? = nil,
        _ answers: [String: String], by actor: Actor? = nil
    ) async throws -> Receipt {
        try await RecordCase(house).register(
            kind, from: from, to: end, answers: answers, for: Self.ane, in: Self.herlev,
            by: actor ?? kim, purpose: purpose)
    }

    private func records(_ house: House) async throws -> [CaseRecord] {
        let file = try await CitizenCase(house).file(
            of: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
        return try #require(file).registrations.compactMap {
            if case .caseRecord(let record) = $0.fact { record } else { nil }
        }
    }

    private let mentor = [
        "mentor": "Ida", "goal": "Møde", "tasks": "Ringe", "weeklyHours": "3", "signed": "1",
    ]

    @Test("a record is kept once it is whole, and nothing of one that is not")
    func register() async throws {
        let house = try await house()
        func problems(_ body: () async throws -> Receipt) async -> [String] {
            do {
                _ = try await body()
                return []
            } catch {
                return (error as? FieldProblems)?.all.map { "\($0.field) \($0.key)" } ?? ["?"]
            }
        }
        let today = Self.today
        #expect(
            await problems { try await register(house, "mentor-agreement", mentor) }
                == ["end endsTooLate"])
        let last = today.adding(months: 6) - 1
        #expect(
            await problems {
                try await register(house, "mentor-agreement", to: last + 1, mentor)
            } == ["end endsTooLate"])
        #expect(
            await problems {
                try await register(house, "mentor-agreement", to: today - 1, mentor)
            } == ["end beforeStart"])
        #expect(
            await problems {
                try await register(house, "mentor-agreement", from: today + 1, to: last, mentor)
            } == ["start actInFuture"])
        #expect(
            await problems {
                try await register(house, "mentor-agreement", from: today - 101, to: today, mentor)
            } == ["start notResident"])
        #expect(
            await problems {
                try await register(house, "mentor-agreement", to: last, ["mentor": "Ida"])
            } == ["goal empty", "tasks empty", "weeklyHours wholeNumber", "signed mustBeTicked"])
        #expect(await problems { try await register(house, "nothing", [:]) } == ["id choice"])
        #expect(try await records(house).isEmpty)
        await #expect(throws: Refusal.roleMayNotRegister) {
            try await register(
                house, "mentor-agreement", to: last, mentor,
                by: Actor(name: "Bo", role: .manager, municipality: Self.herlev))
        }
        _ = try await register(house, "mentor-agreement", to: last, mentor)
        let kept = try await records(house)
        #expect(kept.map(\.answers) == [mentor] && kept.map(\.end) == [last])
    }

    @Test("what takes a consent takes one that holds on the day, and what goes on can end")
    func needs() async throws {
        let house = try await house()
        let action = [
            "order": "1", "who": "social", "action": "Bolig", "deadline": "2025-07-01",
        ]
        await #expect(throws: FieldProblems.self) {
            try await register(house, "whole-plan-action", action)
        }
        _ = try await register(
            house, "whole-plan-consent", from: Self.today - 5, ["form": "written", "informed": "1"])
        _ = try await register(house, "whole-plan-action", action)
        await #expect(throws: FieldProblems.self) {
            try await register(house, "whole-plan-action", from: Self.today - 6, action)
        }
        let consent = try #require(
            try await records(house).first { $0.record == "whole-plan-consent" })
        func end(_ day: Day, of citizen: CitizenID = Self.ane) async throws -> Receipt {
            try await RecordCase(house).end(
                consent.id, of: citizen, on: day, in: Self.herlev, by: kim, purpose: purpose)
        }
        await #expect(throws: FieldProblems.self) { try await end(Self.today - 6) }
        await #expect(throws: FieldProblems.self) { try await end(Self.today + 1) }
        await #expect(throws: FieldProblems.self) { try await end(Self.today, of: CitizenID(2)) }
        _ = try await end(Self.today - 1)
        // The consent does not hold any longer.
        await #expect(throws: FieldProblems.self) {
            try await register(house, "whole-plan-action", action)
        }
    }

    @Test(
        "a course is the group's, counts from its beginning, and a step is done when it is registered"
    )
    func course() async throws {
        let house = try await house()
        func progress(_ asked: String? = nil) async throws -> [CourseProgress] {
            let file = try await CitizenCase(house).file(
                of: Self.ane, in: Self.herlev, by: kim, purpose: purpose)
            return try await CourseCase(house).progress(of: try #require(file), asked: asked)
        }
        let before = try await progress()
        #expect(before.map(\.course.id) == ["sick-listed"])
        #expect(before.first?.since == Self.today - 100)
        #expect(before.first?.steps.allSatisfy { $0.done == nil } == true)
        #expect(try await progress("refugee").map(\.course.id) == ["refugee"])
        let receipt = try await register(
            house, "return-to-work-plan",
            ["firstHours": "8", "steps": "8, 15", "goalHours": "37", "reachedBy": "2025-08-01"])
        let after = try await progress().first
        #expect(after?.steps.compactMap(\.done?.number) == [receipt.number])
    }
}
