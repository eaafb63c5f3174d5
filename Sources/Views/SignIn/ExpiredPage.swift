import Markup
import Reporting

/// A form that was sent too late to be saved, with what was typed.
public struct UnsavedForm: Hashable, Sendable {
    /// Sent along so that the form can be shown again; empty where it cannot.
    public var hidden: [FormPage.Hidden]
    /// What was typed, to read and to copy.
    public var typed: [String]
    /// A file was sent, which is not kept.
    public var hadFile: Bool

    public init(hidden: [FormPage.Hidden], typed: [String], hadFile: Bool) {
        self.hidden = hidden
        self.typed = typed
        self.hadFile = hadFile
    }

    func leadKey(isSignedIn: Bool) -> String {
        if hidden.isEmpty { return "views.expired.copy" }
        return isSignedIn ? "views.expired.lead" : "views.expired.signInLead"
    }
}

/// A form whose time is up: nothing was saved, and nothing that was typed is lost.
public struct ExpiredPage: Page, Hashable {
    public var unsaved: UnsavedForm
    /// Takes what was typed and shows the form again.
    public var action: String
    public var onwards: Link

    public init(unsaved: UnsavedForm, action: String, onwards: Link) {
        self.unsaved = unsaved
        self.action = action
        self.onwards = onwards
    }

    public func title(_ wording: Wording) -> String { wording("views.expired.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording(unsaved.leadKey(isSignedIn: true)))
        if !unsaved.hidden.isEmpty {
            paper.form(&html, action: action) { html in
                html.hidden(unsaved.hidden)
                html(
                    .button, .class("button"), .type("submit"), text: wording("views.expired.again")
                )
            }
        }
        html.typed(unsaved, wording)
        html(.p) { $0(.a, .href(onwards.href), text: onwards.text) }
    }
}

extension HTML {
    /// What was typed and not saved.
    mutating func typed(_ unsaved: UnsavedForm, _ wording: Wording) {
        if unsaved.hadFile { self(.p, text: wording("views.expired.file")) }
        guard !unsaved.typed.isEmpty else { return }
        self(.h2, text: wording("views.expired.typed"))
        self(.ul) { html in for text in unsaved.typed { html(.li, text: text) } }
    }
}
