import Chronology
import Dispatch
import Registry
import Synchronization

/// Says what is owed to citizens by their facts. Nothing here reads or writes anything
/// outside its arguments.
public struct LawEngine: Sendable {
    public let book: RuleBook
    let duties: [CompiledDuty]
    /// The codes of facts that set each duty off, beside the duties so that most need not
    /// be touched, and those that set any off.
    private let wantedBy: [HeldCodes]
    private let wanted: HeldCodes
    /// Days before the due day from which an obligation is called due.
    public static let notice = 14

    public init(_ book: RuleBook) {
        self.book = book
        duties = book.duties.map(CompiledDuty.init)
        wantedBy = duties.map { $0.codes(with: HeldCodes()) }
        wanted = duties.reduce(HeldCodes()) { $1.codes(with: $0) }
    }

    /// Everything that was ever owed to a citizen, by what is known, as it stands on a
    /// day; in the order of the rule book and then of the due days.
    ///
    /// With `rules`, every duty is asked as if those rules had been in force all along:
    /// for what-if, never for a decision. O(facts of the citizen × duties).
    public func obligations(
        of person: Int, in cases: Caseload, on day: Day, under rules: RuleSet? = nil
    ) -> [Obligation] {
        obligations(of: person, in: cases, on: day, under: rules.map { choice($0) })
    }

    func obligations(
        of person: Int, in cases: Caseload, on day: Day, under choice: RuleChoice?
    ) -> [Obligation] {
        var found: [Obligation] = []
        collect(person, cases, day, choice, into: &found)
        return found
    }

    /// Which version a rule set has of each duty, found once for many citizens.
    func choice(_ rules: RuleSet) -> RuleChoice {
        RuleChoice(versions: book.duties.map { rules.index(in: $0.versions) })
    }

    /// The times a duty was set off for a citizen by a day, each from its first day to its
    /// last, which is `Day.openEnd` while it goes on. Empty for a duty that is not in the
    /// book. O(facts of the citizen).
    public func periods(
        of duty: String, for person: Int, in cases: Caseload, on day: Day
    ) -> [DayRange] {
        guard let index = book.duties.firstIndex(where: { $0.id == duty }) else { return [] }
        return DutyRun(
            duty: duties[index], index: index, person: person, cases: cases, today: day.number
        ).instances().compactMap { DayRange(Day(number: $0.start), Day(number: $0.end)) }
    }

    /// How many obligations of a whole caseload stand how, by duty, computed by so many
    /// threads, each with its own part of the citizens.
    public func tally(in cases: Caseload, on day: Day, threads: Int = 2) -> ObligationTally {
        inParts(of: cases, threads) { engine, persons in
            var tally = ObligationTally(duties: duties.count)
            var found: [Obligation] = []
            for person in persons {
                found.removeAll(keepingCapacity: true)
                engine.collect(person, cases, day, nil, into: &found)
                for obligation in found { tally.add(obligation) }
            }
            return tally
        }.reduce(ObligationTally(duties: duties.count)) { $0.merged(with: $1) }
    }

    private func collect(
        _ person: Int, _ cases: Caseload, _ day: Day, _ choice: RuleChoice?,
        into found: inout [Obligation]
    ) {
        let held = HeldCodes(person, cases)
        // Most citizens have no such fact.
        guard held.meets(wanted) else { return }
        for index in wantedBy.indices where held.meets(wantedBy[index]) {
            let run = DutyRun(
                duty: duties[index], index: index, person: person, cases: cases,
                today: day.number)
            if let choice {
                if let version = choice.versions[index] {
                    run.obligations(of: version, into: &found)
                }
            } else {
                run.obligations(into: &found)
            }
        }
    }

