import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import SQLiteStorage
import Storage
import Testing

@testable import Web

/// A site on a store with one citizen and one company, where people sign in by a provider that
/// nobody can reach.
struct MadeUpSite {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2024-09-16")!
    let desk: Desk
    let time = MadeUpTime()

    init(isDemo: Bool = false, site: String = "https://job.example") async throws {
        let engine = try SQLiteEngine.inMemory()
        try await engine.migrate(Migration.bundled())
        let time = time
        let house = House(
            engine: engine, clock: Clock(now: time.now, today: { Self.today }),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        _ = try await RegisterCase(house).register(
            [
                .citizen(
                    Citizen(
                        id: CitizenID(1), cpr: try CPR("6101901002"), givenName: "Ane",
                        familyName: "Prøve", sex: .female, born: Day(iso: "1990-01-01")!,
                        origin: .danish)),
                .company(Company(cvr: try CVR("13585628"), name: "Møller", industry: "41")),
            ], in: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev),
            purpose: Purpose("Prøve")!)
        let doors = SignInWay.allCases.map { way in
            SignInService.Door(
                client: SignInClient(
                    SignInProvider(
                        way: way, issuer: "https://nobody.example", client: "c", secret: nil,
                        claims: .init()), transport: Unreachable(), now: time.now), contact: nil)
        }
        desk = Desk(
            house,
            WebConfiguration(
                host: "localhost", port: 0, isDemo: isDemo, version: "0", reviewed: Self.today,
                site: site,
                signIn: SignInService(doors: doors, roles: SignInRoles(), limits: SessionLimits())),
            municipality: HomeMunicipality(code: Self.herlev, name: "Herlev"),
            random: time.random)
    }

    struct Unreachable: Transport {
        func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer {
            throw .unreachable
        }
    }

    func actor(_ role: Role) throws -> Actor {
        Actor(
            name: "x", role: role, municipality: Self.herlev,
            citizen: role == .citizen ? CitizenID(1) : nil,
            company: role == .employer ? try CVR("13585628") : nil)
    }

    func answer(
        _ path: String, _ method: Call.Method = .get, query: String = "", form: String = "",
        cookies: String = ""
    ) async -> Answer {
        await desk.answer(
            Call(
                method: method, path: path, query: Query(query), form: Query(form),
                cookies: Cookies(cookies))
        ) { _, _ in }
    }
}

@Suite("Whom an address is for")
struct ReadersTests {
    /// One of each address there is.
    private static let routes: [Route] =
        [
            .home, .signIn, .signOut, .plan("p"), .planStatus("p", .json),
            .goal(plan: "p", goal: "g"), .target(plan: "p", target: "t"), .indicators,
            .indicator("gross-unemployed"), .indicatorFile("gross-unemployed"),
            .people("full-time-persons"), .compare, .effects, .effect("company-placement"), .law,
            .rule("contact-first-cash"), .whatIf, .whatIfPeople, .portfolios, .allowed,
            .entitlement("fgu"), .citizenLaw(1), .citizens, .citizen(1), .myPlan(1), .letter(1),
            .calendar(1), .course(1), .records(1), .post(1), .file(1), .efforts(1), .wholePlan(1),
            .jobs(1), .mailings, .newMailing, .mailing(1), .mailingLetters(1), .packs,
            .pack(Quarter(year: 2024, quarter: 2)!),
            .packFile(Quarter(year: 2024, quarter: 2)!, .csv),
            .packNote(Quarter(year: 2024, quarter: 2)!),
            .packNumber(Quarter(year: 2024, quarter: 2)!), .edition(1), .editionNumber(1),
            .editionFile(1, .csv), .editionNow(1), .editionMoved(1),
            .published(table: "a", measure: "b"), .companies, .newCompany, .company(13_585_628),
            .orders, .order(1), .candidates(1), .events(.list), .events(.new), .events(.one(1)),
            .events(.fill(1)), .shops(.list), .shops(.new), .shops(.one(1)), .pool(.all),
            .pool(.one("p")), .pool(.member("p", member: "0219")), .agreements, .newAgreement,
            .agreement(1), .sign("x"), .moveCases, .feedback("x"), .repatriation, .day, .drafts,
            .due, .lookups, .accessibility, .privacy, .health, .provided(.signedOut),
            .provided(.back),
            .pool(.feeds("p", member: "0219")), .surveys(.list), .surveys(.new),
            .surveys(.manage(1)), .surveys(.links(1)), .surveys(.words(1)), .survey("x"),
            .feedbackTrends, .citizenFeedback(1), .quality(.hub), .quality(.heard),
            .quality(.newSample), .quality(.sample(1)), .quality(.close(1)), .quality(.review(1)),
            .quality(.caseFile(1)), .quality(.actions), .quality(.newAction), .quality(.action(1)),
            .quality(.training), .quality(.theme(.conflict)), .quality(.newCourse),
            .quality(.course(1)), .quality(.groups), .quality(.newGroup), .quality(.group(1)),
            .quality(.editGroup(1)), .quality(.invite(1)), .quality(.member(group: 1, 2)),
            .quality(.councils), .quality(.newMatter), .quality(.matter(1)), .complaints(.list),
            .complaints(.overview), .complaints(.one(1)), .adviser(.list), .adviser(.overview),
            .adviser(.one(1)), .adviser(.timeline(1)),
        ] + Route.CitizenForm.allCases.map { .citizenForm(1, $0) }
        + ComplaintRoute.forms.map { .complaints(.form(1, $0)) }
        + AdviserRoute.Form.allCases.map { .adviser(.form(1, $0)) }
        + Route.CompanyForm.allCases.map { .companyForm(13_585_628, $0) }
        + Route.OrderForm.allCases.map { .orderForm(1, $0) }
        + Route.AgreementForm.allCases.map { .agreementForm(1, $0) }
        + Route.PrintedPage.allCases.map { .printed(1, $0) }
        + Route.OpenDataFile.allCases.map { .openData($0) }
        + SignInRoute.Outcome.allCases.map { .provided(.told($0)) }
        + PoolRoute.Form.allCases.map {
            .pool(.form(.init(code: "p", owner: "0219", number: 1), $0))
        }

