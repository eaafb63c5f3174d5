import Chronology
import Effects
import Foundation
import Parameters
import Registry

@testable import Simulation

/// People on a benefit who begin an effort or do not, made so that the truth is known: each
/// who begins is lived twice, with the effort and without it.
///
/// The old, those of foreign origin and the activity-ready leave the benefit less often and
/// begin less often; after half a year on it people leave less and begin more. Who begins is
/// thus no fair draw, and a plain comparison is wrong.
struct MadeUpTrial {
    var persons = 600
    /// How many times as fast one leaves after beginning: 1 for no effect.
    var effect = 1.0
    /// How much the traits decide who begins: 0 for a fair draw.
    var confounding = 1.0
    /// Begin, per day.
    var pace = 0.0015
    /// Leave, per day.
    var exits = 0.0045
    /// Only those under 30 begin.
    var onlyYoung = false

    static let january = Month(index: 2023 * 12)
    static let asOf = january.first + 1_000

    static let plan = TrialProtocol(
        id: "made-up", name: .init(da: "x", en: "x"), question: .init(da: "x", en: "x"),
        registeredOn: january.first - 30, benefits: [.cashBenefit], weeks: 4...1_000,
        effort: [.companyInternshipPrivate], entry: january...(january + 11), followUpMonths: 6,
        outcome: .leftBenefits, smallestDifference: 0.05)

    static let weeksPlan: TrialProtocol = {
        var plan = MadeUpTrial.plan
        plan.outcome = .weeksOnBenefits
        plan.smallestDifference = 2
        return plan
    }()

    /// What was made up, and what the effort did to those who began.
    struct Draw {
        var facts = TrialFacts()
        var keepsFacts = true
        var spells: [BenefitSpell] = []
        var offers: [Offer] = []
        /// Sums over those who began and are eligible, with the effort and without it.
        var began = 0
        var leftWith = 0
        var leftWithout = 0
        var weeksWith = 0.0
        var weeksWithout = 0.0

        mutating func add(_ spell: BenefitSpell) {
            spells.append(spell)
            facts.add(.benefitSpell(spell))
        }

        mutating func add(_ offer: Offer) {
            offers.append(offer)
            facts.add(.offer(offer))
        }
    }

    func draw(seed: UInt64, keepsFacts: Bool = true) -> Draw {
        var random = Randomness(seed: seed, stream: 77)
        var draw = Draw()
        draw.keepsFacts = keepsFacts
        for number in 1...persons { live(Int64(number), &random, &draw) }
        return draw
    }

    private func live(_ number: Int64, _ random: inout Randomness, _ draw: inout Draw) {
        let age = random.below(5)
        let sex: Sex = random.chance(0.5) ? .female : .male
        let foreign = random.chance(0.25)
        let activity = random.chance(0.45)
        let years = Double(age) - 2
        let leave =
            exits
            * exp(
                -0.1 * years + (sex == .male ? 0.1 : 0) - (foreign ? 0.25 : 0)
                    - (activity ? 0.8 : 0))
        let pull =
            -0.25 * years + (sex == .male ? 0.2 : 0) - (foreign ? 0.4 : 0) - (activity ? 0.9 : 0)
        let begin = onlyYoung && age > 0 ? 0 : pace * exp(confounding * pull)
        let first = Double(random.whole(-300, 360))

        let exit = time(from: 0, leave, 0.6, &random)
        let start = time(from: 0, begin, 1 + 0.6 * confounding, &random)
        var end = exit
        var without = exit
        if start < exit {
            // One draw for both lives, so that they differ by the effort alone.
            let luck = random.exponential(mean: 1)
            end = time(from: start, leave * effect, 0.6, luck)
            without = time(from: start, leave, 0.6, luck)
            let later = time(from: start, begin, 1 + 0.6 * confounding, &random)
            if later < without {
                let left = luck - risk(from: start, to: later, leave, 0.6)
                without = time(from: later, leave * effect, 0.6, left)
            }
        }
        let day = { (time: Double) in
            MadeUpTrial.january.first + Int(min(20_000, first + time).rounded(.down))
        }
        if start < exit { count(day(0), day(start), day(end), day(without), &draw) }
        guard draw.keepsFacts else { return }
        let citizen = CitizenID(number)
        draw.facts.add(
            citizen, sex: sex, born: day(0) - (24 + age * 9) * 365,
            origin: foreign ? .nonWesternImmigrant : .danish)
        draw.add(
            BenefitSpell(
                id: FactID(number), citizen: citizen, benefit: .cashBenefit, start: day(0),
                end: day(end)))
        draw.facts.add(
            .matchCategory(
                MatchCategoryPeriod(
                    id: FactID(number), citizen: citizen,
                    category: activity ? .activityReady : .jobReady, start: day(0), end: day(end)))
        )
        guard start < exit else { return }
        draw.add(
            Offer(
                id: FactID(number), citizen: citizen, kind: .companyInternshipPrivate,
                start: day(start), end: min(day(end), day(start) + 28),
                weekly: WeeklyTime(minutes: 1_800)))
    }

    private func count(
        _ first: Day, _ start: Day, _ end: Day, _ without: Day, _ draw: inout Draw
    ) {
        guard MadeUpTrial.plan.entry.contains(start.month), start - first >= 28 else { return }
        let last = start.adding(months: MadeUpTrial.plan.followUpMonths)
        draw.began += 1
        draw.leftWith += end < last ? 1 : 0
        draw.leftWithout += without < last ? 1 : 0
        draw.weeksWith += Double(min(end, last) - start) / 7
        draw.weeksWithout += Double(min(without, last) - start) / 7
    }

    /// When something happens that happens at `rate` per day and `later` times as often after
    /// half a year.
    private func time(
        from: Double, _ rate: Double, _ later: Double, _ random: inout Randomness
    ) -> Double {
        time(from: from, rate, later, random.exponential(mean: 1))
    }

    /// When the risk run since `from` has grown to `luck`.
    private func time(from: Double, _ rate: Double, _ later: Double, _ luck: Double) -> Double {
        guard rate > 0 else { return 1e9 }
        let early = rate * max(0, 182 - from)
        return luck < early
            ? from + luck / rate : max(from, 182) + (luck - early) / (rate * later)
    }

    private func risk(from: Double, to: Double, _ rate: Double, _ later: Double) -> Double {
        rate * (max(0, min(to, 182) - from) + later * max(0, to - max(from, 182)))
    }

    /// The mean difference that the effort makes to those who begin, by many lives.
    func truth(_ outcome: TrialOutcome) -> Double {
        var many = self
        many.persons = 200_000
        let draw = many.draw(seed: 4_711, keepsFacts: false)
        let with = outcome.isShare ? Double(draw.leftWith) : draw.weeksWith
        let without = outcome.isShare ? Double(draw.leftWithout) : draw.weeksWithout
        return (with - without) / Double(max(1, draw.began))
    }
}
