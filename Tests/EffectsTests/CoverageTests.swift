import Chronology
import Effects
import Foundation
import Testing

/// On people whose truth is known, the intervals hold it as often as they say.
@Suite("What the intervals hold") struct CoverageTests {
    /// The long form draws many times as many registers.
    static let isSoak = ProcessInfo.processInfo.environment["FODFAESTE_SOAK"] == "1"
    static let draws = isSoak ? 400 : 30

    /// Over many draws of one made-up population.
    struct Tally {
        var intervals = 0
        var held = 0
        var found = 0
        var unadjustedFound = 0
        var mean = 0.0
        var unadjusted = 0.0
        var truth = 0.0
        var starters = 0

        var coverage: Double { Double(held) / Double(max(1, intervals)) }
        var foundShare: Double { Double(found) / Double(max(1, intervals)) }

        static func + (a: Tally, b: Tally) -> Tally {
            var sum = a
            sum.intervals += b.intervals
            sum.held += b.held
            sum.found += b.found
            return sum
        }
    }

    static func tally(_ made: MadeUpTrial, _ plan: TrialProtocol, seed: UInt64) -> Tally {
        var tally = Tally()
        var results: [TrialResult] = []
        for index in 0..<draws {
            let draw = made.draw(seed: seed * 100_000 + UInt64(index))
            let answer = TrialEngine().answer(plan, draw.facts, asOf: MadeUpTrial.asOf)
            tally.starters += answer.flow.starters
            if let result = answer.result { results.append(result) }
            if [.higher, .lower].contains(answer.verdict) { tally.found += 1 }
        }
        tally.truth = made.truth(plan.outcome)
        for result in results {
            let difference = result.difference
            tally.intervals += 1
            if difference.low <= tally.truth, tally.truth <= difference.high { tally.held += 1 }
            tally.mean += difference.value / Double(results.count)
            tally.unadjusted += result.unadjusted / Double(results.count)
        }
        tally.starters /= max(1, draws)
        return tally
    }

    static func line(_ made: MadeUpTrial, _ tally: Tally) -> String {
        let digits = { (value: Double) in String(format: "%+.3f", value) }
        return "persons \(made.persons), began \(tally.starters), effect x\(made.effect): truth "
            + "\(digits(tally.truth)), ours \(digits(tally.mean)), unadjusted "
            + "\(digits(tally.unadjusted)), held \(tally.held) of \(tally.intervals) "
            + "(\(String(format: "%.1f", 100 * tally.coverage)) %), found \(tally.found)"
    }

    @Test("Nine of ten and more: none, a good and a bad effect, few and many")
    func coverage() {
        var all = Tally()
        var none = Tally()
        for (size, persons) in [400, 1_000].enumerated() {
            for (index, effect) in [1.0, 1.8, 0.5].enumerated() {
                let made = MadeUpTrial(persons: persons, effect: effect)
                let tally = CoverageTests.tally(
                    made, MadeUpTrial.plan, seed: UInt64(10 * size + index + 1))
                print(CoverageTests.line(made, tally))
                all = all + tally
                if effect == 1 {
                    none = none + tally
                    // The plain comparison finds an effect that is not there.
                    #expect(tally.unadjusted - tally.truth > 0.03)
                }
                #expect(abs(tally.mean - tally.truth) < 0.02)
            }
        }
        for (index, effect) in [1.0, 1.8].enumerated() {
            let made = MadeUpTrial(persons: 600, effect: effect)
            let tally = CoverageTests.tally(made, MadeUpTrial.weeksPlan, seed: UInt64(50 + index))
            print("weeks on benefits: " + CoverageTests.line(made, tally))
            all = all + tally
            if effect == 1 { none = none + tally }
            #expect(abs(tally.mean - tally.truth) < 0.5)
        }
        print(
            "held in all \(all.held) of \(all.intervals); without an effect \(none.found) of "
                + "\(none.intervals) found one")
        #expect(all.coverage >= 0.93)
        // Of 90 draws with one in twenty, more than 9 come in about one of fifty runs.
        #expect(none.foundShare <= (CoverageTests.isSoak ? 0.06 : 0.10))
    }
}
