import Chronology
import Markup
import Reporting

/// The rules in force on a day, beside those of another day.
public struct RuleBookPage: Page, Hashable {
    public var day: Day
    /// Nil for one day alone.
    public var other: Day?
    public var areas: [Area]
    /// Sends `on` and `beside` by GET.
    public var action: String
    /// What the rules make of the cases.
    public var links: [Link]

    public struct Area: Hashable, Sendable {
        public var title: String
        public var rows: [Row]
        public init(title: String, rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    public struct Row: Hashable, Sendable {
        public var name: String
        public var href: String
        /// The rule's sentence with its act; nil where none is in force.
        public var text: String?
        public var beside: String?
        public init(name: String, href: String, text: String?, beside: String?) {
            self.name = name
            self.href = href
            self.text = text
            self.beside = beside
        }
    }

    public init(day: Day, other: Day?, areas: [Area], action: String, links: [Link]) {
        self.day = day
        self.other = other
        self.areas = areas
        self.action = action
        self.links = links
    }

    public func title(_ wording: Wording) -> String {
        let count = areas.reduce(0) { $0 + $1.rows.count { $0.text != nil } }
        guard let other else {
            return wording(
                "views.law.headline", ["count": wording.number(count), "day": wording.day(day)])
        }
        let changed = areas.reduce(0) { $0 + $1.rows.count { $0.text != $0.beside } }
        return wording(
            "views.law.headlineBeside",
            [
                "changed": wording.number(changed), "day": wording.day(day),
                "other": wording.day(other),
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.law.lead"))
        html.query(action, button: wording("views.show")) { html in
            html.date(wording("views.law.on"), name: "on", day)
            html.date(wording("views.law.beside"), name: "beside", other)
        }
        for (index, area) in areas.enumerated() where !area.rows.isEmpty {
            html(.section) { html in
                html(.h2, text: area.title)
                table(area, index, wording).write(to: &html, wording)
            }
        }
    }

    private func table(_ area: Area, _ index: Int, _ wording: Wording) -> DataTable {
        var columns: [DataTable.Column] = [
            .init(wording("views.law.duty")), .init(wording.day(day)),
        ]
        if let other {
            columns += [.init(wording.day(other)), .init(wording("views.law.difference"))]
        }
        return DataTable(
            id: "area-\(index)", caption: wording("views.law.caption", ["area": area.title]),
            columns: columns,
            rows: area.rows.map { row in
                let none = wording("views.law.none")
                var cells: [CellValue] = [.text(row.text ?? none)]
                if other != nil {
                    let isSame = row.text == row.beside
                    cells += [
                        .text(row.beside ?? none),
                        .text(wording(isSame ? "views.law.same" : "views.law.changed")),
                    ]
                }
                return .init(header: row.name, href: row.href, cells: cells)
            })
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.law.whatIf")) { $0.links(links) }
    }
}

/// One duty with all its versions.
public struct RulePage: Page, Hashable {
    public var name: String
    public var area: String
    public var versions: [RuleVersion]

    public init(name: String, area: String, versions: [RuleVersion]) {
        self.name = name
        self.area = area
        self.versions = versions
    }

    public func title(_ wording: Wording) -> String { name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: area)
        for version in versions { html.version(version, wording) }
    }
}

/// A rule in one of its times.
public struct RuleVersion: Hashable, Sendable {
    /// `01.01.2020 til 30.06.2026`
    public var dates: String
    public var text: String
    public var law: String
    public var source: String
    public var confidence: String
    /// Nil for what nobody owes.
    public var owedBy: String?
    /// `(usikker)`; empty for nothing.
    public var marks: String
    public var isInForce: Bool

    public init(
        dates: String, text: String, law: String, source: String, confidence: String,
        owedBy: String?, marks: String, isInForce: Bool
    ) {
        self.dates = dates
        self.text = text
        self.law = law
        self.source = source
        self.confidence = confidence
        self.owedBy = owedBy
        self.marks = marks
        self.isInForce = isInForce
    }
}

extension HTML {
    mutating func version(_ version: RuleVersion, _ wording: Wording) {
        self(.section) { html in
            html(.h2, text: "\(version.dates) \(version.marks)")
            if version.isInForce { html(.p, class: "note", text: wording("views.law.inForce")) }
            html(.p, text: version.text)
            html(.dl, class: "terms") { html in
                html.pair(wording("views.law.act"), version.law)
                if let owedBy = version.owedBy { html.pair(wording("views.law.owedBy"), owedBy) }
                html.pair(wording("views.law.confidence"), version.confidence)
                html.pair(wording("views.law.source")) { html in
                    html(.a, .href(version.source), text: version.source)
                }
            }
        }
    }
}
