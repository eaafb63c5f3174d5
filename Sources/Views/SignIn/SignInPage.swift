import Markup
import Reporting

/// Choosing a role in the demonstration; nobody is asked for a password.
public struct SignInPage: Page, Hashable {
    /// Takes a POST with `role` and `returnTo`.
    public var action: String
    public var roles: [Role]
    /// Where to go afterwards; nil goes to the start page.
    public var returnTo: String?
    /// True when the form came back without a role.
    public var isRoleMissing: Bool
    /// What was sent when nobody was signed in any more; nil where nothing was.
    public var unsaved: UnsavedForm?
    /// Sent as `municipality`; empty where the program serves one.
    public var municipalities: [Choice]

    public init(
        action: String, roles: [Role] = Role.allCases, returnTo: String? = nil,
        isRoleMissing: Bool = false, unsaved: UnsavedForm? = nil, municipalities: [Choice] = []
    ) {
        self.action = action
        self.roles = roles
        self.returnTo = returnTo
        self.isRoleMissing = isRoleMissing
        self.unsaved = unsaved
        self.municipalities = municipalities
    }

    public func title(_ wording: Wording) -> String {
        wording(unsaved == nil ? "views.signIn.headline" : "views.expired.signedOut")
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(
            .p, class: "lead",
            text: wording(unsaved?.leadKey(isSignedIn: false) ?? "views.signIn.lead"))
        paper.form(&html, action: action) { html in
            if let returnTo {
                html(.input, .type("hidden"), .name("returnTo"), .value(returnTo))
            }
            if let unsaved { html.hidden(unsaved.hidden) }
            if !municipalities.isEmpty {
                html.choose(
                    wording("views.signIn.municipality"), name: "municipality",
                    id: "municipality", municipalities)
            }
            html(
                .fieldset,
                .when(isRoleMissing, Attribute("aria-describedby", fixed: "role-error"))
            ) { html in
                html(.legend, text: wording("views.signIn.legend"))
                if isRoleMissing {
                    html(
                        .p, .id("role-error"), .class("error"), .role("alert"),
                        text: wording("views.signIn.missing"))
                }
                for (index, role) in roles.enumerated() {
                    html(.div, class: "choice") { html in
                        html(
                            .input, .type("radio"), .id("role-\(role.rawValue)"), .name("role"),
                            .value(role.rawValue), Attribute(flag: "required"),
                            .when(index == 0, Attribute(flag: "checked")),
                            Attribute("aria-describedby", "role-\(role.rawValue)-text"))
                        html(
                            .label, Attribute("for", "role-\(role.rawValue)"),
                            text: wording("views.role.\(role.rawValue).name"))
                        html(
                            .p, .id("role-\(role.rawValue)-text"), .class("note"),
                            text: wording("views.role.\(role.rawValue).text"))
                    }
                }
            }
            for name in ["citizen", "company"] {
                html(.div, class: "field wide") { html in
                    html(.label, .init("for", name), text: wording("views.signIn.\(name)"))
                    html(
                        .p, .id("\(name)-help"), .class("note"),
                        text: wording("views.signIn.\(name)Help"))
                    html(
                        .input, .type("text"), .id(name), .name(name),
                        Attribute("inputmode", fixed: "numeric"),
                        Attribute("aria-describedby", "\(name)-help"))
                }
            }
            html(.button, .class("button"), .type("submit"), text: wording("views.signIn.go"))
        }
        if let unsaved { html.typed(unsaved, wording) }
    }

    public var hasSide: Bool { true }

    public func side(to html: inout HTML, _ paper: Paper) {
        html.panel(paper.wording("views.signIn.demoTitle")) { html in
            html(.p, text: paper.wording("views.signIn.demo"))
        }
    }
}
