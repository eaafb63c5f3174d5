import Chronology
import Parameters

@testable import Law

extension Entitlement {
    /// The entitlement with one thing wrong: a number or a day shifted, a condition dropped
    /// or turned, an amount changed.
    var mutants: [(what: String, entitlement: Entitlement)] {
        versions.indices.flatMap { index in
            changeOvers(index)
                + versions[index].mutants.map { what, version in
                    var changed = self
                    changed.versions[index] = version
                    return ("\(version.id): \(what)", changed)
                }
        }
    }

    /// A version that begins or ends a day earlier or later. One that meets it moves along,
    /// because versions may not overlap.
    private func changeOvers(_ index: Int) -> [(what: String, entitlement: Entitlement)] {
        var found: [(what: String, entitlement: Entitlement)] = []
        let version = versions[index]
        let isFollowing =
            index > 0 && versions[index - 1].basis.validTo == version.basis.validFrom - 1
        for step in [-1, 1] {
            var changed = self
            changed.versions[index].basis.validFrom = version.basis.validFrom + step
            if isFollowing {
                changed.versions[index - 1].basis.validTo = version.basis.validFrom - 1 + step
            }
            found.append(("\(version.id): begins \(step)", changed))
            let next = versions.indices.contains(index + 1) ? versions[index + 1] : nil
            guard let end = version.basis.validTo, next?.basis.validFrom != end + 1 else {
                continue
            }
            changed = self
            changed.versions[index].basis.validTo = end + step
            found.append(("\(version.id): ends \(step)", changed))
        }
        if let end = version.proposedTo {
            for step in [-1, 1] {
                var changed = self
                changed.versions[index].proposedTo = end + step
                found.append(("\(version.id): ends if adopted \(step)", changed))
            }
        }
        return found
    }
}

extension Entitlement.Version {
    fileprivate var mutants: [(String, Entitlement.Version)] {
        var found: [(String, Entitlement.Version)] = []
        func add(_ what: String, _ change: (inout Entitlement.Version) -> Void) {
            var changed = self
            change(&changed)
            if changed != self { found.append((what, changed)) }
        }
        for (what, changed) in Requirement.mutants(of: requires) {
            add(what) { $0.requires = changed }
        }
        for (what, changed) in Grant.mutants(of: gives) { add(what) { $0.gives = changed } }
        for (what, changed) in Grant.mutants(of: givesOneOf) {
            add(what) { $0.givesOneOf = changed }
        }
        return found
    }
}

extension Grant {
    fileprivate static func mutants(of grants: [Grant]) -> [(String, [Grant])] {
        grants.indices.flatMap { index in
            grants[index].mutants.map { what, grant in
                var changed = grants
                changed[index] = grant
                return ("\(grant.name.en): \(what)", changed)
            }
        }
    }

    private var mutants: [(String, Grant)] {
        var found: [(String, Grant)] = []
        for step in [-100, 100] {
            var changed = self
            changed.hundredths += step
            found.append(("amount \(step)", changed))
        }
        if times != nil {
            var changed = self
            changed.times = nil
            found.append(("given once", changed))
        }
        for (what, conditions) in Requirement.mutants(of: when) {
            var changed = self
            changed.when = conditions
            found.append((what, changed))
        }
        return found
    }
}

extension Requirement {
    fileprivate static func mutants(of list: [Requirement]) -> [(String, [Requirement])] {
        list.indices.flatMap { index -> [(String, [Requirement])] in
            var without = list
            without.remove(at: index)
            return [("without \(list[index].short)", without)]
                + list[index].mutants.map { what, requirement in
                    var changed = list
                    changed[index] = requirement
                    return (what, changed)
                }
        }
    }

    private var short: String {
        switch self {
        case .fact(let id, let comparison): "\(id) \(comparison)"
        case .anyOf: "alternatives"
        case .allOf: "all of several"
        }
    }

    private var mutants: [(String, Requirement)] {
        switch self {
        case .fact(let id, let comparison):
            comparison.mutants.map { ("\(id) \($0)", .fact(id, $1)) }
        case .anyOf(let parts):
            [("all of the alternatives", .allOf(parts))]
                + Requirement.mutants(of: parts).map { ($0, .anyOf($1)) }
        case .allOf(let parts):
            [("any of several", .anyOf(parts))]
                + Requirement.mutants(of: parts).map { ($0, .allOf($1)) }
        }
    }
}

extension Comparison {
    fileprivate var mutants: [(String, Comparison)] {
        switch self {
        case .isTrue(let wanted): return [("turned", .isTrue(!wanted))]
        case .atLeast(let limit): return [-1, 1].map { ("at least \($0)", .atLeast(limit + $0)) }
        case .atMost(let limit): return [-1, 1].map { ("at most \($0)", .atMost(limit + $0)) }
        case .over(let limit): return [-1, 1].map { ("over \($0)", .over(limit + $0)) }
        case .under(let limit): return [-1, 1].map { ("under \($0)", .under(limit + $0)) }
        case .within: return []
        case .oneOf(let words):
            return words.map { ("not \($0)", .oneOf(words.subtracting([$0]))) }
        case .noLaterThan(let bound):
            return bound.mutants.map { ("no later \($0)", .noLaterThan($1)) }
        case .noEarlierThan(let bound):
            return bound.mutants.map { ("no earlier \($0)", .noEarlierThan($1)) }
        }
    }
}

extension DayBound {
    fileprivate var mutants: [(String, DayBound)] {
        [-1, 1].map { step in
            switch self {
            case .day(let day): return ("a day \(step)", .day(day + step))
            case .counted(let span, let fact):
                var changed = span
                changed.count += step
                return ("\(span.unit) \(step)", .counted(changed, from: fact))
            }
        }
    }
}
