import Reporting

/// A table in columns of text, for the eye.
enum TextTable {
    static func text(_ table: DataTable, _ wording: Wording) -> String {
        var rows = [table.columns.map(\.title)]
        for row in table.rows {
            rows.append(
                [row.header]
                    + row.cells.enumerated().map { index, cell in
                        let column =
                            index + 1 < table.columns.count ? table.columns[index + 1] : nil
                        return words(cell, column?.decimals ?? 0, wording)
                    })
        }
        let widths = table.columns.indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            row.enumerated().map { index, text in
                let gap = String(repeating: " ", count: max(0, widths[index] - text.count))
                return table.columns[index].decimals == nil ? text + gap : gap + text
            }.joined(separator: "  ")
        }
        return ([table.caption, ""] + lines).joined(separator: "\n")
    }

    private static func words(_ cell: CellValue, _ decimals: Int, _ wording: Wording) -> String {
        switch cell {
        case .text(let text): text
        case .number(let value): wording.number(value, decimals: decimals)
        case .hidden: wording("reporting.table.hidden")
        case .missing: wording("reporting.table.missing")
        }
    }
}
