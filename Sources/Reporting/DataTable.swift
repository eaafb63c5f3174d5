import Markup

/// A value in a cell.
public enum CellValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    /// Known, but not shown because few persons stand behind it.
    case hidden
    /// Not known.
    case missing

    /// What stands where there is no number.
    func word(_ wording: Wording) -> String {
        switch self {
        case .text(let text): text
        case .number(let value): wording.number(value, decimals: 0)
        case .hidden: wording("reporting.table.hidden")
        case .missing: wording("reporting.table.missing")
        }
    }
}

/// A table as a value: a caption, columns, and rows with a header each.
public struct DataTable: Hashable, Sendable {
    /// Letters, digits and hyphens; unique on the page.
    public var id: String
    public var caption: String
    /// The first column is that of the row headers.
    public var columns: [Column]
    public var rows: [Row]

    public struct Column: Hashable, Sendable {
        public var title: String
        /// Nil for a column of text.
        public var decimals: Int?
        public init(_ title: String, decimals: Int? = nil) {
            self.title = title
            self.decimals = decimals
        }
    }

    public struct Row: Hashable, Sendable {
        public var header: String
        public var href: String?
        public var cells: [CellValue]
        public var isEmphasised: Bool
        public init(
            header: String, href: String? = nil, cells: [CellValue], isEmphasised: Bool = false
        ) {
            self.header = header
            self.href = href
            self.cells = cells
            self.isEmphasised = isEmphasised
        }
    }

    public init(id: String, caption: String, columns: [Column], rows: [Row]) {
        self.id = id
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    /// Writes the table into a page. It scrolls by itself where the page is narrow.
    public func write(to html: inout HTML, _ wording: Wording) {
        html(
            .div, .class("scroll"), .role("region"), Attribute("aria-labelledby", "\(id)-caption"),
            Attribute("tabindex", 0)
        ) { html in
            html(.table, .id(id)) { html in
                html(.caption, .id("\(id)-caption"), text: caption)
                html(.thead) { html in
                    html(.tr) { html in
                        for column in columns {
                            html(
                                .th, .scope("col"),
                                .when(column.decimals != nil, .class("number")),
                                text: column.title)
                        }
                    }
                }
                html(.tbody) { html in
                    for row in rows { write(row, to: &html, wording) }
                }
            }
        }
    }

    private func write(_ row: Row, to html: inout HTML, _ wording: Wording) {
        html(.tr, .when(row.isEmphasised, .class("own"))) { html in
            html(.th, .scope("row")) { html in
                if let href = row.href {
                    html(.a, .href(href), text: row.header)
                } else {
                    html.text(row.header)
                }
            }
            for (index, cell) in row.cells.enumerated() {
                let decimals = index + 1 < columns.count ? columns[index + 1].decimals : nil
                switch cell {
                case .number(let value):
                    html(
                        .td, class: "number",
                        text: wording.number(value, decimals: decimals ?? 0))
                case .text(let text):
                    html(.td, text: text)
                case .hidden, .missing:
                    html(.td, class: "number quiet", text: cell.word(wording))
                }
            }
        }
    }
}
