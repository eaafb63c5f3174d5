import Exchange
import Jobcenter
import Views

extension Desk {
    /// Signing in by a provider, step by step. Nothing here asks for a session.
    func provided(_ route: SignInRoute, _ visit: Visit) async throws -> Answer {
        guard let service = configuration.signIn else { return visit.error(.notFound) }
        switch route {
        case .way(let way):
            guard let door = service.door(way) else { return visit.error(.notFound) }
            return await begin(door, visit)
        case .back: return try await back(service, visit)
        case .told(let outcome):
            return visit.signInPage(
                service, visit.told(outcome, service), returnTo: visit.returnTo)
        case .signedOut:
            return visit.page(
                SignedOutPage(onwards: [
                    Link(visit.text("views.layout.signIn"), Route.signIn.path),
                    Link(visit.text("views.section.home"), Route.home.path),
                ]))
        }
    }

    /// Sends the visitor to the provider, with what is needed to know the visitor again.
    private func begin(_ door: SignInService.Door, _ visit: Visit) async -> Answer {
        let kept = visit.call.cookies[Self.browserCookie] ?? ""
        let browser = await pending.knows(browser: kept) ? kept : secret()
        let request = SignInRequest(
            state: secret(), nonce: secret(), verifier: secret() + secret(),
            back: visit.wholeAddress(of: .provided(.back)))
        let address: String
        do throws(SignInProblem) {
            address = try await door.client.address(for: request)
        } catch {
            return visit.signInFailed(error, returnTo: visit.returnTo, unsaved: visit.typedBefore)
        }
        await pending.begin(
            request, by: door.way, browser: browser, returnTo: visit.returnTo,
            unsaved: visit.typedBefore)
        let cookies = [visit.cookie(Self.browserCookie, browser, seconds: 600)]
        // A browser may refuse to go on to another site from a form, so that it is told to
        // by a page of ours.
        guard visit.call.method == .post else { return .redirect(address, cookies: cookies) }
        var answer = visit.page(OnwardsPage(href: address))
        answer.refresh = address
        answer.cookies += cookies
        return answer
    }

    /// The visitor has come back: with a code, or with the provider's no.
    private func back(_ service: SignInService, _ visit: Visit) async throws -> Answer {
        let query = visit.call.query
        let browser = visit.call.cookies[Self.browserCookie] ?? ""
        if let error = query["error"] {
            // A provider that says no may leave out what it says no to.
            let found =
                if let state = query["state"] {
                    await pending.take(state: state, browser: browser)
                } else {
                    await pending.latest(browser: browser)
                }
            guard error == "access_denied" else {
                return visit.signInFailed(
                    SignInProblem(.providerFailed, error), returnTo: found?.returnTo,
                    unsaved: found?.unsaved)
            }
            return visit.ended(.cancelled, service, found)
        }
        guard let state = query["state"], let code = query["code"],
            let found = await pending.take(state: state, browser: browser),
            let door = service.door(found.way)
        else { return visit.ended(.tooOld, service, nil) }
        let signedIn: SignedIn
        do throws(SignInProblem) {
            // A provider that says so may not answer for the other (RFC 9207).
            if let issuer = query["iss"], issuer != door.client.provider.issuer {
                throw SignInProblem(.otherIssuerAnswered, issuer)
            }
            signedIn = try await door.client.signedIn(code: code, of: found.request)
        } catch {
            return visit.signInFailed(error, returnTo: found.returnTo, unsaved: found.unsaved)
        }
        let outcome = try await SignInCase(house, roles: service.roles).actor(
            for: signedIn.person, in: municipality.code)
        switch outcome {
        case .actor(let actor): return await letIn([actor], signedIn, found, visit)
        case .citizen(let cases): return await letIn(cases, signedIn, found, visit)
        case .unknown where try await isInvited(found.returnTo):
            let person = Actor(
                name: signedIn.person.name ?? "", role: .citizen, municipality: municipality.code)
            return await letIn([person], signedIn, found, visit)
        case .noRole: return visit.ended(.noRole, service, found)
        case .notEmployed: return visit.ended(.notEmployed, service, found)
        case .unknown: return visit.ended(.unknown, service, found)
        case .incomplete:
            return visit.signInFailed(
                SignInProblem(.claimMissing, found.way.rawValue), returnTo: found.returnTo,
                unsaved: found.unsaved)
        }
    }

    /// Whether a visit began at an invitation that can be accepted, which also somebody can who
    /// has no case here.
    private func isInvited(_ path: String?) async throws -> Bool {
        guard let path, case .represent(let key)? = Route(path: path) else { return false }
        return try await RepresentationCase(house).invitation(key, in: municipality.code) != nil
    }

    /// Begins with the first of `cases`.
    private func letIn(
        _ cases: [Actor], _ signedIn: SignedIn, _ found: PendingSignIns.Pending, _ visit: Visit
    ) async -> Answer {
        let actor = cases[0]
        let person = signedIn.person.cpr.flatMap { cpr in
            actor.role == .citizen
                ? Sessions.Person(cpr: cpr, name: signedIn.person.name ?? "") : nil
        }
        let id = await sessions.start(
            actor, person: person, cases: cases.count,
            provider: .init(way: found.way, token: signedIn.token), inPlaceOf: visit.sessionID)
        await keep(found.unsaved, of: actor)
        return .redirect(
            landing(for: actor, returnTo: found.returnTo),
            cookies: [
                visit.cookie("session", id, seconds: nil),
                visit.cookie(Self.browserCookie, "", seconds: 0),
            ])
    }

    /// Where somebody comes first: where the visit began, or a start page of one's own.
    func landing(for actor: Actor, returnTo: String?) -> String {
        let path = returnTo.map { String($0.prefix { $0 != "?" && $0 != "#" }) }
        guard let returnTo, let route = path.flatMap({ Route(path: $0) }), route.isFor(actor.role)
        else { return actor.role.home.path }
        return returnTo
    }

    /// Ends the session here, and offers to end the provider's.
    func signOut(_ visit: Visit) async -> Answer {
        let gone = visit.cookie("session", "", seconds: 0)
        guard visit.call.method == .post else {
            return .redirect(Route.home.path, cookies: [gone])
        }
        await sessions.end(visit.sessionID)
        guard let service = configuration.signIn else {
            return .redirect(Route.home.path, cookies: [gone])
        }
        guard let provider = visit.session?.provider, let door = service.door(provider.way),
            let end = await door.client.endOfSession()
        else { return .redirect(Route.provided(.signedOut).path, cookies: [gone]) }
        var answer = visit.signedOut.page(
            SignedOutPage(
                provider: .init(
                    kind: .init(provider.way), action: end,
                    hidden: door.client.fieldsEndingSession(
                        of: provider.token, back: visit.wholeAddress(of: .provided(.signedOut))
                    ).map { .init($0.name, $0.value) }),
                onwards: [Link(visit.text("views.section.home"), Route.home.path)]))
        answer.formTarget = end
        answer.cookies.append(gone)
        return answer
    }

    /// Tells the browsers apart while their visitors are at the provider.
    private static let browserCookie = "sign-in"
}
