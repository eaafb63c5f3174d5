import Chronology
import Indicators
import Registry

/// The fields of an address or a form; a field may stand several times.
struct Query: Sendable {
    private var fields: [(name: String, value: String)] = []

    /// All fields in their order.
    var pairs: [(name: String, value: String)] { fields }

    /// Reads `a=1&b=2`, with plus signs and percent-encoding.
    init(_ text: some StringProtocol) {
        for pair in String(text).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Query.decoded(parts[0]) else { continue }
            fields.append((name, parts.count > 1 ? Query.decoded(parts[1]) ?? "" : ""))
        }
    }

    init(_ pairs: [(name: String, value: String)]) { fields = pairs }

    /// As a form would be sent.
    var encoded: String {
        fields.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
            .joined(separator: "&")
    }

    private static func decoded(_ text: Substring) -> String? {
        percentDecoded(text.replacing("+", with: " "))
    }

    /// The first value of a field; nil when it is absent or empty.
    subscript(name: String) -> String? {
        fields.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// The number of a fact; nil for none and for what is no number.
    func fact(_ name: String) -> FactID? {
        self[name].flatMap { Int64($0) }.map { FactID($0) }
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }
}

/// A field that could not be understood; it becomes a line of the error page.
struct BadField: Hashable, Sendable {
    var name: String
    var found: String
    /// A key of the string catalogue.
    var acceptedKey: String
}

/// Every field that could not be understood, at once.
struct BadInput: Error, Sendable {
    var fields: [BadField]
}

/// Reads typed fields and collects what is wrong with them.
struct FieldReader {
    let query: Query
    private(set) var bad: [BadField] = []

    init(_ query: Query) { self.query = query }

    /// A day as `2024-06-30` or `30.06.2024`.
    mutating func day(_ name: String) -> Day? {
        guard let text = query[name] else { return nil }
        if let day = Day(iso: text) ?? Day(danish: text) { return day }
        bad.append(BadField(name: name, found: text, acceptedKey: "web.accepted.day"))
        return nil
    }

    mutating func period(_ name: String) -> Period? {
        guard let text = query[name] else { return nil }
        if let period = Period(text) { return period }
        bad.append(BadField(name: name, found: text, acceptedKey: "web.accepted.period"))
        return nil
    }

    mutating func dimension(_ name: String, among known: [Dimension]) -> Dimension? {
        guard let text = query[name] else { return nil }
        if let dimension = Dimension(rawValue: text), known.contains(dimension) {
            return dimension
        }
        bad.append(BadField(name: name, found: text, acceptedKey: "web.accepted.cut"))
        return nil
    }

    mutating func reject(_ name: String, _ found: String, _ acceptedKey: String) {
        bad.append(BadField(name: name, found: found, acceptedKey: acceptedKey))
    }

    /// Throws `BadInput` when anything was wrong.
    func check() throws(BadInput) {
        if !bad.isEmpty { throw BadInput(fields: bad) }
    }
}
