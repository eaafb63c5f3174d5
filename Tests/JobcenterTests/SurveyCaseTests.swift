import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Surveys
import Testing

@Suite("User surveys")
struct SurveyCaseTests {
    static let herlev = MunicipalityCode(number: 163)
    static let day = Day(iso: "2025-03-10")!
    let manager = Actor(name: "Lea", role: .manager, municipality: Self.herlev)
    let caseworker = Actor(name: "Kim", role: .caseworker, municipality: Self.herlev)
    let purpose = Purpose("Brugerundersøgelse")!

    /// The same store seen on another day.
    private func house(_ engine: any StorageEngine, on day: Day = Self.day) throws -> House {
        House(
            engine: engine, clock: .stopped(at: day), texts: try TextCatalogue.bundled(),
            municipalities: try MunicipalityList.bundled(), catalogue: try Catalogue.bundled(),
            plans: [])
    }

    /// Everybody lives here and is on one of the benefits; the last ten are on none that counts.
    private func facts(_ people: Int, _ numbers: inout SeededNumbers) throws -> [Fact] {
        let benefits: [Benefit] = [
            .unemploymentBenefit, .unemploymentBenefit, .cashBenefit, .sicknessBenefit,
            .resourceProgramme,
        ]
        var facts: [Fact] = []
        for number in 1...people {
            let id = CitizenID(Int64(number))
            let born = Self.day - 365 * (20 + Int(numbers.unit() * 42))
            let benefit: Benefit =
                number > people - 10
                ? .flexJob : benefits[Int(numbers.unit() * Double(benefits.count))]
            facts += [
                .citizen(
                    Citizen(
                        id: id, cpr: try Self.cpr(number),
                        givenName: "Nr. \(number)", familyName: "Prøve",
                        sex: numbers.unit() < 0.55 ? .female : .male, born: born,
                        origin: .danish)),
                .residence(
                    Residence(
                        id: FactID(Int64(number)), citizen: id, start: Self.day - 900, end: nil)),
                .benefitSpell(
                    BenefitSpell(
                        id: FactID(Int64(number)), citizen: id, benefit: benefit,
                        start: Self.day - 100, end: nil)),
            ]
        }
        return facts
    }

    /// CPR numbers need not be checked by modulus 11 any more; days above 60 are test numbers.
    private static func cpr(_ number: Int) throws -> CPR {
        let (year, serial) = (number / 1_000, number % 1_000)
        let text = "6101" + (year < 10 ? "9" : "8") + "\(year % 10)"
        let digits = String(serial)
        return try CPR(text + String(repeating: "0", count: 4 - digits.count) + digits)
    }

