import Chronology
import Foundation
import Parameters

extension Taxonomy {
    /// Reads the Danish starter taxonomy that ships with the program.
    public static func starter() throws(ParameterError) -> Taxonomy {
        var file = TaxonomyFile()
        let ukrainian = Dictionary(
            try file.rows("ukrainian.txt", columns: 2) { ($0[0], $0[1]) }
        ) { first, _ in first }
        let skills = try file.rows("skills.txt", columns: 5) { fields -> Skill? in
            guard let kind = Skill.Kind(rawValue: fields[1]) else { return nil }
            return Skill(
                id: fields[0], kind: kind, label: fields[2], english: fields[3],
                ukrainian: ukrainian[fields[0]] ?? "",
                wordings: TaxonomyFile.wordings(fields[4]))
        }
        let occupations = try file.rows("occupations.txt", columns: 8) { fields -> Occupation? in
            guard fields[1].utf8.count == 4, fields[1].utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return Occupation(
                id: fields[0], isco: fields[1], label: fields[2], english: fields[3],
                ukrainian: ukrainian[fields[0]] ?? "",
                wordings: TaxonomyFile.wordings(fields[4]),
                essential: TaxonomyFile.ids(fields[5]), optional: TaxonomyFile.ids(fields[6]),
                certificates: TaxonomyFile.ids(fields[7]))
        }
        let courses = try file.rows("courses.txt", columns: 4) { fields -> Course? in
            Course(
                id: fields[0], label: fields[1], english: fields[2],
                ukrainian: ukrainian[fields[0]] ?? "",
                gives: TaxonomyFile.ids(fields[3]))
        }
        let ambiguous = try file.rows("ambiguous.txt", columns: 2) { fields in
            (Folding.folded(fields[0]), TaxonomyFile.ids(fields[1]))
        }
        guard let version = file.version else {
            throw .malformed(file: "skills.txt", line: 1, "# version: year-month-day expected")
        }
        return Taxonomy(
            version: version, occupations: occupations, skills: skills, courses: courses,
            ambiguous: Dictionary(ambiguous) { first, _ in first })
    }
}

/// Files of lines with fields between bars, which a domain expert reads and writes, and which
/// are read in a few milliseconds.
struct TaxonomyFile {
    /// The latest day that a file calls its version.
    private(set) var version: Day?

    /// The rows of a file that ships with the program, each as `make` reads its fields.
    mutating func rows<Row>(
        _ file: String, columns: Int, _ make: ([String]) -> Row?
    ) throws(ParameterError) -> [Row] {
        var rows: [Row] = []
        let text = try TaxonomyFile.text(file)
        var number = 0
        for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            guard let first = line.first else { continue }
            if first == UInt8(ascii: "#") {
                readVersion(String(decoding: line, as: UTF8.self))
                continue
            }
            let fields = line.split(separator: 124, omittingEmptySubsequences: false)
                .map(TaxonomyFile.trimmed)
            guard fields.count == columns, let row = make(fields) else {
                throw .malformed(
                    file: file, line: number, "\(columns) fields with | between them expected")
            }
            rows.append(row)
        }
        return rows
    }

    private mutating func readVersion(_ line: String) {
        let mark = "# version: "
        guard line.hasPrefix(mark), let day = Day(iso: line.dropFirst(mark.count)) else { return }
        version = version.map { max($0, day) } ?? day
    }

    static func text(_ file: String) throws(ParameterError) -> String {
        guard
            let url = Bundle.module.url(
                forResource: "Resources/taxonomy/\(file)", withExtension: nil),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw .missing(file) }
        return text
    }

    static func ids(_ field: String) -> [String] {
        field.utf8.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    }

    static func wordings(_ field: String) -> [Wording] {
        field.utf8.split(separator: UInt8(ascii: ";")).map { part in
            let text = trimmed(part)
            return text.utf8.first == UInt8(ascii: "=")
                ? Wording(String(text.dropFirst()), isExact: true) : Wording(text)
        }
    }

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        var bytes = bytes[bytes.startIndex..<bytes.endIndex]
        while bytes.first == 32 { bytes.removeFirst() }
        while bytes.last == 32 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
