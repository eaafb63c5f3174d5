import Markup
import Reporting

/// What an installation keeps about people, why, for how long and who sees it
/// (privatlivspolitik).
public struct PrivacyPage: Page, Hashable {
    /// The authority that answers for the data.
    public var authority: String
    /// Where one who is signed in gets everything about oneself and sees who looked; nil for
    /// others.
    public var own: [Link]

    /// What is kept, in the order in which it concerns most people. Each has its texts below
    /// `views.privacy`.
    private static let kept = [
        "case", "profile", "looks", "drafts", "answers", "pool", "signIn", "companies", "figures",
    ]

    public init(authority: String, own: [Link] = []) {
        self.authority = authority
        self.own = own
    }

    public func title(_ wording: Wording) -> String { wording("views.privacy.link") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let text = { (key: String) in
            paper.wording("views.privacy." + key, ["authority": authority])
        }
        html(.p, class: "lead", text: text("lead"))
        html(.section) { html in
            html(.h2, text: text("keptTitle"))
            for key in Self.kept {
                html(.h3, text: text("\(key).what"))
                html(.ul) { html in
                    for part in ["why", "long", "who"] {
                        html(.li) { html in
                            html(.strong, text: text("\(part)Title") + ": ")
                            html.text(text("\(key).\(part)"))
                        }
                    }
                }
            }
        }
        html(.section) { html in
            html(.h2, text: text("cookiesTitle"))
            html(.p, text: text("cookies"))
            html(.ul) { html in
                for key in ["session", "lang", "municipality", "signing"] {
                    html(.li, text: text("cookie.\(key)"))
                }
            }
        }
        html(.section) { html in
            html(.h2, text: text("rightsTitle"))
            html(.ul) { html in
                for key in ["see", "correct", "complain"] {
                    html(.li, text: text("rights.\(key)"))
                }
            }
            for link in own { html(.p) { $0(.a, .href(link.href), text: link.text) } }
            html(.p, text: text("controller"))
        }
    }
}
