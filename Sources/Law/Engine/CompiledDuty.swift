import Chronology
import Registry

// Plain values in an arena, because runs hand them on all the time and should neither
// count references nor copy sets.

/// A duty with its sets as bits.
struct CompiledDuty: Sendable, BitwiseCopyable {
    /// A `Trigger` whose sets are the duty's codes.
    enum Kind: Sendable, BitwiseCopyable {
        case benefitPeriod, accumulation, stateBegins, stateEnds, groupBegins, act, offerBegins
        case monthsOn(count: Int, of: Int)
        case weeksOn(over: Int, of: Int, after: Int)
        case birthday(Int)
        case qualification
    }

    let kind: Kind
    /// The codes that set it off, of the kind it is about.
    let codes: UInt64
    /// The same where it is about benefits.
    let benefits: UInt64
    let between: Column<UInt64>
    /// Acts that a benefit's period is counted from when they come before it.
    let asked: UInt64
    /// Changes of benefit that do not begin a new period.
    let continuations: Column<CompiledContinuation>
    /// The benefits they leave.
    let leaving: UInt64
    let versions: Column<CompiledRule>

    init(_ duty: Duty, _ continuations: Column<CompiledContinuation>, _ arena: Arena) {
        self.continuations = continuations
        leaving = continuations.indices.reduce(0) { $0 | continuations[$1].leaving }
        var sets: [Set<TargetGroup>] = []
        var isOfBenefits = false
        var acts: UInt64 = 0
        switch duty.trigger {
        case .benefitPeriod(let benefits, let between, let asked):
            (kind, codes, isOfBenefits) = (.benefitPeriod, LawCodes.bits(benefits), true)
            sets = between
            acts = LawCodes.bits(asked)
        case .accumulation(let benefits):
            (kind, codes, isOfBenefits) = (.accumulation, LawCodes.bits(benefits), true)
        case .monthsOn(let benefits, let count, let months):
            kind = .monthsOn(count: count, of: months)
            (codes, isOfBenefits) = (LawCodes.bits(benefits), true)
        case .weeksOn(let benefits, let weeks, let months, let days):
            kind = .weeksOn(over: weeks, of: months, after: days)
            (codes, isOfBenefits) = (LawCodes.bits(benefits), true)
        case .stateBegins(let states): (kind, codes) = (.stateBegins, LawCodes.bits(states))
        case .stateEnds(let states): (kind, codes) = (.stateEnds, LawCodes.bits(states))
        case .groupBegins(let groups): (kind, codes) = (.groupBegins, LawCodes.bits(groups))
        case .offerBegins(let kinds): (kind, codes) = (.offerBegins, LawCodes.bits(kinds))
        case .act(let kinds): (kind, codes) = (.act, LawCodes.bits(kinds))
        case .birthday(let age): (kind, codes) = (.birthday(age), CompiledDuty.groups(duty))
        case .qualification: (kind, codes) = (.qualification, CompiledDuty.groups(duty))
        }
        benefits = isOfBenefits ? codes : 0
        asked = acts
        between = arena.column(sets.map(LawCodes.bits))
        versions = arena.column(duty.versions.map { CompiledRule($0, arena) })
    }

    /// The groups that every version of a duty asks for one of; none when one does not.
    private static func groups(_ duty: Duty) -> UInt64 {
        var all: UInt64 = 0
        for rule in duty.versions {
            if rule.appliesTo.isEmpty { return 0 }
            for condition in rule.appliesTo {
                guard let groups = condition.groups else { return 0 }
                all |= LawCodes.bits(groups)
            }
        }
        return all
    }

    /// The codes with those without which this duty is not set off.
    func codes(with others: HeldCodes) -> HeldCodes {
        var all = others
        switch kind {
        case .benefitPeriod, .accumulation, .monthsOn, .weeksOn: all.benefits |= codes
        case .stateBegins, .stateEnds: all.states |= codes
        case .groupBegins: all.groups |= codes
        case .act: all.acts |= codes
        case .offerBegins: all.offers |= codes
        case .birthday, .qualification:
            all.groups |= codes
            if codes == 0 { all.isEveryone = true }
        }
        return all
    }
}

/// A version of a duty, as runs read it.
struct CompiledRule: Sendable, BitwiseCopyable {
    let from: Int32
    let to: Int32
    let conditions: Column<CompiledCondition>
    let acts: UInt64
    let offers: UInt64
    let offerDays: Int32
    let count: Int
    let opens: TimeSpan?
    let due: TimeSpan
    let repeats: Repetition?
    let exempt: UInt64
    let afterExemption: TimeSpan?
    let isRight: Bool
    /// Neither proposed nor left out by the municipality.
    let isLaw: Bool
    let takesOver: Bool

    init(_ rule: Rule, _ arena: Arena) {
        isLaw = !rule.isProposed && !rule.isSwitchedOff
        takesOver = rule.transition == .atOnce
        from = rule.validFrom.number
        to = (rule.validTo ?? .openEnd).number
        conditions = arena.column(rule.appliesTo.map(CompiledCondition.init))
        exempt = LawCodes.bits(rule.exempt)
        (opens, due, repeats) = (rule.opens, rule.due, rule.repeats)
        (count, afterExemption, isRight) = (rule.count, rule.afterExemption, rule.isRight)
        switch rule.asks {
        case .acts(let kinds): (acts, offers, offerDays) = (LawCodes.bits(kinds), 0, 0)
        case .offer(let kinds, let days):
            (acts, offers, offerDays) = (0, LawCodes.bits(kinds), Int32(days))
        }
    }
}

/// A condition with its sets as bits; nil where any will do.
struct CompiledCondition: Sendable, BitwiseCopyable {
    let benefits: UInt64?
    let groups: UInt64?
    let categories: UInt64?
    let states: UInt64?
    let without: UInt64
    let withoutBenefits: UInt64
    let ageFrom: Int?
    let ageUnder: Int?
    let isQualified: Bool?
    let isEmployed: Bool?
    let permitYearsFrom: Int?
    let permitYearsUnder: Int?

    init(_ condition: Condition) {
        benefits = condition.benefits.map(LawCodes.bits)
        groups = condition.groups.map(LawCodes.bits)
        categories = condition.categories.map(LawCodes.bits)
        states = condition.states.map(LawCodes.bits)
        without = LawCodes.bits(condition.withoutStates)
        withoutBenefits = LawCodes.bits(condition.withoutBenefits)
        (ageFrom, ageUnder) = (condition.ageFrom, condition.ageUnder)
        (isQualified, isEmployed) = (condition.isQualified, condition.isEmployed)
        permitYearsFrom = condition.permitYearsFrom
        permitYearsUnder = condition.permitYearsUnder
    }
}
