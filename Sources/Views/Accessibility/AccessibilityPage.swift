import Chronology
import Markup
import Reporting

/// The accessibility statement (tilgængelighedserklæring) of an installation.
public struct AccessibilityPage: Page, Hashable {
    /// The authority that answers for the installation.
    public var authority: String
    /// The written contact: a mail address; nil where none is set up.
    public var mail: String?
    /// The telephone number; nil where none is set up.
    public var telephone: String?
    public var lastReviewed: Day

    public init(authority: String, mail: String?, telephone: String?, lastReviewed: Day) {
        self.authority = authority
        self.mail = mail
        self.telephone = telephone
        self.lastReviewed = lastReviewed
    }

    public func title(_ wording: Wording) -> String { wording("views.accessibility.link") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        let text = { (key: String) in
            wording("views.accessibility." + key, ["authority": authority])
        }
        html(.p, class: "lead", text: text("lead"))
        html(.section) { html in
            html(.h2, text: text("stateTitle"))
            html(.p, text: text("state"))
            html(.ul) { html in
                for key in ["checked1", "checked2", "checked3"] { html(.li, text: text(key)) }
            }
        }
        html(.section) { html in
            html(.h2, text: text("lacksTitle"))
            html(.ul) { html in
                for key in ["lack1", "lack2", "lack3"] { html(.li, text: text(key)) }
            }
        }
        html(.section) { html in
            html(.h2, text: text("contactTitle"))
            if mail == nil, telephone == nil { html(.p, text: text("noContact")) }
            html(.ul, class: "plain") { html in
                if let mail { html(.li) { $0(.a, .href("mailto:" + mail), text: mail) } }
                if let telephone {
                    html(.li) { $0(.a, .href("tel:" + telephone), text: telephone) }
                }
            }
            html(.p, text: text("supervision"))
        }
        html(
            .p, class: "note",
            text: wording("views.accessibility.reviewed", ["day": wording.day(lastReviewed)]))
    }
}
