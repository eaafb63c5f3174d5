import Markup
import Parameters
import Reporting

/// Header, navigation, page and footer.
struct Layout {
    let frame: Frame
    let paper: Paper
    private var wording: Wording { paper.wording }

    func write(_ page: some Page, to html: inout HTML) {
        let title = page.title(wording)
        html(.head) { html in
            html.raw("<meta charset=\"utf-8\">")
            html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            html(.title, text: "\(title) \u{2013} Fodfæste \u{2013} \(frame.municipality)")
            html(
                .link, Attribute("rel", fixed: "stylesheet"), .href(frame.links.stylesheet))
            if page.usesScript || frame.hasCommandBox {
                html(.script, .src(frame.links.script), Attribute(flag: "defer")) { _ in }
            }
        }
        html(.body) { html in
            html(.a, .class("skip"), .href("#main"), text: wording("views.layout.skip"))
            if frame.isDemo {
                html(
                    .div, .class("demo"), .role("region"),
                    Attribute("aria-label", wording("views.layout.demoName"))
                ) { $0(.p, text: wording("views.layout.demo")) }
            }
            header(&html)
            if let name = frame.actsFor {
                html(
                    .div, .class("acts-for"), .role("region"),
                    Attribute("aria-label", wording("views.layout.actsForName"))
                ) { $0(.p, text: wording("views.layout.actsFor", ["name": name])) }
            }
            breadcrumb(&html, title)
            body(page, title, &html)
            footer(&html)
        }
    }

    private func header(_ html: inout HTML) {
        html(.header, class: "site") { html in
            html(.div, class: "top") { html in
                html(.p, class: "authority", text: frame.municipality)
                languages(&html)
            }
            html(.div, class: "solution") { html in
                html(.a, .class("name"), .href(frame.links.home)) { $0.raw("Fodfæste") }
                user(&html)
            }
            guard !frame.navigation.isEmpty else { return }
            html(
                .nav, .class("main"), Attribute("aria-label", wording("views.layout.navigation")),
                .when(
                    frame.hasCommandBox, Attribute("data-box", wording("views.layout.box"))),
                Attribute("data-find", wording("views.layout.boxFind")),
                Attribute("data-purpose", wording("web.purpose.casework"))
            ) { html in
                html(.ul) { html in
                    for item in frame.navigation {
                        html(.li) { html in
                            html(
                                .a, .href(item.href),
                                .when(
                                    item.section == frame.section,
                                    Attribute("aria-current", fixed: "page")),
                                text: wording("views.section.\(item.section.rawValue)"))
                        }
                    }
                }
            }
        }
    }

    private func languages(_ html: inout HTML) {
        guard !frame.languageLinks.isEmpty else { return }
        html(.nav, .class("languages"), Attribute("aria-label", wording("views.layout.languages")))
        { html in
            html(.ul) { html in
                for link in frame.languageLinks {
                    html(.li) { html in
                        html(
                            .a, .href(link.href), .lang(link.language.rawValue),
                            Attribute("hreflang", link.language.rawValue),
                            .when(
                                link.language == frame.language,
                                Attribute("aria-current", fixed: "true")),
                            text: wording("views.layout.language.\(link.language.rawValue)"))
                    }
                }
            }
        }
    }

    private func user(_ html: inout HTML) {
        html(.div, class: "user") { html in
            guard let user = frame.user else {
                html(.a, .href(frame.links.signIn), text: wording("views.layout.signIn"))
                return
            }
            html(.p) { html in
                html(.strong, text: user.name)
                html.text(" · " + wording("views.role.\(user.role.rawValue).name"))
            }
            paper.form(&html, action: frame.links.signOut, className: "inline") { html in
                html(
                    .button, .class("link"), .type("submit"), text: wording("views.layout.signOut"))
            }
        }
    }

    private func breadcrumb(_ html: inout HTML, _ title: String) {
        guard !frame.breadcrumb.isEmpty else { return }
        html(
            .nav, .class("breadcrumb"), Attribute("aria-label", wording("views.layout.breadcrumb"))
        ) { html in
            html(.ol) { html in
                for link in frame.breadcrumb {
                    html(.li) { $0(.a, .href(link.href), text: link.text) }
                }
                html(.li) { $0(.span, Attribute("aria-current", fixed: "page"), text: title) }
            }
        }
    }

    private func body(_ page: some Page, _ title: String, _ html: inout HTML) {
        if page.hasBelow { return wide(page, title, &html) }
        html(.div, class: page.hasSide ? "page with-side" : "page") { html in
            html(.main, .id("main"), Attribute("tabindex", -1)) { html in
                html(.h1, text: title)
                page.main(to: &html, paper)
            }
            if page.hasSide {
                html(.aside, Attribute("aria-label", wording("views.layout.help"))) { html in
                    page.side(to: &html, paper)
                }
            }
        }
    }

    private func wide(_ page: some Page, _ title: String, _ html: inout HTML) {
        html(.main, .id("main"), .class("page"), Attribute("tabindex", -1)) { html in
            html(.div, class: page.hasSide ? "with-side" : "lead") { html in
                html(.div) { html in
                    html(.h1, text: title)
                    page.main(to: &html, paper)
                }
                if page.hasSide {
                    // Inside the text it is a group and no landmark of its own.
                    html(
                        .div, .class("side"), .role("group"),
                        Attribute("aria-label", wording("views.layout.help"))
                    ) { page.side(to: &$0, paper) }
                }
            }
            page.below(to: &html, paper)
        }
    }

    private func footer(_ html: inout HTML) {
        html(.footer, class: "site") { html in
            html(.p) { html in
                html(
                    .a, .href(frame.links.accessibility),
                    text: wording("views.accessibility.link"))
            }
            html(.p) { html in
                html(.a, .href(frame.links.privacy), text: wording("views.privacy.link"))
            }
            html(.p) { html in
                html(
                    .a, .href(frame.links.repatriation), text: wording("views.repatriation.link"))
            }
            html(.p, text: wording("views.layout.version", ["version": frame.version]))
        }
    }
}
