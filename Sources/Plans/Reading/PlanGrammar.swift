import Chronology
import Identifiers
import Indicators
import Parameters
import Registry

/// The plan language, version 1.
struct PlanGrammar {
    /// One of the indicators that are known.
    private let indicator: ValueRule
    private let id = FieldRule.needs("id", .identifier)
    private let goals = FieldRule.needs("goals", .list(.reference))
    private let text = FieldRule.needs("text", .localized)
    private let answers = FieldRule.needs("answers", .reference)
    private let published: [FieldRule] = [.needs("table", .text), .needs("measure", .text)]

    init(_ known: KnownIndicators) { indicator = .word(known.names, .unknownIndicator) }

    private var indicators: FieldRule { .may("indicators", .list(indicator)) }

    var plan: ValueRule {
        .object([
            .needs("format", .integer(1...1)),
            id,
            .needs("municipality", .municipality),
            .needs("title", .localized),
            .needs("period", .object([.needs("from", .day), .needs("to", .day)])),
            .may("adopted", .date),
            .needs(
                "source", .object([.needs("name", .text), .needs("fingerprint", .fingerprint)])),
            .needs("roles", .list(.object([id, .needs("name", .localized)]))),
            .needs("goals", .list(goal)),
            .may("focusAreas", .list(.object([id, goals, text]))),
            .may("efforts", .list(effort)),
            .may("duties", .list(duty)),
            .needs("targets", .list(target)),
        ])
    }

    private var goal: ValueRule {
        .object([
            id, .needs("issuer", .words(PlanGoal.Issuer.self)),
            .needs("number", .integer(1...99)), text,
        ])
    }

    private var effort: ValueRule {
        .object([
            id, goals, text, answers, .needs("status", .words(Effort.Status.self)), indicators,
        ])
    }

    private var duty: ValueRule {
        .object([
            id, goals, text, answers,
            .needs("times", .integer(1...366)),
            .needs("per", .words(RecurringDuty.Interval.self)),
            .may("counts", .words(RecurringDuty.Evidence.self)),
            indicators,
        ])
    }

    private var filter: ValueRule {
        .object([
            .may("benefits", .list(.words(Benefit.self))),
            .may("matchCategories", .list(.words(MatchCategory.self))),
            .may("targetGroups", .list(.words(TargetGroup.self))),
            .may("sexes", .list(.words(Sex.self))),
            .may("origins", .list(.words(OriginGroup.self))),
            .may("residenceBases", .list(.words(ResidenceBasis.self))),
            .may(
                "ages",
                .object([.needs("from", .integer(0...120)), .needs("to", .integer(0...120))])),
        ])
    }

    private var target: ValueRule {
        .object(
            [
                id, goals, text,
                .may("indicator", indicator),
                .may("filter", filter),
                .needs("period", .period),
                .may("published", .object(published)),
            ] + TargetShape.Key.allCases.map { .may($0.rawValue, shape($0)) })
    }

    private func shape(_ key: TargetShape.Key) -> ValueRule {
        switch key {
        case .atLeast, .atMost, .shareAtLeast, .cumulative, .within: .quantity
        case .moreThan, .lessThan: .period
        case .ceiling:
            .object([
                .needs("below", .quantity), .needs("every", .words(MeasuringInterval.self)),
            ])
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
        case .noData: .object([.needs("because", .localized)])
        }
    }
}
