import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Testing
import Yams

/// One example of `Resources/cap.yaml`.
struct CapExample: CustomTestStringConvertible, Sendable {
    var name: String
    var quarter: Quarter
    var asOf: Day
    var facts: [Fact]
    var spending: [SpendingLine]
    /// By bound and column; a column that is not named has no value.
    var expected: [String: [String: Double]]
    var testDescription: String { name }

    static let columns = ["base", "rateToDate", "yardstick", "net", "difference", "perPerson"]
    static let all: [CapExample] = {
        let url = Bundle.module.url(forResource: "Resources/cap", withExtension: "yaml")!
        let root = try! Yams.compose(yaml: String(contentsOf: url, encoding: .utf8))!
        return root["examples"]!.array().map { CapExample($0) }
    }()

    private init(_ node: Node) {
        func day(_ node: Node?) -> Day? { node?.string.flatMap { Day(iso: $0) } }
        name = node["name"]!.string!
        guard case .quarter(let quarter)? = Period(node["quarter"]!.string!) else { fatalError() }
        self.quarter = quarter
        asOf = day(node["asOf"])!
        facts = []
        var next: Int64 = 0
        for row in node["people"]!.array() {
            for _ in 0..<row["count"]!.int! {
                next += 1
                facts += CapExample.person(next, row, day)
            }
        }
        spending = node["spending"]!.array().map { row in
            guard case .month(let month)? = Period(row["month"]!.string!) else { fatalError() }
            return SpendingLine(
                id: FactID(0), account: row["account"]!.string!, month: month,
                amount: Int64(row["gross"]!.int! * 100), refund: Int64(row["refund"]!.int! * 100))
        }
        expected = [:]
        for bound in ["low", "high"] {
            for column in CapExample.columns {
                expected[bound, default: [:]][column] = node["expected"]![bound]![column]?.float
            }
        }
    }

    private static func person(_ number: Int64, _ row: Node, _ day: (Node?) -> Day?) -> [Fact] {
        let citizen = CitizenID(number)
        let id = FactID(number)
        let start = day(row["from"])!
        var facts: [Fact] = [
            .citizen(
                Citizen(
                    id: citizen, cpr: try! CPR("610190\(1_000 + number * 2)"), givenName: "Ane",
                    familyName: "Prøve\(number)", sex: .female, born: Day(iso: "1990-01-01")!,
                    origin: .danish)),
            .benefitSpell(
                BenefitSpell(
                    id: id, citizen: citizen, benefit: Benefit(rawValue: row["benefit"]!.string!)!,
                    start: start, end: day(row["to"]),
                    degree: row["hours"]?.float.map {
                        WeeklyTime(minutes: Int32(($0 * 60).rounded()))
                    } ?? .full)),
        ]
        if let group = row["group"]?.string.flatMap(TargetGroup.init) {
            facts.append(
                .targetGroup(
                    TargetGroupPeriod(
                        id: id, citizen: citizen, group: group, start: start, end: nil)))
        }
        if let end = day(row["to"]), let until = day(row["subsidyUntil"]) {
            facts.append(
                .offer(
                    Offer(
                        id: id, citizen: citizen, kind: .wageSubsidyPrivate, start: end + 1,
                        end: until, weekly: .full)))
        }
        return facts
    }
}

@Suite("The cap on guidance and mentor spending")
struct CapTests {
    static let herlev = MunicipalityCode(number: 163)
    let purpose = Purpose("import spending")!

    private func house(_ engine: any StorageEngine, _ today: Day) throws -> House {
        House(
            engine: engine, clock: .stopped(at: today), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
    }

    private func actor(_ role: Role) -> Actor {
        Actor(name: "Kim", role: role, municipality: Self.herlev)
    }

    private func registered(
        _ example: CapExample, _ lines: [SpendingLine]
    ) async throws -> House {
        let engine = try await UseCaseEngine.migrated()
        _ = try await RegisterCase(try house(engine, Day(iso: "2025-12-15")!)).register(
            example.facts, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        let house = try house(engine, example.asOf)
        _ = try await SpendingCase(house).register(
            lines, in: Self.herlev, by: actor(.system), purpose: purpose)
        return house
    }

    private func pack(_ house: House, _ example: CapExample) async throws -> Pack {
        try await PackCase(house).pack(
            PackRequest(example.quarter, asOf: example.asOf), of: Self.herlev,
            by: actor(.manager))
    }

    @Test("Persons and spending make the yardstick and the difference", arguments: CapExample.all)
    func example(_ example: CapExample) async throws {
        let pack = try await pack(try await registered(example, example.spending), example)
        for bound in ["low", "high"] {
            for column in CapExample.columns {
                let id = "cap.\(bound).\(column)"
                let number = try #require(pack.numbers.first { $0.id == id })
                let expected = example.expected[bound]?[column]
                #expect((number.value == nil) == (expected == nil), "\(id)")
                guard let value = number.value, let expected else { continue }
                #expect(abs(value - expected) < 0.005, "\(id) \(value)")
            }
        }
        let net = pack.numbers.first { $0.id == "cap.spending.total.net" }
        #expect(net?.value != nil)
    }

    @Test("An amount takes the place of the one for the same account and month")
    func replaced() async throws {
        let example = try #require(CapExample.all.first)
        let house = try await registered(example, example.spending)
        let line = SpendingLine(
            id: FactID(0), account: "mentor", month: Day(iso: "2026-03-01")!.month,
            amount: 20_000_00, refund: 10_000_00)
        let first = try await SpendingCase(house).register(
            [line], in: Self.herlev, by: actor(.system), purpose: purpose)
        #expect(first.count == 1)
        let pack = try await pack(house, example)
        #expect(
            pack.numbers.first { $0.id == "cap.spending.mentor.gross" }?.value == 20_000)
        #expect(pack.numbers.first { $0.id == "cap.low.net" }?.value == 30_000)
    }

    @Test("Only those who import may register spending")
    func refused() async throws {
        let example = try #require(CapExample.all.first)
        let house = try await registered(example, [])
        await #expect(throws: Refusal.self) {
            try await SpendingCase(house).register(
                example.spending, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        }
        let pack = try await pack(house, example)
        #expect(pack.numbers.first { $0.id == "cap.spending.total.net" }?.state == .missing)
        #expect(!pack.summary.contains { $0.text.da.contains("§ 203 a") })
    }

    @Test("The days on which a ceiling is published stand in the agenda from 2026")
    func agenda() throws {
        func due(_ year: Int, _ quarter: Int) throws -> [String] {
            try PackAgenda(
                Quarter(year: year, quarter: quarter)!, notes: [], editions: [],
                today: Day(iso: "2026-07-02")!
            ).announcements().map { "\($0.stage) \($0.year) \($0.day.iso)" }
        }
        #expect(try due(2025, 2).isEmpty && due(2025, 4).isEmpty)
        #expect(try due(2026, 1).isEmpty && due(2026, 3).isEmpty)
        #expect(try due(2026, 2) == ["provisional 2027 2026-07-01"])
        #expect(try due(2026, 4) == ["final 2027 2026-12-31"])
    }
}
