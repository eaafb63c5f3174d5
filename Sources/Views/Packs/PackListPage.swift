import Markup
import Reporting

/// The quarters: what is due for the latest, and every edition (ledelsesinformation).
public struct PackListPage: Page, Hashable {
    /// What is due, in the order of its days; empty for those who draft nothing.
    public var agenda: [Step]
    public var agendaTitle: String
    /// The way to each quarter as it stands now.
    public var quarters: [Link]
    public var editions: [Edition]
    /// The editions as open data, described for other programs.
    public var openData: [Link]

    public struct Step: Hashable, Sendable {
        public var title: String
        public var day: String
        /// Nil for what others do.
        public var verdict: Verdict?
        public var href: String?
        public init(title: String, day: String, verdict: Verdict?, href: String? = nil) {
            self.title = title
            self.day = day
            self.verdict = verdict
            self.href = href
        }
    }

    public struct Edition: Hashable, Sendable {
        public var link: Link
        public var state: String
        public init(link: Link, state: String) {
            self.link = link
            self.state = state
        }
    }

    public init(
        agenda: [Step], agendaTitle: String, quarters: [Link], editions: [Edition],
        openData: [Link]
    ) {
        self.agenda = agenda
        self.agendaTitle = agendaTitle
        self.quarters = quarters
        self.editions = editions
        self.openData = openData
    }

    public func title(_ wording: Wording) -> String { wording("views.packs.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording("views.packs.lead"))
        if !agenda.isEmpty {
            html(.h2, text: agendaTitle)
            html(.ul, class: "targets") { html in
                for step in agenda {
                    html(.li) { html in
                        html(.div, class: "target-head") { html in
                            html(.h3) { html in
                                if let href = step.href {
                                    html(.a, .href(href), text: step.title)
                                } else {
                                    html.text(step.title)
                                }
                            }
                            step.verdict?.write(to: &html, wording)
                        }
                        html(.p, text: step.day)
                    }
                }
            }
        }
        if !quarters.isEmpty {
            html(.h2, text: wording("views.packs.quarters"))
            html.links(quarters)
        }
        html(.h2, text: wording("views.packs.editions"))
        if editions.isEmpty { html(.p, text: wording("views.packs.none")) }
        html(.ul, class: "links") { html in
            for edition in editions {
                html(.li) { html in
                    html(.a, .href(edition.link.href), text: edition.link.text)
                    html(.p, class: "note", text: edition.state)
                }
            }
        }
        if !openData.isEmpty {
            html(.h2, text: wording("views.packs.openData"))
            html(.p, class: "note", text: wording("views.packs.openDataLead"))
            html.links(openData)
        }
    }
}