    /// What a citizen and an employer may open besides pages of their own.
    private static let open = Set(Route.OpenDataFile.allCases.map { Route.openData($0).path })
        .union([
            "/", "/sign-in", "/indicators", "/indicators/gross-unemployed",
            "/indicators/gross-unemployed/figures.csv", "/compare", "/effects",
            "/effects/company-placement", "/law", "/law/rules/contact-first-cash", "/law/allowed",
            "/law/allowed/fgu", "/packs", "/surveys", "/quality/heard", "/complaints/overview",
            "/adviser/overview", "/repatriation", "/accessibility", "/privacy", "/health",
            "/signed-out",
            "/sign-in/cancelled", "/sign-in/too-old", "/sign-in/failed", "/sign-in/unknown",
            "/sign-in/no-role", "/sign-in/not-employed",
        ])

    @Test(
        "A citizen and an employer open no page of the staff's",
        arguments: [Role.citizen, .employer])
    func outside(role: Role) async throws {
        let site = try await MadeUpSite()
        let id = await site.desk.sessions.start(try site.actor(role), inPlaceOf: "")
        var opened: Set<String> = []
        let citizens = MeRoute.Form.allCases.map { MeRoute.form($0) } + [.home, .plan, .lookups]
        let companies =
            DoorRoute.Form.allCases.map { DoorRoute.form($0) }
            + [.home, .orders, .order(1), .agreements, .agreement(1), .events]
        // Nor any of each other's; their own pages show what is theirs.
        let others =
            role == .citizen
            ? companies.map { Route.door($0) } : citizens.map { Route.me($0) }
        for route in Self.routes + others {
            let path = route.path
            let answer = await site.answer(
                path, query: "purpose=Sagsbehandling&q=prøve&id=1", cookies: "session=\(id)")
            if answer.status == 200 { opened.insert(path) }
            // Not "there is none": nobody finds out by asking what there is.
            if !Self.open.contains(path), route.readers != .everybody {
                #expect(answer.status == 403, "\(path): \(answer.status)")
            }
            #expect(answer.status != 500, "\(path)")
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(!text.contains("Ane"), "\(path) shows a citizen")
            let token = await site.desk.sessions.session(id)?.formToken ?? ""
            guard route != .signOut else { continue }
            let posted = await site.answer(
                path, .post, form: "_token=\(token)&purpose=Sagsbehandling",
                cookies: "session=\(id)")
            #expect(
                posted.status != 200 || Self.open.contains(path),
                "\(path) was posted to: \(posted.status)")
        }
        #expect(opened.subtracting(Self.open) == [])
        #expect(opened.isSuperset(of: ["/indicators", "/law", "/repatriation"]))
    }

    @Test("What is not for everybody asks the visitor to sign in, and leads back")
    func nobody() async throws {
        let site = try await MadeUpSite()
        for route in Self.routes where route.readers == .staff {
            let answer = await site.answer(route.path)
            #expect(answer.status == 303, "\(route.path): \(answer.status)")
            #expect(answer.location == Route.signIn.link([("returnTo", route.path)]))
        }
    }

    @Test("The start page is what somebody comes to, or where the visit began")
    func landing() async throws {
        let desk = try await MadeUpSite().desk
        let citizen = Actor(name: "x", role: .citizen, municipality: MadeUpSite.herlev)
        let manager = Actor(name: "x", role: .manager, municipality: MadeUpSite.herlev)
        #expect(desk.landing(for: manager, returnTo: "/day?x=1") == "/day?x=1")
        #expect(desk.landing(for: manager, returnTo: "/me") == "/")
        #expect(desk.landing(for: manager, returnTo: nil) == "/")
        #expect(desk.landing(for: citizen, returnTo: "/me/plan") == "/me/plan")
        #expect(desk.landing(for: citizen, returnTo: "/day?x=1") == "/me")
        #expect(desk.landing(for: citizen, returnTo: "/law?on=2024-01-01") == "/law?on=2024-01-01")
        #expect(desk.landing(for: citizen, returnTo: "/nowhere") == "/me")
        #expect(desk.landing(for: citizen, returnTo: nil) == "/me")
    }
}

