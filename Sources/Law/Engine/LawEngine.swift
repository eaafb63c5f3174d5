import Chronology
import Dispatch
import Registry
import Synchronization

/// Says what is owed to citizens by their facts. Nothing here reads or writes anything
/// outside its arguments.
public struct LawEngine: Sendable {
    public let book: RuleBook
    let duties: [CompiledDuty]
    /// Days before the due day from which an obligation is called due.
    public static let notice = 14

    public init(_ book: RuleBook) {
        self.book = book
        duties = book.duties.map(CompiledDuty.init)
    }

    /// Everything that was ever owed to a citizen, by what is known, as it stands on a
    /// day; in the order of the rule book and then of the due days.
    ///
    /// With `rules`, every duty is asked as if those rules had been in force all along:
    /// for what-if, never for a decision. O(facts of the citizen × duties).
    public func obligations(
        of person: Int, in cases: Caseload, on day: Day, under rules: RuleSet? = nil
    ) -> [Obligation] {
        var found: [Obligation] = []
        collect(person, cases, day, rules, into: &found)
        return found
    }

    /// How many obligations of a whole caseload stand how, by duty, computed by so many
    /// threads, each with its own part of the citizens.
    public func tally(in cases: Caseload, on day: Day, threads: Int = 2) -> ObligationTally {
        inParts(of: cases, threads) { persons in
            var tally = ObligationTally(duties: duties.count)
            var found: [Obligation] = []
            for person in persons {
                found.removeAll(keepingCapacity: true)
                collect(person, cases, day, nil, into: &found)
                for obligation in found { tally.add(obligation) }
            }
            return tally
        }.reduce(ObligationTally(duties: duties.count)) { $0.merged(with: $1) }
    }

    private func collect(
        _ person: Int, _ cases: Caseload, _ day: Day, _ rules: RuleSet?,
        into found: inout [Obligation]
    ) {
        for (index, duty) in duties.enumerated() where duty.mayMeet(person, cases) {
            let run = DutyRun(
                duty: duty, index: index, person: person, cases: cases, today: day.number,
                rules: rules)
            run.obligations(into: &found)
        }
    }

    /// What `body` gives for each part of the citizens, in their order.
    func inParts<Value: Sendable>(
        of cases: Caseload, _ threads: Int, _ body: @Sendable (Range<Int>) -> Value
    ) -> [Value] {
        let count = max(1, threads)
        let found = Mutex([Value?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { part in
            let value = body(cases.count * part / count..<cases.count * (part + 1) / count)
            found.withLock { $0[part] = value }
        }
        return found.withLock { $0 }.compactMap(\.self)
    }
}

/// A duty with its sets as bits.
struct CompiledDuty: Sendable {
    let trigger: Trigger
    let benefits: UInt64
    let codes: UInt64
    let between: [UInt64]
    let versions: [CompiledRule]

    init(_ duty: Duty) {
        trigger = duty.trigger
        versions = duty.versions.map(CompiledRule.init)
        switch duty.trigger {
        case .benefitPeriod(let benefits, let sets):
            self.benefits = LawCodes.bits(benefits)
            codes = 0
            between = sets.map(LawCodes.bits)
        case .accumulation(let benefits), .monthsOn(let benefits, _, _),
            .weeksOn(let benefits, _, _, _):
            (self.benefits, codes, between) = (LawCodes.bits(benefits), 0, [])
        case .stateBegins(let states), .stateEnds(let states):
            (benefits, codes, between) = (0, LawCodes.bits(states), [])
        case .groupBegins(let groups): (benefits, codes, between) = (0, LawCodes.bits(groups), [])
        case .offerBegins(let kinds): (benefits, codes, between) = (0, LawCodes.bits(kinds), [])
        case .birthday: (benefits, codes, between) = (0, 0, [])
        case .act(let kinds): (benefits, codes, between) = (0, LawCodes.bits(kinds), [])
        }
    }
}

extension CompiledDuty {
    /// False when the citizen has no fact at all that could set the duty off.
    @inline(__always)
    func mayMeet(_ person: Int, _ cases: Caseload) -> Bool {
        switch trigger {
        case .benefitPeriod, .accumulation, .monthsOn, .weeksOn:
            cases.benefits.held[person] & benefits != 0
        case .stateBegins, .stateEnds: cases.states.held[person] & codes != 0
        case .groupBegins: cases.groups.held[person] & codes != 0
        case .act: cases.acts.held[person] & codes != 0
        case .offerBegins: cases.offers.held[person] & codes != 0
        case .birthday: true
        }
    }
}

struct CompiledRule: Sendable {
    let rule: Rule
    let from: Int32
    let to: Int32
    let conditions: [CompiledCondition]
    let acts: UInt64
    let offers: UInt64
    let offerDays: Int32
    let exempt: UInt64

    init(_ rule: Rule) {
        self.rule = rule
        from = rule.validFrom.number
        to = (rule.validTo ?? .openEnd).number
        conditions = rule.appliesTo.map(CompiledCondition.init)
        exempt = LawCodes.bits(rule.exempt)
        switch rule.asks {
        case .acts(let kinds): (acts, offers, offerDays) = (LawCodes.bits(kinds), 0, 0)
        case .offer(let kinds, let days):
            (acts, offers, offerDays) = (0, LawCodes.bits(kinds), Int32(days))
        }
    }
}

struct CompiledCondition: Sendable {
    let condition: Condition
    let benefits: UInt64?
    let groups: UInt64?
    let categories: UInt64?
    let states: UInt64?
    let without: UInt64

    init(_ condition: Condition) {
        self.condition = condition
        benefits = condition.benefits.map(LawCodes.bits)
        groups = condition.groups.map(LawCodes.bits)
        categories = condition.categories.map(LawCodes.bits)
        states = condition.states.map(LawCodes.bits)
        without = LawCodes.bits(condition.withoutStates)
    }
}
