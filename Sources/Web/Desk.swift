import Chronology
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Plans
import Reporting
import Views

/// Answers calls: finds the route, the visitor and the language, asks the use
/// cases, and gives page values to be rendered.
struct Desk: Sendable {
    let house: House
    let configuration: WebConfiguration
    let municipality: HomeMunicipality
    /// All that can be chosen at sign-in; empty where there is no choice.
    let served: [HomeMunicipality]
    let site: Site
    let sessions: Sessions
    let pending: PendingSignIns
    let sentOnce = SentOnce()
    let pageCache = PlanPageCache()
    private let random: @Sendable () -> UInt64
    private let assets: [String: (bytes: [UInt8], contentType: String)]

    init(
        _ house: House, _ configuration: WebConfiguration, municipality: HomeMunicipality,
        served: [HomeMunicipality] = [], random: @escaping @Sendable () -> UInt64
    ) {
        self.house = house
        self.configuration = configuration
        self.municipality = municipality
        self.served = served
        self.random = random
        site = Site(house.texts)
        sessions = Sessions(
            limits: configuration.signIn?.limits ?? SessionLimits(), now: house.clock.now,
            random: random)
        pending = PendingSignIns(now: house.clock.now)
        assets = Dictionary(
            uniqueKeysWithValues: Asset.allCases.compactMap { asset in
                asset.bytes().map {
                    ("/static/" + asset.rawValue, (bytes: $0, contentType: asset.contentType))
                }
            })
    }

    /// What only one who is told it can know: 192 unpredictable bits.
    func secret() -> String { (0..<3).map { _ in String(random(), radix: 36) }.joined() }

    /// An unpredictable number above zero.
    func number() -> Int64 { Int64(random() >> 2) + 1 }

    /// Finds an event in the log that the visitor is not told about.
    func reference() -> String { String(random(), radix: 36) }

    /// The answer to a call; never throws. `report` hears of failures that the
    /// visitor is only given a reference to.
    func answer(
        _ call: Call, report: @escaping @Sendable (String, any Error) -> Void
    ) async -> Answer {
        if let asset = assets[call.path] {
            return Answer(contentType: asset.contentType, body: asset.bytes, isFixed: true)
        }
        let visit = await visit(call, report)
        do {
            guard let route = visit.route else { return visit.error(.notFound) }
            return try await answer(route, visit)
        } catch let refusal as Refusal {
            if configuration.signIn != nil, visit.session == nil { return visit.signInFirst() }
            let reason = house.texts.text(refusal.textKey, visit.language)
            return visit.error(
                .forbidden(reason: reason),
                further: refusal == .notRepresentative
                    ? [Link(visit.text("me.more.cases"), MeRoute.cases.path)] : [])
        } catch let input as BadInput {
            return visit.error(.badInput(input.fields.map { visit.problem($0) }))
        } catch {
            let reference = reference()
            report(reference, error)
            return visit.error(.failure(reference: reference))
        }
    }

    private func visit(
        _ call: Call, _ report: @escaping @Sendable (String, any Error) -> Void
    ) async -> Visit {
        let id = call.cookies["session"] ?? ""
        let session = await sessions.session(id)
        let chosen = call.query["lang"].flatMap { Language(rawValue: $0) }
        let language =
            chosen ?? call.cookies["lang"].flatMap { Language(rawValue: $0) } ?? .da
        return Visit(
            desk: self, call: call, route: Route(path: call.path), language: language,
            languageChosen: chosen != nil,
            session: session, sessionID: id,
            records: (try? await RecordCase(house).catalogue()) ?? RecordCatalogue(),
            entitlements: (try? await LawCase(house).statutes().entitlements) ?? EntitlementBook(),
            report: report)
    }

