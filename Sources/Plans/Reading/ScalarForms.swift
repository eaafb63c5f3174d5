import Chronology
import Foundation
import Indicators

/// The written forms of single values in a plan file. The reader, the grammar
/// check and the schema share them.
enum ScalarForms {
    /// `380 fullTimePersons`, `75 %`, `0.5 percent`, `-3 persons`.
    static func quantity(_ text: String) -> Quantity? {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let value = number(parts[0]) else { return nil }
        guard let unit = parts[1] == "%" ? Unit.percent : Unit(rawValue: parts[1]) else {
            return nil
        }
        return Quantity(value, unit)
    }

    /// Digits with an optional sign and an optional decimal point.
    static func number(_ text: String) -> Double? {
        let bare = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), bare.utf8.count <= 15,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return Double(text)
    }

    static func integer(_ text: String) -> Int? {
        guard let value = number(text), !text.contains(".") else { return nil }
        return Int(value)
    }

    /// A day, or every day of a month.
    static func date(_ text: String) -> DayRange? {
        if let day = Day(iso: text) { return DayRange(day, day) }
        if case .month(let month) = Period(text) { return month.range }
        return nil
    }

    /// Small letters, digits, and hyphens between them.
    static func isIdentifier(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        }
    }

    static func isFingerprint(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// The accepted word that looks most like `text`, when one does.
    static func nearest(to text: String, among words: [String]) -> String? {
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
