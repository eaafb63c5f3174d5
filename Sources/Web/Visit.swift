import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Plans
import Reporting
import Views

/// One call with what is known of the visitor.
struct Visit: Sendable {
    let desk: Desk
    let call: Call
    /// Nil for an address that is none.
    let route: Route?
    let language: Language
    let languageChosen: Bool
    var session: Sessions.Session?
    let sessionID: String
    /// The kinds of notes, to tell them in words.
    let records: RecordCatalogue
    /// The law's questions, to name them.
    let entitlements: EntitlementBook
    /// Hears of failures that the visitor is only given a reference to.
    let report: @Sendable (String, any Error) -> Void

    var house: House { desk.house }

    /// Whether somebody who works at the jobcenter is signed in.
    var isStaff: Bool { session.map { !$0.actor.role.isOutside } ?? false }

    /// Who acts: the signed-in user, or the public, who sees no small counts.
    var actor: Actor {
        session?.actor ?? Actor.outsider(desk.municipality.code)
    }

    var wording: Wording { desk.site.wording(language) }
    var planTexts: PlanTexts { PlanTexts(house.texts, language) }

    func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        house.texts.text(key, language, arguments)
    }

    /// This page's own address, with its query.
    var ownLink: String { link(language: nil) }

    private func link(language: Language?) -> String {
        // What a provider sends back along with a visitor is for one use, and so is signing out.
        let kept = route == .provided(.back) ? [] : call.query.pairs
        let route = route == .signOut ? .provided(.signedOut) : route
        var pairs: [(String, String?)] = kept.filter { $0.name != "lang" }
            .map { ($0.name, $0.value) }
        if let language { pairs.append(("lang", language.rawValue)) }
        return (route ?? .home).link(pairs)
    }

    /// The day the page is about: `asof` of the address, or today.
    func days() throws(BadInput) -> (asOf: Day, knownAt: Day?) {
        var fields = FieldReader(call.query)
        let asOf = fields.day("asof") ?? house.clock.today()
        let knownAt = fields.day("known")
        try fields.check()
        return (asOf, knownAt)
    }

    /// The days of the address, to carry on in links.
    var dayQuery: [(String, String?)] {
        [("asof", call.query["asof"]), ("known", call.query["known"])]
    }

    /// Whether what was sent comes from a form of this session.
    var hasFormToken: Bool { session != nil && call.form["_token"] == session?.formToken }

    /// Why the visitor may not see persons, or nil.
    var peopleRefusal: Refusal? {
        let refusal = Policy.refusal(
            of: .readPeople(Purpose("formål")), by: actor, in: desk.municipality.code)
        return refusal
    }

    var mayReadCompanies: Bool {
        Policy.refusal(of: .readCompanies, by: actor, in: desk.municipality.code) == nil
    }

    var mayReadComplaints: Bool {
        Policy.refusal(
            of: .readComplaints(Purpose("formål")), by: actor, in: desk.municipality.code) == nil
    }

    var mayRegisterCompany: Bool {
        Policy.refusal(of: .registerCompany, by: actor, in: desk.municipality.code) == nil
    }

    var mayReadSmallCounts: Bool {
        Policy.refusal(of: .readSmallCounts, by: actor, in: desk.municipality.code) == nil
    }

    /// Figures of our own about fewer persons are hidden from the visitor; nil for none.
    var hidesBelow: Int? { mayReadSmallCounts ? nil : house.suppression.k }

    func problem(_ field: BadField) -> ErrorPage.Problem {
        ErrorPage.Problem(
            field: text("web.field.\(field.name)"), found: field.found,
            accepted: text(field.acceptedKey))
    }

    /// A rendered page.
    func page(
        _ page: some Page, section: Section? = nil, breadcrumb: [Link] = [], status: Int = 200
    ) -> Answer {
        Answer(
            status: status,
            body: desk.site.render(page, in: frame(section: section, breadcrumb: breadcrumb)),
            cookies: languageCookie)
    }

    var languageCookie: [String] {
        languageChosen
            ? ["lang=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax"] : []
    }

    /// `further`: where else one can go than to the front page.
    func error(_ kind: ErrorPage.Kind, further: [Link] = []) -> Answer {
        let page = ErrorPage(
            kind, onwards: further + [Link(text("views.section.home"), Route.home.path)])
        return self.page(page, status: page.status)
    }

    func frame(section: Section?, breadcrumb: [Link]) -> Frame {
        Frame(
            language: language,
            municipality: text("web.authority", ["name": desk.municipality.name]),
            user: isGivenAway
                ? nil
                : session.flatMap { session in
                    Views.Role(rawValue: session.actor.role.rawValue).map {
                        Frame.User(name: signedInName(session.actor), role: $0)
                    }
                },
            actsFor: actor.representation == nil ? nil : actor.name,
            isDemo: desk.configuration.isDemo, navigation: navigation, section: section,
            breadcrumb: breadcrumb,
            languageLinks: (isForCitizens ? Language.allCases : Language.complete).map {
                Frame.LanguageLink($0, href: link(language: $0))
            },
            links: Frame.Links(
                home: (session?.actor.role.home ?? .home).path, signIn: signInLink,
                signOut: Route.signOut.path,
                accessibility: Route.accessibility.path, privacy: Route.privacy.path,
                repatriation: Route.repatriation.path,
                stylesheet: "/static/" + Asset.stylesheet.rawValue,
                script: "/static/" + Asset.script.rawValue),
            version: desk.configuration.version, formToken: session?.formToken)
    }

    /// Who was invited comes back to the invitation, by whichever link they sign in.
    private var signInLink: String {
        guard case .represent? = route else { return Route.signIn.path }
        return Route.signIn.link([("returnTo", call.path)])
    }

    private func signedInName(_ actor: Actor) -> String {
        actor.representation?.name ?? actor.name
    }

    var isCitizen: Bool { session?.actor.role == .citizen }

    /// Pages that are in every language that citizens choose between.
    private var isForCitizens: Bool {
        switch route {
        case .me?, .feedback?, .survey?, .represent?, .signIn?, .provided?, .accessibility?,
            .privacy?:
            true
        default: false
        }
    }

    /// The screen is the citizen's now: it leads nowhere that belongs to who is signed in.
    private var isGivenAway: Bool {
        switch route {
        case .feedback?, .sign?, .survey?: true
        default: false
        }
    }

    private var navigation: [Frame.NavigationItem] {
        guard session != nil || !desk.configuration.isDemo, !isGivenAway else { return [] }
        if isCitizen {
            // Who has been invited to help has no pages before saying yes.
            if actor.citizen == nil { return [] }
            return [MeRoute.home, .plan, .talks, .messages, .jobs, .more].map {
                Frame.NavigationItem($0.section, href: $0.path)
            }
        }
        if session?.actor.role == .employer {
            return [DoorRoute.home, .orders, .agreements, .events].map {
                Frame.NavigationItem($0.section, href: $0.path)
            }
        }
        var items = [
            actor.role == .citizensAdviser
                ? Frame.NavigationItem(.adviser, href: AdviserRoute.list.path)
                : Frame.NavigationItem(.home, href: Route.home.path)
        ]
        if peopleRefusal == nil {
            items.append(Frame.NavigationItem(.day, href: Route.day.path))
            items.append(Frame.NavigationItem(.citizens, href: Route.citizens.path))
        }
        if mayReadCompanies {
            items.append(Frame.NavigationItem(.companies, href: Route.companies.path))
        }
        if mayManageQuality {
            items.append(Frame.NavigationItem(.quality, href: QualityRoute.hub.path))
        }
        if mayReadComplaints {
            items.append(Frame.NavigationItem(.complaints, href: ComplaintRoute.list.path))
        }
        if let plan = desk.ownPlan {
            items.append(Frame.NavigationItem(.plan, href: Route.plan(plan.id).path))
        }
        items.append(Frame.NavigationItem(.packs, href: Route.packs.path))
        items.append(Frame.NavigationItem(.indicators, href: Route.indicators.path))
        items.append(Frame.NavigationItem(.comparison, href: Route.compare.path))
        items.append(Frame.NavigationItem(.effects, href: Route.effects.path))
        items.append(Frame.NavigationItem(.law, href: Route.law.path))
        if Policy.refusal(of: .readLookups, by: actor, in: desk.municipality.code) == nil {
            items.append(Frame.NavigationItem(.lookups, href: Route.lookups.path))
        }
        return items
    }
}
