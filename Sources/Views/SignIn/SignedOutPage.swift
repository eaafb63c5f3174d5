import Markup
import Reporting

/// On the way to a provider: the browser goes on by itself, and the link is for one that does
/// not.
public struct OnwardsPage: Page, Hashable {
    public var href: String

    public init(href: String) { self.href = href }

    public func title(_ wording: Wording) -> String { wording("views.onwards.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        html(.p, class: "lead", text: paper.wording("views.onwards.text"))
        html(.p) { html in
            html(.a, .class("button"), .href(href), text: paper.wording("views.onwards.go"))
        }
    }
}

/// Nobody is signed in here any more.
public struct SignedOutPage: Page, Hashable {
    /// Ends the session at the provider as well; nil where there is none to end.
    public var provider: Provider?
    public var onwards: [Link]

    /// A form that goes to the provider. What it sends says who somebody is, and therefore does
    /// not stand in an address.
    public struct Provider: Hashable, Sendable {
        public var kind: ProviderSignInPage.Door.Kind
        public var action: String
        public var hidden: [FormPage.Hidden]

        public init(
            kind: ProviderSignInPage.Door.Kind, action: String, hidden: [FormPage.Hidden]
        ) {
            self.kind = kind
            self.action = action
            self.hidden = hidden
        }
    }

    public init(provider: Provider? = nil, onwards: [Link]) {
        self.provider = provider
        self.onwards = onwards
    }

    public func title(_ wording: Wording) -> String { wording("views.signedOut.headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let provider {
            html(.p, class: "lead", text: wording("views.signedOut.\(provider.kind.rawValue)"))
            html(
                .form, .class("form"), Attribute("method", fixed: "post"), .action(provider.action)
            ) { html in
                html.hidden(provider.hidden)
                html(
                    .button, .class("button"), .type("submit"),
                    text: wording("views.signedOut.\(provider.kind.rawValue)Go"))
            }
        } else {
            html(.p, class: "lead", text: wording("views.signedOut.text"))
        }
        html.links(onwards)
    }
}
