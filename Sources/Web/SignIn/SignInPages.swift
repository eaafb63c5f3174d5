import Identifiers
import Jobcenter
import Registry
import Views

extension Desk {
    /// The doors of the providers or, only where the people are made up, the demonstration's
    /// sign-in: a role is chosen, nothing is proved.
    func signIn(_ visit: Visit) async throws -> Answer {
        let returnTo = visit.returnTo
        if let service = configuration.signIn {
            return visit.signInPage(service, returnTo: returnTo)
        }
        guard configuration.isDemo else { return visit.error(.notFound) }
        guard visit.call.method == .post else { return signInPage(visit, returnTo, missing: false) }
        guard let role = visit.call.form["role"].flatMap({ Jobcenter.Role(rawValue: $0) }),
            role.isOutside || SignInRoles.all.contains(role)
        else { return signInPage(visit, returnTo, missing: true) }
        // The demonstration's caseworker is the first one there is.
        let staff =
            role == .caseworker
            ? try await StaffCase(house).staff(of: municipality.code).first?.id : nil
        var actor = Actor(
            name: visit.text("web.user.\(role.rawValue)"), role: role,
            municipality: municipality.code, staff: staff)
        var cases: [Actor] = []
        var person: Sessions.Person?
        if role == .citizen {
            let asked = visit.call.form["citizen"].flatMap { Int64($0) }.map { CitizenID($0) }
            guard
                let found = try await DemonstrationCase(house).citizen(
                    asked, in: municipality.code)
            else { return signInPage(visit, returnTo, missing: true) }
            cases = try await RepresentationCase(house).cases(
                of: found.cpr, in: municipality.code)
            (actor.name, actor.citizen) = (found.fullName, found.id)
            person = Sessions.Person(cpr: found.cpr, name: found.fullName)
        }
        if role == .employer {
            let asked = visit.call.form["company"].flatMap { try? CVR($0.filter(\.isNumber)) }
            guard
                let found = try await DemonstrationCase(house).company(
                    asked, in: municipality.code)
            else { return signInPage(visit, returnTo, missing: true) }
            (actor.name, actor.company) = (found.name, found.cvr)
        }
        let id = await sessions.start(
            actor, person: person, cases: max(1, cases.count), inPlaceOf: visit.sessionID)
        await keep(visit.typedBefore, of: actor)
        return .redirect(
            landing(for: actor, returnTo: returnTo),
            cookies: [visit.cookie("session", id, seconds: nil)]
                + (served.isEmpty
                    ? []
                    : [visit.cookie("municipality", "\(municipality.code)", seconds: nil)]))
    }

    /// What was typed before the visitor was signed out is a draft of whoever signed in.
    func keep(_ unsaved: PendingSignIns.Unsaved?, of actor: Actor) async {
        guard let unsaved, Route(path: String(unsaved.form.prefix { $0 != "?" })) != nil
        else { return }
        // One who may register nothing has no use for a draft either.
        try? await DraftCase(house).keep(
            unsaved.fields, of: unsaved.form, in: municipality.code, by: actor)
    }

    private func signInPage(_ visit: Visit, _ returnTo: String?, missing: Bool) -> Answer {
        visit.page(
            SignInPage(
                action: Route.signIn.path,
                returnTo: returnTo, isRoleMissing: missing,
                municipalities: served.map {
                    Choice(
                        value: $0.code.description, label: $0.name,
                        isSelected: $0.code == municipality.code)
                }), status: missing ? 400 : 200)
    }

    func privacy(_ visit: Visit) -> Answer {
        visit.page(
            PrivacyPage(
                authority: visit.text("web.authority", ["name": municipality.name]),
                own: visit.isCitizen && visit.actor.representation == nil
                    ? [MeRoute.lookups, .everything].map {
                        Link(
                            visit.text($0 == .lookups ? "me.more.lookups" : "me.more.everything"),
                            $0.path)
                    } : []))
    }

    func accessibility(_ visit: Visit) -> Answer {
        visit.page(
            AccessibilityPage(
                authority: visit.text("web.authority", ["name": municipality.name]), mail: nil,
                telephone: nil, lastReviewed: configuration.reviewed))
    }
}
