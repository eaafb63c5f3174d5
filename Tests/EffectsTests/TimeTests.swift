import Chronology
import Registry
import Testing

@testable import Effects

/// Time plays no tricks: what defines a group is known when the group is formed.
@Suite("Time and eligibility") struct TimeTests {
    static let citizen = CitizenID(1)

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    private func history(_ facts: [Fact]) throws -> TrialHistory {
        var all = TrialFacts()
        all.add(Self.citizen, sex: .male, born: try day("1990-06-15"), origin: .danish)
        for fact in facts { all.add(fact) }
        return TrialHistory(all.people[0], MadeUpTrial.plan)
    }

    private func spell(_ id: Int64, _ start: String, _ end: String?, _ benefit: Benefit) throws
        -> Fact
    {
        .benefitSpell(
            BenefitSpell(
                id: FactID(id), citizen: Self.citizen, benefit: benefit, start: try day(start),
                end: try end.map(day)))
    }

    private func offer(_ id: Int64, _ start: String, _ end: String, _ kind: OfferKind) throws
        -> Fact
    {
        .offer(
            Offer(
                id: FactID(id), citizen: Self.citizen, kind: kind, start: try day(start),
                end: try day(end), weekly: WeeklyTime(minutes: 600)))
    }

    @Test("Weeks are counted over short pauses, and a pause itself is no benefit")
    func weeks() throws {
        let history = try history([
            spell(1, "2023-01-02", "2023-02-26", .cashBenefit),
            spell(2, "2023-03-13", "2023-08-01", .cashBenefit),
        ])
        #expect(!history.isEligible(try day("2023-01-29")))
        #expect(history.isEligible(try day("2023-01-30")))
        #expect(!history.isEligible(try day("2023-03-01")))
        #expect(history.isEligible(try day("2023-03-13")))
        #expect(!history.isEligible(try day("2023-08-02")))
    }

    @Test("One in another offer cannot begin; a mentor is no hindrance")
    func busy() throws {
        let history = try history([
            spell(1, "2023-01-02", nil, .cashBenefit),
            offer(1, "2023-04-01", "2023-04-30", .guidanceAndUpskilling),
            offer(2, "2023-06-01", "2023-06-30", .mentor),
        ])
        #expect(!history.isEligible(try day("2023-04-02")))
        #expect(history.isEligible(try day("2023-05-01")))
        #expect(history.isEligible(try day("2023-06-15")))
    }

    @Test("The outcome: on no benefit of any kind on the day; unknown for one who moved")
    func outcome() throws {
        let day = try day("2023-02-15")
        let other = try history([
            spell(1, "2023-01-02", "2023-04-01", .cashBenefit),
            spell(2, "2023-05-01", nil, .sicknessBenefit),
        ])
        #expect(other.outcome(from: day) == 0)
        let free = try history([spell(1, "2023-01-02", "2023-04-01", .cashBenefit)])
        #expect(free.outcome(from: day) == 1)
        let moved = try history([
            spell(1, "2023-01-02", "2023-04-01", .cashBenefit),
            .residence(
                Residence(
                    id: FactID(1), citizen: Self.citizen, start: try self.day("2000-01-01"),
                    end: try self.day("2023-05-01"))),
        ])
        #expect(moved.outcome(from: day) == nil)
    }

    @Test("Weeks on benefits: two benefits on one day are one day")
    func weeksOnBenefits() throws {
        var facts = TrialFacts()
        facts.add(Self.citizen, sex: .male, born: try day("1990-06-15"), origin: .danish)
        facts.add(try spell(1, "2023-01-02", "2023-03-01", .cashBenefit))
        facts.add(try spell(2, "2023-02-23", "2023-03-08", .sicknessBenefit))
        let history = TrialHistory(facts.people[0], MadeUpTrial.weeksPlan)
        // From 16 February to 8 March.
        #expect(history.outcome(from: try day("2023-02-15")) == 3)
    }

    @Test("Nothing that begins after the entry changes who enters or how they are described")
    func future() throws {
        let draw = MadeUpTrial(persons: 300).draw(seed: 8)
        var compared = 0
        for spell in draw.spells {
            let offers = draw.offers.filter { $0.citizen == spell.citizen }
            for month in 0..<12 {
                let day = (MadeUpTrial.january + month).first + 14
                func history(_ knows: (Day) -> Bool) throws -> TrialHistory {
                    var facts: [Fact] = []
                    if knows(spell.start) {
                        var known = spell
                        // An end that lies ahead is not known.
                        if !knows(spell.end ?? .openEnd) { known.end = nil }
                        facts.append(.benefitSpell(known))
                    }
                    for var offer in offers where knows(offer.start) {
                        offer = Offer(
                            id: offer.id, citizen: Self.citizen, kind: offer.kind,
                            start: offer.start, end: knows(offer.end ?? .openEnd) ? offer.end : nil,
                            weekly: offer.weekly)
                        facts.append(.offer(offer))
                    }
                    return try self.history(
                        facts.map { fact in
                            if case .benefitSpell(var spell) = fact {
                                spell.citizen = Self.citizen
                                return .benefitSpell(spell)
                            }
                            return fact
                        })
                }
                let whole = try history { _ in true }
                let then = try history { $0 <= day }
                #expect(whole.isEligible(day) == then.isEligible(day))
                if whole.isEligible(day) {
                    #expect(whole.levels(day) == then.levels(day))
                    compared += 1
                }
            }
        }
        #expect(compared > 300)
    }

    @Test("Those who stay long enough to begin are not credited with having stayed")
    func immortalTime() {
        var ever = (left: 0, all: 0)
        var never = (left: 0, all: 0)
        var held = 0
        let registers = 10
        for seed in 0..<registers {
            let draw = MadeUpTrial(persons: 800, confounding: 0).draw(seed: UInt64(900 + seed))
            let answer = TrialEngine().answer(
                MadeUpTrial.plan, draw.facts, asOf: MadeUpTrial.asOf)
            if let estimate = answer.result?.difference, estimate.low <= 0, estimate.high >= 0 {
                held += 1
            }
            // The trap: all on the benefit on the first day, by whether they ever began in the
            // half year that followed, though one who left could not begin.
            let first = MadeUpTrial.january.first
            let last = first.adding(months: 6)
            let beginners = Set(
                draw.offers.filter { first < $0.start && $0.start <= last }.map(\.citizen))
            let before = Set(draw.offers.filter { $0.start <= first }.map(\.citizen))
            for spell in draw.spells
            where spell.holds(on: first) && !before.contains(spell.citizen) {
                let left = spell.holds(on: last) ? 0 : 1
                if beginners.contains(spell.citizen) {
                    ever = (ever.left + left, ever.all + 1)
                } else {
                    never = (never.left + left, never.all + 1)
                }
            }
        }
        let trap =
            Double(ever.left) / Double(max(1, ever.all)) - Double(never.left)
            / Double(max(1, never.all))
        print("immortal time: the trap says \(trap); ours held none in \(held) of \(registers)")
        #expect(trap < -0.1)
        #expect(held >= registers - 2)
    }
}
