import Exchange
import Jobcenter
import Views

extension Visit {
    /// Where the form or the link says to go afterwards, if that is a page of this site.
    var returnTo: String? {
        (call.form["returnTo"] ?? call.query["returnTo"]).flatMap(localPath)
    }

    /// A path of this site, so that nobody is sent elsewhere after signing in.
    private func localPath(_ text: String) -> String? {
        text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
            // Browsers leave these out, and what is left may be another site.
            && !text.unicodeScalars.contains { $0.value <= 32 || $0.value == 127 } ? text : nil
    }

    /// The whole address of a page of ours, for others to send visitors to.
    func wholeAddress(of route: Route) -> String {
        (desk.configuration.site ?? call.site ?? "") + route.path
    }

    /// A cookie that no script reads and no other site sends along with a form. Without
    /// seconds it stays until the browser is closed.
    func cookie(_ name: String, _ value: String, seconds: Int?) -> String {
        let isSecure = desk.configuration.site?.hasPrefix("https://") == true
        return "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
            + (seconds.map { "; Max-Age=\($0)" } ?? "") + (isSecure ? "; Secure" : "")
    }

    /// The doors, or what became of trying one.
    func signInPage(
        _ service: SignInService, _ told: ProviderSignInPage.Told? = nil, returnTo: String?,
        unsaved: UnsavedForm? = nil
    ) -> Answer {
        // Citizens and companies are many, and come first.
        let doors = service.doors.sorted { $0.way.rawValue < $1.way.rawValue }
        return page(
            ProviderSignInPage(
                told: told,
                doors: doors.map {
                    ProviderSignInPage.Door(
                        .init($0.way),
                        href: Route.provided(.way($0.way)).link([("returnTo", returnTo)]))
                }, returnTo: returnTo, unsaved: unsaved,
                home: Link(text("views.section.home"), Route.home.path)),
            status: unsaved == nil ? 200 : 401)
    }

    func told(
        _ outcome: SignInRoute.Outcome, _ service: SignInService
    ) -> ProviderSignInPage.Told {
        let asks = [.failed, .unknown, .noRole, .notEmployed].contains(outcome)
        let way: SignInWay = outcome == .unknown ? .citizen : .staff
        let wanted = outcome == .noRole ? service.roles.grants.map(\.value) : []
        let reference = call.query["reference"].flatMap { text in
            text.utf8.count <= 20 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
                ? text : nil
        }
        return ProviderSignInPage.Told(
            outcome.rawValue, reference: outcome == .failed ? reference : nil, wanted: wanted,
            contact: outcome == .failed ? nil : service.door(way)?.contact, asks: asks)
    }

    /// Tells what became of a sign-in. The page has an address of its own, so that what came
    /// from the provider does not stay in the browser's; where something was typed, it stays on
    /// the page.
    func ended(
        _ outcome: SignInRoute.Outcome, _ service: SignInService,
        _ pending: PendingSignIns.Pending?, reference: String? = nil
    ) -> Answer {
        ended(outcome, service, pending?.returnTo, pending?.unsaved, reference)
    }

    private func ended(
        _ outcome: SignInRoute.Outcome, _ service: SignInService, _ returnTo: String?,
        _ unsaved: PendingSignIns.Unsaved?, _ reference: String?
    ) -> Answer {
        guard let unsaved else {
            return .redirect(
                Route.provided(.told(outcome)).link([
                    ("returnTo", returnTo), ("reference", reference),
                ]))
        }
        var told = told(outcome, service)
        told.reference = reference
        return signInPage(service, told, returnTo: returnTo, unsaved: shown(unsaved))
    }

    /// The provider or its word would not do. Why stands in the log under the reference.
    func signInFailed(
        _ problem: SignInProblem, returnTo: String?, unsaved: PendingSignIns.Unsaved?
    ) -> Answer {
        let reference = desk.reference()
        report(reference, problem)
        guard let service = desk.configuration.signIn else { return error(.notFound) }
        return ended(.failed, service, returnTo, unsaved, reference)
    }

    /// This visit when nobody is signed in any more.
    var signedOut: Visit {
        var visit = self
        visit.session = nil
        return visit
    }
}

extension ProviderSignInPage.Door.Kind {
    init(_ way: SignInWay) {
        switch way {
        case .citizen: self = .citizen
        case .staff: self = .staff
        }
    }
}
