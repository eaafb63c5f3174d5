import Chronology
import Foundation
import Identifiers
import Indicators
import Plans
import Registry
import Testing
import Yams

/// Runs Examples/verdicts.yaml: a target, the figures, and how it stands.
@Suite("How a target stands")
struct VerdictTests {
    struct Example: Codable, CustomTestStringConvertible, Sendable {
        var name: String
        var asOf: String
        var registeredFrom: String?
        var target: String
        var months: [String: [Double]]?
        var values: [String: Double]?
        var shares: [String: [Double]]?
        var published: [Published]?
        var held: [String]?
        var answer: Answer
        var testDescription: String { name }

        struct Published: Codable, Sendable {
            var table: String
            var measure: String
            var area: String
            var period: String
            var value: Double
        }

        struct Answer: Codable, Sendable {
            var verdict: String
            var light: String?
            var measured: Double?
            var source: String?
            var aim: Double?
            var baseline: Double?
            var needed: Double?
            var evenPace: Double?
            var expected: Double?
            var low: Double?
            var high: Double?
            var rank: Int?
            var among: Int?
            var timesHeld: Int?
            var says: [String]?
        }
    }

    static let herlev = MunicipalityCode(number: 163)

    static func examples() throws -> [Example] {
        let text = try String(contentsOf: Examples.url("verdicts.yaml"), encoding: .utf8)
        return try YAMLDecoder().decode([Example].self, from: text)
    }

    static func plan(targets: [String]) throws -> EmploymentPlan {
        let head = """
            format: 1
            id: trial
            municipality: "0163"
            title: {da: "Prøve", en: "Trial"}
            period: {from: 2024-01-01, to: 2025-12-31}
            source: {name: "Prøve", fingerprint: "0123456789abcdef"}
            roles:
              - {id: all, name: {da: "Alle", en: "All"}}
            goals:
              - {id: one, issuer: local, number: 1, text: {da: "Ét", en: "One"}}
            duties:
              - {id: survey, goals: [one], text: {da: "U", en: "S"}, answers: all, times: 2, per: year}
            targets:

            """
        let blocks = targets.enumerated().map { index, text in
            let lines = text.split(separator: "\n").map { "    \($0)\n" }.joined()
            return "  - id: t\(index + 1)\n    goals: [one]\n    text: {da: \"M\", en: \"T\"}\n"
                + lines
        }
        return try EmploymentPlan(
            yaml: head + blocks.joined(), file: "trial.yaml", known: Examples.known())
    }

    static func evaluator(_ example: Example, _ target: ResultTarget) throws -> PlanEvaluator {
        var source = TableSource()
        var table = PublishedTable()
        let known = try Examples.known()
        if let indicator = target.indicator {
            let isLevel = known.entries[indicator]?.unit == .fullTimePersons
            for (year, values) in example.months ?? [:] {
                source.set(
                    indicator, herlev, year: try #require(Int(year)), months: values,
                    isLevel: isLevel)
            }
            for (period, value) in example.values ?? [:] {
                source.set(indicator, herlev, try #require(Period(period)), value)
            }
            for (period, share) in example.shares ?? [:] {
                source.set(
                    indicator, herlev, try #require(Period(period)), 100 * share[0] / share[1],
                    numerator: share[0], denominator: share[1])
            }
        }
        for row in example.published ?? [] {
            let key = PublishedTable.Key(
                table: row.table, measure: row.measure,
                area: try MunicipalityCode(row.area).number,
                period: try #require(Period(row.period)))
            table.values[key] = row.value
        }
        let from = try #require(Day(iso: example.registeredFrom ?? "2020-01-01"))
        return PlanEvaluator(
            known: known, figures: source, published: table, registeredFrom: [herlev: from],
            dutiesHeld: try (example.held ?? []).enumerated().map { index, day in
                DutyHeld(
                    id: FactID(Int64(index)), plan: "trial", duty: "survey",
                    day: try #require(Day(iso: day)), note: "")
            })
    }

    @Test("examples", arguments: try examples())
    func example(_ example: Example) throws {
        let plan = try VerdictTests.plan(targets: [example.target])
        let target = try #require(plan.target("t1"))
        let evaluator = try VerdictTests.evaluator(example, target)
        let asOf = try #require(Day(iso: example.asOf))
        let status = try evaluator.status(of: target, in: plan, asOf: asOf)
        let answer = example.answer
        #expect(status.verdict.rawValue == answer.verdict)
        if let light = answer.light { #expect(status.light.rawValue == light) }
        if let source = answer.source { #expect(status.source.rawValue == source) }
        for key in answer.says ?? [] {
            #expect(status.explanation.map(\.key).contains(key), "\(key)")
        }
        if (answer.says ?? []).contains("unreachable") { #expect(status.needed == nil) }
        if let rank = answer.rank { #expect(status.rank?.position == rank) }
        if let among = answer.among { #expect(status.rank?.among == among) }
        if let times = answer.timesHeld { #expect(status.timesHeld == times) }
        for (name, found, wanted) in [
            ("measured", status.measured?.value, answer.measured),
            ("aim", status.aim, answer.aim),
            ("baseline", status.baseline?.value, answer.baseline),
            ("needed", status.needed?.perMonth, answer.needed),
            ("evenPace", status.evenPace, answer.evenPace),
            ("expected", status.forecast?.expected, answer.expected),
            ("low", status.forecast?.low, answer.low),
            ("high", status.forecast?.high, answer.high),
        ] {
            guard let wanted else { continue }
            let value = try #require(found, "\(name)")
            #expect(abs(value - wanted) < 0.001, "\(name)")
        }
    }

    @Test("every shape has an example")
    func everyShape() throws {
        var seen: Set<TargetShape.Key> = []
        for example in try VerdictTests.examples() {
            let plan = try VerdictTests.plan(targets: [example.target])
            seen.formUnion(plan.targets.map(\.shape.key))
        }
        // Coupled targets are examined in EvaluationTests.
        #expect(Set(TargetShape.Key.allCases).subtracting(seen) == [.coupled])
    }
}
