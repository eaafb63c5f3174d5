import Markup
import Reporting

/// Choosing the door to come in by, and what became of an attempt that led nowhere: the doors
/// stand below it again.
public struct ProviderSignInPage: Page, Hashable {
    /// Why nobody was signed in, where somebody has tried.
    public var told: Told?
    public var doors: [Door]
    /// Where to go afterwards; nil goes to the start page.
    public var returnTo: String?
    /// What was sent when nobody was signed in any more; nil where nothing was.
    public var unsaved: UnsavedForm?
    public var home: Link

    /// One way to sign in.
    public struct Door: Hashable, Sendable {
        public var kind: Kind
        /// Leads to the provider; takes a POST as well.
        public var href: String

        /// A raw value is a part of the texts' keys.
        public enum Kind: String, Sendable { case citizen, staff }

        public init(_ kind: Kind, href: String) {
            self.kind = kind
            self.href = href
        }
    }

    /// What the visitor is told. The texts' keys are below `views.signInTold` and the key.
    public struct Told: Hashable, Sendable {
        public var key: String
        /// Finds the event in the server's log.
        public var reference: String?
        /// What the provider would have had to say.
        public var wanted: [String]
        /// Whom to ask; nil says the municipality.
        public var contact: String?
        /// False where trying again changes nothing.
        public var asks: Bool

        public init(
            _ key: String, reference: String? = nil, wanted: [String] = [],
            contact: String? = nil, asks: Bool = false
        ) {
            self.key = key
            self.reference = reference
            self.wanted = wanted
            self.contact = contact
            self.asks = asks
        }
    }

    public init(
        told: Told? = nil, doors: [Door], returnTo: String? = nil, unsaved: UnsavedForm? = nil,
        home: Link
    ) {
        self.told = told
        self.doors = doors
        self.returnTo = returnTo
        self.unsaved = unsaved
        self.home = home
    }

    public func title(_ wording: Wording) -> String {
        if let told { return wording("views.signInTold.\(told.key).headline") }
        return wording(unsaved == nil ? "views.signInBy.headline" : "views.expired.signedOut")
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let told { tell(told, &html, wording) }
        if let unsaved {
            html(.p, class: "lead", text: wording(unsaved.leadKey(isSignedIn: false)))
        } else if told == nil {
            html(.p, class: "lead", text: wording("views.signInBy.lead"))
        }
        if told != nil { html(.h2, text: wording("views.signInBy.again")) }
        html(.ul, class: "doors") { html in
            for door in doors { html(.li) { write(door, &$0, paper) } }
        }
        if let unsaved { html.typed(unsaved, wording) }
        html(.p) { $0(.a, .href(home.href), text: home.text) }
    }

    private func tell(_ told: Told, _ html: inout HTML, _ wording: Wording) {
        html(.p, class: "lead", text: wording("views.signInTold.\(told.key).text"))
        if !told.wanted.isEmpty {
            html(.p, text: wording("views.signInBy.wanted"))
            html(.ul) { html in for value in told.wanted { html(.li, text: value) } }
        }
        if told.asks {
            let contact = told.contact.map { wording("views.signInBy.contact", ["contact": $0]) }
            html(
                .p, class: "notice",
                text: contact ?? wording("views.signInTold.\(told.key).ask"))
        }
        if let reference = told.reference {
            html(.p, text: wording("views.error.reference", ["reference": reference]))
        }
    }

    /// A link; a form where something that was typed has to come along.
    private func write(_ door: Door, _ html: inout HTML, _ paper: Paper) {
        let label = paper.wording("views.signInBy.\(door.kind.rawValue)")
        if let unsaved {
            html(.form, .class("form"), Attribute("method", fixed: "post"), .action(door.href)) {
                html in
                if let returnTo {
                    html(.input, .type("hidden"), .name("returnTo"), .value(returnTo))
                }
                html.hidden(unsaved.hidden)
                html(.button, .class("button"), .type("submit"), text: label)
            }
        } else {
            html(.a, .class("button"), .href(door.href), text: label)
        }
        html(
            .p, class: "note", text: paper.wording("views.signInBy.\(door.kind.rawValue)Text"))
    }
}
