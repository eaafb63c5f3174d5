import Markup

/// Writes tables as comma-separated values.
public struct CSVWriter: Hashable, Sendable {
    var separator: UInt8
    var numbers: NumberFormat
    var hasByteOrderMark: Bool

    /// What a Danish spreadsheet opens without questions: semicolons, decimal
    /// comma, UTF-8 with a byte order mark.
    public static let danish = CSVWriter(
        separator: UInt8(ascii: ";"), numbers: .plain(decimal: ","), hasByteOrderMark: true)
    /// RFC 4180: commas, decimal point, UTF-8 without a byte order mark.
    public static let standard = CSVWriter(
        separator: UInt8(ascii: ","), numbers: .plain(decimal: "."), hasByteOrderMark: false)

    /// The bytes of the file: a line of titles, then the rows. A value that is
    /// not shown is written in words, so that nobody reads it as zero; one that
    /// is not known is empty.
    public func bytes(_ table: DataTable, _ wording: Wording) -> [UInt8] {
        var out: [UInt8] = hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
        line(table.columns.map { guarded($0.title) }, into: &out)
        for row in table.rows {
            var fields = [guarded(row.header)]
            for (index, cell) in row.cells.enumerated() {
                let decimals =
                    index + 1 < table.columns.count ? table.columns[index + 1].decimals : 0
                switch cell {
                case .number(let value): fields.append(numbers.text(value, decimals: decimals ?? 0))
                case .text(let text): fields.append(guarded(text))
                case .hidden: fields.append(cell.word(wording))
                case .missing: fields.append("")
                }
            }
            line(fields, into: &out)
        }
        return out
    }

    /// A text that a spreadsheet would run as a formula gets an apostrophe first.
    private func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private func line(_ fields: [String], into out: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { out.append(separator) }
            let bytes = Array(field.utf8)
            let needsQuotes = bytes.contains {
                $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
            }
            guard needsQuotes else {
                out += bytes
                continue
            }
            out.append(UInt8(ascii: "\""))
            for byte in bytes {
                if byte == UInt8(ascii: "\"") { out.append(byte) }
                out.append(byte)
            }
            out.append(UInt8(ascii: "\""))
        }
        out += [13, 10]
    }
}
