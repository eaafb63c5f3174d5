import Chronology
import Parameters

/// What is told of one fact.
public enum FactValue: Hashable, Sendable {
    case truth(Bool)
    case number(Int)
    case day(Day)
    case word(String)
}

/// A question about an entitlement, with what is told.
public struct EntitlementQuestion: Hashable, Sendable {
    public var entitlement: Entitlement
    public var on: Day
    /// By the fact's id. A truth that is left out is false; of another fact that is left
    /// out nothing holds.
    public var facts: [String: FactValue]

    public init(_ entitlement: Entitlement, on day: Day, facts: [String: FactValue]) {
        self.entitlement = entitlement
        self.on = day
        self.facts = facts
    }

    /// The facts without which there is no honest answer, in the order they are asked for.
    public var missing: [AskedFact] {
        let needs = entitlement.version(on: on)?.needs ?? []
        return entitlement.facts.filter {
            $0.kind != .truth && !$0.isOptional && needs.contains($0.id) && facts[$0.id] == nil
        }
    }

    /// Yes or no with every condition, and what it comes to; nil when nothing is held for
    /// the day.
    public func answer() -> Answer? {
        guard let version = entitlement.version(on: on) else { return nil }
        var steps = version.requires.flatMap { self.steps($0, depth: 0) }
        let isYes = version.requires.allSatisfy(holds)
        if isYes {
            let first = version.givesOneOf.first { $0.when.allSatisfy(holds) }
            let grants =
                version.gives.filter { $0.when.allSatisfy(holds) } + (first.map { [$0] } ?? [])
            steps += grants.map(step)
        }
        return Answer(version.basis, steps)
    }

    func holds(_ requirement: Requirement) -> Bool {
        switch requirement {
        case .anyOf(let parts): parts.contains(where: holds)
        case .allOf(let parts): parts.allSatisfy(holds)
        case .fact(let id, let comparison): holds(id, comparison)
        }
    }

    private func holds(_ id: String, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .isTrue(let wanted): return (facts[id] == .truth(true)) == wanted
        case .oneOf(let words):
            guard case .word(let word) = facts[id] else { return false }
            return words.contains(word)
        case .atLeast(let limit): return number(id).map { $0 >= limit } ?? false
        case .atMost(let limit): return number(id).map { $0 <= limit } ?? false
        case .over(let limit): return number(id).map { $0 > limit } ?? false
        case .under(let limit): return number(id).map { $0 < limit } ?? false
        case .within(let other):
            guard let number = number(id), let limit = self.number(other) else { return false }
            return number <= limit
        case .noLaterThan(let bound):
            guard let day = day(id), let limit = self.day(bound) else { return false }
            return day <= limit
        case .noEarlierThan(let bound):
            guard let day = day(id), let limit = self.day(bound) else { return false }
            return day >= limit
        }
    }

    private func number(_ id: String) -> Int? {
        if case .number(let number) = facts[id] { return number }
        return nil
    }

    private func day(_ id: String) -> Day? {
        if case .day(let day) = facts[id] { return day }
        return nil
    }

    private func day(_ bound: DayBound) -> Day? {
        switch bound {
        case .day(let day): day
        case .counted(let span, let id): day(id).flatMap { span.day(from: $0) }
        }
    }
}

// The answer's lines.
extension EntitlementQuestion {
    /// A requirement as a line; what is inside an alternative follows one step further in.
    private func steps(_ requirement: Requirement, depth: Int) -> [Answer.Step] {
        switch requirement {
        case .anyOf(let parts): group("anyOf", requirement, parts, depth)
        case .allOf(let parts): group("allOf", requirement, parts, depth)
        case .fact(let id, let comparison):
            [line(id, comparison, holds: holds(requirement), depth: depth)]
        }
    }

    private func group(
        _ text: String, _ requirement: Requirement, _ parts: [Requirement], _ depth: Int
    ) -> [Answer.Step] {
        [Answer.Step("entitlement.\(text)", holds: holds(requirement), depth: depth)]
            + parts.flatMap { steps($0, depth: depth + 1) }
    }

    private func line(
        _ id: String, _ comparison: Comparison, holds: Bool, depth: Int
    ) -> Answer.Step {
        let fact =
            entitlement.facts.first { $0.id == id }
            ?? AskedFact(
                id: id, name: Localized(da: id, en: id), kind: .truth, isOptional: false)
        var values: [String: Answer.Value] = ["name": .text(fact.name), "told": told(fact)]
        let text: String
        switch comparison {
        case .isTrue(let wanted): text = wanted ? "isTrue" : "isFalse"
        case .atLeast(let limit): (text, values["asked"]) = ("atLeast", asked(limit, fact))
        case .atMost(let limit): (text, values["asked"]) = ("atMost", asked(limit, fact))
        case .over(let limit): (text, values["asked"]) = ("over", asked(limit, fact))
        case .under(let limit): (text, values["asked"]) = ("under", asked(limit, fact))
        case .within(let other):
            (text, values["asked"]) = ("atMost", number(other).map { asked($0, fact) } ?? .untold)
        case .oneOf(let words): (text, values["asked"]) = ("oneOf", asked(words, fact))
        case .noLaterThan(let bound):
            (text, values["asked"]) = ("noLater", day(bound).map { .day($0) } ?? .untold)
        case .noEarlierThan(let bound):
            (text, values["asked"]) = ("noEarlier", day(bound).map { .day($0) } ?? .untold)
        }
        return Answer.Step("entitlement.\(text)", values, holds: holds, depth: depth)
    }

    private func told(_ fact: AskedFact) -> Answer.Value {
        switch (facts[fact.id], fact.kind) {
        case (.number(let number)?, .number(let unit)): .quantity(hundredths: number * 100, unit)
        case (.day(let day)?, _): .day(day)
        case (.word(let word)?, .word(let list)): .word("term.\(list.rawValue).\(word)")
        default: .untold
        }
    }

    private func asked(_ limit: Int, _ fact: AskedFact) -> Answer.Value {
        guard case .number(let unit) = fact.kind else { return .count(limit) }
        return .quantity(hundredths: limit * 100, unit)
    }

    private func asked(_ words: Set<String>, _ fact: AskedFact) -> Answer.Value {
        guard case .word(let list) = fact.kind else { return .untold }
        return .words(list.words.filter(words.contains).map { "term.\(list.rawValue).\($0)" })
    }

    private func step(_ grant: Grant) -> Answer.Step {
        let count = grant.times.map { number($0) ?? 0 } ?? 1
        return Answer.Step(
            grant.isComputed ? "entitlement.givesComputed" : "entitlement.gives",
            [
                "name": .text(grant.name),
                "amount": .quantity(hundredths: grant.hundredths * count, grant.unit),
            ])
    }
}
