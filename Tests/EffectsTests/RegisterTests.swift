import Chronology
import Foundation
import Identifiers
import Registry
import Testing

@testable import Effects
@testable import Simulation

/// From the synthetic municipality's facts to the answer.
@Suite("A synthetic municipality") struct RegisterTests {
    static let data = Result { try SimulationData.bundled() }

    static func facts(_ effect: KnownEffect?, population: Int, seed: UInt64) throws -> TrialFacts {
        let simulator = try Simulator(
            configuration: SimulationConfiguration(
                municipality: MunicipalityCode(number: 163), population: population, seed: seed,
                knownEffect: effect), data: data.get())
        let truth = simulator.run { _ in }
        var facts = TrialFacts()
        for citizen in truth.citizens { facts.add(.citizen(citizen)) }
        for fact in truth.residences { facts.add(.residence(fact)) }
        for fact in truth.spells { facts.add(.benefitSpell(fact)) }
        for fact in truth.matchCategories { facts.add(.matchCategory(fact)) }
        for fact in truth.offers { facts.add(.offer(fact)) }
        return facts
    }

    private func answer(
        _ effect: KnownEffect?, population: Int = 6_000, seed: UInt64
    ) throws -> TrialAnswer {
        let trial = try #require(try ProtocolBook.bundled()["company-placement"])
        let facts = try Self.facts(effect, population: population, seed: seed)
        let answer = TrialEngine().answer(
            trial, facts, asOf: SimulationConfiguration.lastDay)
        let result = try #require(answer.result)
        print(
            "effect x\(effect?.speed ?? 1) in a synthetic municipality: began "
                + "\(answer.flow.starters), ours \(digits(result.difference.value)) ("
                + "\(digits(result.difference.low)) to \(digits(result.difference.high))), "
                + "unadjusted \(digits(result.unadjusted)), \(answer.verdict.name)")
        return answer
    }

    private func digits(_ value: Double) -> String { String(format: "%+.3f", value) }

    @Test("Without the knob no effect is found")
    func asItIs() throws {
        let answer = try answer(nil, seed: 21)
        #expect(![.higher, .lower].contains(answer.verdict))
    }

    @Test("With an effort that does nothing none is found, though those who begin leave sooner")
    func none() throws {
        let answer = try answer(KnownEffect(kind: .companyInternshipPrivate), seed: 22)
        let result = try #require(answer.result)
        #expect(![.higher, .lower].contains(answer.verdict))
        #expect(result.unadjusted - result.difference.value > 0.03)
    }

    @Test("Over many municipalities no effect is found more often than chance gives")
    func many() throws {
        guard CoverageTests.isSoak else { return }
        for effect in [nil, KnownEffect(kind: .companyInternshipPrivate)] {
            var found = 0
            var sum = 0.0
            let seeds: [UInt64] = Array(100..<140)
            for seed in seeds {
                let answer = try answer(effect, seed: seed)
                sum += answer.result?.difference.value ?? 0
                if [.higher, .lower].contains(answer.verdict) { found += 1 }
            }
            print(
                "synthetic municipalities, knob \(effect != nil): mean "
                    + "\(sum / Double(seeds.count)), found \(found) of \(seeds.count)")
            #expect(found <= 5)
        }
    }

    @Test("With an effort that doubles the pace it is found")
    func one() throws {
        let answer = try answer(KnownEffect(kind: .companyInternshipPrivate, speed: 2), seed: 23)
        #expect(answer.verdict == .higher)
    }
}
