import Markup
import Reporting

/// A shared pool, one of its members or one of its orders: tables, and what is told line by
/// line (fælles pulje).
public struct PoolPage: Page, Hashable {
    public var headline: String
    public var lead: String
    /// What was registered just now.
    public var receipt: String?
    public var acts: [Link]
    public var parts: [Part]

    public enum Part: Hashable, Sendable {
        case lines(CaseListPage.Section)
        case table(Table)
    }

    /// A table below a heading; `nothing` is said where it has no rows.
    public struct Table: Hashable, Sendable {
        public var heading: String
        public var table: DataTable
        public var note: String
        public var nothing: String

        public init(heading: String, table: DataTable, note: String = "", nothing: String = "") {
            self.heading = heading
            self.table = table
            self.note = note
            self.nothing = nothing
        }
    }

    public init(
        headline: String, lead: String, receipt: String? = nil, acts: [Link] = [], parts: [Part]
    ) {
        self.headline = headline
        self.lead = lead
        self.receipt = receipt
        self.acts = acts
        self.parts = parts
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.notice(Notice(receipt)) }
        html(.p, class: "lead", text: lead)
        if !acts.isEmpty { html(.div, class: "no-print") { $0.links(acts) } }
        for part in parts {
            switch part {
            case .lines(let section): html.sections([section], wording)
            case .table(let table): html.table(table, wording)
            }
        }
    }
}

extension HTML {
    fileprivate mutating func table(_ part: PoolPage.Table, _ wording: Wording) {
        self(.section) { html in
            html(.h2, text: part.heading)
            if part.table.rows.isEmpty {
                html(.p, text: part.nothing)
                return
            }
            part.table.write(to: &html, wording)
            if !part.note.isEmpty { html(.p, class: "note", text: part.note) }
        }
    }
}
