import Chronology
import Markup
import Parameters
import Reporting

/// A quarter's management information (kvartalets ledelsesinformation): the front page first,
/// then heading by heading, each figure with the way to its query.
public struct PackPage: Page, Hashable {
    public var pack: Pack
    /// What it is: a live view, a draft, or a published edition, in a sentence or two.
    public var state: [String]
    /// That something was kept just now.
    public var receipt: String?
    public var problem: String?
    /// What was written since: comments and minutes.
    public var since: [PackRemark] = []
    /// The way to a number, to which its id is added; empty on paper.
    public var opening: String
    /// The day from which the age of published figures is told.
    public var today: Day?
    /// Files to take away.
    public var downloads: [Link]
    /// Other views: the quarters around it, the edition as known now.
    public var links: [Link]
    /// What can be done with it, sent by POST with `_act`; empty on paper.
    public var acts: [Choice]
    /// Why something cannot be done.
    public var whyNot: String?
    public var action: String
    /// Municipalities that can stand beside, sent as `with`; empty where none can be chosen.
    public var peers: [Choice] = []
    /// The days of the address, sent along unseen.
    public var days: [FormPage.Hidden] = []
    /// On paper long lists stay in the workbook.
    public var isPrinted: Bool

    public init(
        pack: Pack, state: [String], receipt: String? = nil, problem: String? = nil,
        opening: String = "", today: Day? = nil, downloads: [Link] = [], links: [Link] = [],
        acts: [Choice] = [], whyNot: String? = nil, action: String = "", isPrinted: Bool = false
    ) {
        self.pack = pack
        self.state = state
        self.receipt = receipt
        self.problem = problem
        self.opening = opening
        self.today = today
        self.downloads = downloads
        self.links = links
        self.acts = acts
        self.whyNot = whyNot
        self.action = action
        self.isPrinted = isPrinted
    }

    /// Longer tables stay in the workbook on paper, and folded on the page.
    private static let longest = 40

    public func title(_ wording: Wording) -> String {
        wording(
            "views.pack.headline",
            [
                "title": pack.title[wording.language],
                "period": pack.period.map(wording.period) ?? pack.quarter,
            ])
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let problem {
            html(.div, .class("errors"), .role("alert")) { $0(.p, text: problem) }
        }
        if let receipt {
            html(.div, .id("receipt"), .class("notice"), .role("status")) {
                $0(.p, text: receipt)
            }
        }
        for line in state { html(.p, class: "note", text: line) }
        if !since.isEmpty {
            html(.h2, text: wording("views.pack.since"))
            for note in since { remark(note, to: &html, wording) }
        }
        let told = told
        html(.h2, text: wording("views.pack.summary"))
        html(.ul, class: "summary") { html in
            for sentence in pack.summary {
                html(.li) { html in
                    write(sentence, told, to: &html, wording)
                    if sentence.numbers.isEmpty { origin(of: sentence, to: &html, wording) }
                }
            }
        }
        if !isPrinted {
            html.links(pack.sections.map { Link($0.title[wording.language], "#section-\($0.id)") })
        }
    }

    public var hasBelow: Bool { true }

    public func below(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let told = told
        for (index, section) in pack.sections.enumerated() {
            write(section, told, number: index + 1, to: &html, wording)
        }
        definitions(to: &html, wording)
    }

    private func write(
        _ section: PackSection, _ told: [String: PackNumber], number: Int,
        to html: inout HTML, _ wording: Wording
    ) {
        let language = wording.language
        html(.section, .id("section-\(section.id)"), .class("pack")) { html in
            html(.h2, text: "\(number). \(section.title[language])")
            if !section.sentences.isEmpty {
                html(.ul) { html in
                    for sentence in section.sentences {
                        html(.li) { write(sentence, told, to: &$0, wording) }
                    }
                }
            }
            for note in section.notes { remark(note, to: &html, wording) }
            for table in section.tables { write(table, to: &html, wording) }
        }
    }

    private func remark(_ note: PackRemark, to html: inout HTML, _ wording: Wording) {
        html(.div, class: "record") { html in
            let about = note.about[wording.language]
            if !about.isEmpty { html(.h3, text: about) }
            html(.p, text: note.text)
            html(
                .p, class: "note",
                text: wording(
                    "views.pack.written",
                    [
                        "writer": note.writer,
                        "day": Day(iso: note.day).map(wording.day) ?? note.day,
                        "number": String(note.registration),
                    ]))
        }
    }

    private func write(_ table: PackTable, to html: inout HTML, _ wording: Wording) {
        let language = wording.language
        if table.isSeries {
            table.chart(wording)?.write(to: &html, wording) { rows(table, to: &$0, wording) }
        } else if isPrinted, table.rows.count > Self.longest {
            html(.h3, text: table.title[language])
            html(
                .p, class: "note",
                text: wording(
                    "views.pack.inWorkbook", ["count": wording.number(table.rows.count)]))
        } else if table.rows.count > Self.longest {
            html(.details) { html in
                html(
                    .summary,
                    text: wording(
                        "views.pack.allRows",
                        [
                            "title": table.title[language],
                            "count": wording.number(table.rows.count),
                        ]))
                rows(table, to: &html, wording)
            }
        } else if !table.rows.isEmpty {
            rows(table, to: &html, wording)
        } else {
            html(.h3, text: table.title[language])
        }
        for note in table.notes { html(.p, class: "note", text: note[language]) }
    }

    private func definitions(to html: inout HTML, _ wording: Wording) {
        let language = wording.language
        html(.section, .id("definitions"), .class("pack")) { html in
            html(.h2, text: wording("views.pack.definitions"))
            html(.p, class: "note", text: wording("views.pack.chance"))
            html(.p, class: "note", text: wording("views.pack.marks"))
            ages(to: &html, wording)
            html(.dl, class: "terms") { html in
                for entry in pack.definitions {
                    html.pair(entry.name[language]) { html in
                        html(.p, text: entry.definition[language])
                        html(
                            .p, class: "note",
                            text: wording(
                                "views.pack.definedBy",
                                [
                                    "version": entry.version, "source": entry.source,
                                    "months": wording.number(entry.lagMonths),
                                ]))
                    }
                }
            }
        }
    }

    public var hasSide: Bool { !isPrinted }

    public func side(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if !downloads.isEmpty { html.panel(wording("views.download")) { $0.links(downloads) } }
        if !acts.isEmpty || whyNot != nil {
            html.panel(wording("views.pack.acts")) { html in
                for act in acts {
                    paper.form(&html, action: action) { html in
                        html(
                            .button, .class("button"), .type("submit"), .name("_act"),
                            .value(act.value), text: act.label)
                    }
                }
                if let whyNot { html(.p, class: "note", text: whyNot) }
            }
        }
        if !peers.isEmpty {
            html.panel(wording("views.pack.peers")) { html in
                html(.form, .class("stack"), Attribute("method", fixed: "get"), .action(action)) {
                    html in
                    html.hidden(days)
                    html(.div, class: "field") { html in
                        html(
                            .label, Attribute("for", "with"),
                            text: wording("views.pack.peersChoose"))
                        html(
                            .select, .id("with"), .name("with"), Attribute(flag: "multiple"),
                            Attribute("size", 6)
                        ) { html in
                            for peer in peers {
                                html(
                                    .option, .value(peer.value),
                                    .when(peer.isSelected, Attribute(flag: "selected")),
                                    text: peer.label)
                            }
                        }
                    }
                    html(.button, .class("button"), .type("submit"), text: wording("views.show"))
                }
            }
        }
        if !links.isEmpty { html.panel(wording("views.pack.more")) { $0.links(links) } }
    }
}
