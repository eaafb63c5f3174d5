import Chronology
import Identifiers
import Indicators
import Parameters
import Registry
import Reporting

@testable import Views

extension Samples {
    static let list = IndicatorListPage(
        period: june,
        groups: [
            .init(
                title: "Forsørgelse",
                rows: [
                    .init(
                        name: "Fuldtidspersoner", href: "/indicators/full-time-persons",
                        figure: ShownFigure(
                            value: .number(2_731), unit: .fullTimePersons, isProvisional: true)),
                    .init(
                        name: "Ledige i procent", href: "/indicators/unemployment-percentage",
                        figure: ShownFigure(value: .number(3.14), unit: .percent)),
                    .init(
                        name: "Langtidsledige", href: "/indicators/long-term-unemployed-80",
                        figure: ShownFigure(value: .hidden, unit: .persons)),
                ]), .init(title: "Samtaler", rows: []),
        ], action: "/indicators", query: "ledige", periods: periods)

    static let indicator = IndicatorPage(
        figure: ShownFigure(
            value: .number(54.32), unit: .percent, period: june, isProvisional: true),
        numerator: 132, denominator: 243, definition: definition,
        official: .init(
            source: "jobindsats.dk, y60c07", value: .number(55.1),
            difference: "Det offentliggjorte tal er hentet to måneder senere."),
        course: .init(
            periods: year2024,
            values: [50, 51, 52, 53, 54, 54.3] + Array(repeating: nil, count: 6),
            lastYear: Array(repeating: 49, count: 12),
            official: [50.4, 51.2, nil, 53.3] + Array(repeating: nil, count: 8)), areas: areas,
        cut: .init(
            dimension: .matchCategory,
            rows: [
                .init(label: "Jobparat", value: .number(61.2), href: "/indicators/x?cut=jobReady"),
                .init(label: "Aktivitetsparat", value: .number(48)),
                .init(label: "Uddannelsesparat", value: .hidden),
            ]), action: "/indicators/activation-rate", periods: periods,
        cuts: [Choice(value: "benefit", label: "Ydelse")],
        who: .refused(reason: "Din rolle må se tal, men ikke personer."),
        downloads: [Link("CSV", "/indicators/activation-rate.csv")])

    static let purposes = [
        Choice(value: "follow-up", label: "Opfølgning på planen"),
        Choice(value: "quality", label: "Kontrol af registreringer"),
    ]

    static func purpose(isMissing: Bool) -> PurposePage {
        PurposePage(
            indicator: "Borgere i småjob", figure: smallJobs.figure, part: "alder 25-29",
            purposes: purposes, action: "/indicators/persons-in-small-jobs/people",
            hidden: [.init(name: "period", value: "2024M06")], isPurposeMissing: isMissing,
            note: isMissing ? "<b>hvorfor</b>" : "", back: "/indicators/persons-in-small-jobs")
    }

    static let people = PeoplePage(
        indicator: "Borgere i småjob", figure: smallJobs.figure, purpose: "Opfølgning på planen",
        lookupNumber: 17, total: 37,
        people: [
            .init(
                cpr: try! CPR("6505851234"), name: "Åse Ærlig",
                registrations: [
                    .init(
                        kind: .employment, number: FactID(4_711), from: day(2024, 2, 1), to: nil,
                        detail: "10 timer om ugen"),
                    .init(
                        kind: .benefitSpell, number: FactID(12), from: day(2023, 1, 1),
                        to: day(2024, 5, 31), detail: "Kontanthjælp"),
                ], href: "/citizens/1"),
            .init(
                cpr: try! CPR("7101904321"), name: "Bo Prøve & Søn", share: 0.5,
                registrations: [
                    .init(
                        kind: .conversation, number: FactID(9), from: day(2024, 3, 3),
                        to: day(2024, 3, 3), detail: "")
                ]),
        ], nextHref: "/indicators/persons-in-small-jobs/people?after=2",
        back: "/indicators/persons-in-small-jobs")

