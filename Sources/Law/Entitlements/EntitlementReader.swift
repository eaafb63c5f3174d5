import Chronology
import Parameters

extension FileProblem.Kind {
    static let noComparison = Self(rawValue: "noComparison")
    static let wrongComparison = Self(rawValue: "wrongComparison")
    static let unusedFact = Self(rawValue: "unusedFact")

    /// The kinds of files of entitlements.
    public static let ofEntitlements: [FileProblem.Kind] = [
        .noComparison, .wrongComparison, .unusedFact,
    ]
}

/// Builds entitlements from a checked document and finds what only the whole of it tells:
/// facts that are not there or not used, comparisons that do not fit, versions that
/// overlap.
struct EntitlementReader {
    var problems: FileProblemList
    private(set) var entitlements: [Entitlement] = []
    private let taken: Set<String>

    /// `taken` are the ids of files read before.
    init(_ file: String, taken: Set<String>) {
        problems = FileProblemList(file: file)
        self.taken = taken
    }

    mutating func read(_ yaml: String) throws(FileProblems) {
        if let root = problems.document(yaml, EntitlementGrammar.file) {
            let area = RuleArea(rawValue: root["area"].string) ?? .contact
            for place in root["entitlements"].items {
                let entitlement = entitlement(place, area)
                if taken.contains(entitlement.id)
                    || entitlements.contains(where: { $0.id == entitlement.id })
                {
                    problems.add(.duplicateId, at: place["id"])
                }
                entitlements.append(entitlement)
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private mutating func entitlement(_ place: DocumentPlace, _ area: RuleArea) -> Entitlement {
        let id = place["id"].string
        let facts = place["facts"].items.map { fact($0) }
        for (index, item) in place["facts"].items.enumerated()
        where facts[..<index].contains(where: { $0.id == facts[index].id }) {
            problems.add(.duplicateId, at: item["id"])
        }
        var versions: [Entitlement.Version] = []
        for item in place["versions"].items {
            let version = version(item, of: id, facts)
            if let end = version.basis.validTo, end < version.basis.validFrom {
                problems.add(.endsBeforeItBegins, at: item["to"])
            }
            // What is proposed stands beside the law in force.
            if !version.isProposed, let before = versions.last(where: { !$0.isProposed }) {
                problems.check(version.basis, follows: before.basis, before.id, at: item["from"])
            }
            versions.append(version)
        }
        let used = versions.reduce(into: Set<String>()) { $0.formUnion($1.needs) }
        for item in place["facts"].items where !used.contains(item["id"].string) {
            problems.add(.unusedFact, at: item["id"])
        }
        return Entitlement(
            id: id, area: area, name: place["name"].localized,
            question: place["question"].localized, facts: facts, versions: versions)
    }

    private mutating func fact(_ place: DocumentPlace) -> AskedFact {
        let unit = FactUnit(rawValue: place["unit"].string)
        let word = place["kind"].string
        if (word == "number") != (unit != nil) { problems.add(.wrongComparison, at: place["kind"]) }
        let kind: AskedFact.Kind =
            switch word {
            case "number": .number(unit ?? .persons)
            case "day": .day
            default: AskedFact.WordList(rawValue: word).map { .word($0) } ?? .truth
            }
        return AskedFact(
            id: place["id"].string, name: place["name"].localized, kind: kind,
            isOptional: place["optional"].string == "true")
    }

    private mutating func version(
        _ place: DocumentPlace, of id: String, _ facts: [AskedFact]
    ) -> Entitlement.Version {
        Entitlement.Version(
            id: "\(id)@\(place["from"].string)", basis: LegalBasis(place),
            requires: place["requires"].items.map { requirement($0, facts) },
            gives: place["gives"].items.map { grant($0, facts) },
            givesOneOf: place["givesOneOf"].items.map { grant($0, facts) },
            isProposed: place["proposed"].string == "true", proposedTo: place["proposedTo"].day)
    }

    private mutating func grant(_ place: DocumentPlace, _ facts: [AskedFact]) -> Grant {
        let times = place["times"]
        if times.exists {
            guard let fact = known(times, facts), case .number = fact.kind else {
                problems.add(.wrongComparison, at: times)
                return grant(place, times: nil, [])
            }
        }
        return grant(
            place, times: times.exists ? times.string : nil,
            place["when"].items.map { requirement($0, facts) })
    }

    private func grant(_ place: DocumentPlace, times: String?, _ when: [Requirement]) -> Grant {
        Grant(
            name: place["name"].localized,
            hundredths: Int(((ScalarForms.number(place["amount"].string) ?? 0) * 100).rounded()),
            unit: FactUnit(rawValue: place["unit"].string) ?? .kroner, times: times, when: when,
            isComputed: place["computed"].string == "true")
    }

    private mutating func known(_ place: DocumentPlace, _ facts: [AskedFact]) -> AskedFact? {
        if let fact = facts.first(where: { $0.id == place.string }) { return fact }
        problems.add(
            .unknownReference, at: place,
            ["section": "facts", "accepted": facts.map(\.id).joined(separator: ", ")])
        return nil
    }
}

// Requirements.
extension EntitlementReader {
    private mutating func requirement(
        _ place: DocumentPlace, _ facts: [AskedFact]
    ) -> Requirement {
        let keys = place.keys.map(\.string)
        if keys == ["anyOf"] {
            return .anyOf(place["anyOf"].items.map { requirement($0, facts) })
        }
        if keys == ["allOf"] {
            return .allOf(place["allOf"].items.map { requirement($0, facts) })
        }
        let comparisons = keys.filter { $0 != "fact" }
        guard keys.contains("fact"), comparisons.count == 1, let key = comparisons.first,
            key != "anyOf", key != "allOf"
        else {
            problems.add(.noComparison, at: place)
            return .allOf([])
        }
        guard let fact = known(place["fact"], facts) else { return .allOf([]) }
        guard let comparison = comparison(key, place[key], fact, facts) else {
            problems.add(.wrongComparison, at: place[key])
            return .allOf([])
        }
        return .fact(fact.id, comparison)
    }

    /// Nil where the comparison does not fit the fact.
    private mutating func comparison(
        _ key: String, _ place: DocumentPlace, _ fact: AskedFact, _ facts: [AskedFact]
    ) -> Comparison? {
        switch (fact.kind, key) {
        case (.truth, "is"): return .isTrue(place.string == "true")
        case (.number, "within"):
            guard let other = known(place["of"], facts), other.kind == fact.kind else { return nil }
            return .within(other.id)
        case (.number, "atLeast"): return place.integer.map { .atLeast($0) }
        case (.number, "atMost"): return place.integer.map { .atMost($0) }
        case (.number, "over"): return place.integer.map { .over($0) }
        case (.number, "under"): return place.integer.map { .under($0) }
        case (.word(let list), "oneOf"):
            let words = place.items.map(\.string)
            return Set(words).isSubset(of: list.words) && !words.isEmpty
                ? .oneOf(Set(words)) : nil
        case (.day, "noLaterThan"): return bound(place, facts).map { .noLaterThan($0) }
        case (.day, "noEarlierThan"): return bound(place, facts).map { .noEarlierThan($0) }
        default: return nil
        }
    }

    private mutating func bound(_ place: DocumentPlace, _ facts: [AskedFact]) -> DayBound? {
        if let day = place.day { return .day(day) }
        let spans = TimeSpan.Unit.allCases.compactMap { unit in
            place[unit.rawValue].integer.map { TimeSpan(unit, $0) }
        }
        guard spans.count == 1, let span = spans.first, span.isOfTheCalendar,
            place.keys.count == 2, let other = known(place["of"], facts), other.kind == .day
        else { return nil }
        return .counted(span, from: other.id)
    }
}

/// The language of files of entitlements, version 1.
enum EntitlementGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)), .needs("area", .words(RuleArea.self)),
        .needs("entitlements", .list(entitlement)),
    ])

    private static let entitlement = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("question", .localized),
        .needs("facts", .list(fact)), .needs("versions", .list(version)),
    ])

    private static let fact = ValueRule.object([
        .needs("id", .text), .needs("name", .localized),
        .needs(
            "kind", .word(["truth", "number", "day"] + AskedFact.WordList.allCases.map(\.rawValue))),
        .may("unit", .words(FactUnit.self)), .may("optional", .word(["true", "false"])),
    ])

    // What a condition holds is known only with its fact, so the reader checks it.
    private static let version = ValueRule.object(
        LegalBasis.fields + [
            .may("proposed", .word(["true", "false"])), .may("proposedTo", .day),
            .may("requires", .list(.mapping)), .may("gives", .list(grant)),
            .may("givesOneOf", .list(grant)),
        ])

    private static let grant = ValueRule.object([
        .needs("name", .localized), .needs("amount", .number),
        .needs("unit", .words(FactUnit.self)),
        .may("times", .text), .may("when", .list(.mapping)),
        .may("computed", .word(["true", "false"])),
    ])
}
