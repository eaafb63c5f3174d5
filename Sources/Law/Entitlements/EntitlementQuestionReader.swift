import Chronology
import Parameters

extension FileProblem.Kind {
    static let missingFact = Self(rawValue: "missingFact")
    static let notTrueOrFalse = Self(rawValue: "notTrueOrFalse")
}

extension EntitlementQuestion {
    /// Reads a question from a place of a file; nil when there is no such entitlement.
    /// `what` is where it is named.
    init?(
        _ place: DocumentPlace, what: DocumentPlace, _ book: EntitlementBook,
        _ problems: inout FileProblemList
    ) {
        guard let entitlement = book[what.string] else {
            let ids = book.entitlements.map(\.id)
            let near = ScalarForms.nearest(to: what.string, among: ids)
            problems.add(
                .unknownReference, at: what,
                ["section": "entitlements", "accepted": near ?? ids.joined(separator: ", ")])
            return nil
        }
        let facts = place["facts"]
        var told: [String: FactValue] = [:]
        for key in facts.keys {
            guard let fact = entitlement.facts.first(where: { $0.id == key.string }) else {
                let ids = entitlement.facts.map(\.id)
                var arguments = ["accepted": ids.joined(separator: ", ")]
                arguments["suggestion"] = ScalarForms.nearest(to: key.string, among: ids)
                problems.add(.unknownKey, at: key, arguments)
                continue
            }
            told[fact.id] = FactValue(facts[fact.id], fact, &problems)
        }
        self.init(
            entitlement, on: place["on"].day ?? .openEnd, facts: told,
            ifAdopted: place["ifAdopted"].string == "true")
        for fact in missing where !facts[fact.id].exists {
            problems.add(.missingFact, at: place, ["fact": fact.id])
        }
    }
}

extension FactValue {
    fileprivate init?(
        _ place: DocumentPlace, _ fact: AskedFact, _ problems: inout FileProblemList
    ) {
        guard let value = FactValue(place.string, fact.kind) else {
            switch fact.kind {
            case .truth: problems.add(.notTrueOrFalse, at: place)
            case .number: problems.add(.notANumber, at: place)
            case .day: problems.add(.notADate, at: place)
            case .word(let list):
                problems.add(
                    .notAWord, at: place, ["accepted": list.words.joined(separator: ", ")])
            }
            return nil
        }
        self = value
    }

    /// What a written text tells of a fact; nil when it is not of the fact's kind.
    public init?(_ text: String, _ kind: AskedFact.Kind) {
        switch kind {
        case .truth:
            guard ["true", "false"].contains(text) else { return nil }
            self = .truth(text == "true")
        case .number:
            guard let number = ScalarForms.integer(text), number >= 0 else { return nil }
            self = .number(number)
        case .day:
            guard let day = Day(iso: text) else { return nil }
            self = .day(day)
        case .word(let list):
            guard list.words.contains(text) else { return nil }
            self = .word(text)
        }
    }
}
