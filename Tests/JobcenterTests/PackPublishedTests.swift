import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Testing

@Suite("Published figures behind the management information")
struct PackPublishedTests {
    static let herlev = MunicipalityCode(number: 163)
    static let quarter = Quarter(year: 2024, quarter: 3)!
    static let months = Period.quarter(quarter).months
    let purpose = Purpose("ledelsesinformation")!

    private func house(_ engine: any StorageEngine, _ today: String) throws -> House {
        House(
            engine: engine, clock: .stopped(at: Day(iso: today)!),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
    }

    private func actor(_ role: Role) -> Actor {
        Actor(name: "Kim", role: role, municipality: Self.herlev)
    }

    private func figures(
        _ values: [Double?], measure: String = "ledige_ft_total", area: Int32 = 163
    ) -> [PublishedFigure] {
        zip(Self.months, values).map { month, value in
            PublishedFigure(
                area: area, table: "y25i01", measure: measure, period: .month(month), value: value)
        }
    }

    private func importFile(
        _ house: House, _ figures: [PublishedFigure], _ name: String = "tal.csv"
    ) async throws -> Receipt {
        try await AdministrationCase(house).importPublished(
            figures, file: name, digest: "d", by: actor(.administrator))
    }

    private func fetch(
        _ house: House, _ figures: [PublishedFigure]
    ) async throws -> KeptRetrieval {
        try await RetrievalCase(house).keep(
            Retrieved(
                source: .jobindsats, table: "y25i01", question: "q",
                address: "https://a.example/data/y25i01", bytes: [49], columns: ["Periode"],
                content: PublishedImport(figures)), by: actor(.administrator))
    }

    private func pack(
        _ house: House, known: String? = nil, _ actor: Actor? = nil
    ) async throws -> Pack {
        try await PackCase(house).pack(
            PackRequest(
                Self.quarter, asOf: Day(iso: "2024-10-31")!, knownAt: known.flatMap { Day(iso: $0) }
            ),
            of: Self.herlev, by: actor ?? self.actor(.manager))
    }

    /// The mean of the three months by their days.
    private func mean(_ values: [Double]) -> Double {
        zip(values, [31.0, 31, 30]).reduce(0) { $0 + $1.0 * $1.1 } / 92
    }

    private static let official = "unemployment.gross.official"

    private func official(_ pack: Pack) -> PackNumber? { pack.number(Self.official) }

    @Test("A pack takes the published figures that were stored on its day")
    func knownAt() async throws {
        let engine = try await UseCaseEngine.migrated()
        _ = try await importFile(
            try house(engine, "2024-10-05"), figures([300, 310, nil]) + figures([80_000], area: 0))
        _ = try await fetch(try house(engine, "2024-10-20"), figures([300, 310, 320]))
        // A file of the whole measure, without September.
        _ = try await importFile(try house(engine, "2024-11-10"), figures([301, 311]))
        let house = try house(engine, "2024-11-20")
        #expect(official(try await pack(house, known: "2024-10-04"))?.state == .missing)
        #expect(official(try await pack(house, known: "2024-10-05"))?.state == .notShown)
        let then = try await pack(house, known: "2024-10-20")
        #expect(official(then)?.value == mean([300, 310, 320]))
        #expect(then.statisticsUntil == "2024M09")
        #expect(
            then.published == [
                PackPublished(table: "y25i01", fetchedOn: "2024-10-20", newest: "2024M09")
            ])
        #expect(official(try await pack(house, known: "2024-11-09")) != nil)
        #expect(
            official(try await pack(house, known: "2024-11-09"))?.value == mean([300, 310, 320]))
        #expect(official(try await pack(house, known: "2024-11-10"))?.state == .missing)
        let now = try await pack(house)
        #expect(official(now)?.state == .missing)
        #expect(now.statisticsUntil == "2024M08")
        let before = try await pack(house, known: "2024-10-04")
        #expect(before.statisticsUntil == nil && before.published == [])
    }

    @Test("What another program imports is seen, and the packs kept are made anew")
    func otherProgram() async throws {
        let engine = try await UseCaseEngine.migrated()
        let server = try house(engine, "2024-11-20")
        #expect(official(try await pack(server))?.state == .missing)
        _ = try await importFile(try house(engine, "2024-11-20"), figures([1, 2, 3]))
        #expect(official(try await pack(server))?.value == mean([1, 2, 3]))
        #expect(try await StatisticsCase(server).ages().map(\.table) == ["y25i01"])
    }

    @Test("A published number that moved names the retrieval, from what to what")
    func moved() async throws {
        let engine = try await UseCaseEngine.migrated()
        let first = try await importFile(
            try house(engine, "2024-11-01"), figures([300, 310, 320]))
        let (id, _) = try await PackEditionCase(try house(engine, "2024-11-15")).draft(
            Self.quarter, of: Self.herlev, by: actor(.manager), purpose: purpose)
        let kept = try await fetch(try house(engine, "2024-11-20"), figures([300, 315, nil]))
        let house = try house(engine, "2024-11-21")
        let editions = PackEditionCase(house)
        let (edition, then) = try #require(
            try await editions.edition(id, of: Self.herlev, by: actor(.manager)))
        #expect(official(then)?.value == mean([300, 310, 320]))
        let moved = try await editions.moved(
            edition, then, of: Self.herlev, by: actor(.manager)
        ).moved
        let number = try #require(moved.first { $0.id == Self.official })
        #expect(number.now?.state == .notShown)
        let changes = try await StatisticsCase(house).changes(
            table: "y25i01", measure: "ledige_ft_total", area: 163,
            period: .quarter(Self.quarter), after: edition.knownAt)
        #expect(changes.map(\.period) == [.month(Self.months[2]), .month(Self.months[1])])
        #expect(changes.map(\.old) == [320, 310])
        #expect(changes.map(\.new) == [nil, 315])
        #expect(changes.allSatisfy { $0.kind == .revised && $0.on == Day(iso: "2024-11-20") })
        #expect(changes.allSatisfy { $0.source.entry?.number == kept.receipt.number })
        #expect(changes.first?.source.name?.source == "jobindsats")
        #expect(changes.first?.source.name?.address == "https://a.example/data/y25i01")
        // Everything from before the import is told of as having come.
        let all = try await StatisticsCase(house).changes(
            table: "y25i01", measure: "ledige_ft_total", area: 163,
            period: .quarter(Self.quarter), after: Day(iso: "2024-10-31")!)
        #expect(all.count == 5 && all.count { $0.kind == .added } == 3)
        #expect(
            all.filter { $0.kind == .added }.allSatisfy {
                $0.source.entry?.number == first.number && $0.source.name?.address == "tal.csv"
            })
    }

    @Test("A series tells its figures, revisions and readings, also as known on a day")
    func series() async throws {
        let engine = try await UseCaseEngine.migrated()
        _ = try await importFile(try house(engine, "2024-10-05"), figures([300, 310, 320]))
        _ = try await fetch(try house(engine, "2024-10-20"), figures([300, 310, 321]))
        _ = try await importFile(
            try house(engine, "2024-11-10"), figures([300, 310]), "anden.csv")
        let statistics = StatisticsCase(try house(engine, "2024-11-20"))
        func history(_ known: String?) async throws -> SeriesHistory? {
            try await statistics.history(
                table: "y25i01", measure: "ledige_ft_total", area: 163,
                knownAt: known.flatMap { Day(iso: $0) })
        }
        let now = try #require(try await history(nil))
        #expect(now.figures.map(\.value) == [310, 300])
        #expect(now.figures.allSatisfy { $0.since == Day(iso: "2024-10-05") })
        #expect(now.changes.map(\.kind) == [.gone, .revised])
        #expect(now.changes.map(\.old) == [321, 320])
        #expect(now.changes.first?.source.name?.address == "anden.csv")
        #expect(now.readings.map(\.figures) == [2, 3, 3])
        #expect(now.age?.fetchedOn == Day(iso: "2024-11-10"))
        #expect(now.age?.newest == .month(Self.months[1]))
        let then = try #require(try await history("2024-10-25"))
        #expect(then.figures.map(\.value) == [321, 310, 300])
        #expect(then.figures.first?.since == Day(iso: "2024-10-20"))
        #expect(then.changes.map(\.old) == [320])
        #expect(then.readings.count == 2)
        #expect(then.age?.newest == .month(Self.months[2]))
        #expect(try await history("2024-10-04") == nil)
        let elsewhere = try await statistics.history(
            table: "y25i01", measure: "ledige_ft_total", area: 219)
        #expect(elsewhere?.figures.isEmpty == true)
        let none = try await statistics.history(table: "y25i01", measure: "no", area: 163)
        #expect(none == nil)
    }

    // MARK: Every number opens

    private func registered(_ engine: any StorageEngine) async throws {
        var facts: [Fact] = []
        for number in 1...8 {
            facts.append(
                .citizen(
                    Citizen(
                        id: CitizenID(Int64(number)), cpr: try CPR("610190\(1_000 + number * 2)"),
                        givenName: "Ane", familyName: "Prøve\(number)", sex: .female,
                        born: Day(iso: "1990-01-01")!, origin: .danish)))
            // Two are on a benefit of their own, whose cost the others must not give away.
            facts.append(
                .benefitSpell(
                    BenefitSpell(
                        id: FactID(Int64(number)), citizen: CitizenID(Int64(number)),
                        benefit: number > 6 ? .sicknessBenefit : .unemploymentBenefit,
                        start: Day(iso: "2024-07-01")!, end: nil)))
        }
        _ = try await RegisterCase(try house(engine, "2022-12-31")).register(
            facts, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
    }

    private func sources(_ number: PackNumber) -> [String] {
        if case .derived(_, let from) = number.source { from } else { [] }
    }

    @Test("Every number has an address, and all behind it are in the pack of the management")
    func opens() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        _ = try await importFile(
            try house(engine, "2024-11-01"),
            figures([300, 310, 320]) + figures([80_000, 80_001, 80_002], area: 0))
        let pack = try await pack(try house(engine, "2024-11-15"), known: "2024-11-10")
        let inputs = try #require(pack.inputs)
        #expect(inputs.contains { $0.id == "budget.2024M08.cost.unemploymentBenefit" })
        #expect(inputs.contains { $0.id == "unemployment.gross.country" && $0.value != nil })
        #expect(Set(inputs.map(\.id)).isDisjoint(with: pack.numbers.map(\.id)))
        for number in pack.numbers + inputs {
            #expect(
                number.address == "number?number=\(number.id)&asof=2024-10-31&known=2024-11-10")
            for id in sources(number) { #expect(pack.number(id) != nil, "\(id)") }
        }
        for number in inputs {
            guard case .register(let indicator, _, _) = number.source else { continue }
            #expect(pack.definitions.contains { $0.indicator == indicator })
        }
    }

    @Test("Nothing hidden is told by the numbers behind it")
    func hidden() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        _ = try await importFile(
            try house(engine, "2024-11-01"), figures([80_000, 80_001, 80_002], area: 0))
        let house = try house(engine, "2024-11-15")
        let whole = try await pack(house)
        let open = try await pack(house, known: nil, .outsider(Self.herlev))
        let inputs = try #require(open.inputs)
        #expect(inputs.contains { $0.id == "unemployment.gross.country" })
        for number in inputs {
            guard case .published = number.source else {
                Issue.record("\(number.id) is shown to everybody")
                continue
            }
        }
        // The management sees the parts, so leaving them out is what hides them.
        let parts = try #require(whole.inputs).filter { $0.id.hasPrefix("budget.") }
        #expect(parts.contains { $0.id.hasSuffix("sicknessBenefit") && $0.value != nil })
        let cost = open.number("ladder.sicknessBenefit.cost")
        #expect(cost?.state == .hidden && cost?.value == nil && cost?.persons == nil)
        // One that is worked out from a hidden one has neither value nor fraction.
        for number in open.numbers {
            let behind = sources(number).compactMap { open.number($0) }
            guard behind.contains(where: { $0.state == .hidden }) else { continue }
            #expect(number.state == .hidden && number.value == nil && number.persons == nil)
        }
    }

    @Test("A pack of an earlier version of the program is still read")
    func earlier() async throws {
        let engine = try await UseCaseEngine.migrated()
        var pack = try await pack(try house(engine, "2024-11-15"))
        pack.inputs = nil
        pack.published = nil
        for section in pack.sections.indices {
            for table in pack.sections[section].tables.indices {
                for row in pack.sections[section].tables[table].rows.indices {
                    let cells = pack.sections[section].tables[table].rows[row].cells
                    pack.sections[section].tables[table].rows[row].cells = cells.map { cell in
                        guard var number = cell.number else { return cell }
                        number.address = nil
                        return .number(number)
                    }
                }
            }
        }
        let bytes = try pack.json()
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\"address\""))
        #expect(try Pack(json: bytes) == pack)
        let list = pack.list(Wording(try TextCatalogue.bundled(), .da))
        #expect(list.rows.first?.cells.last == .text("number?number=\(list.rows[0].header)"))
    }
}
