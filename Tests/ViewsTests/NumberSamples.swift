import Chronology
import Indicators
import Reporting

@testable import Views

extension Samples {
    static let number = NumberPage(
        name: "Ledighed: Bruttoledige, Ændring i %",
        state: ["Talt op til og med 31.10.2024."], value: "3,8 %",
        facts: [
            .init("Periode", "3. kvartal 2024"), .init("Status", "Endeligt"),
            .init(
                "Kilde", "Offentliggjort: tabel y25i01.",
                link: Link("Se hele serien", "/published/y25i01/m")),
        ], rule: "Forskellen i procent af det andet.",
        inputs: [
            .init(
                name: "Bruttoledige", value: "86 personer", period: "3. kvartal 2024",
                state: "Endeligt", href: "/packs/2024Q3/number?number=a.now"),
            .init(
                name: "Bruttoledige", value: "Vises ikke (få personer)",
                period: "3. kvartal 2023", state: "Vises ikke (få personer)"),
        ], inputNote: "2 tal indgår, men vises ikke for sig.",
        definition: [.init("Definitionens version", "35483596")],
        links: [Link("Se opgørelsen", "/indicators/gross-unemployed?period=2024Q03")])

    static let seriesMonths: [Period] = [.month(Month(year: 2024, month: 7)!)]

    static let series = SeriesPage(
        headline: "Bruttoledige, Herlev: som det er offentliggjort",
        age: "hentet 3. november 2025, for 58 dage siden; nyeste måned juli 2025",
        notes: ["Tabel y25i01, måltal \"ledige_ft_total\"."],
        chart: LineChart(
            id: "series", title: "Bruttoledige, Herlev", unit: .fullTimePersons,
            periods: seriesMonths,
            series: [.init(name: "Herlev", role: .main, values: [365])]),
        figures: DataTable(
            id: "figures", caption: "Bruttoledige (fuldtidspersoner)",
            columns: [.init("Periode"), .init("Værdi", decimals: 0), .init("Har stået her siden")],
            rows: [
                .init(header: "juli 2024", cells: [.number(365), .text("03.11.2025")]),
                .init(header: "juni 2024", cells: [.hidden, .text("03.11.2025")]),
            ]),
        revisions: DataTable(
            id: "revisions", caption: "Tal, der har stået anderledes her",
            columns: [.init("Periode"), .init("Før"), .init("Efter"), .init("Dag")],
            rows: [
                .init(
                    header: "juli 2024", cells: [.text("364"), .text("365"), .text("03.11.2025")])
            ]), action: "/published/y25i01/ledige_ft_total",
        areas: [Choice(value: "0163", label: "Herlev", isSelected: true)],
        hidden: [.init("known", "2025-11-03")],
        links: [Link("Sammenlign kommuner", "/compare")])

    private static func number(
        _ id: String, _ value: Double?, _ unit: PackUnit, _ state: PackNumber.State = .shown
    ) -> PackNumber {
        PackNumber(
            id: id, value: value, state: state, unit: unit, decimals: unit.decimals,
            period: "2024Q03", source: .given("plan"), isProvisional: id == "a.now")
    }

    private static func text(_ da: String, _ en: String) -> PackText { PackText(da: da, en: en) }

    /// A pack with one section: a table, a chart, and sentences of each kind.
    static let pack: Pack = {
        var pack = Pack(
            template: "t", title: text("Ledelsesinformation", "Management information"),
            municipality: "0163", municipalityName: "Herlev", quarter: "2024Q03", plan: nil,
            asOf: "2024-10-31", knownAt: "2024-11-10")
        let persons = PackUnit(Indicators.Unit.fullTimePersons)
        var section = PackSection(id: "a", title: text("Ledighed", "Unemployment"))
        var table = PackTable(
            id: "a-figures", title: text("Ledighed", "Unemployment"),
            columns: [text("Tal", "Figure"), text("Nu", "Now"), text("Ændring", "Change")])
        table.rows = [
            PackRow(
                text("Ledige", "Unemployed"),
                [
                    .number(number("a.now", 1_118, persons)),
                    .number(number("a.change", -8, persons)),
                ]
            ),
            PackRow(
                text("Få", "Few"),
                [.number(number("b.now", nil, persons, .hidden)), .text(text("ukendt", "unknown"))]),
        ]
        var series = PackTable(
            id: "a-months", title: text("Ledige måned for måned", "Unemployed month by month"),
            columns: [text("Måned", "Month"), text("Vores", "Ours"), text("Deres", "Theirs")])
        series.isSeries = true
        series.rows = [7, 8].map { month in
            var own = number("a.m\(month)", Double(1_000 + month), persons)
            own.period = "2024M0\(month)"
            return PackRow(
                text("måned \(month)", "month \(month)"),
                [.number(own), .number(number("a.o\(month)", nil, persons, .missing))])
        }
        section.tables = [table, series]
        section.sentences = [
            PackSentence(
                text(
                    "Ledige: 1.118 fuldtidspersoner. Det er et fald på 8 fuldtidspersoner.",
                    "Unemployed: 1,118 full-time persons. That is a fall of 8 full-time persons."),
                numbers: ["a.now", "a.change"]),
            PackSentence(text("Målet er ikke nået.", "The target is missed."), numbers: ["a.now"]),
            PackSentence(text("Af 3 mål er 1 nået.", "Of 3 targets 1 is met.")),
        ]
        pack.summary = section.sentences
        pack.sections = [section]
        pack.published = [
            PackPublished(table: "y25i01", fetchedOn: "2024-11-03", newest: "2024M09")
        ]
        return pack
    }()

    static let packPage = PackPage(
        pack: pack, state: ["Talt op til og med 31.10.2024."],
        opening: "/packs/2024Q3/number?number=", today: Day(iso: "2024-12-31"))
}
