import Chronology
import Parameters
import Registry

/// Builds duties from a checked document and finds what only the whole document can
/// tell: versions that overlap or leave a gap, duties that stand twice.
struct RuleReader {
    var problems: FileProblemList
    private(set) var duties: [Duty] = []
    private(set) var portfolios: [Portfolio] = []
    private(set) var continuations: [Continuation] = []
    /// The duties of files read before, and of this one.
    private var known: [Duty]

    /// `taken` are the duties of files read before.
    init(_ file: String, taken: [Duty]) {
        problems = FileProblemList(file: file)
        known = taken
    }

    mutating func read(_ yaml: String) throws(FileProblems) {
        if let root = problems.document(yaml, RuleGrammar.file) {
            let area = RuleArea(rawValue: root["area"].string) ?? .contact
            for place in root["duties"].items { add(duty(place, area), place) }
            for place in root["portfolios"].items { portfolios.append(portfolio(place)) }
            for place in root["continuations"].items { add(continuation(place), place) }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private mutating func portfolio(_ place: DocumentPlace) -> Portfolio {
        let known = Set(known.map(\.id)).sorted()
        for duty in place["duties"].items where !known.contains(duty.string) {
            problems.add(
                .unknownReference, at: duty,
                ["section": "duties", "accepted": known.joined(separator: ", ")])
        }
        return Portfolio(
            id: place["id"].string, name: place["name"].localized,
            basis: LegalBasis(place), duties: place["duties"].items.map(\.string),
            exempt: LawState(rawValue: place["exempt"].string) ?? .conversationsExempt,
            percent: place["percent"].integer ?? 100)
    }

    private func continuation(_ place: DocumentPlace) -> Continuation {
        Continuation(
            id: place["id"].string, name: place["name"].localized,
            leaving: Set(place["leaving"].words(Benefit.self)),
            into: Set(place["into"].words(Benefit.self)), basis: LegalBasis(place))
    }

    private mutating func add(_ continuation: Continuation, _ place: DocumentPlace) {
        if continuations.contains(where: { $0.id == continuation.id }) {
            problems.add(.duplicateId, at: place["id"])
        }
        if let end = continuation.basis.validTo, end < continuation.basis.validFrom {
            problems.add(.endsBeforeItBegins, at: place["to"])
        }
        continuations.append(continuation)
    }

    private mutating func add(_ duty: Duty, _ place: DocumentPlace) {
        if known.contains(where: { $0.id == duty.id }) {
            problems.add(.duplicateId, at: place["id"])
        }
        duties.append(duty)
        known.append(duty)
        if let circle = RuleCircle.through(duty, among: known) {
            problems.add(
                .rulesInCircle, at: place["trigger"],
                ["rules": circle.joined(separator: " → ")])
        }
    }

    private mutating func duty(_ place: DocumentPlace, _ area: RuleArea) -> Duty {
        let id = place["id"].string
        let versions = place["versions"].items
        let duty = Duty(
            id: id, area: area, name: place["name"].localized, trigger: trigger(place["trigger"]),
            versions: versions.map { rule($0, id) })
        for (index, rule) in duty.versions.enumerated() {
            if let end = rule.validTo, end < rule.validFrom {
                problems.add(.endsBeforeItBegins, at: versions[index]["to"])
            }
            if index > 0 { follow(duty.versions[index - 1], rule, versions[index]["from"]) }
        }
        return duty
    }

    private mutating func follow(_ before: Rule, _ rule: Rule, _ place: DocumentPlace) {
        // What is proposed stands beside the law in force.
        if !rule.isProposed { problems.check(rule, follows: before, before.id, at: place) }
    }

    private mutating func trigger(_ place: DocumentPlace) -> Trigger {
        let keys = place.keys.filter { !["newBetween", "askedBy"].contains($0.string) }
        guard keys.count == 1, let key = keys.first?.string else {
            problems.add(.noTrigger, at: place)
            return .act([])
        }
        let value = place[key]
        switch key {
        case "benefitPeriod":
            return .benefitPeriod(
                Set(value.words(Benefit.self)),
                newBetween: place["newBetween"].items.map { Set($0.words(TargetGroup.self)) },
                askedBy: Set(place["askedBy"].words(ActKind.self)))
        case "accumulation": return .accumulation(Set(value.words(Benefit.self)))
        case "stateBegins": return .stateBegins(Set(value.words(LawState.self)))
        case "stateEnds": return .stateEnds(Set(value.words(LawState.self)))
        case "groupBegins": return .groupBegins(Set(value.words(TargetGroup.self)))
        case "offerBegins": return .offerBegins(Set(value.words(OfferKind.self)))
        case "monthsOn":
            return .monthsOn(
                Set(value["benefits"].words(Benefit.self)), count: value["count"].integer ?? 1,
                of: value["of"].integer ?? 1)
        case "weeksOn":
            return .weeksOn(
                Set(value["benefits"].words(Benefit.self)), over: value["over"].integer ?? 1,
                of: value["of"].integer ?? 1, after: value["afterDays"].integer ?? 0)
        case "qualification": return .qualification
        case "birthday": return .birthday(value.integer ?? 0)
        default: return .act(Set(value.words(ActKind.self)))
        }
    }

    private mutating func rule(_ place: DocumentPlace, _ duty: String) -> Rule {
        Rule(
            id: "\(duty)@\(place["from"].string)", validFrom: place["from"].day ?? .openEnd,
            validTo: place["to"].day, law: place["law"].string, source: place["source"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            isProposed: place["proposed"].string == "true", proposedTo: place["proposedTo"].day,
            owedBy: Debtor(rawValue: place["owedBy"].string) ?? .municipality,
            isRight: place["right"].string == "true",
            appliesTo: place["appliesTo"].items.map(\.condition), asks: asks(place),
            count: place["count"].integer ?? 1, opens: optionalSpan(place["opens"]),
            due: span(place["due"]), repeats: repetition(place["repeats"]),
            exempt: Set(place["exempt"].words(LawState.self)),
            afterExemption: optionalSpan(place["afterExemption"]),
            transition: Transition(rawValue: place["transition"].string) ?? .byTrigger,
            text: place["text"].localized)
    }

    private mutating func asks(_ place: DocumentPlace) -> RequiredAct {
        let (acts, offer) = (place["acts"], place["offer"])
        if acts.exists == offer.exists { problems.add(.noAct, at: place) }
        return offer.exists
            ? .offer(
                Set(offer["kinds"].words(OfferKind.self)), days: offer["days"].integer ?? 1)
            : .acts(Set(acts.words(ActKind.self)))
    }

    private mutating func span(_ place: DocumentPlace) -> TimeSpan {
        let spans = TimeSpan.Unit.allCases.compactMap { unit in
            place[unit.rawValue].integer.map { TimeSpan(unit, $0) }
        }
        guard spans.count == 1, let only = spans.first else {
            // A place that is missing has been told of already.
            if place.exists { problems.add(.noSpan, at: place) }
            return TimeSpan(.daysAfter, 0)
        }
        return only
    }

    private mutating func optionalSpan(_ place: DocumentPlace) -> TimeSpan? {
        place.exists ? span(place) : nil
    }

    private mutating func repetition(_ place: DocumentPlace) -> Repetition? {
        guard place.exists else { return nil }
        return Repetition(
            every: span(place),
            from: Repetition.Origin(rawValue: place["after"].string) ?? .due,
            until: optionalSpan(place["until"]))
    }
}

extension DocumentPlace {
    var day: Day? { Day(iso: string) }

    fileprivate var truth: Bool? { exists ? string == "true" : nil }

    private func set<Word: RawRepresentable & Hashable>(_ word: Word.Type) -> Set<Word>?
    where Word.RawValue == String {
        exists ? Set(words(word)) : nil
    }

    fileprivate var condition: Condition {
        var condition = Condition()
        condition.benefits = self["benefits"].set(Benefit.self)
        condition.withoutBenefits = self["withoutBenefits"].set(Benefit.self) ?? []
        condition.groups = self["groups"].set(TargetGroup.self)
        condition.categories = self["categories"].set(MatchCategory.self)
        condition.states = self["states"].set(LawState.self)
        condition.withoutStates = self["withoutStates"].set(LawState.self) ?? []
        condition.ageFrom = self["ageFrom"].integer
        condition.ageUnder = self["ageUnder"].integer
        condition.isQualified = self["qualified"].truth
        condition.isEmployed = self["employed"].truth
        condition.permitYearsFrom = self["permitYearsFrom"].integer
        condition.permitYearsUnder = self["permitYearsUnder"].integer
        return condition
    }
}
