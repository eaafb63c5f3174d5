import Chronology
import Identifiers
import Indicators
import Parameters
import Registry
import Reporting

@testable import Views

/// Pages built by hand, one of each, with every part of a page in use somewhere.
enum Samples {
    static let links = Frame.Links(
        home: "/", signIn: "/sign-in", signOut: "/sign-out", accessibility: "/accessibility",
        privacy: "/privacy",
        repatriation: "/repatriation",
        stylesheet: "/assets/style.css", script: "/assets/enhance.js")

    static func frame(
        _ language: Language, section: Section? = nil, breadcrumb: [Link] = [],
        role: Role? = .manager
    ) -> Frame {
        Frame(
            language: language, municipality: "Herlev Kommune",
            user: role.map { Frame.User(name: "Lone Prøve", role: $0) }, isDemo: true,
            navigation: role == nil
                ? []
                : [
                    .init(.home, href: "/"), .init(.plan, href: "/plan/herlev"),
                    .init(.indicators, href: "/indicators"),
                    .init(.comparison, href: "/compare"), .init(.lookups, href: "/lookups"),
                ], section: section, breadcrumb: breadcrumb,
            languageLinks: [.init(.da, href: "?lang=da"), .init(.en, href: "?lang=en")],
            links: links, version: "0.1.0", formToken: "t0ken")
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
        Day(year: year, month: month, day: day)!
    }

    static func month(_ year: Int, _ month: Int) -> Month { Month(year: year, month: month)! }

    static let june = Period.month(month(2024, 6))
    static let year2024 = (1...12).map { Period.month(month(2024, $0)) }

    static let flexJobs = TargetRow(
        title: "Borgere i fleksjob", href: "/plan/herlev/target/flex", verdict: .atRisk,
        figure: ShownFigure(
            value: .number(371.4), unit: .fullTimePersons, decimals: 1,
            period: .yearToDate(month(2024, 6)), isProvisional: true), demand: .atLeast(380),
        baseline: ShownFigure(
            value: .number(358), unit: .fullTimePersons, decimals: 1, period: .year(2023)),
        need: .meanOfTheRest(388.6))

    static let smallJobs = TargetRow(
        title: "Borgere i småjob", href: "/plan/herlev/target/small", verdict: .onTrack,
        figure: ShownFigure(
            value: .number(37), unit: .persons, period: .yearToDate(month(2024, 6))),
        demand: .atLeast(60), need: .perMonth(4))

    static let sickness = TargetRow(
        title: "Sygedagpengemodtagere, omregnet til fuldtid", href: "/plan/herlev/target/sick",
        verdict: .missed,
        figure: ShownFigure(value: .number(412), unit: .fullTimePersons, period: june),
        demand: .lessThan(398),
        baseline: ShownFigure(
            value: .number(398), unit: .fullTimePersons, period: june.yearBefore))

    static let selfSupport = TargetRow(
        title: "Nyankomne, der helt eller delvist forsørger sig selv",
        href: "/plan/herlev/target/self", verdict: .met,
        figure: ShownFigure(value: .number(78.26), unit: .percent, period: june),
        demand: .atLeast(75))

    static let noData = TargetRow(
        title: "Vejledning om repatriering", href: "/plan/herlev/target/guidance",
        verdict: .noData,
        figure: ShownFigure(value: .missing, unit: .percent, origin: .none),
        demand: .words("i alle samtaler"))

    static let noNumber = TargetRow(
        title: "Ledige i alt", href: "/plan/herlev/target/gross", verdict: .noNumber,
        figure: ShownFigure(
            value: .number(612), unit: .fullTimePersons, period: june, origin: .published),
        demand: .none)

