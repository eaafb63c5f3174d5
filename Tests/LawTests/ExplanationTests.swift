import Chronology
import Law
import Parameters
import Registry
import Testing

@Suite("Why an obligation lapsed")
struct ExplanationTests {
    private func last(_ citizen: CitizenFacts, _ duty: String, on: String) throws -> Explanation
        .Step?
    {
        let engine = LawEngine(try RuleBook.bundled())
        let cases = Caseload([citizen])
        let day = try #require(Day(iso: on))
        let obligation = try #require(
            engine.obligations(of: 0, in: cases, on: day).first {
                engine.book.duties[$0.duty].id == duty && $0.status == .lapsed
            })
        return engine.explanation(of: obligation, person: 0, in: cases, on: day).last?.step
    }

    private func citizen() throws -> CitizenFacts {
        CitizenFacts(id: "1", born: try #require(Day(iso: "1990-05-05")))
    }

    @Test("a right that was not used is not said to have been left")
    func unused() throws {
        var citizen = try citizen()
        let notified = try #require(Day(iso: "2025-03-03"))
        citizen.acts = [FactDay(.decisionNotified, notified)]
        #expect(
            try last(citizen, "complaint-deadline", on: "2025-05-01") == .unused(notified + 28))
    }

    @Test("what was missed is open while its period goes on, and history after that")
    func open() throws {
        var citizen = try citizen()
        let start = try #require(Day(iso: "2025-01-06"))
        let end = try #require(Day(iso: "2025-09-30"))
        citizen.benefits = [FactSpan(.cashBenefit, start, end)]
        citizen.groups = [FactSpan(.group2, start)]
        citizen.categories = [FactSpan(.jobReady, start)]
        let engine = LawEngine(try RuleBook.bundled())
        for (day, isOpen) in [(end - 1, true), (end, true), (end + 1, false), (end + 300, false)] {
            let found = engine.obligations(of: 0, in: Caseload([citizen]), on: day).first {
                engine.book.duties[$0.duty].id == "contact-six-months-cash"
            }
            #expect(found?.status == .overdue && found?.isOpen(on: day) == isOpen, "\(day.iso)")
        }
    }

    @Test("a deadline counted over a change of benefit says so and is marked uncertain")
    func continued() throws {
        var citizen = try citizen()
        let start = try #require(Day(iso: "2025-03-10"))
        let change = try #require(Day(iso: "2025-07-01"))
        citizen.benefits = [
            FactSpan(.educationAid, start, change - 1), FactSpan(.cashBenefit, change),
        ]
        citizen.groups = [FactSpan(.group4, start)]
        let cases = Caseload([citizen])
        let statutes = try StatuteBook.bundled()
        func conversations(_ book: RuleBook, on day: Day) throws -> [Obligation] {
            LawEngine(book).obligations(of: 0, in: cases, on: day).filter {
                book.duties[$0.duty].id == "contact-six-months-cash"
            }
        }
        let day = change + 30
        let owed = try #require(try conversations(statutes.rules, on: day).first)
        #expect(statutes.rules.isUncertain(owed))
        let engine = LawEngine(statutes.rules)
        let why = engine.explanation(of: owed, person: 0, in: cases, on: day)
        let step = try #require(
            why.first { if case .continued = $0.step { true } else { false } })
        #expect(step.facts.map { cases.fact($0, of: 0).start } == [change])
        let texts = LawTexts(try TextCatalogue.bundled(), .da)
        #expect(
            texts.sentences(why, owed, statutes.rules.duties[owed.duty].versions[0], cases, 0)
                .contains { $0.contains("begyndte ikke en ny periode") && $0.contains("(usikker)") }
        )
        // Before the change nothing of it is known, and nothing is uncertain.
        let before = try #require(try conversations(statutes.rules, on: change - 1).first)
        #expect(!statutes.rules.isUncertain(before))
        // A municipality that reads it otherwise counts anew.
        let choices = try LocalChoices(
            """
            format: 1
            switchedOff:
              - {rule: former-benefits-into-cash-benefit, because: "Vi tæller forfra."}
            """, file: "choices.yaml", about: statutes)
        let anew = try conversations(statutes.rules.applying(choices), on: day)
        #expect(anew.map(\.trigger) == [start, change])
        #expect(anew.map(\.status) == [.lapsed, .notYetDue])
    }

    @Test("one who left before a known end of the period has left, and the period has not ended")
    func leftBeforeTheEnd() throws {
        var citizen = try citizen()
        let start = try #require(Day(iso: "2025-02-10"))
        citizen.states = [FactSpan(.sickLeave, start, start + 60)]
        citizen.benefits = [FactSpan(.sicknessBenefit, start, start + 20)]
        #expect(
            try last(citizen, "sickness-half-year", on: (start + 40).iso) == .left(start + 40))
    }

    @Test("a period that ended, and a group that was left")
    func endedAndLeft() throws {
        var citizen = try citizen()
        let start = try #require(Day(iso: "2025-01-06"))
        citizen.benefits = [FactSpan(.cashBenefit, start, start + 60)]
        citizen.groups = [FactSpan(.group2, start)]
        citizen.categories = [FactSpan(.jobReady, start)]
        #expect(
            try last(citizen, "contact-six-months-cash", on: "2025-12-01") == .ended(start + 60))
        citizen.benefits = [FactSpan(.cashBenefit, start)]
        citizen.groups = [FactSpan(.group2, start, start + 90), FactSpan(.group6, start + 91)]
        let step = try last(citizen, "contact-six-months-cash", on: "2025-12-01")
        guard case .left = step else {
            Issue.record("\(String(describing: step))")
            return
        }
    }
}
