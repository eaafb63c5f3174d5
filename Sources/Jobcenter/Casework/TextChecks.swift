extension FieldProblem {
    /// A text of more letters than its field takes; nil for one that fits. It is never cut: what
    /// was typed stays.
    public static func tooLong(
        _ field: String, _ text: String, most: Int = 2_000
    ) -> FieldProblem? {
        let length = text.count
        guard length > most else { return nil }
        return FieldProblem(
            field, "tooLong", ["length": String(length), "most": String(most)])
    }
}

extension FieldProblems {
    /// Throws the problem of `field` for a text of more than `most` letters.
    static func requireShort(
        _ text: String, _ field: String, most: Int = 2_000
    ) throws(FieldProblems) {
        if let problem = FieldProblem.tooLong(field, text, most: most) {
            throw FieldProblems([problem])
        }
    }
}

/// Collects what is wrong with the fields of a form.
struct TextChecks {
    /// Letters in a field that says no other limit.
    private static let longest = 4_000

    private(set) var problems: [FieldProblem] = []

    mutating func add(_ field: String, _ key: String, _ values: [String: String] = [:]) {
        problems.append(FieldProblem(field, key, values))
    }

    /// A text that must be there and not be longer than `most` letters.
    mutating func check(
        _ text: String, _ field: String, most: Int = Self.longest,
        isOptional: Bool = false
    ) {
        if text.isEmpty, !isOptional { add(field, "empty") }
        if let problem = FieldProblem.tooLong(field, text, most: most) { problems.append(problem) }
    }

    func end() throws(FieldProblems) {
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}
