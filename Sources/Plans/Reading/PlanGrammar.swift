import Chronology
import Identifiers
import Indicators
import Registry

/// What may stand in one place of a plan file. The reader checks a file against
/// this description and the JSON schema is written from it, so the two agree.
indirect enum ValueRule: Sendable {
    case text
    case identifier
    /// An identifier that another part of the file gives a meaning.
    case reference
    case word([String])
    case integer(ClosedRange<Int>)
    case number
    /// A number and a unit: `380 fullTimePersons`.
    case quantity
    case day
    /// A day or a month.
    case date
    case period
    case municipality
    case fingerprint
    case indicator
    case list(ValueRule)
    case object([FieldRule])
}

/// One key of a mapping.
struct FieldRule: Sendable {
    var key: String
    var isRequired: Bool
    var rule: ValueRule

    static func needs(_ key: String, _ rule: ValueRule) -> FieldRule {
        FieldRule(key: key, isRequired: true, rule: rule)
    }

    static func may(_ key: String, _ rule: ValueRule) -> FieldRule {
        FieldRule(key: key, isRequired: false, rule: rule)
    }
}

/// The plan language, version 1.
enum PlanGrammar {
    static let localized = ValueRule.object([.needs("da", .text), .needs("en", .text)])
    static let goals = FieldRule.needs("goals", .list(.reference))
    static let text = FieldRule.needs("text", localized)
    static let id = FieldRule.needs("id", .identifier)

    static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> ValueRule
    where Word.RawValue == String {
        .word(Word.allCases.map(\.rawValue))
    }

    static let plan = ValueRule.object([
        .needs("format", .integer(1...1)),
        id,
        .needs("municipality", .municipality),
        .needs("title", localized),
        .needs("period", .object([.needs("from", .day), .needs("to", .day)])),
        .may("adopted", .date),
        .needs("source", .object([.needs("name", .text), .needs("fingerprint", .fingerprint)])),
        .needs("roles", .list(.object([id, .needs("name", localized)]))),
        .needs("goals", .list(goal)),
        .may("focusAreas", .list(.object([id, goals, text]))),
        .may("efforts", .list(effort)),
        .may("duties", .list(duty)),
        .needs("targets", .list(target)),
    ])

    static let goal = ValueRule.object([
        id,
        .needs("issuer", words(PlanGoal.Issuer.self)),
        .needs("number", .integer(1...99)),
        text,
    ])

    static let effort = ValueRule.object([
        id, goals, text,
        .needs("answers", .reference),
        .needs("status", words(Effort.Status.self)),
        .may("indicators", .list(.indicator)),
    ])

    static let duty = ValueRule.object([
        id, goals, text,
        .needs("answers", .reference),
        .needs("times", .integer(1...366)),
        .needs("per", words(RecurringDuty.Interval.self)),
        .may("counts", words(RecurringDuty.Evidence.self)),
        .may("indicators", .list(.indicator)),
    ])

    static let filter = ValueRule.object([
        .may("benefits", .list(words(Benefit.self))),
        .may("matchCategories", .list(words(MatchCategory.self))),
        .may("targetGroups", .list(words(TargetGroup.self))),
        .may("sexes", .list(words(Sex.self))),
        .may("origins", .list(words(OriginGroup.self))),
        .may("residenceBases", .list(words(ResidenceBasis.self))),
        .may(
            "ages", .object([.needs("from", .integer(0...120)), .needs("to", .integer(0...120))])),
    ])

    static let published: [FieldRule] = [.needs("table", .text), .needs("measure", .text)]

    static let target = ValueRule.object(
        [
            id, goals, text,
            .may("indicator", .indicator),
            .may("filter", filter),
            .needs("period", .period),
            .may("published", .object(published)),
        ] + TargetShape.Key.allCases.map { .may($0.rawValue, shape($0)) })

    static func shape(_ key: TargetShape.Key) -> ValueRule {
        switch key {
        case .atLeast, .atMost, .shareAtLeast, .cumulative, .within: .quantity
        case .moreThan, .lessThan: .period
        case .ceiling:
            .object([.needs("below", .quantity), .needs("every", words(MeasuringInterval.self))])
        case .growth: .object([.needs("since", .period), .may("percent", .number)])
        case .gapToExpected: .object([.needs("atMost", .quantity)] + published)
        case .rank:
            .object(
                published + [
                    .may("among", .list(.municipality)), .may("atMost", .integer(1...98)),
                ])
        case .held: .object([.needs("duty", .reference), .needs("times", .integer(1...366))])
        case .coupled: .list(.reference)
        case .noNumber: .word(["up", "down", "open"])
        case .noData: .object([.needs("because", localized)])
        }
    }
}
