import Chronology
import Registry
import Testing

@testable import Effects

/// What is said, and when it is that the register cannot tell.
@Suite("Verdicts") struct VerdictTests {
    private func answer(
        _ made: MadeUpTrial, _ plan: TrialProtocol = MadeUpTrial.plan, seed: UInt64 = 3,
        asOf: Day = MadeUpTrial.asOf
    ) -> TrialAnswer {
        TrialEngine().answer(plan, made.draw(seed: seed).facts, asOf: asOf)
    }

    @Test(
        "An interval says which it is",
        arguments: [
            (0.06, 0.10, TrialVerdict.higher), (0.01, 0.10, .higher), (-0.10, -0.01, .lower),
            (-0.04, 0.04, .noDifferenceThatMatters), (0.01, 0.04, .noDifferenceThatMatters),
            (-0.04, 0.06, .cannotTell(.tooUncertain)), (-0.3, 0.3, .cannotTell(.tooUncertain)),
        ])
    func intervals(low: Double, high: Double, expected: TrialVerdict) {
        let estimate = TrialEstimate(value: (low + high) / 2, low: low, high: high)
        #expect(TrialVerdict(estimate, smallest: 0.05) == expected)
    }

    @Test("Few who began: we cannot tell, and there is no figure to misread")
    func few() {
        let answer = answer(MadeUpTrial(persons: 120))
        #expect(answer.verdict == .cannotTell(.tooFewStarters))
        #expect(answer.result == nil)
        #expect((1..<30).contains(answer.flow.starters))
    }

    @Test("Nobody who began, and nobody whose follow-up is over")
    func nobody() {
        var plan = MadeUpTrial.plan
        plan.effort = [.communityWork]
        #expect(answer(MadeUpTrial(), plan).verdict == .cannotTell(.nobodyBegan))
        let early = answer(MadeUpTrial(), asOf: MadeUpTrial.january.first + 60)
        #expect(early.verdict == .cannotTell(.followUpRunning))
        #expect(early.flow.waiting > 0)
        // What is planned has not begun.
        let before = answer(MadeUpTrial(), asOf: MadeUpTrial.january.first - 1)
        #expect(before.verdict == .cannotTell(.nobodyBegan))
    }

    @Test("Those whose follow-up is not over are left out and counted")
    func running() {
        let half = answer(MadeUpTrial(persons: 1_500), asOf: MadeUpTrial.january.first + 366)
        let whole = answer(MadeUpTrial(persons: 1_500))
        #expect(half.flow.waiting > 0 && whole.flow.waiting == 0)
        #expect(
            half.flow.starterEntries + half.flow.waiting + half.flow.lostStarters
                == whole.flow.starterEntries + whole.flow.lostStarters)
    }

    @Test("Begun by the young alone and compared by age: they are like themselves")
    func youngAlone() {
        // The young who do not begin are there, so there is somebody to compare with.
        let answer = answer(MadeUpTrial(persons: 3_000, onlyYoung: true))
        #expect(answer.result != nil)
        #expect(answer.overlap.withoutComparable < 0.05)
    }

    @Test("No others like those who began: we cannot tell")
    func noOverlap() {
        let draw = MadeUpTrial(persons: 1_500).draw(seed: 5)
        let firstStarts = Dictionary(grouping: draw.offers) { $0.citizen }.compactMapValues {
            $0.map(\.start).min()
        }
        // Those who begin do so as soon as they can, and no others are of Danish origin.
        var facts = TrialFacts()
        for var spell in draw.spells {
            let start = firstStarts[spell.citizen]
            if let start { spell.start = start - 28 }
            facts.add(
                spell.citizen, sex: .female, born: spell.start - 12_000,
                origin: start == nil ? .westernImmigrant : .danish)
            facts.add(.benefitSpell(spell))
        }
        for var offer in draw.offers {
            // Not to be met again among the others.
            offer.end = MadeUpTrial.asOf
            facts.add(.offer(offer))
        }
        let answer = TrialEngine().answer(MadeUpTrial.plan, facts, asOf: MadeUpTrial.asOf)
        #expect(answer.flow.starters > 50)
        #expect(answer.verdict == .cannotTell(.tooLittleOverlap))
        #expect(answer.overlap.withoutComparable > 0.9)
    }

    @Test("Hardly anybody leaves: we cannot tell")
    func fewOutcomes() {
        let answer = answer(MadeUpTrial(persons: 600, exits: 0.00001))
        #expect(answer.verdict == .cannotTell(.tooFewOutcomes))
    }

    @Test("A small register without an effect: too uncertain, not 'no effect'")
    func uncertain() {
        #expect(answer(MadeUpTrial(persons: 500)).verdict == .cannotTell(.tooUncertain))
    }

    @Test("A large register: a difference, its direction, and none that matters")
    func large() {
        var plan = MadeUpTrial.plan
        plan.smallestDifference = 0.08
        #expect(answer(MadeUpTrial(persons: 4_000), plan).verdict == .noDifferenceThatMatters)
        #expect(answer(MadeUpTrial(persons: 3_000, effect: 2.5)).verdict == .higher)
        #expect(answer(MadeUpTrial(persons: 3_000, effect: 0.3)).verdict == .lower)
    }

    @Test("The same facts give the same answer")
    func same() {
        #expect(answer(MadeUpTrial()) == answer(MadeUpTrial()))
    }

    @Test("Few are hidden, and what would tell them")
    func hidden() {
        var answer = answer(MadeUpTrial(persons: 1_500))
        answer.flow.waiting = 3
        for index in answer.overlap.balance.indices
        where answer.overlap.balance[index].trait == .sex {
            answer.overlap.balance[index].count = index.isMultiple(of: 2) ? 2 : 90
        }
        let open = ShownTrial(answer, hidingBelow: 1)
        #expect(open.waiting == .shown(3))
        #expect(open.balance.allSatisfy { if case .shown = $0 { true } else { false } })
        let shown = ShownTrial(answer, hidingBelow: 5)
        #expect(shown.waiting == .hidden)
        let hidden = shown.balance.count {
            if case .hidden(.sex, _) = $0 { true } else { false }
        }
        #expect(hidden == 2)
        #expect(shown.starters.number == answer.flow.starters)
    }
}
