import Foundation
import Parameters

extension FileProblem.Kind {
    static let notTwoColumns = Self(rawValue: "notTwoColumns")
    static let noText = Self(rawValue: "noText")
    static let noRows = Self(rawValue: "noRows")

    /// What can be wrong with a file of labels or titles.
    public static let ofTitles: [Self] = [
        .unreadable, .duplicateId, .notTwoColumns, .noText, .noRows,
    ]
}

/// A file of labels or of titles: on each line an id, a tab and a text.
public struct TitleTable: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public var id: String
        public var text: String
    }

    /// In the order of the file.
    public var rows: [Row]

    /// Reads a file in UTF-8, with or without a byte order mark. A first line whose
    /// first cell is "id" is its heading and is passed over, and so are empty lines.
    /// - Parameter file: what messages call the file.
    /// - Throws: ``FileProblems`` with all that is wrong, by line.
    public init(_ bytes: [UInt8], file: String) throws(FileProblems) {
        rows = []
        var problems: [FileProblem] = []
        func add(_ kind: FileProblem.Kind, _ line: Int, _ column: Int, _ found: Substring) {
            let found = found.count > 60 ? found.prefix(59) + "…" : found
            problems.append(
                FileProblem(
                    file: file, line: line, column: column, path: "", found: String(found),
                    problem: kind))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            add(.unreadable, 0, 0, "")
            throw FileProblems(all: problems)
        }
        var seen: Set<Substring> = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let line = number == 0 && line.hasPrefix("\u{FEFF}") ? line.dropFirst() : line
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            if number == 0, cells[0].lowercased() == "id" { continue }
            guard cells.count == 2, !cells[0].isEmpty else {
                add(.notTwoColumns, number + 1, 1, line)
                continue
            }
            let label = cells[1].trimmingCharacters(in: .whitespaces)
            if label.isEmpty { add(.noText, number + 1, cells[0].count + 2, cells[0]) }
            if !seen.insert(cells[0]).inserted { add(.duplicateId, number + 1, 1, cells[0]) }
            rows.append(Row(id: String(cells[0]), text: label))
        }
        if rows.isEmpty && problems.isEmpty { add(.noRows, 0, 0, "") }
        if !problems.isEmpty { throw FileProblems(all: problems) }
    }

    /// The rows as labels of concepts. A concept's id is what stands before the
    /// first separator in the label's id; without a separator there, the whole id.
    public func labels(separator: String) -> [TitleIndex.Label] {
        rows.map { row in
            let cut = separator.isEmpty ? nil : row.id.range(of: separator)
            let concept = cut.map { String(row.id[..<$0.lowerBound]) } ?? row.id
            return TitleIndex.Label(
                id: row.id, concept: concept.isEmpty ? row.id : concept, text: row.text)
        }
    }
}
