import Chronology
import Registry
import Testing

@testable import Law

/// Random lives against the whole rule book.
@Suite("What holds of every obligation")
struct PropertyTests {
    let engine: LawEngine
    init() throws { engine = LawEngine(try RuleBook.bundled()) }

    private static let seeds = Array(UInt64(1)...60)

    private func owed(_ citizen: CitizenFacts, _ day: Day) -> [Obligation] {
        engine.obligations(of: 0, in: Caseload([citizen]), on: day)
    }

    /// An obligation without the rows it refers to, which other facts renumber.
    private func bare(_ obligations: [Obligation]) -> [Obligation] {
        obligations.map {
            var bare = $0
            bare.origin.row = 0
            return bare
        }
    }

    @Test("splitting a benefit at a day without change leaves all as it was", arguments: seeds)
    func splitting(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let day = random.today
        var split = citizen
        split.benefits = citizen.benefits.flatMap { spell -> [FactSpan<Benefit>] in
            let end = spell.end ?? day
            guard end - spell.start > 10 else { return [spell] }
            let middle = spell.start + (end - spell.start) / 2
            var (first, second) = (spell, spell)
            first.end = middle
            second.start = middle + 1
            return [first, second]
        }
        #expect(bare(owed(split, day)) == bare(owed(citizen, day)))
    }

    @Test("a fact that no rule asks about changes nothing", arguments: seeds)
    func unrelated(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let day = random.today
        var other = citizen
        other.states.append(FactSpan(.holiday, day - 400, day + 20))
        other.benefits.append(FactSpan(.parentalLeave, day - 300))
        other.employments.append(FactSpan(.socialAllowanceCard, day - 300))
        #expect(bare(owed(other, day)) == bare(owed(citizen, day)))
    }

    @Test("one more act done never makes something overdue under the same rule", arguments: seeds)
    func fulfilling(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let day = random.today
        let before = owed(citizen, day)
        for kind in ActKind.allCases {
            var more = citizen
            more.acts.append(FactDay(kind, day - random.below(300)))
            let after = owed(more, day)
            for (index, duty) in engine.book.duties.enumerated() {
                // A duty that the act sets off is another matter.
                guard case .acts(let asked) = duty.versions[0].asks, asked.contains(kind) else {
                    continue
                }
                if case .act(let kinds) = duty.trigger, kinds.contains(kind) { continue }
                func overdue(_ all: [Obligation]) -> Set<Day> {
                    Set(
                        all.filter { $0.duty == index && $0.number == 1 && $0.status == .overdue }
                            .map(\.due))
                }
                #expect(overdue(after).isSubset(of: overdue(before)), "\(duty.id) \(kind)")
            }
        }
    }

    @Test("day by day an obligation goes only the ways it can", arguments: Array(UInt64(1)...12))
    func dayByDay(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let end = random.today
        var last: [Key: Obligation] = [:]
        for back in stride(from: 120, through: 0, by: -1) {
            let day = end - back
            for now in owed(citizen, day) {
                let key = Key(duty: now.duty, trigger: now.trigger, number: now.number)
                if let before = last[key], before.status == .fulfilled {
                    #expect(now.status == .fulfilled && now.settled == before.settled)
                }
                if now.status == .overdue { #expect(now.due < day) }
                if let settled = now.settled, now.status != .exempt { #expect(settled <= day) }
                last[key] = now
            }
        }
    }

    @Test(
        "run day by day on what had begun, the engine says what it says of all at once",
        arguments: Array(UInt64(1)...12))
    func asItCame(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let end = random.today
        for back in stride(from: 1_500, through: 0, by: -7) {
            let day = end - back
            var begun = citizen
            begun.qualifiedFrom = citizen.qualifiedFrom.flatMap { $0 <= day ? $0 : nil }
            begun.permitFrom = citizen.permitFrom.flatMap { $0 <= day ? $0 : nil }
            begun.benefits.removeAll { $0.start > day }
            begun.groups.removeAll { $0.start > day }
            begun.categories.removeAll { $0.start > day }
            begun.states.removeAll { $0.start > day }
            begun.employments.removeAll { $0.start > day }
            begun.offers.removeAll { $0.start > day }
            begun.acts.removeAll { $0.day > day }
            #expect(bare(owed(begun, day)) == bare(owed(citizen, day)), "\(day.iso)")
        }
    }

    private struct Key: Hashable {
        var duty: Int
        var trigger: Day
        var number: Int
    }

    @Test("the explanation rests on facts of the citizen, and the rest may go", arguments: seeds)
    func explanations(seed: UInt64) {
        var random = Life(seed: seed)
        let citizen = random.citizen()
        let day = random.today
        let cases = Caseload([citizen])
        for obligation in engine.obligations(of: 0, in: cases, on: day) {
            let steps = engine.explanation(of: obligation, person: 0, in: cases, on: day)
            #expect(steps.first?.facts == [obligation.origin])
            let acts = Set(
                steps.flatMap(\.facts).filter { $0.table == .acts }.map { Int($0.row) })
            // Acts that are not among the reasons can be taken away.
            var fewer = citizen
            let sorted = citizen.acts.sorted {
                ($0.day, LawCodes.position($0.kind)) < ($1.day, LawCodes.position($1.kind))
            }
            fewer.acts = sorted.indices.filter { acts.contains($0) }.map { sorted[$0] }
            let same = owed(fewer, day).contains {
                $0.duty == obligation.duty && $0.trigger == obligation.trigger
                    && $0.due == obligation.due && $0.status == obligation.status
                    && $0.settled == obligation.settled
            }
            #expect(same, "\(engine.book.duties[obligation.duty].id)")
        }
    }
}

/// A made-up life, the same for the same seed.
struct Life {
    private var state: UInt64
    let today = Day(number: 20_000)

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(1, limit)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    mutating func citizen() -> CitizenFacts {
        var citizen = CitizenFacts(id: "A", born: today - (6_600 + below(16_000)))
        if below(2) == 0 { citizen.qualifiedFrom = today - below(4_000) }
        if below(3) == 0 { citizen.permitFrom = today - below(4_000) }
        var day = today - (600 + below(1_400))
        let groups: [TargetGroup] = [.group1, .group2, .group3, .group4, .group5]
        while day < today {
            let length = 20 + below(500)
            let end = day + length
            let isOpen = end >= today
            citizen.benefits.append(
                FactSpan(
                    pick([.unemploymentBenefit, .cashBenefit, .sicknessBenefit, .jobClarification]),
                    day, isOpen ? nil : end, minutes: pick([2_220, 1_110])))
            citizen.groups.append(FactSpan(pick(groups), day, isOpen ? nil : end))
            citizen.categories.append(
                FactSpan(pick(MatchCategory.allCases), day, isOpen ? nil : end))
            if below(3) == 0 {
                let from = day + below(length)
                citizen.states.append(FactSpan(pick([.illness, .leave]), from, from + below(90)))
            }
            day = end + 1 + below(120)
        }
        for _ in 0..<below(14) {
            citizen.acts.append(FactDay(pick(ActKind.allCases), today - below(1_200)))
        }
        for _ in 0..<below(4) {
            let start = today - below(1_000)
            citizen.offers.append(
                FactSpan(pick(OfferKind.allCases), start, start + below(60)))
        }
        return citizen
    }
}
