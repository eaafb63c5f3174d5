import Markup
import Reporting

/// A published measure about one area: the figures over time, when each came, every revision,
/// and how old it all is.
public struct SeriesPage: Page, Hashable {
    /// `Ledighedsprocent, som den er offentliggjort: Hillerød`
    public var headline: String
    /// How old the figures are; nil where none are stored.
    public var age: String?
    /// The table's and the measure's own names, and on which day this was known.
    public var notes: [String]
    /// Nil where the unit is not known or no month has a figure.
    public var chart: LineChart?
    public var figures: DataTable?
    public var revisions: DataTable?
    public var readings: DataTable?
    /// Sends `area` by GET, with `hidden` unseen.
    public var action: String
    public var areas: [Choice]
    public var hidden: [FormPage.Hidden]
    public var links: [Link]

    public init(
        headline: String, age: String?, notes: [String], chart: LineChart? = nil,
        figures: DataTable? = nil, revisions: DataTable? = nil, readings: DataTable? = nil,
        action: String, areas: [Choice], hidden: [FormPage.Hidden] = [], links: [Link] = []
    ) {
        self.headline = headline
        self.age = age
        self.notes = notes
        self.chart = chart
        self.figures = figures
        self.revisions = revisions
        self.readings = readings
        self.action = action
        self.areas = areas
        self.hidden = hidden
        self.links = links
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let age { html(.p, class: "lead", text: age) }
        for note in notes { html(.p, class: "note", text: note) }
        html.query(action, button: wording("views.show")) { html in
            html.hidden(hidden)
            html.choose(wording("views.series.area"), name: "area", id: "area", areas)
        }
        guard let figures else {
            html(.p, text: wording("views.series.none"))
            return
        }
        html(.section) { html in
            html(.h2, text: wording("views.series.figures"))
            if let chart {
                chart.write(to: &html, wording) { figures.write(to: &$0, wording) }
            } else {
                figures.write(to: &html, wording)
            }
        }
        html(.section) { html in
            html(.h2, text: wording("views.series.revisions"))
            if let revisions {
                revisions.write(to: &html, wording)
            } else {
                html(.p, text: wording("views.series.noRevisions"))
            }
        }
        if let readings {
            html(.section) { html in
                html(.h2, text: wording("views.series.readings"))
                readings.write(to: &html, wording)
            }
        }
    }

    public var hasSide: Bool { !links.isEmpty }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.number.onwards")) { $0.links(links) }
    }
}
