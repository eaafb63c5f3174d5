import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Testing

@Suite("The quarter's management information")
struct PackCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let quarter = Quarter(year: 2024, quarter: 3)!
    let purpose = Purpose("ledelsesinformation")!

    private func house(_ engine: any StorageEngine, _ today: String) throws -> House {
        House(
            engine: engine, clock: .stopped(at: Day(iso: today)!),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
    }

    private func actor(_ role: Role, _ name: String = "Kim") -> Actor {
        Actor(name: name, role: role, municipality: Self.herlev)
    }

    private func spell(
        _ person: Int, _ benefit: Benefit, _ start: String, _ end: String?, id: Int
    ) -> Fact {
        .benefitSpell(
            BenefitSpell(
                id: FactID(Int64(id)), citizen: CitizenID(Int64(person)), benefit: benefit,
                start: Day(iso: start)!, end: end.flatMap { Day(iso: $0) }))
    }

    private func citizen(_ number: Int) throws -> Fact {
        .citizen(
            Citizen(
                id: CitizenID(Int64(number)), cpr: try CPR("610190\(1_000 + number * 2)"),
                givenName: "Ane", familyName: "Prøve\(number)", sex: .female,
                born: Day(iso: "1990-01-01")!, origin: .danish))
    }

    /// Eight on unemployment benefit through the quarter and two who go from it to sickness
    /// benefit on 1 September, registered before the year began.
    private func registered(_ engine: any StorageEngine) async throws {
        var facts = try (1...10).map(citizen)
        for person in 1...8 {
            facts.append(spell(person, .unemploymentBenefit, "2024-07-01", nil, id: person))
        }
        for person in 9...10 {
            facts.append(
                spell(person, .unemploymentBenefit, "2024-05-01", "2024-08-31", id: person))
            facts.append(spell(person, .sicknessBenefit, "2024-09-01", nil, id: person + 10))
        }
        _ = try await RegisterCase(try house(engine, "2022-12-31")).register(
            facts, in: Self.herlev, by: actor(.caseworker), purpose: purpose)
    }

    private func pack(
        _ house: House, _ role: Role = .manager, known: String? = nil
    ) async throws -> Pack {
        try await PackCase(house).pack(
            PackRequest(
                Self.quarter, asOf: Day(iso: "2024-10-31")!, knownAt: known.flatMap { Day(iso: $0) }
            ),
            of: Self.herlev, by: actor(role))
    }

    private func value(_ pack: Pack, _ id: String) -> Double? {
        pack.numbers.first { $0.id == id }?.value
    }

    @Test("A quarter in which nothing is registered has tables with as many cells as columns")
    func nothing() async throws {
        let engine = try await UseCaseEngine.migrated()
        _ = try await RegisterCase(try house(engine, "2022-12-31")).register(
            [try citizen(1)], in: Self.herlev, by: actor(.caseworker), purpose: purpose)
        let pack = try await pack(try house(engine, "2024-11-15"))
        let tables = pack.sections.flatMap(\.tables)
        #expect(!tables.isEmpty)
        for table in tables {
            for row in table.rows {
                #expect(row.cells.count == table.columns.count - 1, "\(table.id)")
            }
        }
    }

    @Test("Numbers are those one can count by hand, and each says where it comes from")
    func numbers() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let pack = try await pack(try house(engine, "2024-11-15"))
        // Eight whole quarters of 92 days, and two persons' 62 days of it.
        let fullTime = 8 + 2 * 62.0 / 92
        let now = try #require(
            pack.numbers.first { $0.id == "unemployment.unemployment-benefit.now" })
        #expect(abs((now.value ?? 0) - fullTime) < 1e-9)
        #expect(now.persons == 10)
        #expect(now.period == "2024Q03")
        guard case .register(let indicator, let version, let filter) = now.source else {
            Issue.record("not from the register")
            return
        }
        #expect(indicator == "full-time-persons")
        #expect(version.count == 8)
        #expect(filter == [PackNumber.Pair("benefit", "unemploymentBenefit")])
        #expect(value(pack, "unemployment.unemployment-benefit.before") == 0)
        #expect(value(pack, "unemployment.unemployment-benefit.change") == now.value)
        // Ten persons more than nought is more than chance, and more unemployed are no better.
        let figures = try #require(
            pack.sections.flatMap(\.tables).first { $0.id == "unemployment-figures" })
        let movements = figures.rows.compactMap { row -> String? in
            if case .text(let text)? = row.cells.last { text.da } else { nil }
        }
        #expect(movements.count == figures.rows.count)
        #expect(movements.first == "▼ værre")
        #expect(movements.last == "= kan være tilfældig")
        // A change in percent of nothing has no answer.
        #expect(
            pack.numbers.first { $0.id == "unemployment.unemployment-benefit.percent" }?.state
                == .undefined)
        // Ended and moved on to sickness benefit, not one day without.
        #expect(value(pack, "bridge.unemploymentBenefit.spells-open-start") == 2)
        #expect(value(pack, "bridge.unemploymentBenefit.spells-begun") == 8)
        #expect(value(pack, "bridge.unemploymentBenefit.spells-ended") == 2)
        #expect(value(pack, "bridge.unemploymentBenefit.spells-ended-to-benefit") == 2)
        #expect(value(pack, "bridge.unemploymentBenefit.spells-open-end") == 8)
        #expect(value(pack, "bridge.sicknessBenefit.spells-begun-from-benefit") == 2)
        #expect(
            pack.definitions.contains {
                $0.indicator == "full-time-persons" && $0.version == version
            })
    }

    @Test("Sentences tell of numbers that stand in the pack, in words that exist")
    func sentences() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let pack = try await pack(try house(engine, "2024-11-15"))
        let ids = Set(pack.numbers.map(\.id))
        let sentences = pack.summary + pack.sections.flatMap(\.sentences)
        #expect(!sentences.isEmpty)
        for sentence in sentences {
            #expect(Set(sentence.numbers).isSubset(of: ids))
            for text in [sentence.text.da, sentence.text.en] {
                #expect(!text.contains("[") && !text.contains("{"), "\(text)")
            }
        }
        for table in pack.sections.flatMap(\.tables) {
            for text in [table.title] + table.columns + table.notes + table.rows.map(\.title) {
                #expect(!text.da.contains("[") && !text.en.contains("["), "\(text)")
            }
            #expect(table.rows.allSatisfy { $0.cells.count == table.columns.count - 1 })
        }
    }

    @Test("Before anything was registered a number is missing, and not nought")
    func missing() async throws {
        let engine = try await UseCaseEngine.migrated()
        _ = try await RegisterCase(try house(engine, "2024-08-15")).register(
            [try citizen(1), spell(1, .cashBenefit, "2024-08-15", nil, id: 1)], in: Self.herlev,
            by: actor(.caseworker), purpose: purpose)
        let pack = try await pack(try house(engine, "2024-11-15"))
        let number = pack.numbers.first { $0.id == "unemployment.cash-benefit.now" }
        #expect(number?.state == .missing)
        #expect(number?.value == nil)
        let empty = pack.summary.contains { $0.text.da == "Der er ingen tal for kvartalet." }
        #expect(empty)
    }

    @Test("Everybody sees no number about few, nor one worked out from it")
    func hidden() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let open = try await pack(try house(engine, "2024-11-15"), .analyst)
        let few = open.numbers.filter { $0.id.hasPrefix("unemployment.sickness-benefit") }
        #expect(few.first { $0.id.hasSuffix(".now") }?.state == .hidden)
        #expect(few.first { $0.id.hasSuffix(".change") }?.state == .hidden)
        let bridge = try #require(open.sections.flatMap(\.tables).first { $0.id == "bridge" })
        let hiddenRows = bridge.rows.filter { $0.cells.contains { $0.number?.state == .hidden } }
        #expect(hiddenRows.count >= 2)
        #expect(hiddenRows.allSatisfy { $0.cells.allSatisfy { $0.number?.value == nil } })
        for number in open.numbers where number.state == .hidden {
            #expect(number.value == nil && number.numerator == nil && number.persons == nil)
        }
    }

    @Test("The same pack gives the same bytes, and reads back as it was")
    func json() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let first = try await pack(try house(engine, "2024-11-15"))
        let second = try await pack(try house(engine, "2024-11-15"))
        #expect(try first.json() == second.json())
        #expect(try Pack(json: first.json()) == first)
    }

    @Test("An edition is frozen, approved by another, and published; the ledger guards it")
    func editions() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let day = try house(engine, "2024-11-15")
        let editions = PackEditionCase(day)
        let (id, _) = try await editions.draft(
            Self.quarter, of: Self.herlev, by: actor(.manager, "Bo"), purpose: purpose)
        await #expect(throws: FieldProblems([.init("act", "ownDraft")])) {
            try await editions.approve(
                id, of: Self.herlev, by: actor(.manager, "Bo"), purpose: purpose)
        }
        await #expect(throws: FieldProblems([.init("act", "notApproved")])) {
            try await editions.publish(
                id, of: Self.herlev, by: actor(.manager, "Bo"), purpose: purpose)
        }
        await #expect(throws: Refusal.roleMayNotApprovePack) {
            try await editions.approve(
                id, of: Self.herlev, by: actor(.caseworker, "Kim"), purpose: purpose)
        }
        let unseen = try await editions.edition(id, of: Self.herlev, by: .outsider(Self.herlev))
        #expect(unseen == nil)
        _ = try await editions.approve(
            id, of: Self.herlev, by: actor(.manager, "Eva"), purpose: purpose)
        _ = try await editions.publish(
            id, of: Self.herlev, by: actor(.manager, "Eva"), purpose: purpose)
        let open = try #require(
            try await editions.edition(id, of: Self.herlev, by: .outsider(Self.herlev)))
        #expect(open.pack.numbers.contains { $0.state == .hidden })
        let sound = try await engine.read { try LedgerAuditor($0).verify(Self.herlev) }
        #expect(sound.broken == nil)
        let digest = open.edition.publicDigest
        try await engine.write { connection in
            _ = try connection.execute(
                "UPDATE file_content SET content = $1 WHERE digest = $2",
                [.bytes(Array("{}".utf8)), .text(digest)])
        }
        let changed = try await engine.read { try LedgerAuditor($0).verify(Self.herlev) }
        #expect(changed.broken?.reason == .fileDisagrees)
    }

    @Test("A draft is made of a day that is over, and never inside the quarter")
    func days() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let editions = PackEditionCase(try house(engine, "2024-11-15"))
        await #expect(throws: FieldProblems([.init("known", "dayNotOver", ["day": "14.11.2024"])]))
        {
            try await editions.draft(
                Self.quarter, knownAt: Day(iso: "2024-11-15")!, of: Self.herlev,
                by: actor(.manager), purpose: purpose)
        }
        await #expect(throws: FieldProblems.self) {
            try await editions.draft(
                Self.quarter, knownAt: Day(iso: "2024-09-29")!, of: Self.herlev,
                by: actor(.manager), purpose: purpose)
        }
        let none = try await editions.editions(of: Self.herlev, by: actor(.manager))
        #expect(none.isEmpty)
    }

    @Test("What a late registration moves is told number by number, and by its registration")
    func moved() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let first = PackEditionCase(try house(engine, "2024-11-15"))
        let (id, _) = try await first.draft(
            Self.quarter, of: Self.herlev, by: actor(.manager), purpose: purpose)
        let (edition, then) = try #require(
            try await first.edition(id, of: Self.herlev, by: actor(.manager)))
        let calm = try await first.moved(edition, then, of: Self.herlev, by: actor(.manager))
        #expect(calm.moved.isEmpty)
        // One was on unemployment benefit until 31 July only, it turns out.
        _ = try await RegisterCase(try house(engine, "2024-11-20")).register(
            [spell(8, .unemploymentBenefit, "2024-07-01", "2024-07-31", id: 8)], in: Self.herlev,
            by: actor(.caseworker), purpose: purpose)
        let later = PackEditionCase(try house(engine, "2024-11-21"))
        let same = try #require(
            try await later.edition(id, of: Self.herlev, by: actor(.manager)))
        #expect(same.pack == then)
        let moved = try await later.moved(edition, then, of: Self.herlev, by: actor(.manager)).moved
        let wanted = "unemployment.unemployment-benefit.now"
        let number = try #require(moved.first { $0.id == wanted })
        let before = try #require(number.then?.value)
        let after = try #require(number.now?.value)
        #expect(abs(before - after - 61.0 / 92) < 1e-9)
        #expect(!moved.contains { $0.id == "unemployment.sickness-benefit.now" })
        let old = try #require(number.then)
        let behind = try #require(
            try await later.registrations(
                behind: old, edition, of: Self.herlev,
                by: actor(.manager), purpose: purpose))
        #expect(behind.lines.count == 1)
        #expect(behind.lines.first?.id == FactID(8))
        #expect(abs((behind.lines.first.map { $0.then - $0.now } ?? 0) - 61.0 / 92) < 1e-9)
        #expect(behind.people[CitizenID(8)]?.familyName == "Prøve8")
        await #expect(throws: Refusal.purposeMissing) {
            try await later.registrations(
                behind: old, edition, of: Self.herlev, by: actor(.manager), purpose: nil)
        }
    }

    @Test("Notes stand in the pack with their writer; only a manager minutes")
    func notes() async throws {
        let engine = try await UseCaseEngine.migrated()
        try await registered(engine)
        let house = try house(engine, "2024-11-15")
        let notes = PackNoteCase(house)
        func write(_ kind: PackNote.Kind, _ text: String, _ about: String, _ role: Role)
            async throws
        {
            _ = try await notes.write(
                kind, text, about: about, Self.quarter, of: Self.herlev, by: actor(role),
                purpose: purpose)
        }
        try await write(.explanation, "To store virksomheder er lukket.", "", .caseworker)
        try await write(.decisionAsked, "Flere virksomhedsbesøg.", "", .manager)
        await #expect(throws: Refusal.roleMayNotApprovePack) {
            try await write(.minutes, "Vedtaget.", "", .caseworker)
        }
        await #expect(throws: FieldProblems([.init("text", "empty")])) {
            try await write(.comment, "", "", .caseworker)
        }
        await #expect(throws: FieldProblems.self) {
            try await write(.comment, String(repeating: "a", count: 2_001), "", .caseworker)
        }
        await #expect(throws: FieldProblems([.init("subject", "choice")])) {
            try await write(.comment, "Hov", "no-such-target", .caseworker)
        }
        let pack = try await pack(house)
        let written = pack.sections.flatMap(\.notes).map(\.text)
        #expect(written == ["To store virksomheder er lukket.", "Flere virksomhedsbesøg."])
        // Figures of an earlier day are explained later.
        let before = try await self.pack(house, known: "2024-11-10")
        #expect(before.sections.flatMap(\.notes).count == 2)
    }
}
