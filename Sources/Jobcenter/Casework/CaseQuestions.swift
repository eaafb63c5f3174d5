import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A question of the law about a citizen, with what the case tells of its facts.
public struct CaseQuestion: Sendable {
    public var entitlement: Entitlement
    public var on: Day
    /// What is registered, by the facts' ids. It is not asked for.
    public var known: [String: FactValue]

    /// The facts on which the answer turns and of which the case tells nothing.
    public var open: [AskedFact] {
        EntitlementQuestion(entitlement, on: on, facts: known).open
    }

    /// The answer with what was told besides; nil where nothing is held for the day.
    public func answer(_ told: [String: FactValue]) -> Answer? {
        EntitlementQuestion(
            entitlement, on: on, facts: told.merging(known) { _, known in known }
        ).answer()
    }

    /// What a decision has to agree with; nil where the rule demands nothing, and where it is
    /// not sure: that does not stand in the way, and the form shows the answer.
    func conditions(_ told: [String: FactValue]) -> DecisionDraft.Conditions? {
        let demands = entitlement.version(on: on)?.requires ?? []
        guard !demands.isEmpty, let answer = answer(told), answer.basis.confidence != .uncertain
        else { return nil }
        if open.contains(where: { told[$0.id] == nil }) { return .unanswered }
        return answer.verdict == .yes ? .met : .notMet
    }
}

extension CitizenFactsNow {
    /// What is registered, by the ids that questions use for it.
    func known(on day: Day) -> [String: FactValue] {
        var known: [String: FactValue] = [
            "age": .number(age), "monthsOnBenefits": .number(monthsOnBenefits),
            "employed": .truth(isEmployed), "starts": .day(day),
        ]
        known["group"] = group.map { .word($0.rawValue) }
        known["category"] = category.map { .word($0.rawValue) }
        // One with an education may still have an outdated one, which nothing tells.
        if !isQualified { known["unskilled"] = .truth(true) }
        return known
    }
}

extension StoreReader {
    func factsNow(
        of citizen: CitizenID, in municipality: MunicipalityCode, on day: Day
    ) throws -> CitizenFactsNow {
        let registered = try registrations(
            about: citizen, of: municipality,
            kinds: [.education, .benefitSpell, .targetGroup, .matchCategory, .employment])
        return CitizenFactsNow(
            registered.map(\.fact), try citizens(of: municipality, [citizen]).first, on: day)
    }
}
