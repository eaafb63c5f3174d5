import Foundation

/// What a value of a JSON Resume document must be (schema 1.0.0). Further keys are allowed
/// everywhere.
indirect enum ResumeShape: Sendable {
    case text, address, mail, date
    case list(ResumeShape)
    case object([String: ResumeShape])

    /// Every place where the value is something else. O(values).
    func problems(of value: JSONValue, at place: String) -> [ResumeProblem] {
        switch self {
        case .text: value.text == nil ? [.init(place, .notText)] : []
        case .address: Self.isAddress(value.text) ? [] : [.init(place, .notAddress)]
        case .mail: Self.isMail(value.text) ? [] : [.init(place, .notMail)]
        case .date: Self.isDate(value.text) ? [] : [.init(place, .notDate)]
        case .list(let inner):
            value.array.map { items in
                items.enumerated().flatMap {
                    inner.problems(of: $1, at: "\(place).\($0 + 1)")
                }
            } ?? [.init(place, .notList)]
        case .object(let fields):
            value.object.map { object in
                object.sorted { $0.key < $1.key }.flatMap { name, inner in
                    fields[name]?.problems(
                        of: inner, at: place.isEmpty ? name : "\(place).\(name)") ?? []
                }
            } ?? [.init(place, .notObject)]
        }
    }

    /// A URI has a scheme and something after it, and no space. Editors of CVs write an empty
    /// text where there is none.
    private static func isAddress(_ text: String?) -> Bool {
        if text?.isEmpty == true { return true }
        guard let text, let colon = text.firstIndex(of: ":"), colon != text.startIndex,
            text.index(after: colon) != text.endIndex
        else { return false }
        let scheme = text[..<colon].unicodeScalars
        return scheme.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || "+-.0123456789".unicodeScalars.contains($0))
        }
            && scheme.first?.properties.isAlphabetic == true
            && !text.contains(where: \.isWhitespace)
    }

    private static func isMail(_ text: String?) -> Bool {
        if text?.isEmpty == true { return true }
        guard let parts = text?.split(separator: "@", omittingEmptySubsequences: false) else {
            return false
        }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text?.contains(where: \.isWhitespace) == false
    }

    /// `2014`, `2014-06` or `2014-06-29`, as the schema's pattern has it.
    private static func isDate(_ text: String?) -> Bool {
        guard let text else { return false }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4,
            ["1", "2"].contains(parts[0].first), parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } })
        else { return false }
        let isMonth = parts.count < 2 || parts[1].first == "0" || parts[1].first == "1"
        return isMonth && (parts.count < 3 || ("0"..."3").contains(parts[2].first ?? "9"))
    }

    private static let texts = ResumeShape.list(.text)

    private static func entries(
        _ names: [String], _ more: [String: ResumeShape] = [:]
    ) -> ResumeShape {
        .list(
            .object(
                Dictionary(uniqueKeysWithValues: names.map { ($0, ResumeShape.text) })
                    .merging(more) { $1 }))
    }

    private static let period: [String: ResumeShape] = ["startDate": .date, "endDate": .date]

    static let resume = ResumeShape.object([
        "$schema": .text,
        "basics": .object([
            "name": .text, "label": .text, "image": .text, "email": .mail, "phone": .text,
            "url": .address, "summary": .text,
            "location": .object([
                "address": .text, "postalCode": .text, "city": .text, "countryCode": .text,
                "region": .text,
            ]),
            "profiles": entries(["network", "username"], ["url": .address]),
        ]),
        "work": entries(
            ["name", "location", "description", "position", "summary"],
            period.merging(["url": .address, "highlights": texts]) { $1 }),
        "volunteer": entries(
            ["organization", "position", "summary"],
            period.merging(["url": .address, "highlights": texts]) { $1 }),
        "education": entries(
            ["institution", "area", "studyType", "score"],
            period.merging(["url": .address, "courses": texts]) { $1 }),
        "awards": entries(["title", "awarder", "summary"], ["date": .date]),
        "certificates": entries(["name", "issuer"], ["date": .date, "url": .address]),
        "publications": entries(
            ["name", "publisher", "summary"], ["releaseDate": .date, "url": .address]),
        "skills": entries(["name", "level"], ["keywords": texts]),
        "languages": entries(["language", "fluency"]),
        "interests": entries(["name"], ["keywords": texts]),
        "references": entries(["name", "reference"]),
        "projects": entries(
            ["name", "description", "entity", "type"],
            period.merging([
                "url": .address, "highlights": texts, "keywords": texts, "roles": texts,
            ]) { $1 }),
        "meta": .object(["canonical": .address, "version": .text, "lastModified": .text]),
    ])
}

extension JSONValue: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .truth(let value): try container.encode(value)
        case .number(let value):
            // Whole numbers stay whole.
            if let whole = Int64(exactly: value) {
                try container.encode(whole)
            } else {
                try container.encode(value)
            }
        case .text(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }

    /// Keys in order, no spaces: the same bytes for the same value.
    var canonical: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
