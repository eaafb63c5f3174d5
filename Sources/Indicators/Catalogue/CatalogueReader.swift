import Chronology
import Parameters
import Registry
import Yams

/// Reads catalogue files: first the rules that indicators refer to by name, then
/// the indicators.
struct CatalogueReader {
    private(set) var definitions: [IndicatorDefinition] = []
    private(set) var spellRule = SpellRule(contiguous: [], continuations: [])
    var populations: [String: [PopulationClause]] = [:]
    var offerKinds: [String: Set<OfferKind>] = [:]
    var dayRules: [String: DayRule] = [:]
    var ladder: LadderRule?
    var rates: [DatedRate] = []
    var deadlines: [ConversationDeadline] = []
    private var fingerprints = DefinitionFingerprint()

    static let sections = [
        "populations", "offerKinds", "dayRules", "spellRule", "ladder", "rates", "deadlines",
        "indicators",
    ]

    private func root(_ file: String, _ text: String) throws(IndicatorError) -> Entry {
        let node: Node?
        // Truth values are the only types asked for; to try every type on every scalar
        // takes longer than all the rest.
        let types = Resolver.basic.appending(.bool)
        do { node = try Yams.compose(yaml: text, types) } catch let error as YamlError {
            throw .malformedCatalogue(file: file, line: CatalogueReader.line(of: error), "\(error)")
        } catch {
            throw .malformedCatalogue(file: file, line: 0, "\(error)")
        }
        guard let node, node.mapping != nil else {
            throw .malformedCatalogue(file: file, line: 1, "a mapping of sections expected")
        }
        let entry = Entry(file: file, node: node)
        try entry.check(keys: CatalogueReader.sections)
        return entry
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            mark.line
        default: 0
        }
    }

    mutating func readRules(_ file: String, _ text: String) throws(IndicatorError) {
        let root = try root(file, text)
        fingerprints.add(rules: root.node)
        for (name, entry) in try named(root, "populations") {
            populations[name] = try population(entry)
        }
        for (name, entry) in try named(root, "offerKinds") {
            offerKinds[name] = try entry.set(OfferKind.self)
        }
        for (name, entry) in try named(root, "dayRules") { dayRules[name] = try dayRule(entry) }
        if let entry = root.optional("spellRule") { spellRule = try readSpellRule(entry) }
        if let entry = root.optional("ladder") { ladder = try readLadder(entry) }
        for entry in try root.optional("rates")?.list() ?? [] { rates.append(try rate(entry)) }
        for entry in try root.optional("deadlines")?.list() ?? [] {
            deadlines.append(try deadline(entry))
        }
    }

    mutating func readIndicators(_ file: String, _ text: String) throws(IndicatorError) {
        for entry in try root(file, text).optional("indicators")?.list() ?? [] {
            let definition = try indicator(entry)
            guard !definitions.contains(where: { $0.id == definition.id }) else {
                throw entry.wrong("\(definition.id) stands twice")
            }
            definitions.append(definition)
        }
    }

    private func named(
        _ root: Entry, _ section: String
    ) throws(IndicatorError) -> [(String, Entry)] {
        guard let entry = root.optional(section) else { return [] }
        guard let mapping = entry.node.mapping else { throw entry.wrong("a mapping expected") }
        return mapping.map { ($0.key.string ?? "", Entry(file: entry.file, node: $0.value)) }
    }

    private func indicator(_ entry: Entry) throws(IndicatorError) -> IndicatorDefinition {
        try entry.check(keys: [
            "id", "name", "definition", "numerator", "denominator", "population", "periodRule",
            "unit", "lagMonths", "source", "confidence", "official", "validFrom", "validTo",
            "dimensions", "higherIsBetter", "kernel", "parameters",
        ])
        var counterparts: [IndicatorDefinition.OfficialCounterpart] = []
        for official in try entry.optional("official")?.list() ?? [] {
            counterparts.append(try counterpart(official))
        }
        var dimensions: [Dimension] = []
        for dimension in try entry.required("dimensions").list() {
            dimensions.append(try dimension.value(Dimension.self))
        }
        var higherIsBetter: Bool?
        if let direction = entry.optional("higherIsBetter") {
            guard let flag = direction.node.bool else { throw direction.wrong("true or false") }
            higherIsBetter = flag
        }
        return IndicatorDefinition(
            id: IndicatorID(try entry.required("id").string()),
            version: fingerprints.version(of: entry.node),
            name: try entry.required("name").localized(),
            definition: try entry.required("definition").localized(),
            numerator: try entry.required("numerator").localized(),
            denominator: try entry.optional("denominator")?.localized(),
            population: try entry.required("population").localized(),
            periodRule: try entry.required("periodRule").localized(),
            unit: try entry.required("unit").value(Unit.self),
            lagMonths: try entry.required("lagMonths").int(),
            source: try entry.required("source").string(),
            confidence: try entry.required("confidence").value(
                IndicatorDefinition.Confidence.self),
            official: counterparts.first, counterparts: counterparts,
            validFrom: try entry.optional("validFrom")?.day(),
            validTo: try entry.optional("validTo")?.day(), dimensions: dimensions,
            higherIsBetter: higherIsBetter, measure: try measure(entry))
    }

    private func counterpart(
        _ entry: Entry
    ) throws(IndicatorError) -> IndicatorDefinition.OfficialCounterpart {
        try entry.check(keys: ["table", "measure", "difference", "benefits", "matchCategories"])
        return IndicatorDefinition.OfficialCounterpart(
            table: try entry.required("table").string(),
            measure: try entry.required("measure").string(),
            difference: try entry.required("difference").localized(),
            filter: PopulationFilter(
                benefits: try entry.optional("benefits")?.set(Benefit.self),
                matchCategories: try entry.optional("matchCategories")?.set(MatchCategory.self)))
    }

    /// A list of clauses, or the name of one under `populations`.
    func population(_ entry: Entry) throws(IndicatorError) -> [PopulationClause] {
        if let name = entry.node.string {
            guard let known = populations[name] else {
                throw entry.wrong("no population is named \(name)")
            }
            return known
        }
        var clauses: [PopulationClause] = []
        for clause in try entry.list() {
            try clause.check(keys: ["benefits", "matchCategories"])
            clauses.append(
                PopulationClause(
                    benefits: try clause.required("benefits").set(Benefit.self),
                    categories: try clause.optional("matchCategories")?.set(MatchCategory.self)))
        }
        return clauses
    }

    /// A list of kinds, or the name of one under `offerKinds`.
    func kinds(_ entry: Entry) throws(IndicatorError) -> Set<OfferKind> {
        guard let name = entry.node.string else { return try entry.set(OfferKind.self) }
        guard let known = offerKinds[name] else { throw entry.wrong("no kinds are named \(name)") }
        return known
    }

    /// A rule for counting days, or the name of one under `dayRules`.
    func dayRule(_ entry: Entry) throws(IndicatorError) -> DayRule {
        if let name = entry.node.string {
            guard let known = dayRules[name] else {
                throw entry.wrong("no day rule is named \(name)")
            }
            return known
        }
        try entry.check(keys: [
            "population", "whole", "capped", "outside", "including", "bridge",
        ])
        var rule = DayRule()
        if let part = entry.optional("population") { rule.population = try population(part) }
        rule.whole = entry.optional("whole")?.node.bool ?? false
        rule.capped = entry.optional("capped")?.node.bool ?? false
        if let part = entry.optional("outside") { rule.outside = try kinds(part) }
        if let part = entry.optional("including") { rule.including = try kinds(part) }
        if let part = entry.optional("bridge") {
            try part.check(keys: ["benefit", "from", "underAge"])
            rule.bridge = DayRule.Bridge(
                benefit: try part.required("benefit").value(Benefit.self),
                from: try part.required("from").day(),
                underAge: try part.required("underAge").int())
        }
        return rule
    }

    private func readSpellRule(_ entry: Entry) throws(IndicatorError) -> SpellRule {
        try entry.check(keys: ["contiguous", "continuations"])
        var continuations: [SpellRule.Continuation] = []
        for row in try entry.required("continuations").list() {
            try row.check(keys: ["from", "to", "on"])
            continuations.append(
                SpellRule.Continuation(
                    from: try row.required("from").value(Benefit.self),
                    to: try row.required("to").value(Benefit.self),
                    on: try row.optional("on")?.day()))
        }
        return SpellRule(
            contiguous: try entry.required("contiguous").set(Benefit.self),
            continuations: continuations)
    }

    private func readLadder(_ entry: Entry) throws(IndicatorError) -> LadderRule {
        try entry.check(keys: [
            "benefits", "steps", "restartWeeks", "restartWithin", "supported", "source",
        ])
        var lastWeeks: [Int] = []
        var percents: [Int] = []
        for step in try entry.required("steps").list() {
            try step.check(keys: ["lastWeek", "percent"])
            if let last = step.optional("lastWeek") { lastWeeks.append(try last.int()) }
            percents.append(try step.required("percent").int())
        }
        guard percents.count == lastWeeks.count + 1 else {
            throw entry.wrong("every step but the last needs a lastWeek")
        }
        return LadderRule(
            benefits: try entry.required("benefits").set(Benefit.self), lastWeeks: lastWeeks,
            percents: percents, restartWeeks: try entry.required("restartWeeks").int(),
            restartWithin: try entry.required("restartWithin").int(),
            supported: try entry.required("supported").set(EmploymentKind.self))
    }

    private func rate(_ entry: Entry) throws(IndicatorError) -> DatedRate {
        try entry.check(keys: ["benefit", "from", "kroner", "source", "confidence"])
        return DatedRate(
            benefit: try entry.required("benefit").value(Benefit.self),
            from: try entry.required("from").day(), kroner: try entry.required("kroner").int())
    }

    private func deadline(_ entry: Entry) throws(IndicatorError) -> ConversationDeadline {
        try entry.check(keys: [
            "population", "days", "conversations", "validFrom", "validTo", "source",
        ])
        return ConversationDeadline(
            population: try population(try entry.required("population")),
            days: try entry.required("days").int(),
            count: try entry.required("conversations").int(),
            validFrom: try entry.optional("validFrom")?.day(),
            validTo: try entry.optional("validTo")?.day())
    }
}
