import Parameters

/// Everything that is held of the law: what is owed, what one can have, and the limits.
public struct StatuteBook: Sendable {
    public var rules: RuleBook
    public var entitlements: EntitlementBook
    public var limits: Limits

    /// What ships with the program.
    public static func bundled() throws(FileProblems) -> StatuteBook {
        StatuteBook(
            rules: try RuleBook.bundled(), entitlements: try EntitlementBook.bundled(),
            limits: try Limits.bundled())
    }

    /// The book without what a municipality does not use.
    public func applying(_ choices: LocalChoices) -> StatuteBook {
        StatuteBook(
            rules: rules.applying(choices), entitlements: entitlements.applying(choices),
            limits: limits.applying(choices))
    }

    /// How sure everything is, by its id.
    var confidences: [(id: String, confidence: RuleConfidence)] {
        rules.duties.flatMap(\.versions).map { ($0.id, $0.confidence) }
            + rules.continuations.map { ($0.id, $0.basis.confidence) }
            + entitlements.entitlements.flatMap(\.versions).map { ($0.id, $0.basis.confidence) }
            + limits.confidences
    }
}
