import Registry
import Surveys
import Testing

@Suite("Samples, weights and intervals of surveys")
struct SurveyEstimateTests {
    /// Who could be asked: more of some cells than of others.
    private static func frame(_ people: Int, _ numbers: inout SeededNumbers)
        -> [CitizenID: SurveyCell]
    {
        var frame: [CitizenID: SurveyCell] = [:]
        for number in 1...people {
            let draw = numbers.unit()
            // The squares make the first cells common and the last ones rare.
            let place = Int(draw * draw * Double(SurveyCell.all.count))
            frame[CitizenID(Int64(number))] = SurveyCell.all[place]
        }
        return frame
    }

    /// How likely somebody is satisfied with a theme, and to answer: both depend on benefit
    /// and age. With `hidden` those satisfied answer more often, which no weight can know.
    private struct Truth {
        var satisfied: [CitizenID: [Bool]] = [:]
        var shares = [Double](repeating: 0, count: SurveyTheme.allCases.count)

        init(_ frame: [CitizenID: SurveyCell], _ numbers: inout SeededNumbers) {
            for (citizen, cell) in frame.sorted(by: { $0.key < $1.key }) {
                let benefit = Double(SurveyBenefits.allCases.firstIndex(of: cell.benefits)!)
                let age = Double(SurveyAges.allCases.firstIndex(of: cell.ages)!)
                let likes = SurveyTheme.allCases.indices.map { theme in
                    numbers.unit() < 0.80 - 0.14 * benefit - 0.06 * age + 0.03 * Double(theme)
                }
                satisfied[citizen] = likes
                for theme in likes.indices where likes[theme] { shares[theme] += 1 }
            }
            for theme in shares.indices { shares[theme] /= Double(frame.count) }
        }

        static func answers(_ cell: SurveyCell) -> Double {
            let benefit = Double(SurveyBenefits.allCases.firstIndex(of: cell.benefits)!)
            let age = Double(SurveyAges.allCases.firstIndex(of: cell.ages)!)
            return 0.95 - 0.22 * benefit - 0.03 * age
        }
    }

    private static func wave(
        seed: UInt64, people: Int = 4_000, wanted: Int = 2_770, hidden: Double = 0
    ) -> (SurveyEstimate, Truth) {
        var numbers = SeededNumbers(seed: seed)
        let frame = frame(people, &numbers)
        let truth = Truth(frame, &numbers)
        let draw = SampleDraw(frame: frame, wanted: wanted, seed: Int64(seed))
        var answers: [SurveyEstimate.Answer] = []
        for (citizen, stratum) in draw.drawn {
            let likes = truth.satisfied[citizen]!
            let chance = Truth.answers(frame[citizen]!) + (likes[4] ? hidden : -hidden)
            guard numbers.unit() < chance else { continue }
            answers.append(
                .init(
                    stratum: stratum,
                    scores: likes.map { like in
                        // Somebody knows nothing about something now and then.
                        numbers.unit() < 0.03 ? nil : like ? 4 : 2
                    }))
        }
        return (SurveyEstimate(draw.strata, answers), truth)
    }

    /// How many of the intervals of many waves hold the truth, and how many were tried.
    private static func coverage(
        seeds: ClosedRange<UInt64>, hidden: Double = 0, of: [SurveyTheme] = SurveyTheme.allCases
    ) -> (weighted: Double, unweighted: Double, answered: Double) {
        var (weighted, unweighted, tried, answered) = (0, 0, 0, 0)
        for seed in seeds {
            let (estimate, truth) = wave(seed: seed, hidden: hidden)
            answered += estimate.answered
            for (theme, share) in zip(estimate.themes, truth.shares)
            where of.contains(theme.theme) {
                tried += 1
                if let found = theme.weighted, (found.low...found.high).contains(share) {
                    weighted += 1
                }
                if let found = theme.unweighted, (found.low...found.high).contains(share) {
                    unweighted += 1
                }
            }
        }
        let count = Double(tried)
        return (
            Double(weighted) / count, Double(unweighted) / count,
            Double(answered) / Double(seeds.count)
        )
    }

    @Test("Two thousand answers, of whom some answer less often: the truth is in the interval")
    func recovered() {
        let found = Self.coverage(seeds: 1...40)
        #expect(found.answered > 1_900 && found.answered < 2_100)
        #expect(found.weighted >= 0.92)
        #expect(found.unweighted < 0.5)
    }

    @Test("Where those satisfied answer more often, weights do not help")
    func hiddenReasons() {
        let found = Self.coverage(seeds: 1...10, hidden: 0.1, of: [.overall])
        #expect(found.weighted < 0.2)
    }

    @Test("The same seed draws the same sample, another seed another")
    func drawnAgain() {
        var numbers = SeededNumbers(seed: 7)
        let frame = Self.frame(900, &numbers)
        let first = SampleDraw(frame: frame, wanted: 200, seed: 5)
        let again = SampleDraw(
            frame: Dictionary(uniqueKeysWithValues: frame.shuffled()), wanted: 200, seed: 5)
        let other = SampleDraw(frame: frame, wanted: 200, seed: 6)
        #expect(first.drawn.map(\.citizen) == again.drawn.map(\.citizen))
        #expect(first.drawn.map(\.citizen) != other.drawn.map(\.citizen))
        #expect(first.strata == other.strata)
        #expect(Set(first.drawn.map(\.citizen)).count == first.drawn.count)
    }

