/// What may stand in one place of a document. The reader checks a file against this
/// description and the JSON schema is written from it, so the two agree.
public indirect enum ValueRule: Sendable {
    case text
    case identifier
    /// An identifier that another part of the file gives a meaning.
    case reference
    /// One of these; another one is a problem of this kind.
    case word([String], FileProblem.Kind = .notAWord)
    case integer(ClosedRange<Int>)
    case number
    case form(WrittenForm)
    case list(ValueRule)
    case object([FieldRule])
    /// A mapping whose keys the reader of the document knows.
    case mapping

    /// A text in both languages.
    public static let localized = ValueRule.object([
        .needs("da", .text), .needs("en", .text), .may("uk", .text),
    ])

    /// The raw values of an enumeration.
    public static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> ValueRule
    where Word.RawValue == String {
        .word(Word.allCases.map(\.rawValue))
    }
}

/// One key of a mapping.
public struct FieldRule: Sendable {
    public var key: String
    public var isRequired: Bool
    public var rule: ValueRule

    public static func needs(_ key: String, _ rule: ValueRule) -> FieldRule {
        FieldRule(key: key, isRequired: true, rule: rule)
    }

    public static func may(_ key: String, _ rule: ValueRule) -> FieldRule {
        FieldRule(key: key, isRequired: false, rule: rule)
    }
}

/// A value of one scalar with a way of writing of its own: a date, an amount with its
/// unit.
public struct WrittenForm: Sendable {
    /// The regular expression of the JSON schema.
    public var pattern: String
    /// A value that YAML reads as a whole number is good too when it lies here.
    public var integers: ClosedRange<Int>?
    public var problem: FileProblem.Kind
    /// What the problem's text calls accepted; the text's last word is compared with it.
    public var accepted: [String]
    public var isWritten: @Sendable (String) -> Bool

    public init(
        pattern: String, integers: ClosedRange<Int>? = nil, problem: FileProblem.Kind,
        accepted: [String] = [], isWritten: @escaping @Sendable (String) -> Bool
    ) {
        self.pattern = pattern
        self.integers = integers
        self.problem = problem
        self.accepted = accepted
        self.isWritten = isWritten
    }
}

/// The written forms that every language of documents has.
public enum ScalarForms {
    /// Digits with an optional sign and an optional decimal point.
    public static func number(_ text: String) -> Double? {
        let bare = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), bare.utf8.count <= 15,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return Double(text)
    }

    public static func integer(_ text: String) -> Int? {
        guard let value = number(text), !text.contains(".") else { return nil }
        return Int(value)
    }

    /// Small letters, digits, and hyphens between them.
    public static func isIdentifier(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        }
    }

    /// The accepted word that looks most like `text`, when one does. O(words × letters²).
    public static func nearest(to text: String, among words: [String]) -> String? {
        let limit = max(2, text.count / 3)
        let near = words.map { ($0, distance(text.lowercased(), $0.lowercased())) }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }
        return near.flatMap { $0.1 <= limit ? $0.0 : nil }
    }

    /// Levenshtein's distance.
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == b[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
