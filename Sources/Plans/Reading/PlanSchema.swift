import Foundation
import Indicators
import Parameters

/// The JSON schema of the plan language, for editors that complete and check
/// while one writes. It is written from the description the reader checks with.
public struct PlanSchema {
    let known: KnownIndicators
    let texts: TextCatalogue
    let language: Language

    /// The schema as JSON text; the names of `known` complete every indicator,
    /// and descriptions stand in `language`.
    public static func json(
        known: KnownIndicators, texts: TextCatalogue, language: Language = .da
    ) throws -> String {
        let writer = PlanSchema(known: known, texts: texts, language: language)
        guard case .object(var root) = writer.schema(PlanGrammar.plan) else { return "" }
        root["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        root["title"] = .text(texts.text("plans.schema.title", language))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(JSON.object(root)), as: UTF8.self) + "\n"
    }

    private func schema(_ rule: ValueRule) -> JSON {
        switch rule {
        case .text: .object(["type": .text("string"), "minLength": .number(1)])
        case .identifier, .reference: pattern("^[a-z0-9]+(-[a-z0-9]+)*$")
        case .word(let words): choice(words)
        case .integer(let range):
            .object([
                "type": .text("integer"), "minimum": .number(range.lowerBound),
                "maximum": .number(range.upperBound),
            ])
        case .number: .object(["type": .text("number")])
        case .quantity:
            pattern(
                "^-?[0-9]+(\\.[0-9]+)? (%|"
                    + Unit.allCases.map(\.rawValue).joined(separator: "|") + ")$")
        case .day: pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .date: pattern("^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")
        case .period: period
        case .municipality: pattern("^[0-9]{3,4}$")
        case .fingerprint: pattern("^[0-9a-f]{16}$")
        case .indicator: choice(known.names)
        case .list(let item):
            .object([
                "type": .text("array"), "items": schema(item), "minItems": .number(1),
            ])
        case .object(let fields): object(fields)
        }
    }

    /// A whole year is a number to YAML; other periods are text.
    private var period: JSON {
        .object([
            "anyOf": .list([
                .object([
                    "type": .text("integer"), "minimum": .number(1), "maximum": .number(9999),
                ]),
                pattern(
                    "^[0-9]{4}((M|-|MYTD)(0[1-9]|1[0-2])|Q0?[1-4]|QMAT0?[1-4]|Y01)?$"),
            ])
        ])
    }

    private func object(_ fields: [FieldRule]) -> JSON {
        var properties: [String: JSON] = [:]
        for field in fields {
            var inner = schema(field.rule)
            let key = "plans.field.\(field.key)"
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
        if fields.contains(where: { $0.key == TargetShape.Key.coupled.rawValue }) {
            parts["oneOf"] = .list(
                TargetShape.Key.allCases.map {
                    .object(["required": .list([.text($0.rawValue)])])
                })
        }
        return .object(parts)
    }

    private func pattern(_ pattern: String) -> JSON {
        .object(["type": .text("string"), "pattern": .text(pattern)])
    }

    private func choice(_ words: [String]) -> JSON {
        .object(["type": .text("string"), "enum": .list(words.map { .text($0) })])
    }
}

/// A JSON value, as far as schemas need one.
indirect enum JSON: Encodable {
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