    private func start(
        _ people: Int, seed: UInt64 = 1
    ) async throws -> (engine: any StorageEngine, house: House) {
        let engine = try await UseCaseEngine.migrated()
        let house = try house(engine)
        var numbers = SeededNumbers(seed: seed)
        let registrations = try facts(people, &numbers).map {
            Registration(municipality: Self.herlev, recordedOn: Self.day - 90, fact: $0)
        }
        try await RegisterCase(house).load(
            registrations, of: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev)
        ) { _ in }
        return (engine, house)
    }

    private func new(wanted: Int = 50, opens: Int = 0, closes: Int = 28) -> NewWave {
        NewWave(
            title: "Forår", frameDay: Self.day - 5, opens: Self.day + opens,
            closes: Self.day + closes, mode: .digital, wanted: wanted, seed: 3)
    }

    /// Drafts, draws and sends; the letters in the order of the citizens.
    private func open(
        _ house: House, _ new: NewWave
    ) async throws -> (FactID, [SurveyLetter]) {
        let cases = SurveyCase(house)
        let (id, _) = try await cases.draft(
            new, in: Self.herlev, by: manager, purpose: purpose)
        _ = try await cases.draw(id, in: Self.herlev, by: manager, purpose: purpose)
        let (letters, _) = try await send(house, id, "a")
        return (id, letters.sorted { $0.citizen < $1.citizen })
    }

    private func send(
        _ house: House, _ id: FactID, _ word: String
    ) async throws -> ([SurveyLetter], Receipt) {
        let secrets = Secrets(word)
        return try await SurveyCase(house).send(
            id, secret: { secrets.next() }, in: Self.herlev, by: manager, purpose: purpose)
    }

    private func reply(_ score: Int?, _ words: String = "") -> SurveyReply {
        SurveyReply(scores: Array(repeating: score, count: 5), words: words)
    }

    private func count(_ engine: any StorageEngine, _ sql: String) async throws -> Int64 {
        try await engine.read { try $0.first(sql) { $0.integer(0) } ?? 0 }
    }

    @Test("Two thousand answer a wave from its draft to its end: the truth is in the intervals")
    func wholeWave() async throws {
        let (engine, house) = try await start(4_000)
        let (id, letters) = try await open(house, new(wanted: 2_900))
        #expect(letters.count >= 2_900)
        let spells = try await spells(engine)
        var numbers = SeededNumbers(seed: 46)
        // The truth is that of everybody who could be asked, asked or not.
        var likes: [CitizenID: Bool] = [:]
        for (citizen, benefits) in spells.sorted(by: { $0.key < $1.key }) {
            likes[citizen] = numbers.unit() < (benefits == .unemployment ? 0.8 : 0.35)
        }
        let truth = Double(likes.values.count { $0 }) / Double(likes.count)
        #expect(likes.count == 3_990)
        var answered = 0
        for (place, letter) in letters.enumerated() {
            let benefits = try #require(spells[letter.citizen])
            guard numbers.unit() < (benefits == .unemployment ? 0.92 : 0.54) else { continue }
            answered += 1
            _ = try await SurveyCase(house).answer(
                letter.secret, reply(likes[letter.citizen] == true ? 5 : 2),
                number: Int64(numbers.next() >> 2) + Int64(place), in: Self.herlev)
        }
        #expect(answered > 1_950 && answered < 2_150)
        _ = try await SurveyCase(house).end(
            id, in: Self.herlev, by: manager, purpose: purpose)
        let results = try #require(
            await SurveyCase(house).results(
                of: id, in: Self.herlev, by: .outsider(Self.herlev)))
        #expect(results.estimate.frame == 3_990 && results.estimate.answered == answered)
        #expect(results.isIntact)
        for theme in results.estimate.themes {
            let weighted = try #require(theme.weighted)
            let plain = try #require(theme.unweighted)
            #expect((weighted.low...weighted.high).contains(truth))
            #expect(weighted.high - weighted.low < 0.05)
            // Those who like it answer more often.
            #expect(plain.low > truth)
        }
    }

    private func spells(
        _ engine: any StorageEngine
    ) async throws -> [CitizenID: SurveyBenefits] {
        try await engine.read { connection in
            var found: [CitizenID: SurveyBenefits] = [:]
            try StoreReader(connection).facts(of: Self.herlev, kinds: [.benefitSpell]) { fact in
                if case .benefitSpell(let spell) = fact {
                    found[spell.citizen] = SurveyBenefits(spell.benefit)
                }
            }
            return found
        }
    }

    @Test("A link answers once, by whichever letter, and every other link says why it does not")
    func links() async throws {
        let (engine, house) = try await start(120)
        let cases = SurveyCase(house)
        let (id, letters) = try await open(house, new(opens: 2))
        #expect(try await cases.opened("a1", in: Self.herlev) == .notYet(Self.day + 2))
        #expect(try await cases.opened("nothing", in: Self.herlev) == nil)
        let later = SurveyCase(try self.house(engine, on: Self.day + 3))
        let first = letters[0]
        guard case .open = try await later.opened(first.secret, in: Self.herlev) else {
            Issue.record("the link is not open")
            return
        }
        _ = try await later.answer(first.secret, reply(4), number: 1, in: Self.herlev)
        let again = try await later.answer(first.secret, reply(1), number: 2, in: Self.herlev)
        #expect(again == .answered)
        #expect(try await count(engine, "SELECT count(*) FROM survey_answer") == 1)
        #expect(try await count(engine, "SELECT overall FROM survey_answer") == 4)
        // A reminder goes to those who have not answered, and the first letter works on.
        let (reminders, _) = try await send(
            try self.house(engine, on: Self.day + 4), id, "b")
        #expect(reminders.count == letters.count - 1)
        #expect(!reminders.contains { $0.citizen == first.citizen })
        let second = letters[1]
        let reminder = try #require(reminders.first { $0.citizen == second.citizen })
        _ = try await later.answer(reminder.secret, reply(nil), number: 3, in: Self.herlev)
        #expect(try await later.opened(second.secret, in: Self.herlev) == .answered)
        let over = SurveyCase(try self.house(engine, on: Self.day + 29))
        #expect(
            try await over.answer(letters[2].secret, reply(4), number: 4, in: Self.herlev)
                == .closed(Self.day + 28))
        #expect(try await count(engine, "SELECT count(*) FROM survey_answer") == 2)
    }

    @Test("Sent many times at once it is kept once")
    func atOnce() async throws {
        let (engine, house) = try await start(60)
        let (_, letters) = try await open(house, new())
        let answer = reply(5)
        await withTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask {
                    _ = try? await SurveyCase(house).answer(
                        letters[0].secret, answer, number: Int64(number), in: Self.herlev)
                }
            }
        }
        #expect(try await count(engine, "SELECT count(*) FROM survey_answer") == 1)
    }

    @Test("An answer is tied to nobody: neither in its row, nor in the ledger, nor after the end")
    func anonymous() async throws {
        let (engine, house) = try await start(120)
        let (id, letters) = try await open(house, new())
        let before = try await count(engine, "SELECT max(number) FROM ledger")
        for (place, letter) in letters.prefix(30).enumerated() {
            _ = try await SurveyCase(house).answer(
                letter.secret, reply(place % 5 + 1), number: Int64(1_000 - place),
                in: Self.herlev)
        }
        #expect(try await count(engine, "SELECT max(number) FROM ledger") == before)
        let secrets = letters.map(\.secret)
        let kept = try await engine.read { connection in
            try connection.all("SELECT digest FROM survey_link") { $0.text(0) }
        }
        #expect(Set(kept).isDisjoint(with: secrets) && kept.count == letters.count)
        let strata = try await engine.read { connection -> SurveyStrata? in
            guard
                case .surveyWave(let wave)? = try StoreReader(connection).registration(
                    .surveyWave, id, of: Self.herlev)?.fact
            else { return nil }
            return wave.strata
        }
        for stratum in try #require(strata).all { #expect(stratum.drawn >= 10) }
        _ = try await SurveyCase(house).end(
            id, in: Self.herlev, by: manager, purpose: purpose)
        #expect(
            try await count(
                engine, "SELECT count(*) FROM survey_invitation WHERE citizen IS NOT NULL") == 0)
        // An unused link still knows that the wave is over.
        #expect(
            try await SurveyCase(house).opened(letters[40].secret, in: Self.herlev)
                == .closed(Self.day))
    }

    @Test("What cannot be is refused, and nothing is stored")
    func wrong() async throws {
        let (engine, house) = try await start(60)
        let cases = SurveyCase(house)
        var backwards = new()
        backwards.closes = Self.day - 3
        backwards.frameDay = Self.day + 1
        backwards.title = ""
        await #expect(throws: FieldProblems.self) {
            _ = try await cases.draft(
                backwards, in: Self.herlev, by: manager, purpose: purpose)
        }
        await #expect(throws: Refusal.roleMayNotManageSurveys) {
            _ = try await cases.draft(
                new(), in: Self.herlev, by: caseworker, purpose: purpose)
        }
        let (id, _) = try await cases.draft(
            new(), in: Self.herlev, by: manager, purpose: purpose)
        await #expect(throws: FieldProblems([.init("send", "surveyNotDrawn")])) {
            _ = try await send(house, id, "x")
        }
        _ = try await cases.draw(id, in: Self.herlev, by: manager, purpose: purpose)
        await #expect(throws: FieldProblems([.init("draw", "surveyDrawn")])) {
            _ = try await cases.draw(id, in: Self.herlev, by: manager, purpose: purpose)
        }
        await #expect(throws: FieldProblems([.init("end", "surveyNotSent")])) {
            _ = try await cases.end(id, in: Self.herlev, by: manager, purpose: purpose)
        }
        let (letters, _) = try await send(house, id, "x")
        let long = String(repeating: "å", count: 2_001)
        for bad in [
            reply(6), reply(0), SurveyReply(scores: [1], words: ""), reply(3, long),
        ] {
            await #expect(throws: FieldProblems.self) {
                _ = try await cases.answer(
                    letters[0].secret, bad, number: 1, in: Self.herlev)
            }
        }
        #expect(try await count(engine, "SELECT count(*) FROM survey_answer") == 0)
        #expect(try await cases.results(of: id, in: Self.herlev, by: manager) == nil)
    }

    @Test("The end registers the totals once, and what two allow is quoted")
    func ending() async throws {
        let (engine, house) = try await start(120)
        let cases = SurveyCase(house)
        let (id, letters) = try await open(house, new())
        for (place, letter) in letters.prefix(25).enumerated() {
            _ = try await cases.answer(
                letter.secret, reply(place < 15 ? 4 : 3, place == 0 ? "Kim <b>hjalp</b>" : ""),
                number: Int64(place + 1), in: Self.herlev)
        }
        _ = try await cases.end(id, in: Self.herlev, by: manager, purpose: purpose)
        await #expect(throws: FieldProblems([.init("end", "surveyEnded")])) {
            _ = try await cases.end(id, in: Self.herlev, by: manager, purpose: purpose)
        }
        var totals: [UserSurvey] = []
        totals = try await engine.read { connection in
            var found: [UserSurvey] = []
            try StoreReader(connection).facts(of: Self.herlev, kinds: [.survey]) { fact in
                if case .survey(let survey) = fact { found.append(survey) }
            }
            return found
        }
        #expect(totals.count == 1)
        #expect(totals.first?.invited == letters.count)
        #expect(totals.first?.answered == 25 && totals.first?.satisfied == 15)
        #expect(totals.first?.closed == Self.day)
        #expect(
            try await cases.list(in: Self.herlev, by: .outsider(Self.herlev)).totals.isEmpty)

        func quotes() async throws -> [String] {
            try await cases.results(of: id, in: Self.herlev, by: manager)?.quotes ?? []
        }
        func read(_ actor: Actor, _ allows: Bool, _ shown: String) async throws {
            _ = try await cases.read(
                1, of: id, allows: allows, shown: shown, in: Self.herlev, by: actor,
                purpose: purpose)
        }
        #expect(try await quotes() == [])
        try await read(manager, true, "Kim hjalp")
        try await read(manager, true, "Kim hjalp")
        #expect(try await quotes() == [])
        try await read(caseworker, true, "N.N. hjalp")
        #expect(try await quotes() == [])
        try await read(manager, true, "N.N. hjalp")
        #expect(try await quotes() == ["N.N. hjalp"])
        try await read(caseworker, false, "")
        #expect(try await quotes() == [])
        let analyst = Actor(name: "Ann", role: .analyst, municipality: Self.herlev)
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            _ = try await cases.words(
                of: id, in: Self.herlev, by: analyst, purpose: purpose)
        }
    }

    @Test("Where fewer than 20 have answered no words are shown, and below 10 no figure")
    func few() async throws {
        let (_, house) = try await start(60)
        let cases = SurveyCase(house)
        let (id, letters) = try await open(house, new())
        for (place, letter) in letters.prefix(9).enumerated() {
            _ = try await cases.answer(
                letter.secret, reply(4, "Tak"), number: Int64(place + 1), in: Self.herlev)
        }
        _ = try await cases.end(id, in: Self.herlev, by: manager, purpose: purpose)
        #expect(
            try await cases.words(
                of: id, in: Self.herlev, by: manager, purpose: purpose)?.isEmpty == true)
        let results = try #require(
            await cases.results(of: id, in: Self.herlev, by: manager))
        #expect(results.estimate.themes.allSatisfy { $0.weighted == nil })
    }
}

/// Secrets that a test can tell apart.
private final class Secrets: @unchecked Sendable {
    private let word: String
    private var last = 0

    init(_ word: String) { self.word = word }

    /// Called inside one transaction at a time.
    func next() -> String {
        last += 1
        return "\(word)\(last)"
    }
}
