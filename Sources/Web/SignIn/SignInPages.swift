import Identifiers
import Jobcenter
import Registry
import Views

extension Desk {
    /// The demonstration's sign-in: a role is chosen, nothing is proved. Exists
    /// only where the people are made up.
    func signIn(_ visit: Visit) async throws -> Answer {
        guard configuration.isDemo else { return visit.error(.notFound) }
        let returnTo = (visit.call.form["returnTo"] ?? visit.call.query["returnTo"])
            .flatMap(localPath)
        guard visit.call.method == .post else { return signInPage(visit, returnTo, missing: false) }
        guard let role = visit.call.form["role"].flatMap({ Jobcenter.Role(rawValue: $0) }),
            ![.system, .signer, .employer].contains(role)
        else { return signInPage(visit, returnTo, missing: true) }
        // The demonstration's caseworker is the first one there is.
        let staff =
            role == .caseworker
            ? try await StaffCase(house).staff(of: municipality.code).first?.id : nil
        var actor = Actor(
            name: visit.text("web.user.\(role.rawValue)"), role: role,
            municipality: municipality.code, staff: staff)
        if role == .citizen {
            let asked = visit.call.form["citizen"].flatMap { Int64($0) }.map { CitizenID($0) }
            guard
                let found = try await DemonstrationCase(house).citizen(
                    asked, in: municipality.code)
            else { return signInPage(visit, returnTo, missing: true) }
            (actor.name, actor.citizen) = (found.fullName, found.id)
        }
        let id = await sessions.start(actor)
        await keepUnsaved(visit, actor)
        return .redirect(
            returnTo ?? (role == .citizen ? MeRoute.home.path : Route.home.path),
            cookies: ["session=\(id); Path=/; HttpOnly; SameSite=Lax"]
                + (served.isEmpty
                    ? []
                    : ["municipality=\(municipality.code); Path=/; HttpOnly; SameSite=Lax"]))
    }

    /// What was typed before the visitor was signed out is a draft of whoever signed in.
    private func keepUnsaved(_ visit: Visit, _ actor: Actor) async {
        guard let form = visit.call.form["_form"], let fields = visit.call.form["_unsaved"],
            Route(path: String(form.prefix { $0 != "?" })) != nil
        else { return }
        // One who may register nothing has no use for a draft either.
        try? await DraftCase(house).keep(fields, of: form, in: municipality.code, by: actor)
    }

    /// A path of this site, so that nobody is sent elsewhere after signing in.
    private func localPath(_ text: String) -> String? {
        text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
            && !text.contains(where: \.isNewline) ? text : nil
    }

    private func signInPage(_ visit: Visit, _ returnTo: String?, missing: Bool) -> Answer {
        visit.page(
            SignInPage(
                action: Route.signIn.path,
                roles: Views.Role.allCases.filter { $0 != .employer }, returnTo: returnTo,
                isRoleMissing: missing,
                municipalities: served.map {
                    Choice(
                        value: $0.code.description, label: $0.name,
                        isSelected: $0.code == municipality.code)
                }), status: missing ? 400 : 200)
    }

    func signOut(_ visit: Visit) async -> Answer {
        if visit.call.method == .post { await sessions.end(visit.sessionID) }
        return .redirect(
            Route.home.path, cookies: ["session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"])
    }

    func accessibility(_ visit: Visit) -> Answer {
        visit.page(
            AccessibilityPage(
                authority: visit.text("web.authority", ["name": municipality.name]), mail: nil,
                telephone: nil, lastReviewed: configuration.reviewed))
    }
}