@Suite("Signing in by a provider, as the site answers")
struct ProviderSignInTests {
    @Test("A provider that cannot be reached is told with a reference, and where one was is kept")
    func unreachable() async throws {
        let site = try await MadeUpSite()
        let answer = await site.answer("/sign-in/staff", query: "returnTo=/day")
        let location = try #require(answer.location)
        #expect(location.hasPrefix("/sign-in/failed?returnTo=%2Fday&reference="))
        let parts = location.split(separator: "?")
        let told = await site.answer("/sign-in/failed", query: String(parts[1]))
        let text = String(decoding: told.body, as: UTF8.self)
        #expect(text.contains("/sign-in/staff?returnTo=%2Fday"))
        #expect(!text.contains("unreachable"))
    }

    @Test(
        "Nobody is sent to another site",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:1",
            "/%09/evil.example",
        ])
    func elsewhere(target: String) async throws {
        let site = try await MadeUpSite()
        let answer = await site.answer("/sign-in", query: "returnTo=\(target)")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(text.contains("href=\"/sign-in/staff\""))
        #expect(text.contains("href=\"/sign-in/citizen\""))
    }

    @Test("A return that nobody waits for, and one without a code, begin again")
    func unexpected() async throws {
        let site = try await MadeUpSite()
        for query in ["state=x&code=y", "state=x", "code=y", ""] {
            let answer = await site.answer("/sign-in/back", query: query)
            #expect(answer.location == "/sign-in/too-old", "\(query)")
            #expect(answer.cookies.allSatisfy { !$0.hasPrefix("session=") })
        }
        let no = await site.answer("/sign-in/back", query: "error=access_denied")
        #expect(no.location == "/sign-in/cancelled")
        let other = await site.answer("/sign-in/back", query: "error=server_error")
        #expect(other.location?.hasPrefix("/sign-in/failed?reference=") == true)
    }

    @Test("What was typed is on the page when signing in did not succeed")
    func typed() async throws {
        let site = try await MadeUpSite()
        let answer = await site.answer(
            "/sign-in/staff", .post,
            form: "_form=%2Fcitizens%2F1%2Fmessage&_unsaved=text%3DEn+lang+besked")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 401)
        #expect(text.contains("En lang besked"))
        #expect(text.contains("name=\"_unsaved\""))
    }

    @Test("Where one signs in by a provider there is no choosing of a role")
    func noDemonstration() async throws {
        let site = try await MadeUpSite()
        let answer = await site.answer("/sign-in", .post, form: "role=manager")
        #expect(answer.cookies.allSatisfy { !$0.hasPrefix("session=") })
        let shown = String(decoding: answer.body, as: UTF8.self)
        #expect(!shown.contains("name=\"role\""))
    }

    @Test("In the demonstration there is no provider, and every page says what it is")
    func demonstration() async throws {
        let site = try await MadeUpSite(isDemo: true)
        #expect(await site.answer("/sign-in/staff").status == 404)
        let signedIn = await site.answer("/sign-in", .post, form: "role=manager")
        let cookie = try #require(signedIn.cookies.first)
        #expect(cookie.hasSuffix("; HttpOnly; SameSite=Lax; Secure"))
        let session = String(cookie.prefix { $0 != ";" })
        for path in ["/", "/sign-in", "/law", "/citizens", "/nothing-here", "/repatriation"] {
            let answer = await site.answer(path, cookies: session)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(text.contains("class=\"demo\""), "\(path)")
            #expect(text.contains("uden adgangskode"), "\(path)")
        }
    }

    @Test("Nobody can be the program itself in the demonstration, nor a signer")
    func chosen() async throws {
        let site = try await MadeUpSite(isDemo: true)
        for role in ["system", "signer"] {
            let answer = await site.answer("/sign-in", .post, form: "role=\(role)")
            #expect(answer.status == 400, "\(role)")
            #expect(answer.cookies.isEmpty)
        }
    }
}
