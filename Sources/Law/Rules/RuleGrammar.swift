import Chronology
import Parameters
import Registry

extension FileProblem.Kind {
    static let noTrigger = Self(rawValue: "noTrigger")
    static let noAct = Self(rawValue: "noAct")
    static let noSpan = Self(rawValue: "noSpan")
    static let versionsOverlap = Self(rawValue: "versionsOverlap")
    static let versionsLeaveGap = Self(rawValue: "versionsLeaveGap")
    static let rulesInCircle = Self(rawValue: "rulesInCircle")
    static let notUncertain = Self(rawValue: "notUncertain")

    /// The kinds of rule files.
    public static let ofRules: [FileProblem.Kind] = [
        .noTrigger, .noAct, .noSpan, .versionsOverlap, .versionsLeaveGap, .rulesInCircle,
        .notUncertain,
    ]
}

extension ValueRule {
    static let day = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", problem: .notADate) {
            Day(iso: $0) != nil
        })
}

/// The language of rule files, version 1.
enum RuleGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs("area", .words(RuleArea.self)),
        .needs("duties", .list(duty)),
        .may("portfolios", .list(portfolio)),
        .may("continuations", .list(continuation)),
    ])

    private static let continuation = ValueRule.object(
        LegalBasis.fields + [
            .needs("id", .identifier), .needs("name", .localized),
            .needs("leaving", .list(.words(Benefit.self))),
            .needs("into", .list(.words(Benefit.self))),
        ])

    private static let portfolio = ValueRule.object(
        LegalBasis.fields + [
            .needs("id", .identifier), .needs("name", .localized),
            .needs("duties", .list(.reference)),
            .needs("exempt", .words(LawState.self)),
            .needs("percent", .integer(1...100)),
        ])

    private static let duty = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("trigger", trigger),
        .needs("versions", .list(version)),
    ])

    private static let trigger = ValueRule.object([
        .may("benefitPeriod", .list(.words(Benefit.self))),
        .may("accumulation", .list(.words(Benefit.self))),
        .may("newBetween", .list(.list(.words(TargetGroup.self)))),
        .may("askedBy", .list(.words(ActKind.self))),
        .may("stateBegins", .list(.words(LawState.self))),
        .may("stateEnds", .list(.words(LawState.self))),
        .may("groupBegins", .list(.words(TargetGroup.self))),
        .may("act", .list(.words(ActKind.self))),
        .may("offerBegins", .list(.words(OfferKind.self))),
        .may(
            "monthsOn",
            .object([
                .needs("benefits", .list(.words(Benefit.self))),
                .needs("count", .integer(1...120)), .needs("of", .integer(1...120)),
            ])),
        .may(
            "weeksOn",
            .object([
                .needs("benefits", .list(.words(Benefit.self))),
                .needs("over", .integer(1...520)), .needs("of", .integer(1...120)),
                .needs("afterDays", .integer(0...366)),
            ])),
        .may("birthday", .integer(1...120)), .may("qualification", .word(["first"])),
    ])

    private static let version = ValueRule.object(
        LegalBasis.fields + [
            .may("proposed", .word(["true", "false"])), .may("proposedTo", .day),
            .may("owedBy", .words(Debtor.self)), .may("right", .word(["true", "false"])),
            .may("appliesTo", .list(condition)),
            .may("acts", .list(.words(ActKind.self))),
            .may(
                "offer",
                .object([
                    .needs("kinds", .list(.words(OfferKind.self))),
                    .may("days", .integer(1...3_660)),
                ])),
            .may("count", .integer(1...100)),
            .may("opens", span), .needs("due", span),
            .may(
                "repeats",
                .object(
                    spanFields + [
                        .needs("after", .words(Repetition.Origin.self)), .may("until", span),
                    ])),
            .may("exempt", .list(.words(LawState.self))),
            .may("afterExemption", span),
            .may("transition", .words(Transition.self)),
        ])

    private static let spanFields = TimeSpan.Unit.allCases.map {
        FieldRule.may($0.rawValue, .integer(0...9_999))
    }
    private static let span = ValueRule.object(spanFields)

    private static let condition = ValueRule.object([
        .may("benefits", .list(.words(Benefit.self))),
        .may("withoutBenefits", .list(.words(Benefit.self))),
        .may("groups", .list(.words(TargetGroup.self))),
        .may("categories", .list(.words(MatchCategory.self))),
        .may("states", .list(.words(LawState.self))),
        .may("withoutStates", .list(.words(LawState.self))),
        .may("ageFrom", .integer(0...120)), .may("ageUnder", .integer(0...120)),
        .may("qualified", .word(["true", "false"])),
        .may("employed", .word(["true", "false"])),
        .may("permitYearsFrom", .integer(0...120)), .may("permitYearsUnder", .integer(0...120)),
    ])
}
