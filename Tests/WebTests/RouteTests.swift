import Chronology
import Exchange
import Registry
import Testing
import Web

@Suite("Routes")
struct RouteTests {
    @Test(
        "Every route is read back from its own address",
        arguments: [
            Route.home, .signIn, .signOut, .provided(.way(.staff)), .provided(.back),
            .provided(.signedOut), .provided(.told(.tooOld)), .plan("herlev-2024-2025"),
            .planStatus("herlev-2024-2025", .json), .planStatus("å b/c", .csv),
            .goal(plan: "p", goal: "g"), .target(plan: "p", target: "t&u=?"), .indicators,
            .indicator("full-time-persons"), .indicatorFile("x"), .people("x"), .compare,
            .effects, .effect("company-placement"),
            .law, .rule("contact-first-cash"), .whatIf, .whatIfPeople,
            .portfolios, .allowed, .entitlement("fgu"), .citizenLaw(17), .citizens,
            .citizen(5), .citizenForm(5, .conversation), .citizenForm(5, .planLine), .myPlan(5),
            .letter(5), .calendar(5), .course(5), .records(5), .citizenForm(5, .recordEnd), .day,
            .drafts, .due, .lookups, .accessibility, .privacy,
            .health, .published(table: "y25i01", measure: "ledige_ft_total"),
            .published(table: "y30r21", measure: "Forskel (pct. point) / æ"),
            .packNumber(Quarter(year: 2024, quarter: 3)!), .editionNumber(7), .editionMoved(7),
            .events(.list), .events(.new), .events(.fill(3)), .events(.form(3, .signUp)),
            .shops(.list), .shops(.one(2)), .shops(.form(2, .visit)),
            .complaints(.list), .complaints(.overview), .complaints(.one(4)),
            .complaints(.form(4, .boardDecided)), .adviser(.list), .adviser(.overview),
            .adviser(.one(4)), .adviser(.timeline(4)), .adviser(.form(4, .join)),
            .feedbackTrends, .citizenFeedback(5), .surveys(.list), .surveys(.one(4)),
            .surveys(.file(4)), .quality(.hub), .quality(.heard), .quality(.newSample),
            .quality(.sample(4)), .quality(.close(4)), .quality(.review(4)),
            .quality(.caseFile(4)), .quality(.actions), .quality(.newAction),
            .quality(.action(4)), .quality(.training), .quality(.newCourse),
            .quality(.theme(.decisions)), .quality(.course(4)), .quality(.groups),
            .quality(.newGroup), .quality(.group(4)), .quality(.editGroup(4)),
            .quality(.invite(4)), .quality(.member(group: 4, 4)),
            .quality(.member(group: 4, 7)), .quality(.councils), .quality(.newMatter),
            .quality(.matter(4)),
            .surveys(.manage(4)),
            .surveys(.words(4)), .surveys(.form(4, .send)), .survey("a/b æ"),
            .pool(.all), .pool(.one("prøve")), .pool(.member("a", member: "A-kassen Ærø")),
            .pool(.feeds("nrs", member: "A-kassen Ærø")),
            .door(.home), .door(.order(7)), .door(.agreement(3)), .door(.form(.fastTrack)),
            .me(.home), .me(.cvFile), .me(.guide(.interview)), .me(.form(.callOff)),
            .pool(.order(.init(code: "a", owner: "0219", number: 7))),
            .pool(.form(.init(code: "a", owner: "A-kassen / Ø", number: 7), .hire)),
        ])
    func roundTrip(route: Route) {
        #expect(Route(path: route.path) == route)
    }

    @Test(
        "What is no address is none",
        arguments: [
            "/nothing", "/plan/a/b", "/plan/a/status.exe", "/indicators/a/b/c", "/plan/a/goal/b/c",
            "/citizens/x", "/citizens/5/other", "/citizens/-1",
            "/surveys/0", "/surveys/1/other", "/survey", "/complaints/0", "/complaints/1/filed",
            "/complaints/x", "/adviser/0", "/adviser/1/other", "/events/0", "/events/1/other",
            "/shops/x", "/door/orders/0", "/door/other", "/door/do/other", "/pool/a/members",
            "/pool/a/orders/0219/0", "/quality/x", "/quality/samples/0",
            "/quality/groups/1/members/0",
            "/pool/a/orders/0219/1/other",
        ])
    func unknown(path: String) {
        #expect(Route(path: path) == nil)
    }

    @Test func query() {
        let link = Route.indicators.link([("q", "sygdom & løn"), ("period", nil), ("a", "ø")])
        #expect(link == "/indicators?q=sygdom%20%26%20l%C3%B8n&a=%C3%B8")
    }
}
