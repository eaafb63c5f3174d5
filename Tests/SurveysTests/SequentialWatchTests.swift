import Foundation
import Surveys
import Testing

@Suite("Early warning of falling feedback")
struct SequentialWatchTests {
    /// Months of answers on four scales from 0 to 10 whose level is given month by month, as
    /// the mean of the four.
    private static func months(
        _ levels: [Double], _ numbers: inout SeededNumbers, most: Int = 60
    ) -> [SequentialWatch.Batch] {
        levels.map { level in
            var batch = SequentialWatch.Batch()
            for _ in 0..<(20 + Int(numbers.unit() * Double(most - 20))) {
                let mood = level + 1.8 * normal(&numbers)
                var sum = 0.0
                for _ in 0..<4 { sum += min(10, max(0, (mood + normal(&numbers)).rounded())) }
                batch.add(sum / 4)
            }
            return batch
        }
    }

    private static func normal(_ numbers: inout SeededNumbers) -> Double {
        (-2 * log(1 - numbers.unit())).squareRoot() * cos(2 * .pi * numbers.unit())
    }

    private static func warnings(_ steps: [SequentialWatch.Step]) -> [SequentialWatch.Step] {
        steps.filter { $0.fallsSince != nil }
    }

    @Test("The chain gives the run lengths of the tables")
    func tables() {
        // One-sided, allowance 0.5: Montgomery, Statistical Quality Control, table 9.3, gives
        // 168 and 465 for both sides, so twice that for one; 8.38 and 10.4 at a fall of one.
        func run(_ threshold: Double, _ fall: Double) -> Double {
            SequentialWatch.stepsUntilWarning(threshold: threshold, fall: fall)
        }
        #expect(abs(run(4, 0) - 336) < 4)
        #expect(abs(run(5, 0) - 930) < 10)
        #expect(abs(run(4, 1) - 8.38) < 0.05)
        #expect(abs(run(5, 1) - 10.4) < 0.1)
        let watch = SequentialWatch(stepsBetween: 336)
        #expect(abs(watch.threshold - 4) < 0.05)
    }

    @Test("Where nothing changes it warns as seldom as it says, and a lower threshold does not")
    func falseWarnings() {
        func rate(_ watch: SequentialWatch) -> Double {
            var numbers = SeededNumbers(seed: 11)
            var warned = 0
            let (series, months) = (120, 240)
            for _ in 0..<series {
                let batches = Self.months([Double](repeating: 7.4, count: months), &numbers)
                warned += Self.warnings(watch.steps(batches)).count
            }
            return Double(series * months) / Double(max(1, warned))
        }
        // Once in ten years.
        let found = rate(SequentialWatch(stepsBetween: 120))
        #expect(found > 95 && found < 150, "one in \(found) months")
        #expect(rate(SequentialWatch(stepsBetween: 30)) < 45)
    }

    @Test("A fall is seen within months, a slow drift within a year, and from when")
    func drift() {
        let watch = SequentialWatch(stepsBetween: 120)
        var numbers = SeededNumbers(seed: 12)
        var (sudden, slow): ([Int], [Int]) = ([], [])
        var offBy: [Int] = []
        for _ in 0..<60 {
            let level = (0..<60).map { $0 < 24 ? 7.4 : 6.8 }
            if let found = Self.warnings(watch.steps(Self.months(level, &numbers)))
                .first(where: { $0.place >= 24 })
            {
                sudden.append(found.place - 24)
                offBy.append(abs((found.fallsSince ?? 0) - 24))
            }
            let drifting = (0..<60).map { $0 < 24 ? 7.4 : 7.4 - 0.08 * Double($0 - 23) }
            if let found = Self.warnings(watch.steps(Self.months(drifting, &numbers)))
                .first(where: { $0.place >= 24 })
            {
                slow.append(found.place - 24)
            }
        }
        #expect(sudden.count == 60 && slow.count == 60)
        #expect(sudden.sorted()[30] <= 3)
        #expect(slow.sorted()[54] <= 12)
        #expect(offBy.sorted()[30] <= 1)
    }

    @Test("Few answers wait for the next month, and nothing is said before there is a level")
    func few() {
        func batch(_ count: Int, _ value: Double) -> SequentialWatch.Batch {
            var batch = SequentialWatch.Batch()
            for number in 0..<count { batch.add(value + Double(number % 3) - 1) }
            return batch
        }
        let watch = SequentialWatch(stepsBetween: 120)
        let steps = watch.steps([batch(9, 7), batch(3, 7), batch(40, 7), batch(12, 2)])
        #expect(steps.map(\.place) == [1, 2, 3])
        #expect(steps[0].sum == nil && steps[1].sum == nil)
        #expect(steps[2].fallsSince == 3)
        #expect(watch.steps([]).isEmpty)
        #expect(watch.steps([batch(0, 1), batch(50, 5), batch(20, 5)]).last?.fallsSince == nil)
    }

    @Test("After a warning the new level is what is compared with")
    func again() {
        var numbers = SeededNumbers(seed: 13)
        let watch = SequentialWatch(stepsBetween: 240)
        let level = (0..<90).map { $0 < 30 ? 7.4 : $0 < 60 ? 6.2 : 5.0 }
        let found = Self.warnings(watch.steps(Self.months(level, &numbers))).map(\.place)
        #expect(found.contains { (30...34).contains($0) })
        #expect(found.contains { (60...64).contains($0) })
        #expect(found.count <= 4)
    }
}
