import Chronology
import Markup
import Reporting

/// The protocols that the register can be asked about (forsøgsplaner).
public struct EffectListPage: Page, Hashable {
    public var rows: [Row]

    public struct Row: Hashable, Sendable {
        public var protocolLink: Link
        public var question: String

        public init(_ protocolLink: Link, question: String) {
            self.protocolLink = protocolLink
            self.question = question
        }
    }

    public init(rows: [Row]) { self.rows = rows }

    public func title(_ wording: Wording) -> String { wording("effects.title") }

    public func main(to html: inout HTML, _ paper: Paper) {
        html(.p, class: "lead", text: paper.wording("effects.lead"))
        html(.ul) { html in
            for row in rows {
                html(.li) { html in
                    html(.a, .href(row.protocolLink.href), text: row.protocolLink.text)
                    html.text(": " + row.question)
                }
            }
        }
    }
}

/// The answer to one protocol: the verdict first, and then what it rests on.
public struct EffectPage: Page, Hashable {
    public var report: TrialReport

    public init(report: TrialReport) { self.report = report }

    public func title(_ wording: Wording) -> String { report.name }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: report.question)
        html(.section) { html in
            html(.h2, text: "\(wording("effects.answer")): \(report.verdict)")
            for line in report.answer { html(.p, text: line) }
        }
        html(.section) { html in
            html(.h2, text: wording("effects.assumptions"))
            list(report.assumptions, &html)
        }
        html(.section) { html in
            html(.h2, text: wording("effects.who"))
            list(report.who, &html)
            report.numbers.write(to: &html, wording)
        }
        if let hidden = report.outcomeHidden { html(.p, class: "note", text: hidden) }
        if let outcome = report.outcome {
            html(.section) { html in
                html(.h2, text: wording("effects.outcome"))
                outcome.write(to: &html, wording)
            }
        }
        if let balance = report.balance {
            html(.section) { html in
                html(.h2, text: wording("effects.balance"))
                html(.p, text: wording("effects.balanceHelp"))
                balance.write(to: &html, wording)
            }
        }
    }

    private func list(_ lines: [String], _ html: inout HTML) {
        html(.ul) { html in
            for line in lines { html(.li, text: line) }
        }
    }
}
