import Markup
import Reporting

/// A page whose column and panel were written once, for many readers of one
/// language; what surrounds them is each reader's own.
///
/// Only for pages without a form that changes something, because such a form
/// carries its reader's own token.
public struct WrittenPage: Page {
    private let heading: String
    private let column: HTML
    private let panel: HTML?
    private let rest: HTML?

    public init(_ page: some Page, _ wording: Wording) {
        let paper = Paper(wording: wording, formToken: nil)
        heading = page.title(wording)
        var column = HTML()
        page.main(to: &column, paper)
        self.column = column
        var rest: HTML?
        if page.hasBelow {
            var below = HTML()
            page.below(to: &below, paper)
            rest = below
        }
        self.rest = rest
        guard page.hasSide else {
            panel = nil
            return
        }
        var panel = HTML()
        page.side(to: &panel, paper)
        self.panel = panel
    }

    public var hasSide: Bool { panel != nil }
    public func title(_ wording: Wording) -> String { heading }
    public func main(to html: inout HTML, _ paper: Paper) { html.append(column) }
    public func side(to html: inout HTML, _ paper: Paper) {
        if let panel { html.append(panel) }
    }
    public var hasBelow: Bool { rest != nil }
    public func below(to html: inout HTML, _ paper: Paper) {
        if let rest { html.append(rest) }
    }
}
