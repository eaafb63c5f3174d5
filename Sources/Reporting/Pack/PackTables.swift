import Chronology
import Indicators
import Parameters

extension Pack {
    /// Every number on a line of its own, for programs and spreadsheets.
    public func list(_ wording: Wording) -> DataTable {
        let names = [
            "section", "row", "column", "value", "unit", "period", "source", "definition",
            "version", "state", "numerator", "denominator", "persons", "address",
        ]
        let decimals = ["value": 6, "numerator": 6, "denominator": 6, "persons": 0]
        let columns =
            [DataTable.Column(wording("reporting.packList.id"))]
            + names.map {
                DataTable.Column(wording("reporting.packList.\($0)"), decimals: decimals[$0])
            }
        var rows: [DataTable.Row] = []
        for section in sections {
            for table in section.tables {
                for row in table.rows {
                    for (index, cell) in row.cells.enumerated() {
                        guard let number = cell.number else { continue }
                        let place = [
                            section.title[wording.language], row.title[wording.language],
                            table.columns[index + 1][wording.language],
                        ]
                        rows.append(
                            DataTable.Row(
                                header: number.id,
                                cells: place.map { .text($0) } + number.cells(wording)))
                    }
                }
            }
        }
        return DataTable(
            id: "pack", caption: title[wording.language], columns: columns, rows: rows)
    }
}

extension PackNumber {
    fileprivate func cells(_ wording: Wording) -> [CellValue] {
        let (definition, version) = reference
        return [
            cell, .text(wording.unit(unit)), .text(period),
            .text(wording("reporting.packSource.\(sourceName)")), .text(definition),
            .text(version), .text(stateWord(wording)), numerator.map { .number($0) } ?? .missing,
            denominator.map { .number($0) } ?? .missing,
            persons.map { .number(Double($0)) } ?? .missing,
            .text(address ?? "number?number=\(id)"),
        ]
    }

    /// `provisional` and `final` for numbers that are shown, else why they are not.
    public func stateWord(_ wording: Wording) -> String {
        let key = state == .shown ? (isProvisional ? "provisional" : "final") : state.rawValue
        return wording("reporting.packState.\(key)")
    }

    public var sourceName: String {
        switch source {
        case .register: "register"
        case .published: "published"
        case .derived: "derived"
        case .given: "given"
        }
    }

    /// What it was made by, and which version of that.
    public var reference: (what: String, version: String) {
        switch source {
        case .register(let indicator, let version, let filter):
            let words = filter.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            return (words.isEmpty ? indicator : "\(indicator) \(words)", version)
        case .published(let table, let measure, let area):
            return (table.isEmpty ? "" : "\(table) \(measure) (\(area))", "")
        case .derived(let rule, let from):
            let shown = from.prefix(3).joined(separator: "; ")
            return ("\(rule.rawValue): \(shown)\(from.count > 3 ? "; …" : "")", "")
        case .given(let what): return (what, "")
        }
    }
}

extension PackTable {
    /// The table as it stands on a page.
    public func table(_ wording: Wording) -> DataTable {
        let language = wording.language
        var columns = columns.map { DataTable.Column($0[language]) }
        for index in columns.indices.dropFirst() {
            let numbers = rows.compactMap { $0.cells[index - 1].number }
            if !numbers.isEmpty { columns[index].decimals = numbers.map(\.decimals).max() }
        }
        return DataTable(
            id: id, caption: title[language], columns: columns,
            rows: rows.map { row in
                DataTable.Row(
                    header: row.title[language],
                    cells: row.cells.map { $0.value(wording) }, isEmphasised: row.isTotal)
            })
    }

    /// The rows as lines over time; nil where no month has a figure.
    public func chart(_ wording: Wording) -> LineChart? {
        let numbers = rows.compactMap { $0.cells.first?.number }
        guard isSeries, let unit = numbers.first?.unit.known else { return nil }
        let periods = numbers.compactMap { Period($0.period) }
        let series = columns.dropFirst().indices.map { column in
            LineChart.Series(
                name: columns[column][wording.language], role: column == 1 ? .main : .comparison,
                values: rows.map { $0.cells[column - 1].number?.value })
        }.filter { $0.values.contains { $0 != nil } }
        guard !series.isEmpty, periods.count == rows.count else { return nil }
        return LineChart(
            id: "\(id)-chart", title: title[wording.language], unit: unit, periods: periods,
            series: series)
    }
}

extension PackCell {
    /// A number as it is printed: with the decimals of its own unit where the others of its
    /// column have another.
    func value(_ wording: Wording) -> CellValue {
        switch self {
        case .text(let text): .text(text[wording.language])
        case .number(let number): number.cell
        }
    }
}
