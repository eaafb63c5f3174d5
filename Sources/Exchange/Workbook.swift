import CLibXLSXWriter
import Foundation

/// A workbook as values: sheets of rows. Written as an XLSX file by libxlsxwriter.
public struct Workbook: Hashable, Sendable {
    public var title: String
    public var author: String
    public var sheets: [Sheet]

    public init(title: String, author: String, sheets: [Sheet] = []) {
        self.title = title
        self.author = author
        self.sheets = sheets
    }

    /// One sheet: a heading, a table with titles that stay in sight, and lines below it.
    public struct Sheet: Hashable, Sendable {
        /// At most 31 characters are kept, and none of `[]:*?/\`.
        public var name: String
        public var heading: String
        public var columns: [Column]
        public var rows: [[Cell]]
        public var notes: [String]

        public init(
            name: String, heading: String, columns: [Column], rows: [[Cell]], notes: [String] = []
        ) {
            self.name = name
            self.heading = heading
            self.columns = columns
            self.rows = rows
            self.notes = notes
        }
    }

    public struct Column: Hashable, Sendable {
        public var title: String
        /// In characters.
        public var width: Double
        public init(_ title: String, width: Double) {
            self.title = title
            self.width = width
        }
    }

    public enum Cell: Hashable, Sendable {
        case text(String, isStrong: Bool = false)
        case number(Double, decimals: Int, isStrong: Bool = false)
        case empty
    }

    /// The file. The same workbook gives the same bytes. Throws `WorkbookFailure` where a
    /// sheet cannot be written, such as for want of room on the disk.
    public func bytes() throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "fodfaeste-\(UUID().uuidString).xlsx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let book = workbook_new(path) else { throw WorkbookFailure(reason: "memory") }
        var properties = lxw_doc_properties()
        // A fixed time: the file tells nothing by when it was written.
        properties.created = 1_577_836_800
        title.withCString { title in
            author.withCString { author in
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.author = UnsafeMutablePointer(mutating: author)
                workbook_set_properties(book, &properties)
            }
        }
        let formats = Formats(book)
        var used: Set<String> = []
        for sheet in sheets {
            let name = Workbook.name(sheet.name, &used)
            guard let page = workbook_add_worksheet(book, name) else {
                workbook_close(book)
                throw WorkbookFailure(reason: name)
            }
            Workbook.write(sheet, page, formats)
        }
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR, let file = FileManager.default.contents(atPath: path) else {
            throw WorkbookFailure(reason: String(cString: lxw_strerror(status)))
        }
        return Array(file)
    }

    private static func name(_ wanted: String, _ used: inout Set<String>) -> String {
        let bare = wanted.filter { !"[]:*?/\\'".contains($0) }
        var name = String(bare.prefix(31))
        var number = 2
        while !used.insert(name.lowercased()).inserted {
            name = String(bare.prefix(28)) + " \(number)"
            number += 1
        }
        return name
    }

    private static func write(
        _ sheet: Sheet, _ page: UnsafeMutablePointer<lxw_worksheet>, _ formats: Formats
    ) {
        worksheet_write_string(page, 0, 0, sheet.heading, formats.heading)
        for (index, column) in sheet.columns.enumerated() {
            let place = lxw_col_t(index)
            worksheet_set_column(page, place, place, column.width, nil)
            worksheet_write_string(page, 2, place, column.title, formats.title)
        }
        for (index, row) in sheet.rows.enumerated() {
            for (column, cell) in row.enumerated() {
                write(cell, page, lxw_row_t(index + 3), lxw_col_t(column), formats)
            }
        }
        if !sheet.columns.isEmpty { worksheet_freeze_panes(page, 3, 1) }
        let below = lxw_row_t(sheet.rows.count + 4)
        for (index, note) in sheet.notes.enumerated() {
            worksheet_write_string(page, below + lxw_row_t(index), 0, note, formats.note)
        }
        worksheet_set_landscape(page)
        worksheet_fit_to_pages(page, 1, 0)
        worksheet_set_paper(page, 9)
    }

    private static func write(
        _ cell: Cell, _ page: UnsafeMutablePointer<lxw_worksheet>, _ row: lxw_row_t,
        _ column: lxw_col_t, _ formats: Formats
    ) {
        switch cell {
        case .text(let text, let isStrong):
            worksheet_write_string(
                page, row, column, text, isStrong ? formats.strong : formats.text)
        case .number(let value, let decimals, let isStrong):
            let format = (isStrong ? formats.strongNumbers : formats.numbers)[
                min(6, max(0, decimals))]
            worksheet_write_number(page, row, column, value, format)
        case .empty: break
        }
    }
}

/// Why a workbook could not be written.
public struct WorkbookFailure: Error, Hashable, Sendable {
    public var reason: String
}

/// The looks of cells; they belong to the book.
private struct Formats {
    typealias Format = UnsafeMutablePointer<lxw_format>?
    let heading, title, text, strong, note: Format
    /// By the number of decimals.
    let numbers, strongNumbers: [Format]

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        func format(_ change: (Format) -> Void) -> Format {
            let format = workbook_add_format(book)
            change(format)
            return format
        }
        func number(_ decimals: Int, isStrong: Bool) -> Format {
            format { format in
                let places = decimals == 0 ? "" : "." + String(repeating: "0", count: decimals)
                format_set_num_format(format, "#,##0" + places)
                if isStrong { format_set_bold(format) }
            }
        }
        heading = format { format in
            format_set_bold(format)
            format_set_font_size(format, 14)
        }
        title = format { format in
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        text = format { format in
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        strong = format { format_set_bold($0) }
        note = format { format_set_italic($0) }
        numbers = (0...6).map { number($0, isStrong: false) }
        strongNumbers = (0...6).map { number($0, isStrong: true) }
    }
}
