import Chronology
import Foundation
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Testing

@Suite("Evaluating a plan")
struct EvaluationTests {
    static let herlev = MunicipalityCode(number: 163)
    static let ballerup = MunicipalityCode(number: 151)
    static let flexJobs = """
        indicator: flex-job-full-time
        period: 2024
        atLeast: 380 fullTimePersons
        """

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    private func evaluator(_ source: TableSource) throws -> PlanEvaluator {
        let from = try day("2020-01-01")
        return PlanEvaluator(
            known: try Examples.known(), figures: source,
            registeredFrom: [EvaluationTests.herlev: from, EvaluationTests.ballerup: from])
    }

    @Test("a coupled target is as good as its weakest part")
    func coupled() throws {
        let small = """
            indicator: persons-in-small-jobs
            period: 2024
            cumulative: 60 persons
            """
        let plan = try VerdictTests.plan(targets: [
            EvaluationTests.flexJobs, small, "period: 2024\ncoupled: [t1, t2]",
        ])
        let pair = try #require(plan.target("t3"))
        func verdict(flex: Double?, small: Double?) throws -> (Verdict, TrafficLight) {
            var source = TableSource()
            let herlev = EvaluationTests.herlev
            if let flex { source.set("flex-job-full-time", herlev, .year(2024), flex) }
            if let small { source.set("persons-in-small-jobs", herlev, .year(2024), small) }
            let status = try evaluator(source).status(
                of: pair, in: plan, asOf: try day("2025-02-01"))
            #expect(status.parts.map(\.target.id) == ["t1", "t2"])
            return (status.verdict, status.light)
        }
        #expect(try verdict(flex: 380, small: 60) == (.met, .green))
        #expect(try verdict(flex: 380, small: 59) == (.missed, .red))
        #expect(try verdict(flex: 379, small: nil) == (.missed, .red))
        #expect(try verdict(flex: 380, small: nil) == (.noData, .grey))
    }

    @Test("what the rest of the year needs brings exactly the target")
    func neededIsExact() throws {
        let plan = try VerdictTests.plan(targets: [EvaluationTests.flexJobs])
        let target = try #require(plan.target("t1"))
        var seeded = Seeded(state: 3)
        for _ in 0..<50 {
            let gone = Int.random(in: 1...11, using: &seeded)
            let months = (0..<gone).map { _ in Double.random(in: 300...420, using: &seeded) }
            let asOf = try #require(Month(year: 2024, month: gone)).last
            func status(_ values: [Double], _ asOf: Day) throws -> TargetStatus {
                var source = TableSource()
                source.set(
                    "flex-job-full-time", EvaluationTests.herlev, year: 2024, months: values,
                    isLevel: true)
                return try evaluator(source).status(of: target, in: plan, asOf: asOf)
            }
            let needed = try #require(try status(months, asOf).needed)
            #expect(needed.monthsLeft == 12 - gone && needed.kind == .levelAtLeast)
            let rest = Array(repeating: needed.perMonth, count: 12 - gone)
            let whole = try status(months + rest, try day("2025-01-01"))
            #expect(abs((whole.measured?.value ?? 0) - 380) < 1e-9)
        }
    }

    @Test("the series has a point for every month that has gone, with last year's beside it")
    func series() throws {
        let plan = try VerdictTests.plan(targets: [EvaluationTests.flexJobs])
        let target = try #require(plan.target("t1"))
        var source = TableSource()
        let herlev = EvaluationTests.herlev
        source.set(
            "flex-job-full-time", herlev, year: 2023,
            months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], isLevel: true)
        source.set("flex-job-full-time", herlev, year: 2024, months: [21, 22, 23], isLevel: true)
        // March is not over: only January and February are whole months.
        let status = try evaluator(source).status(of: target, in: plan, asOf: day("2024-03-28"))
        #expect(status.series.map(\.value) == [21, 22])
        #expect(status.series.map(\.yearBefore) == [1, 2])
        #expect(status.series.map { "\($0.period)" } == ["2024M01", "2024M02"])
        #expect(status.measured?.period == Period("2024MYTD02"))
        #expect(status.measured?.isProvisional == true)
    }

    @Test("another municipality stands beside, and the whole plan can be asked of it")
    func comparison() throws {
        let plan = try VerdictTests.plan(targets: [EvaluationTests.flexJobs])
        var source = TableSource()
        source.set("flex-job-full-time", EvaluationTests.herlev, .year(2024), 381)
        source.set("flex-job-full-time", EvaluationTests.ballerup, .year(2024), 379)
        var evaluator = try evaluator(source)
        evaluator.compareMunicipality = EvaluationTests.ballerup
        let own = try evaluator.status(of: plan, asOf: day("2025-02-01"))
        let target = try #require(own.goals.first?.targets.first)
        #expect(target.verdict == .met)
        #expect(target.comparison?.municipality == EvaluationTests.ballerup)
        #expect(target.comparison?.measurement.value == 379)
        let there = try evaluator.status(
            of: plan, asOf: day("2025-02-01"), municipality: EvaluationTests.ballerup)
        #expect(there.goals.first?.targets.first?.verdict == .missed)
    }

    @Test("the stocks are those the catalogue counts on the last day")
    func stocks() throws {
        let counted = try Catalogue.bundled().all.filter {
            $0.periodRule.en.contains("last day") && $0.unit != .percent
        }
        #expect(Set(counted.map(\.id)) == KnownIndicators.stocks)
    }

    @Test("a duty is due, held or missing, interval by interval")
    func duties() throws {
        let plan = try Examples.plan("hilleroed-2024")
        let quarterly = try #require(plan.duty("quarterly-seniors"))
        let held = try ["2024-02-10", "2024-07-01", "2024-11-11"].enumerated().map { index, iso in
            DutyHeld(
                id: FactID(Int64(index)), plan: plan.id, duty: quarterly.id, day: try day(iso),
                note: "")
        }
        var evaluator = try evaluator(TableSource())
        evaluator.dutiesHeld = held
        let status = try evaluator.status(of: plan, asOf: day("2024-08-01"))
        let duty = try #require(
            status.goals.flatMap(\.duties).first { $0.duty.id == quarterly.id })
        #expect(duty.windows.map(\.state) == [.held, .missing, .held, .upcoming])
        #expect(duty.current?.held == [try day("2024-07-01")])
    }

    @Test("both shipped plans can be evaluated on any day, also without a single figure")
    func shippedPlans() throws {
        let texts = try Examples.texts()
        for id in Examples.shipped {
            let plan = try Examples.plan(id)
            for iso in ["2023-06-01", "2024-01-10", "2024-08-20", "2026-01-01"] {
                let status = try evaluator(TableSource()).status(of: plan, asOf: day(iso))
                #expect(status.goals.map(\.goal.id) == plan.goals.map(\.id))
                let seen = Set(status.goals.flatMap { $0.targets.map(\.target.id) })
                #expect(seen == Set(plan.targets.map(\.id)))
                for language in Language.allCases {
                    let words = PlanTexts(texts, language)
                    for target in status.goals.flatMap(\.targets) {
                        let text = words.explanation(of: target) + words.shape(target.target.shape)
                        #expect(!text.contains("[plans.") && !text.contains("{"), "\(text)")
                        #expect(!words.explanation(of: target).isEmpty)
                    }
                }
            }
        }
    }
}