    @Test("Each stratum has its share, and none is so small that an answer names somebody")
    func allocation() {
        var numbers = SeededNumbers(seed: 8)
        for people in [30, 300, 3_000] {
            let frame = Self.frame(people, &numbers)
            let draw = SampleDraw(frame: frame, wanted: people / 3, seed: 1)
            let strata = draw.strata.all
            #expect(strata.reduce(0) { $0 + $1.frame } == people)
            #expect(draw.drawn.count == strata.reduce(0) { $0 + $1.drawn })
            for stratum in strata {
                #expect(stratum.frame >= SampleDraw.leastInFrame)
                #expect(stratum.drawn >= min(SampleDraw.leastDrawn, stratum.frame))
                let share = Double(stratum.frame) * Double(people / 3) / Double(people)
                #expect(
                    stratum.drawn == SampleDraw.leastDrawn
                        || abs(Double(stratum.drawn) - share) < 1.001)
            }
            #expect(Set(strata.flatMap(\.cells)) == Set(frame.values))
        }
    }

    @Test("Everybody is drawn where everybody is wanted")
    func everybody() {
        var numbers = SeededNumbers(seed: 9)
        let frame = Self.frame(120, &numbers)
        #expect(SampleDraw(frame: frame, wanted: 9_999, seed: 1).drawn.count == 120)
        #expect(SampleDraw(frame: [:], wanted: 10, seed: 1).drawn.isEmpty)
    }

    @Test("Small cells are joined to the other sex, then the next age, then other benefits")
    func joining() {
        func cell(_ code: String) -> SurveyCell { SurveyCell(code: code[...])! }
        let found = Joining.joined(
            [
                ([cell("cash.young.female")], 5), ([cell("cash.young.male")], 30),
                ([cell("cash.middle.female")], 9), ([cell("sickness.young.male")], 8),
                ([cell("unemployment.senior.male")], 40),
            ], least: 20)
        #expect(
            found.map { $0.cells.map(\.code) } == [
                [
                    "cash.middle.female", "cash.young.female", "cash.young.male",
                    "sickness.young.male",
                ], ["unemployment.senior.male"],
            ])
        #expect(found.map(\.count) == [52, 40])
    }

    @Test("Wilson's interval and the finite population")
    func interval() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let endless = SurveyEstimate.share(81.0 / 263, 263, of: .max)
        #expect(abs(endless.low - 0.2553) < 0.0001 && abs(endless.high - 0.3662) < 0.0001)
        let half = SurveyEstimate.share(0.5, 100, of: 200)
        // As 100 · 199 / 100 = 199 answers of an endless population.
        let same = SurveyEstimate.share(0.5, 199, of: .max)
        #expect(abs(half.low - same.low) < 1e-9)
        let all = SurveyEstimate.share(0.3, 50, of: 50)
        #expect(all.low == 0.3 && all.high == 0.3)
    }

    @Test("No figure of fewer than ten, and who does not know counts nowhere")
    func few() {
        let strata = SurveyStrata([
            SurveyStratum(cells: SurveyCell.all, frame: 100, drawn: 50)
        ])
        func answers(_ scored: Int) -> [SurveyEstimate.Answer] {
            (0..<30).map { place in
                .init(stratum: 0, scores: [place < scored ? 5 : nil, 3, 3, 3, 3])
            }
        }
        let nine = SurveyEstimate(strata, answers(9)).themes[0]
        #expect(nine.weighted == nil && nine.unweighted == nil && nine.scored == 9)
        let ten = SurveyEstimate(strata, answers(10)).themes[0]
        #expect(ten.weighted?.value == 1 && ten.unknown == 20)
        #expect(ten.weighted!.low > 0.7 && ten.weighted!.high <= 1)
    }

    @Test("A group that answers half as often weighs twice as much")
    func weights() {
        let (women, men) = (SurveyCell(.cash, .young, .female), SurveyCell(.cash, .young, .male))
        let strata = SurveyStrata([
            SurveyStratum(cells: [women], frame: 200, drawn: 100),
            SurveyStratum(cells: [men], frame: 200, drawn: 100),
        ])
        let answers =
            (0..<80).map { _ in SurveyEstimate.Answer(stratum: 0, scores: [5, 5, 5, 5, 5]) }
            + (0..<40).map { _ in SurveyEstimate.Answer(stratum: 1, scores: [1, 1, 1, 1, 1]) }
        let theme = SurveyEstimate(strata, answers).themes[4]
        #expect(abs(theme.weighted!.value - 0.5) < 1e-9)
        #expect(abs(theme.unweighted!.value - 2.0 / 3) < 1e-9)
        // 80 of weight 2.5 and 40 of weight 5: 400² / (80 · 6.25 + 40 · 25).
        #expect(abs(theme.effective - 160_000 / 1_500) < 1e-9)
    }
}
