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
    /// Asks what the answer would be if what is proposed is adopted.
    public var ifAdopted: Bool

    public init(
        _ entitlement: Entitlement, on day: Day, facts: [String: FactValue],
        ifAdopted: Bool = false
    ) {
        self.ifAdopted = ifAdopted
        self.entitlement = entitlement
        self.on = day
        self.facts = facts
    }

    /// Whether a truth that is not told may be either, and is not false.
    private var leavesTruthsOpen = false

    private var version: Entitlement.Version? {
        entitlement.version(on: on, ifAdopted: ifAdopted)
    }

    /// The facts that are not told and on which the answer turns, in the order they are
    /// asked for. Where the answer is the same whatever they are, none is missing.
    public var missing: [AskedFact] {
        guard let version, holds(all: version.requires) != false
        else { return [] }
        let open = version.requires.filter { holds($0) == nil }
        var ids = open.reduce(into: Set<String>()) { $0.formUnion(untold($1)) }
        for grant in version.gives + version.givesOneOf where holds(all: grant.when) != false {
            for condition in grant.when { ids.formUnion(untold(condition)) }
            if let times = grant.times, number(times) == nil { ids.insert(times) }
        }
        return entitlement.facts.filter { ids.contains($0.id) }
    }

    /// The facts that are not told and on which yes or no turns, also those that are true or
    /// false: what a form asks for.
    public var open: [AskedFact] {
        guard let version else { return [] }
        var question = self
        question.leavesTruthsOpen = true
        guard question.holds(all: version.requires) == nil else { return [] }
        let open = version.requires.filter { question.holds($0) == nil }
        let ids = open.reduce(into: Set<String>()) { $0.formUnion(question.untold($1)) }
        return entitlement.facts.filter { ids.contains($0.id) }
    }

    /// Yes or no with every condition, and what it comes to; nil when nothing is held for
    /// the day. What turns on a missing fact is left open.
    public func answer() -> Answer? {
        guard let version else { return nil }
        var steps = version.requires.flatMap { self.steps($0, depth: 0) }
        if holds(all: version.requires) == true {
            let first = version.givesOneOf.first { holds(all: $0.when) == true }
            let grants = version.gives.filter { holds(all: $0.when) == true }
            steps += (grants + [first].compactMap { $0 }).map(step)
        }
        var answer = Answer(version.basis, steps)
        answer.isProposed = version.isProposed
        return answer
    }

    /// Nil where it turns on what is not told.
    private func holds(_ requirement: Requirement) -> Bool? {
        switch requirement {
        case .allOf(let parts): return holds(all: parts)
        case .anyOf(let parts):
            let found = parts.map(holds)
            return found.contains(true) ? true : found.contains(nil) ? nil : false
        case .fact(let id, let comparison):
            return untold(requirement).isEmpty ? holds(id, comparison) : nil
        }
    }

    private func holds(all parts: [Requirement]) -> Bool? {
        let found = parts.map(holds)
        return found.contains(false) ? false : found.contains(nil) ? nil : true
    }

    /// The facts a requirement asks about that ought to be told and are not.
    private func untold(_ requirement: Requirement) -> Set<String> {
        switch requirement {
        case .anyOf(let parts), .allOf(let parts):
            if holds(requirement) != nil { return [] }
            return parts.reduce(into: []) { $0.formUnion(untold($1)) }
        case .fact:
            return requirement.facts.filter { id in
                guard facts[id] == nil else { return false }
                return entitlement.facts.contains {
                    $0.id == id && (leavesTruthsOpen || $0.kind != .truth) && !$0.isOptional
                }
            }
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
        _ id: String, _ comparison: Comparison, holds: Bool?, depth: Int
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
