import Parameters

/// What a municipality has chosen about the uncertain rules: which of them it does not
/// use, and why.
public struct LocalChoices: Hashable, Sendable {
    /// The reason by the rule's id.
    public var switchedOff: [String: String] = [:]

    /// Uses every rule.
    public init() {}

    /// Reads a file of choices about what is held of the law. Throws every problem at
    /// once: a rule there is not, or one that is not uncertain.
    public init(
        _ yaml: String, file: String, about book: StatuteBook
    ) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        if let root = problems.document(yaml, LocalChoices.grammar) {
            let rules = book.confidences
            for place in root["switchedOff"].items {
                let id = place["rule"]
                guard let rule = rules.first(where: { $0.id == id.string }) else {
                    let near = ScalarForms.nearest(to: id.string, among: rules.map(\.id))
                    problems.add(
                        .unknownReference, at: id,
                        ["section": "rules", "accepted": near ?? rules.first?.id ?? ""])
                    continue
                }
                if rule.confidence != .uncertain { problems.add(.notUncertain, at: id) }
                switchedOff[rule.id] = place["because"].string
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "switchedOff",
            .list(.object([.needs("rule", .text), .needs("because", .text)]))),
    ])
}

extension RuleBook {
    /// The book with the rules marked that a municipality does not use.
    public func applying(_ choices: LocalChoices) -> RuleBook {
        var duties = duties
        for duty in duties.indices {
            for version in duties[duty].versions.indices {
                let id = duties[duty].versions[version].id
                duties[duty].versions[version].isSwitchedOff = choices.switchedOff[id] != nil
            }
        }
        return RuleBook(
            duties: duties, portfolios: portfolios,
            continuations: continuations.map { continuation in
                var continuation = continuation
                continuation.isSwitchedOff = choices.switchedOff[continuation.id] != nil
                return continuation
            })
    }
}
