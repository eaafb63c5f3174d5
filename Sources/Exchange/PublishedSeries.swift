import Chronology
import Indicators
import Parameters

/// Reads published figures from a CSV file about one area with a row for each period:
/// the column `period`, and a column for each measure. An empty value, `-` and `..`
/// mean "not shown".
public struct PublishedSeries: Sendable {
    enum Column: String, CaseIterable { case period }

    /// Where the measures belong: `y01a02` and, by the column's name, `personer` or, in
    /// another table, `y25i01/ledige_ft_dagpenge`. A column that is not there gives its
    /// own name.
    private let table: JobindsatsReader.Table
    private let area: Int32
    private let format: CSVFormat
    private let numbers: NumberStyle

    /// `area` is a municipality's code, 0 for the whole country.
    public init(
        _ table: JobindsatsReader.Table, area: Int32, format: CSVFormat = CSVFormat(),
        numbers: NumberStyle = .english
    ) {
        self.table = table
        self.area = area
        self.format = format
        self.numbers = numbers
    }

    /// O(rows). Throws every problem at once; then nothing has been read.
    public func read(_ bytes: [UInt8]) throws(ImportProblems) -> PublishedImport {
        var result = PublishedImport()
        var measures: [Measure] = []
        var seen: [PublishedKey: Int] = [:]
        try CSVReader.read(bytes, format) { header, problems in
            let columns = Columns<Column>(header, names: { [$0.rawValue] }, problems: &problems)
            measures = self.measures(header, &problems)
            return problems.isEmpty ? columns : nil
        } each: { row, columns, problems in
            let period = Period(columns.text(.period, row))
            if period == nil {
                problems.add(
                    columns.problem(.period, .period, row, accepted: Period.examples),
                    raw: row.raw)
            }
            for measure in measures {
                guard let cell = numbers.cell(row[measure.column.number - 1]) else {
                    problems.add(
                        ImportProblem(
                            .number, row: row.number, column: measure.column,
                            found: row[measure.column.number - 1],
                            accepted: [numbers.example, "-", ".."]), raw: row.raw)
                    continue
                }
                guard let period else { continue }
                let figure = PublishedFigure(
                    area: area, table: measure.table, measure: measure.name, period: period,
                    value: cell.number)
                if let other = seen.updateValue(row.number, forKey: PublishedKey(figure)) {
                    let problem = ImportProblem(.duplicateRow, row: row.number, otherRow: other)
                    return problems.add(problem, raw: row.raw)
                }
                result.add(figure)
            }
        }
        return result
    }

    private struct Measure {
        var column: ImportProblem.Column
        var table: String
        var name: String
    }

    private func measures(_ header: CSVRow, _ problems: inout ImportProblems) -> [Measure] {
        for name in table.measures.keys.sorted() where !header.fields.contains(name) {
            problems.add(
                ImportProblem(
                    .missingColumn, row: header.number,
                    found: header.fields.joined(separator: " "), accepted: [name]),
                raw: header.raw)
        }
        return header.fields.enumerated().compactMap { index, field in
            if field.isEmpty || field.lowercased() == Column.period.rawValue { return nil }
            let parts = (table.measures[field] ?? field).split(separator: "/", maxSplits: 1)
            return Measure(
                column: ImportProblem.Column(number: index + 1, name: field),
                table: parts.count == 2 ? String(parts[0]) : table.id,
                name: parts.last.map(String.init) ?? field)
        }
    }
}
