import Markup

/// Any chart that can stand in a page with its sentence and its table.
public protocol Chart: Sendable {
    var id: String { get }
    var title: String { get }
    func sentence(_ wording: Wording) -> String
    func table(_ wording: Wording) -> DataTable
    func drawing(_ wording: Wording) -> SVG
}

extension LineChart: Chart {}
extension BarChart: Chart {}
extension SmallMultiples: Chart {}

extension Chart {
    /// Writes the chart with its title, what it says, and the table under it.
    public func write(to html: inout HTML, _ wording: Wording) {
        write(to: &html, wording) { table(wording).write(to: &$0, wording) }
    }

    /// The same with a table of one's own.
    public func write(
        to html: inout HTML, _ wording: Wording, table: (inout HTML) -> Void
    ) {
        html(.figure, class: "chart") { html in
            html(.figcaption, text: title)
            html(.p, text: sentence(wording))
            html(
                .div, .class("scroll"), .role("region"), Attribute("aria-label", title),
                Attribute("tabindex", 0)
            ) { $0.drawing(drawing(wording)) }
            html(.details, Attribute(flag: "open")) { html in
                html(.summary, text: wording("reporting.table.open"))
                table(&html)
            }
        }
    }
}