    private func answer(_ route: Route, _ visit: Visit) async throws -> Answer {
        switch route {
        case .health:
            return Answer(contentType: "text/plain; charset=utf-8", body: Array("ok\n".utf8))
        case .signIn: return try await signIn(visit)
        case .provided(let route): return try await provided(route, visit)
        case .signOut where visit.session == nil: return await signOut(visit)
        case .accessibility: return accessibility(visit)
        case .privacy: return privacy(visit)
        case .feedback(let key): return try await feedback(key, visit)
        case .repatriation: return try await repatriation(visit)
        case .sign(let secret): return try await sign(secret, visit)
        case .represent(let key): return try await represent(key, visit)
        case .pool(.feeds(let code, _)): return try await poolFeeds(code, visit)
        case .survey(let secret): return try await survey(secret, visit)
        case .surveys(let route) where route.isOpen: return try await surveys(route, visit)
        case .quality(let route) where route.isOpen: return try await quality(route, visit)
        // What is published is open to everybody; who is signed in sees the drafts as well.
        case .packs where !visit.isStaff: return try await packs(visit)
        case .openData(let file): return try await openData(file, visit)
        case .edition(let number) where visit.isOpenReading:
            return try await edition(number, visit)
        case .editionFile(let number, let format) where visit.isOpenReading:
            return try await editionFile(number, format, visit)
        case .editionNumber(let number) where visit.isOpenReading:
            return try await editionNumber(number, visit)
        case .published(let table, let measure) where visit.isOpenReading:
            return try await published(table, measure, visit)
        default: break
        }
        if visit.call.isTooLarge { return visit.error(.tooLarge) }
        guard isOpen(route, visit) else {
            if visit.session == nil { return visit.signInFirst() }
            let key =
                switch route.readers {
                case .citizens: Refusal.notYourOwn.textKey
                case .companies: Refusal.notYourCompany.textKey
                case .everybody, .staff: "refusal.onlyStaff"
                }
            return visit.error(.forbidden(reason: visit.text(key)))
        }
        if visit.call.method == .post, !visit.hasFormToken { return visit.expired() }
        switch route {
        case .home where visit.actor.role.isOutside || visit.actor.role == .citizensAdviser:
            return .redirect(visit.actor.role.home.path)
        case .home: return try await home(visit)
        case .signOut: return await signOut(visit)
        case .plan(let id): return try await self.plan(id, visit)
        case .planStatus(let id, let format): return try await planStatus(id, format, visit)
        case .goal(let plan, let goal):
            return try await self.goal(plan, goal, visit)
        case .target(let plan, let target):
            return try await self.target(plan, target, visit)
        case .indicators: return try await indicatorList(visit)
        case .indicator(let id): return try await indicator(id, visit)
        case .indicatorFile(let id): return try await indicatorFile(id, visit)
        case .people(let id): return try await people(id, visit)
        case .compare: return try await compare(visit)
        case .effects: return try await effectList(visit)
        case .effect(let id): return try await effect(id, visit)
        case .law: return try await ruleBook(visit)
        case .rule(let id): return try await rule(id, visit)
        case .whatIf: return try await whatIf(visit)
        case .whatIfPeople: return try await whatIfPeople(visit)
        case .portfolios: return try await portfolios(visit)
        case .allowed: return try await allowed(visit)
        case .entitlement(let id): return try await entitlement(id, visit)
        case .citizenLaw(let number): return try await citizenLaw(number, visit)
        case .citizens: return try await citizens(visit)
        case .citizen(let number): return try await citizen(number, visit)
        case .citizenForm(let number, let form):
            return try await citizenForm(number, form, visit)
        case .myPlan(let number): return try await myPlan(number, visit)
        case .letter(let number): return try await letter(number, visit)
        case .calendar(let number): return try await calendar(number, visit)
        case .course(let number): return try await course(number, visit)
        case .records(let number): return try await records(number, visit)
        case .post(let number): return try await post(number, visit)
        case .file(let number): return try await file(number, visit)
        case .efforts(let number): return try await efforts(number, visit)
        case .wholePlan(let number): return try await wholePlan(number, visit)
        case .jobs(let number): return try await jobs(number, visit)
        case .citizenFeedback(let number): return try await citizenFeedback(number, visit)
        case .printed(let number, let page): return try await printed(number, page, visit)
        case .mailings: return try await mailings(visit)
        case .newMailing: return try await newMailing(visit)
        case .mailing(let number): return try await mailing(number, visit)
        case .mailingLetters(let number): return try await mailingLetters(number, visit)
        case .packs: return try await packs(visit)
        case .pack(let quarter): return try await pack(quarter, visit)
        case .packFile(let quarter, let format):
            return try await packFile(quarter, format, visit)
        case .packNote(let quarter): return try await packNote(quarter, visit)
        case .packNumber(let quarter): return try await packNumber(quarter, visit)
        case .edition(let number): return try await edition(number, visit)
        case .editionNumber(let number): return try await editionNumber(number, visit)
        case .editionFile(let number, let format):
            return try await editionFile(number, format, visit)
        case .editionNow(let number): return try await editionNow(number, visit)
        case .editionMoved(let number): return try await editionMoved(number, visit)
        case .published(let table, let measure):
            return try await published(table, measure, visit)
        case .companies: return try await companies(visit)
        case .newCompany: return try await newCompany(visit)
        case .company(let number): return try await company(number, visit)
        case .companyForm(let number, let form):
            return try await companyForm(number, form, visit)
        case .orders: return try await orders(visit)
        case .order(let number): return try await order(number, visit)
        case .orderForm(let number, let form):
            return try await orderForm(number, form, visit)
        case .candidates(let number): return try await candidates(number, visit)
        case .events(let route): return try await events(route, visit)
        case .shops(let route): return try await shops(route, visit)
        case .pool(let route): return try await pool(route, visit)
        case .me(let route): return try await me(route, visit)
        case .door(let route): return try await door(route, visit)
        case .agreements: return try await agreements(visit)
        case .newAgreement: return try await newAgreement(visit)
        case .agreement(let number): return try await agreement(number, visit)
        case .agreementForm(let number, let form):
            return try await agreementForm(number, form, visit)
        case .surveys(let route): return try await surveys(route, visit)
        case .quality(let route): return try await quality(route, visit)
        case .complaints(let route): return try await complaints(route, visit)
        case .adviser(let route): return try await adviser(route, visit)
        case .feedbackTrends: return try await feedbackTrends(visit)
        case .moveCases: return try await moveCases(visit)
        case .day: return try await day(visit)
        case .drafts: return try await drafts(visit)
        case .due: return try await due(visit)
        case .lookups: return try await lookups(visit)
        case .health, .signIn, .provided, .accessibility, .privacy, .feedback, .repatriation,
            .openData,
            .sign, .survey, .represent:
            return visit.error(.notFound)
        }
    }

    /// Whether a visitor may come to an address at all. Where nobody can sign in, the site
    /// shows what everybody may see.
    private func isOpen(_ route: Route, _ visit: Visit) -> Bool {
        if let role = visit.session?.actor.role { return route.isFor(role) }
        if configuration.isDemo { return false }
        guard configuration.signIn != nil else { return true }
        return route.readers == .everybody && visit.call.method == .get
    }
}
