/// Where the columns of one file stand, found by their names in the header.
struct Columns<Key: RawRepresentable & CaseIterable & Hashable> where Key.RawValue == String {
    private var indices: [Key: Int] = [:]
    private let header: CSVRow

    /// Adds a problem for every required column that is missing and every name
    /// that stands twice; nil when there was one.
    init?(
        _ header: CSVRow, names: (Key) -> [String], optional: Set<Key> = [],
        problems: inout ImportProblems
    ) {
        self.header = header
        let before = problems.total
        var byName: [String: Int] = [:]
        for (index, field) in header.fields.enumerated() {
            let name = field.lowercased()
            if name.isEmpty || byName.updateValue(index, forKey: name) == nil { continue }
            problems.add(
                ImportProblem(
                    .duplicateColumn, row: header.number,
                    column: ImportProblem.Column(number: index + 1, name: field), found: field),
                raw: header.raw)
        }
        for key in Key.allCases {
            let accepted = names(key)
            indices[key] = accepted.compactMap { byName[$0.lowercased()] }.first
            if indices[key] == nil, !optional.contains(key) {
                problems.add(
                    ImportProblem(
                        .missingColumn, row: header.number,
                        found: header.fields.joined(separator: " "), accepted: accepted),
                    raw: header.raw)
            }
        }
        if problems.total > before { return nil }
    }

    /// The field's text, empty when the file has no such column.
    func text(_ key: Key, _ row: CSVRow) -> String {
        guard let index = indices[key] else { return "" }
        return row[index]
    }

    func has(_ key: Key) -> Bool { indices[key] != nil }

    func problem(
        _ kind: ImportProblem.Kind, _ key: Key, _ row: CSVRow, accepted: [String] = [],
        otherRow: Int? = nil
    ) -> ImportProblem {
        let column = indices[key].map {
            ImportProblem.Column(number: $0 + 1, name: header[$0])
        }
        return ImportProblem(
            kind, row: row.number, column: column, found: text(key, row), accepted: accepted,
            otherRow: otherRow)
    }
}

extension CSVReader {
    /// Reads a file that is in memory: `columns` once the header is known, `each`
    /// for every sound row after it, `after` at the end. Throws every problem that
    /// anyone met, in the order of the rows.
    static func read<Key>(
        _ bytes: [UInt8], _ format: CSVFormat,
        columns: (CSVRow, inout ImportProblems) -> Columns<Key>?,
        each: (CSVRow, Columns<Key>, inout ImportProblems) -> Void,
        after: (inout ImportProblems) -> Void = { _ in }
    ) throws(ImportProblems) {
        var reader = CSVReader(format)
        var layout: Columns<Key>?
        func take(_ rows: [CSVRow]) throws(ImportProblems) {
            if layout == nil, let header = reader.header {
                layout = columns(header, &reader.problems)
                guard layout != nil else { throw reader.problems }
            }
            guard let layout else { return }
            for row in rows { each(row, layout, &reader.problems) }
        }
        for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
            try take(reader.feed(bytes[start..<min(start + 1 << 16, bytes.count)]))
        }
        try take(reader.finish())
        after(&reader.problems)
        reader.problems.sort()
        guard reader.problems.isEmpty else { throw reader.problems }
    }
}