    static let plan = PlanPage(
        name: "Beskæftigelsesplan 2024–2025", asOf: day(2024, 7, 15), lastMonth: month(2024, 6),
        goals: [
            .init(
                issuer: .minister, number: "3",
                title: "Flere flygtninge og familiesammenførte skal være selvforsørgende",
                href: "/plan/herlev/goal/m3", targets: [selfSupport, noData], effortCount: 4,
                dutyCount: 0),
            .init(
                issuer: .minister, number: "4",
                title: "Flere personer med handicap skal i beskæftigelse",
                href: "/plan/herlev/goal/m4", targets: [flexJobs, smallJobs], effortCount: 7,
                dutyCount: 1),
            .init(
                issuer: .local, number: "3",
                title: "Antallet af sygedagpengemodtagere skal falde",
                href: "/plan/herlev/goal/l3", targets: [sickness, noNumber], effortCount: 3,
                dutyCount: 0),
            .init(
                issuer: .minister, number: "1", title: "En værdig sagsbehandling",
                href: "/plan/herlev/goal/m1", targets: [], effortCount: 5, dutyCount: 1),
        ], downloads: [Link("CSV", "/plan/herlev.csv")],
        otherViews: [Link("Planen den 31.12.2023", "/plan/herlev?asOf=2023-12-31")])

    static let goal = GoalPage(
        issuer: .minister, number: "4", name: "Flere personer med handicap skal i beskæftigelse",
        text: "Vi hjælper flere med handicap ind på arbejdspladserne i byen.",
        targets: [flexJobs, smallJobs],
        duties: [
            .init(
                title: "Brugerundersøgelse", rhythm: "to gange om året", verdict: .onTrack,
                held: [day(2024, 3, 12)], required: 2, nextDue: day(2024, 12, 31)),
            .init(
                title: "Møde med handicaprådet", rhythm: "når der er behov", verdict: .noNumber,
                held: [], required: nil, nextDue: nil),
        ], focusAreas: ["Fleksjob", "Småjob"],
        efforts: [
            .init(
                title: "Klapjob", text: "Vi finder job med få opgaver sammen med Klapjob.",
                responsible: "Virksomhedsteamet", status: "i gang"),
            .init(
                title: "Personlig assistance", text: "Vi fortæller om ordningen i samtalerne.",
                responsible: nil, status: nil),
        ])

    static let definition = DefinitionSummary(
        name: "Fuldtidspersoner i fleksjob", href: "/indicators/flex-job-full-time",
        definition: "Antal personer omregnet til fuld tid efter, hvor længe de er i fleksjob.",
        numerator: "Dage i fleksjob i perioden", denominator: "Dage i perioden",
        population: "Borgere med bopæl i kommunen",
        periodRule: "Gennemsnit af perioden vægtet med dage", unit: .fullTimePersons, lagMonths: 2,
        source: "Danmarks Statistik, fuldtidsmodtagere", confidence: .sourced,
        validFrom: day(2013, 1, 1))

    static let course = TargetPage.Course(
        periods: year2024,
        values: [362.1, 366, 369.5, nil, 375.2, 379.8, nil, nil, nil, nil, nil, nil],
        lastYear: [350, 351.5, 352, 355, 356, 358, 359, 361, 360, 362, 364.5, 367],
        baseline: 358, forecast: 372...386)

    static let areas = [
        AreaFigure(name: "Herlev", value: .number(371.4), origin: .register, isOwn: true),
        AreaFigure(name: "Nordsjælland", value: .hidden, origin: .published),
        AreaFigure(name: "Hele landet", value: .number(82_140), origin: .published),
    ]

    static let target = TargetPage(
        row: flexJobs,
        explanation: "Gennemsnittet er 371,4. Resten af året skal det være mindst 388,6.",
        course: course, goal: Link(goal.name, "/plan/herlev/goal/m4"), definition: definition,
        who: .allowed(href: "/indicators/flex-job-full-time/people?period=2024M06"),
        elsewhere: areas, downloads: [Link("CSV", "/plan/herlev/target/flex.csv")])

    static let pair = TargetPage(
        row: TargetRow(
            title: "Fleksjob og småjob", href: "/plan/herlev/target/pair", verdict: .atRisk,
            figure: ShownFigure(value: .text("1 af 2"), unit: .persons),
            demand: .words("begge mål nås")),
        explanation: "Det ene af de to mål er på vej.", parts: [flexJobs, smallJobs],
        goal: Link(goal.name, "/plan/herlev/goal/m4"),
        who: .refused(reason: "Din rolle må se tal, men ikke personer."))

    static let periods = [
        Choice(value: "2024M06", label: "juni 2024", isSelected: true),
        Choice(value: "2024M05", label: "maj 2024"),
    ]
}
