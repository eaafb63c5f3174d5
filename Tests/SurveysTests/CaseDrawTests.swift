import Registry
import Surveys
import Testing

@Suite("Samples of cases")
struct CaseDrawTests {
    private static let frame = Dictionary(
        uniqueKeysWithValues: (1...120).map { (Int64($0), $0 <= 80 ? "Nord" : "Syd") })

    @Test("The same seed draws the same cases, each once, in proportion from each team")
    func same() {
        let draw = CaseDraw(frame: Self.frame, wanted: 30, seed: 7)
        #expect(draw == CaseDraw(frame: Self.frame, wanted: 30, seed: 7))
        #expect(draw.drawn != CaseDraw(frame: Self.frame, wanted: 30, seed: 8).drawn)
        #expect(Set(draw.drawn).count == 30)
        #expect(draw.strata.map(\.name) == ["Nord", "Syd"])
        #expect(draw.strata.map(\.drawn) == [20, 10])
    }

    @Test("More than there are is all, and nothing is nothing")
    func edges() {
        #expect(Set(CaseDraw(frame: Self.frame, wanted: 500, seed: 1).drawn).count == 120)
        #expect(CaseDraw(frame: [:], wanted: 5, seed: 1).drawn.isEmpty)
        // One of each part is drawn, however small it is.
        let small = CaseDraw(frame: [1: "a", 2: "b", 3: "c"], wanted: 1, seed: 1)
        #expect(small.strata.map(\.drawn) == [1, 1, 1])
    }

    @Test("Over many seeds every case is drawn as often as the others")
    func even() {
        let rounds = 3_000
        var times: [Int64: Int] = [:]
        for seed in 1...rounds {
            for number in CaseDraw(frame: Self.frame, wanted: 30, seed: Int64(seed)).drawn {
                times[number, default: 0] += 1
            }
        }
        // A quarter of the rounds: 750, with a standard deviation of 24.
        #expect(times.count == 120)
        #expect(times.values.allSatisfy { abs($0 - rounds / 4) < 110 })
        let spread = times.values.reduce(0.0) { sum, count in
            sum + Double((count - rounds / 4) * (count - rounds / 4))
        }
        // Chi-square of 120 numbers over their variance, four standard deviations at most.
        #expect(spread / (Double(rounds) * 0.25 * 0.75) < 120 + 4 * (240.0).squareRoot())
    }

    @Test("The intervals hold the truth as often as they say", arguments: [0.5, 0.7, 0.9])
    func coverage(share: Double) {
        var numbers = SeededNumbers(seed: 3)
        let (frame, wanted, rounds) = (400, 60, 2_000)
        // In one case of five the question is not relevant.
        let truth: [Finding] = (0..<frame).map { place in
            place % 5 == 0 ? .notRelevant : numbers.unit() < share ? .met : .notMet
        }
        let met = truth.count { $0 == .met }
        let real = Double(met) / Double(truth.count { $0 != .notRelevant })
        let cases = Dictionary(uniqueKeysWithValues: (0..<frame).map { (Int64($0), "") })
        var covered = 0
        for seed in 1...rounds {
            var count = AuditCount(question: "x")
            for number in CaseDraw(frame: cases, wanted: wanted, seed: Int64(seed)).drawn {
                count.add(truth[Int(number)])
            }
            let found = AuditEstimate(count, frame: frame, size: wanted)
            guard let interval = found.share else { continue }
            if interval.low <= real, real <= interval.high { covered += 1 }
        }
        let rate = Double(covered) / Double(rounds)
        #expect(rate > 0.935 && rate < 0.985, "\(rate)")
    }

    @Test("A change is seen where there is one, and seldom where there is none")
    func effects() {
        func verdicts(_ before: Double, _ after: Double) -> [AuditEffect.Verdict: Int] {
            var numbers = SeededNumbers(seed: 5)
            var found: [AuditEffect.Verdict: Int] = [:]
            for _ in 0..<1_000 {
                let shares = [before, after].map { share -> SurveyEstimate.Share in
                    let met = (0..<100).count { _ in numbers.unit() < share }
                    return SurveyEstimate.share(Double(met) / 100, 100, of: 100_000)
                }
                found[AuditEffect(from: shares[0], to: shares[1]).verdict, default: 0] += 1
            }
            return found
        }
        let none = verdicts(0.6, 0.6)
        #expect((none[.better] ?? 0) + (none[.worse] ?? 0) < 70)
        #expect((verdicts(0.5, 0.75)[.better] ?? 0) > 900)
        #expect((verdicts(0.75, 0.5)[.worse] ?? 0) > 900)
    }

    @Test("Below ten cases there is no share, and all cases leave no doubt")
    func few() {
        let few = AuditEstimate(
            AuditCount(question: "x", met: 8, notMet: 1, cannotTell: 40), frame: 90, size: 49)
        #expect(few.share == nil && few.told == 9)
        let all = AuditEstimate(AuditCount(question: "x", met: 15, notMet: 5), frame: 20, size: 20)
        #expect(all.share == SurveyEstimate.Share(value: 0.75, low: 0.75, high: 0.75))
    }
}