    static let comparison = ComparisonPage(
        indicator: Link("Ledige i procent", "/indicators/unemployment-percentage"), unit: .percent,
        period: june,
        rows: [
            .init(
                name: "Herlev", isOwn: true, value: .number(3.14), lastYear: .number(2.98),
                origin: .register, course: [3.0, 3.1, 3.2, nil, 3.1, 3.14]),
            .init(
                name: "Hillerød", isOwn: false, value: .number(2.4), lastYear: .missing,
                origin: .published, course: [2.2, 2.3, 2.3, 2.4, 2.4, 2.4]),
            .init(
                name: "Læsø", isOwn: false, value: .hidden, lastYear: .hidden, origin: .published,
                course: []),
        ], periods: Array(year2024.prefix(6)), action: "/compare",
        indicators: [Choice(value: "unemployment-percentage", label: "Ledige i procent")],
        municipalities: [Choice(value: "0219", label: "Hillerød", isSelected: true)],
        periodChoices: periods, caveat: "Hillerøds tal er de offentliggjorte.",
        downloads: [Link("CSV", "/compare.csv")])

    static let lookups = LookupsPage(
        total: 2,
        rows: [
            .init(
                number: 17, day: day(2024, 7, 15), clock: "09:41", user: "Lone Prøve",
                role: .manager, purpose: "Opfølgning på planen",
                subject: "Borgere i småjob, juni 2024", personCount: 37)
        ], nextHref: "/lookups?before=17", isChainIntact: true)

    static let home = HomePage(
        role: .manager, plan: Link(plan.name, "/plan/herlev"),
        standing: .init(good: 2, atRisk: 1, missed: 1, unknown: 2),
        steps: [
            .init(.target(title: sickness.title, verdict: .missed), href: sickness.href),
            .init(.target(title: flexJobs.title, verdict: .atRisk), href: flexJobs.href),
            .init(
                .duty(title: "Brugerundersøgelse", due: day(2024, 12, 31)),
                href: "/plan/herlev/goal/m4"), .init(.plan, href: "/plan/herlev"),
            .init(.indicators, href: "/indicators"), .init(.comparison, href: "/compare"),
        ], asOf: day(2024, 7, 15))

    static func calm(_ role: Role) -> HomePage {
        HomePage(
            role: role, plan: nil, standing: nil, steps: [.init(.lookups, href: "/lookups")],
            asOf: day(2024, 7, 15))
    }

    static let homeward = [Link("Forside", "/")]

