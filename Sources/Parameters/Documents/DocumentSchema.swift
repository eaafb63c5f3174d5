import Foundation

/// The JSON schema of a language of documents, for editors that complete and check while
/// one writes. It is written from the rules that the reader checks with.
public struct DocumentSchema {
    private let texts: TextCatalogue
    private let language: Language
    /// Fields are described by the texts below this key.
    private let fields: String
    /// Exactly one of these keys stands in a mapping that knows all of them.
    private let alternatives: [String]

    public init(
        texts: TextCatalogue, language: Language, fields: String, alternatives: [String] = []
    ) {
        self.texts = texts
        self.language = language
        self.fields = fields
        self.alternatives = alternatives
    }

    /// The schema as JSON text.
    public func json(_ rule: ValueRule, title: String) throws -> String {
        guard case .object(var root) = schema(rule) else { return "" }
        root["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        root["title"] = .text(texts.text(title, language))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(JSON.object(root)), as: UTF8.self) + "\n"
    }

    private func schema(_ rule: ValueRule) -> JSON {
        switch rule {
        case .text: .object(["type": .text("string"), "minLength": .number(1)])
        case .identifier, .reference: pattern("^[a-z0-9]+(-[a-z0-9]+)*$")
        case .word(let words, _): choice(words)
        case .integer(let range): integer(range)
        case .number: .object(["type": .text("number")])
        case .form(let form):
            if let integers = form.integers {
                .object(["anyOf": .list([integer(integers), pattern(form.pattern)])])
            } else {
                pattern(form.pattern)
            }
        case .list(let item):
            .object([
                "type": .text("array"), "items": schema(item), "minItems": .number(1),
            ])
        case .object(let fields): object(fields)
        case .mapping: .object(["type": .text("object")])
        }
    }

    private func object(_ fields: [FieldRule]) -> JSON {
        var properties: [String: JSON] = [:]
        for field in fields {
            var inner = schema(field.rule)
            let key = "\(self.fields).\(field.key)"
            if case .object(var parts) = inner, texts.has(key) {
                parts["description"] = .text(texts.text(key, language))
                inner = .object(parts)
            }
            properties[field.key] = inner
        }
        var parts: [String: JSON] = [
            "type": .text("object"), "additionalProperties": .flag(false),
            "properties": .object(properties),
        ]
        let required = fields.filter(\.isRequired).map { JSON.text($0.key) }
        if !required.isEmpty { parts["required"] = .list(required) }
        if !alternatives.isEmpty, Set(alternatives).isSubset(of: fields.map(\.key)) {
            parts["oneOf"] = .list(
                alternatives.map { .object(["required": .list([.text($0)])]) })
        }
        return .object(parts)
    }

    private func integer(_ range: ClosedRange<Int>) -> JSON {
        .object([
            "type": .text("integer"), "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound),
        ])
    }

    private func pattern(_ pattern: String) -> JSON {
        .object(["type": .text("string"), "pattern": .text(pattern)])
    }

    private func choice(_ words: [String]) -> JSON {
        .object(["type": .text("string"), "enum": .list(words.map { .text($0) })])
    }
}

/// A JSON value, as far as schemas need one.
private indirect enum JSON: Encodable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([JSON])
    case object([String: JSON])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
