import Chronology
import Parameters
import Registry
import Yams

/// One node of a catalogue file and the place to name when it is wrong.
struct Entry {
    let file: String
    let node: Node

    func wrong(_ message: String) -> IndicatorError {
        .malformedCatalogue(file: file, line: node.mark?.line ?? 0, message)
    }

    func optional(_ key: String) -> Entry? {
        node[key].map { Entry(file: file, node: $0) }
    }

    func required(_ key: String) throws(IndicatorError) -> Entry {
        guard let entry = optional(key) else { throw wrong("\(key) expected") }
        return entry
    }

    /// Refuses keys that nobody reads, so that a misspelt one is noticed.
    func check(keys known: [String]) throws(IndicatorError) {
        guard let mapping = node.mapping else { throw wrong("a mapping expected") }
        for (key, _) in mapping where !known.contains(key.string ?? "") {
            throw Entry(file: file, node: key).wrong(
                "unknown key \(key.string ?? ""); known here: \(known.joined(separator: ", "))")
        }
    }

    func string() throws(IndicatorError) -> String {
        guard let text = node.string, !text.isEmpty else { throw wrong("a text expected") }
        return text
    }

    func int() throws(IndicatorError) -> Int {
        guard let number = node.int else { throw wrong("a whole number expected") }
        return number
    }

    func day() throws(IndicatorError) -> Day {
        guard let day = Day(iso: try string()) else {
            throw wrong("a day like 2024-01-31 expected")
        }
        return day
    }

    func list() throws(IndicatorError) -> [Entry] {
        guard let nodes = node.sequence else { throw wrong("a list expected") }
        return nodes.map { Entry(file: file, node: $0) }
    }

    func localized() throws(IndicatorError) -> Localized {
        Localized(da: try required("da").string(), en: try required("en").string())
    }

    func value<Value: RawRepresentable<String> & CaseIterable>(
        _ type: Value.Type
    ) throws(IndicatorError) -> Value {
        let text = try string()
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong("\(text) is none of \(known)")
        }
        return value
    }

    func set<Value: RawRepresentable<String> & CaseIterable & Hashable>(
        _ type: Value.Type
    ) throws(IndicatorError) -> Set<Value> {
        var values: Set<Value> = []
        for entry in try list() { values.insert(try entry.value(type)) }
        return values
    }

    func ages() throws(IndicatorError) -> ClosedRange<Int> {
        let from = try required("from").int()
        let to = try optional("to")?.int() ?? 200
        guard from <= to else { throw wrong("from is later than to") }
        return from...to
    }
}