    /// Every sample page by name, in its frame.
    static func all(_ language: Language) -> [(name: String, bytes: [UInt8])] {
        let site = Site(catalogue)
        let toPlan = [Link("Forside", "/"), Link("Planen", "/plan/herlev")]
        let toList = [Link("Forside", "/"), Link("Indikatorer", "/indicators")]
        let plain = frame(language)
        func render(_ page: some Page, _ frame: Frame) -> [UInt8] { site.render(page, in: frame) }
        let planFrame = frame(language, section: .plan, breadcrumb: toPlan)
        let listFrame = frame(language, section: .indicators, breadcrumb: toList)
        let outside = frame(language, role: nil)
        let doors = [
            ProviderSignInPage.Door(.citizen, href: "/sign-in/citizen?returnTo=%2Fplan"),
            .init(.staff, href: "/sign-in/staff?returnTo=%2Fplan"),
        ]
        let told = ProviderSignInPage(
            told: .init(
                "no-role", reference: "1a2b", wanted: ["job-leder"], contact: "it-vagten",
                asks: true), doors: doors, returnTo: "/plan",
            unsaved: UnsavedForm(
                hidden: [.init("_form", "/x"), .init("_unsaved", "a=b")], typed: ["En besked"],
                hadFile: true), home: homeward[0])
        let signedOut = SignedOutPage(
            provider: .init(
                kind: .citizen, action: "https://login.example/end",
                hidden: [.init("id_token_hint", "e30.e30.e30")]), onwards: homeward)
        let homeFrame = frame(language, section: .home)
        var pages: [(String, [UInt8])] = [
            ("plan", render(plan, frame(language, section: .plan))),
            ("goal", render(goal, planFrame)), ("target", render(target, planFrame)),
            ("target-pair", render(pair, planFrame)),
            ("indicators", render(list, frame(language, section: .indicators))),
            ("indicator", render(indicator, listFrame)),
            ("purpose", render(purpose(isMissing: false), listFrame)),
            ("purpose-missing", render(purpose(isMissing: true), listFrame)),
            ("people", render(people, listFrame)),
            ("comparison", render(comparison, frame(language, section: .comparison))),
            ("effects", render(effects, frame(language, section: .effects))),
            ("effect", render(effect(language), frame(language, section: .effects))),
            ("lookups", render(lookups, frame(language, section: .lookups, role: .administrator))),
            ("pack", render(packPage, frame(language, section: .packs))),
            ("number", render(number, frame(language, section: .packs))),
            ("series", render(series, frame(language, section: .comparison))),
            ("home", render(home, homeFrame)),
            ("sign-in", render(SignInPage(action: "/sign-in", returnTo: "/plan"), outside)),
            (
                "sign-in-missing",
                render(SignInPage(action: "/sign-in", isRoleMissing: true), outside)
            ),
            ("sign-in-by", render(ProviderSignInPage(doors: doors, home: homeward[0]), outside)),
            ("sign-in-told", render(told, outside)),
            ("signed-out", render(signedOut, outside)),
            ("onwards", render(OnwardsPage(href: "https://login.example/a?b=c&d"), outside)),
            ("not-found", render(ErrorPage(.notFound, onwards: homeward), plain)),
            (
                "forbidden",
                render(
                    ErrorPage(.forbidden(reason: "Din rolle må ikke."), onwards: homeward), plain)
            ),
            (
                "bad-input",
                render(
                    ErrorPage(
                        .badInput([
                            .init(field: "period", found: "2024M13", accepted: "2024M06")
                        ]), onwards: homeward), plain)
            ),
            ("failure", render(ErrorPage(.failure(reference: "a1b2"), onwards: homeward), plain)),
            (
                "accessibility",
                render(
                    AccessibilityPage(
                        authority: "Herlev Kommune", mail: "kontakt@eksempel.invalid",
                        telephone: "+4500000000", lastReviewed: day(2024, 7, 1)), outside)
            ),
        ]
        for role in Role.allCases {
            pages.append(("home-\(role.rawValue)", render(calm(role), homeFrame)))
        }
        pages.append(contentsOf: empties(language))
        return pages
    }

    /// Pages whose lists are empty.
    static func empties(_ language: Language) -> [(String, [UInt8])] {
        let site = Site(catalogue)
        let frame = frame(language)
        return [
            (
                "plan-empty",
                site.render(
                    PlanPage(name: "Plan", asOf: day(2024, 1, 1), lastMonth: nil, goals: []),
                    in: frame)
            ),
            (
                "goal-empty",
                site.render(
                    GoalPage(
                        issuer: .local, number: "1", name: "Mål", text: "", targets: [],
                        duties: [], focusAreas: [], efforts: []), in: frame)
            ),
            (
                "indicators-empty",
                site.render(
                    IndicatorListPage(
                        period: june, groups: [], action: "/indicators", query: "\"><script>",
                        periods: periods), in: frame)
            ),
            (
                "comparison-empty",
                site.render(
                    ComparisonPage(
                        indicator: Link("Ledige", "/indicators/x"), unit: .persons, period: june,
                        rows: [], action: "/compare", indicators: [], municipalities: [],
                        periodChoices: []), in: frame)
            ),
            (
                "people-empty",
                site.render(
                    PeoplePage(
                        indicator: "Klager", figure: noData.figure, purpose: "Kvalitet",
                        lookupNumber: 1, total: 0, people: [], back: "/"), in: frame)
            ),
            (
                "lookups-broken",
                site.render(LookupsPage(total: 0, rows: [], isChainIntact: false), in: frame)
            ),
        ]
    }

    /// The catalogue that ships with the program.
    static let catalogue: TextCatalogue = try! TextCatalogue.bundled()
}
