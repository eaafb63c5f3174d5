import Markup
import Reporting

/// The answers after conversations over time, and the warnings of a fall (tidlig advarsel).
public struct FeedbackTrendsPage: Page, Hashable {
    public var headline: String
    public var lead: String
    /// How the warning is given and how often it is false.
    public var notes: [String]
    public var parts: [Part]

    /// All, or one team.
    public struct Part: Hashable, Sendable {
        public var heading: String
        /// What the watch says.
        public var verdict: String
        public var isWarning: Bool
        public var chart: LineChart
        /// What the chart is drawn from.
        public var table: DataTable

        public init(
            heading: String, verdict: String, isWarning: Bool, chart: LineChart, table: DataTable
        ) {
            self.heading = heading
            self.verdict = verdict
            self.isWarning = isWarning
            self.chart = chart
            self.table = table
        }
    }

    public init(headline: String, lead: String, notes: [String], parts: [Part]) {
        self.headline = headline
        self.lead = lead
        self.notes = notes
        self.parts = parts
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        html(.p, class: "lead", text: lead)
        for note in notes { html(.p, class: "note", text: note) }
        for part in parts {
            html(.section) { html in
                html(.h2, text: part.heading)
                if part.isWarning {
                    html.notice(Notice(part.verdict))
                } else {
                    html(.p, text: part.verdict)
                }
                part.chart.write(to: &html, paper.wording) {
                    part.table.write(to: &$0, paper.wording)
                }
            }
        }
    }
}
