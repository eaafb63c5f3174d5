import Chronology
import Registry

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
    public func obligations(of person: Int, in cases: Caseload, on day: Day) -> [Obligation] {
        var found: [Obligation] = []
        for (index, duty) in duties.enumerated() {
            let run = DutyRun(
                duty: duty, index: index, person: person, cases: cases, today: day.number)
            run.obligations(into: &found)
        }
        return found
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
        case .accumulation(let benefits):
            (self.benefits, codes, between) = (LawCodes.bits(benefits), 0, [])
        case .stateBegins(let states), .stateEnds(let states):
            (benefits, codes, between) = (0, LawCodes.bits(states), [])
        case .groupBegins(let groups): (benefits, codes, between) = (0, LawCodes.bits(groups), [])
        case .act(let kinds): (benefits, codes, between) = (0, LawCodes.bits(kinds), [])
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
