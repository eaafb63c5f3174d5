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
}

extension Page {
    public var hasSide: Bool { false }
    public func side(to html: inout HTML, _ paper: Paper) {}
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

    public init(_ catalogue: TextCatalogue) {
        danish = Wording(catalogue, .da)
        english = Wording(catalogue, .en)
    }

    public func wording(_ language: Language) -> Wording {
        switch language {
        case .da: danish
        case .en: english
        }
    }

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
