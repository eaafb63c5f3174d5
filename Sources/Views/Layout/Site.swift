import Markup
import Parameters
import Reporting

/// A page: a plain value and what it says.
public protocol Page: Sendable {
    /// The headline, which is the answer the page gives; also the document's title.
    func title(_ wording: Wording) -> String
    /// The column that is read.
    func main(to html: inout HTML, _ paper: Paper)
    /// The panel that helps.
    func side(to html: inout HTML, _ paper: Paper)
    /// False for a page without a panel.
    var hasSide: Bool { get }
    /// What stands below column and panel and takes the whole width: wide tables.
    func below(to html: inout HTML, _ paper: Paper)
    /// False for a page with nothing below.
    var hasBelow: Bool { get }
    /// False where nothing is typed or sorted, so that one request less is made.
    var usesScript: Bool { get }
}

extension Page {
    public var hasSide: Bool { false }
    public func side(to html: inout HTML, _ paper: Paper) {}
    public var hasBelow: Bool { false }
    public var usesScript: Bool { true }
    public func below(to html: inout HTML, _ paper: Paper) {}
}

/// What a page is written on: the language's words and what forms must send.
public struct Paper: Sendable {
    public let wording: Wording
    public let formToken: String?

    /// A form that changes something, with the token that shows it came from here.
    func form(
        _ html: inout HTML, action: String, className: StaticString = "form",
        content: (inout HTML) -> Void
    ) {
        html(.form, .class(className), Attribute("method", fixed: "post"), .action(action)) {
            html in
            if let formToken {
                html(.input, .type("hidden"), .name("_token"), .value(formToken))
            }
            content(&html)
        }
    }
}

/// Renders pages. Made once from the catalogue and shared.
public struct Site: Sendable {
    private let danish: Wording
    private let english: Wording
    private let ukrainian: Wording

    public init(_ catalogue: TextCatalogue) {
        danish = Wording(catalogue, .da)
        english = Wording(catalogue, .en)
        ukrainian = Wording(catalogue, .uk)
    }

    public func wording(_ language: Language) -> Wording {
        switch language {
        case .da: danish
        case .en: english
        case .uk: ukrainian
        }
    }

    /// Pages as they are printed, each beginning on a sheet of its own: the document as
    /// UTF-8, with its style inside it.
    public func print(_ pages: [some Page], in frame: Frame) -> [UInt8] {
        let paper = Paper(wording: wording(frame.language), formToken: nil)
        var html = HTML()
        html.raw("<!doctype html>\n")
        html(.html, .lang(frame.language.rawValue)) { html in
            html(.head) { html in
                html.raw("<meta charset=\"utf-8\">")
                let title = pages.first?.title(paper.wording) ?? ""
                html(.title, text: "\(title) \u{2013} \(frame.municipality)")
                html.raw(Site.printStyle)
            }
            html(.body) { html in
                for page in pages {
                    html(.section, class: "sheet") { html in
                        html(.p, class: "authority", text: frame.municipality)
                        html(.h1, text: page.title(paper.wording))
                        page.main(to: &html, paper)
                        page.below(to: &html, paper)
                    }
                }
            }
        }
        return PrintedCharts.withoutEdges(html.bytes)
    }

    /// A4 with room for a hand to hold it; the numbers of the pages below.
    private static let printStyle: StaticString = """
        <style>
        @page { size: A4; margin: 22mm 20mm 20mm; @bottom-right {
          content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
        html { font: 11pt/1.5 "DejaVu Sans", sans-serif; color: #000; }
        .sheet { break-before: page; } .sheet:first-child { break-before: auto; }
        .authority { font-weight: bold; margin-bottom: 10mm; }
        h1 { font-size: 17pt; line-height: 1.25; } h2 { font-size: 13pt; margin-top: 7mm; }
        h3 { font-size: 11pt; } h1, h2, h3 { break-after: avoid; }
        li, .record { break-inside: avoid; } ul { padding-left: 5mm; }
        table { border-collapse: collapse; width: 100%; font-size: 7.5pt; margin: 3mm 0;
          break-inside: avoid; }
        caption { text-align: left; font-weight: bold; font-size: 9pt; padding-bottom: 1mm; }
        th, td { border-bottom: .2mm solid #999; padding: .8mm 1.5mm; text-align: left;
          vertical-align: top; } tr { break-inside: avoid; } thead { display: table-header-group; }
        .number { text-align: right; } td.number { white-space: nowrap; } .own { font-weight: bold; }
        svg { width: 100%; height: auto; } figure { margin: 0; } figcaption { font-weight: bold; }
        summary { display: none; } dt { font-weight: bold; } dd { margin: 0 0 3mm; }
        .note { font-size: 9pt; } td .note { font-size: 6.5pt; } .no-print, #receipt { display: none; }
        a { color: #000; text-decoration: none; }
        </style>
        """

    /// The whole document as UTF-8.
    public func render(_ page: some Page, in frame: Frame) -> [UInt8] {
        let paper = Paper(wording: wording(frame.language), formToken: frame.formToken)
        var html = HTML()
        html.raw("<!doctype html>\n")
        html(.html, .lang(frame.language.rawValue)) { html in
            Layout(frame: frame, paper: paper).write(page, to: &html)
        }
        return html.bytes
    }
}