    /// What `body` gives for each part of the citizens, in their order. Each part has
    /// an engine of its own, because threads that count the references to the same rules
    /// wait for one another.
    func inParts<Value: Sendable>(
        of cases: Caseload, _ threads: Int, _ body: @Sendable (LawEngine, Range<Int>) -> Value
    ) -> [Value] {
        let count = max(1, threads)
        let found = Mutex([Value?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { part in
            let value = body(
                LawEngine(book), cases.count * part / count..<cases.count * (part + 1) / count)
            found.withLock { $0[part] = value }
        }
        return found.withLock { $0 }.compactMap(\.self)
    }
}

/// Of each duty the version that a rule set has; nil for none.
struct RuleChoice: Sendable {
    let versions: [Int?]
}

/// A bit for each code that a citizen has of each kind of fact.
struct HeldCodes {
    var benefits: UInt64 = 0
    var groups: UInt64 = 0
    var states: UInt64 = 0
    var offers: UInt64 = 0
    var acts: UInt64 = 0
    /// Set where everyone is met, whatever their facts.
    var isEveryone = false

    init() {}

    @inline(__always)
    func meets(_ other: HeldCodes) -> Bool {
        other.isEveryone || benefits & other.benefits != 0 || groups & other.groups != 0
            || states & other.states != 0 || offers & other.offers != 0
            || acts & other.acts != 0
    }

    init(_ person: Int, _ cases: Caseload) {
        benefits = cases.benefits.held[person]
        groups = cases.groups.held[person]
        states = cases.states.held[person]
        offers = cases.offers.held[person]
        acts = cases.acts.held[person]
    }
}

// Classes, because runs hand them on all the time and a reference is one to count.

/// A duty with its sets as bits.
final class CompiledDuty: Sendable {
    let trigger: Trigger
    /// The codes that set it off, of the kind it is about.
    let codes: UInt64
    /// The same where it is about benefits.
    let benefits: UInt64
    let between: [UInt64]
    let versions: [CompiledRule]
    private let kind: Kind

    /// The facts without which the duty is not set off.
    private enum Kind { case benefits, states, groups, acts, offers, everyone }

    init(_ duty: Duty) {
        trigger = duty.trigger
        versions = duty.versions.map(CompiledRule.init)
        var sets: [Set<TargetGroup>] = []
        switch duty.trigger {
        case .benefitPeriod(let benefits, let between):
            (kind, codes) = (.benefits, LawCodes.bits(benefits))
            sets = between
        case .accumulation(let benefits), .monthsOn(let benefits, _, _),
            .weeksOn(let benefits, _, _, _):
            (kind, codes) = (.benefits, LawCodes.bits(benefits))
        case .stateBegins(let states), .stateEnds(let states):
            (kind, codes) = (.states, LawCodes.bits(states))
        case .groupBegins(let groups): (kind, codes) = (.groups, LawCodes.bits(groups))
        case .offerBegins(let kinds): (kind, codes) = (.offers, LawCodes.bits(kinds))
        case .act(let kinds): (kind, codes) = (.acts, LawCodes.bits(kinds))
        case .birthday, .qualification:
            let groups = CompiledDuty.groups(duty)
            (kind, codes) = (groups == nil ? .everyone : .groups, groups ?? 0)
        }
        benefits = kind == .benefits ? codes : 0
        between = sets.map(LawCodes.bits)
    }

    /// The groups that every version of a duty asks for one of; nil when one does not.
    private static func groups(_ duty: Duty) -> UInt64? {
        var all: UInt64 = 0
        for rule in duty.versions {
            if rule.appliesTo.isEmpty { return nil }
            for condition in rule.appliesTo {
                guard let groups = condition.groups else { return nil }
                all |= LawCodes.bits(groups)
            }
        }
        return all
    }

    /// The codes with those that set this duty off.
    func codes(with others: HeldCodes) -> HeldCodes {
        var all = others
        switch kind {
        case .benefits: all.benefits |= codes
        case .states: all.states |= codes
        case .groups: all.groups |= codes
        case .acts: all.acts |= codes
        case .offers: all.offers |= codes
        case .everyone: all.isEveryone = true
        }
        return all
    }
}

final class CompiledRule: Sendable {
    let rule: Rule
    let from: Int32
    let to: Int32
    let conditions: [CompiledCondition]
    let acts: UInt64
    let offers: UInt64
    let offerDays: Int32
    let exempt: UInt64
    /// Neither proposed nor left out by the municipality.
    let isLaw: Bool
    let takesOver: Bool

    init(_ rule: Rule) {
        self.rule = rule
        isLaw = !rule.isProposed && !rule.isSwitchedOff
        takesOver = rule.transition == .atOnce
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

final class CompiledCondition: Sendable {
    let condition: Condition
    let benefits: UInt64?
    let groups: UInt64?
    let categories: UInt64?
    let states: UInt64?
    let without: UInt64
    let withoutBenefits: UInt64

    init(_ condition: Condition) {
        self.condition = condition
        benefits = condition.benefits.map(LawCodes.bits)
        groups = condition.groups.map(LawCodes.bits)
        categories = condition.categories.map(LawCodes.bits)
        states = condition.states.map(LawCodes.bits)
        without = LawCodes.bits(condition.withoutStates)
        withoutBenefits = LawCodes.bits(condition.withoutBenefits)
    }
}
