import Chronology
import Identifiers
import Indicators
import Plans
import Registry
import Synchronization
import Testing

/// The shipped plan on the real register and catalogue, with few synthetic people.
@Suite("Herlev's plan on a register")
struct RegisterTests {
    private func register() throws -> Register {
        let herlev = MunicipalityCode(number: 163)
        let start = try #require(Day(iso: "2023-01-01"))
        var builder = RegisterBuilder()
        for index in 1...4 {
            let id = CitizenID(Int64(index))
            let citizen = Citizen(
                id: id, cpr: try CPR("61018000\(index)0"), givenName: "Prøve", familyName: "Person",
                sex: .female, born: try #require(Day(iso: "1980-01-01")), origin: .danish)
            builder.add(.citizen(citizen), in: herlev)
            builder.add(
                .residence(
                    Residence(id: FactID(Int64(index)), citizen: id, start: start, end: nil)),
                in: herlev)
            // Three in flex jobs throughout, the fourth on sickness benefit in 2023.
            let isLast = index == 4
            let spell = BenefitSpell(
                id: FactID(Int64(index)), citizen: id,
                benefit: isLast ? .sicknessBenefit : .flexJob,
                start: start, end: isLast ? Day(iso: "2023-12-31") : nil)
            builder.add(.benefitSpell(spell), in: herlev)
        }
        return Register(builder, catalogue: try Catalogue.bundled())
    }

    @Test("figures, baselines and verdicts come from the registrations")
    func herlev() throws {
        let plan = try Examples.plan("herlev-2024-2025")
        let evaluator = PlanEvaluator(
            known: try Examples.known(), figures: try register(),
            registeredFrom: [plan.municipality: try #require(Day(iso: "2023-01-01"))])
        let asOf = try #require(Day(iso: "2025-06-30"))
        let status = try evaluator.status(of: plan, asOf: asOf)
        let targets = status.goals.flatMap(\.targets)
        func target(_ id: String) throws -> TargetStatus {
            try #require(targets.first { $0.target.id == id })
        }
        let flexJobs = try target("flex-jobs")
        #expect(flexJobs.measured?.value == 3)
        #expect(flexJobs.measured?.persons == 3)
        #expect(flexJobs.source == .register)
        #expect(flexJobs.verdict == .missed)
        #expect(flexJobs.series.map(\.value) == Array(repeating: 3, count: 12))
        let sickness = try target("sickness-full-time")
        #expect(sickness.measured?.value == 0)
        #expect(sickness.baseline?.value == 1)
        #expect(sickness.verdict == .met)
        #expect(try target("sickness-both").verdict == .met)
        #expect(try target("education-aid").verdict == .met)
        #expect(try target("company-based-offers").verdict == .missed)
        #expect(try target("disability-in-work").verdict == .noData)
        #expect(try target("user-survey-2024").verdict == .missed)
        #expect(try target("user-survey-2025").verdict == .onTrack)
    }

    @Test(
        "one pass over the registrations answers for all of a plan's periods",
        arguments: Examples.shipped, ["2024-05-10", "2025-06-30"])
    func asksTogether(_ id: String, _ asOf: String) throws {
        let plan = try Examples.plan(id)
        let source = CountingSource(try register())
        let evaluator = PlanEvaluator(
            known: try Examples.known(), figures: source,
            registeredFrom: [plan.municipality: try #require(Day(iso: "2023-01-01"))])
        _ = try evaluator.status(of: plan, asOf: try #require(Day(iso: asOf)))
        #expect(source.together.load(ordering: .relaxed) == 1)
        #expect(source.alone.load(ordering: .relaxed) == 0)
    }
}

/// The register, counting how it is asked.
private final class CountingSource: FigureSource {
    private let register: Register
    let alone = Atomic(0)
    let together = Atomic(0)

    init(_ register: Register) { self.register = register }

    func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell] {
        alone.add(1, ordering: .relaxed)
        return try register.figures(request)
    }

    func figures(all requests: [FigureRequest]) throws(IndicatorError) -> [[FigureCell]] {
        together.add(1, ordering: .relaxed)
        return try register.figures(all: requests)
    }
}
