import Chronology
import Parameters
import Registry
import Testing

@testable import Law

/// Sound decisions, written as caseworkers write them, and what can go wrong with each.
@Suite("A decision is not sent while something is missing")
struct DecisionCheckTests {
    private static let made = Day(iso: "2024-09-16")!
    private static let rule = LegalBasis(
        validFrom: Day(iso: "2020-01-01")!, validTo: nil, law: "LAB §§ 66, 68 og 69",
        source: "https://example.org", confidence: .sourced,
        text: Localized(
            da:
                "Privat løntilskud varer højst 6 måneder. De fleste skal først have fået ydelse i 6 måneder.",
            en: "A private wage subsidy lasts at most 6 months."))

    private struct Story {
        var kind: DecisionKind
        var subject: String
        var facts: String
        var reasons: String
        var answer: String
        var days: [String]
    }

    private static let stories = [
        Story(
            kind: .refuse, subject: "løntilskud hos Møller Tømrer",
            facts:
                "Du har fået kontanthjælp siden 08.01.2024. Du søgte om løntilskud hos Møller Tømrer 02.09.2024. Du arbejdede der til 31.12.2023.",
            reasons:
                "Løntilskud kan ikke gives hos den seneste arbejdsgiver. Du var ansat hos Møller Tømrer til 31.12.2023, og du har ikke haft andet arbejde siden. Derfor kan vi ikke sige ja, selv om du har fået ydelse længe nok.",
            answer: "", days: ["2024-01-08", "2024-09-02", "2023-12-31"]),
        Story(
            kind: .stop, subject: "Din virksomhedspraktik i Brugsen",
            facts:
                "Praktikken begyndte 05.08.2024 og skulle vare til 1. november 2024. Brugsen har sagt op 09.09.2024, fordi afdelingen lukker.",
            reasons:
                "Uden en arbejdsplads kan praktikken ikke gå videre. Afdelingen i Brugsen lukker, og det er ikke noget, du har ansvar for. Vi finder et nyt sted sammen med dig.",
            answer: "", days: ["2024-08-05", "2024-11-01", "2024-09-09"]),
        Story(
            kind: .sanction, subject: "udeblivelse fra samtalen",
            facts:
                "Du var indkaldt til en samtale 28.08.2024 og kom ikke. Indkaldelsen blev læst 20.08.2024. Du var i kontakt med os igen 30.08.2024.",
            reasons:
                "Du skriver, at bussen var forsinket. En forsinket bus er ikke en rimelig grund, når du først ringer to dage efter samtalen. Derfor trækker vi for dagene 28.08.2024 til 30.08.2024.",
            answer: "Min bus var forsinket, og min telefon var løbet tør.",
            days: ["2024-08-28", "2024-08-20", "2024-08-30"]),
        Story(
            kind: .grant, subject: "mentor i 6 måneder",
            facts:
                "Du har fået uddannelseshjælp siden 12.02.2024. Du bad om en mentor i samtalen 11.09.2024.",
            reasons: "", answer: "", days: ["2024-02-12", "2024-09-11"]),
        Story(
            kind: .refuse, subject: "uddannelsesløft til lærer",
            facts:
                "Du er 34 år og blev færdig som pædagog 30.06.2015. Du søgte om et uddannelsesløft 19.08.2024.",
            reasons:
                "Et uddannelsesløft er for den, der er ufaglært eller har en forældet uddannelse. Du er pædagog fra 2015 og har arbejdet i faget siden. Din uddannelse er derfor ikke forældet, og vi må sige nej.",
            answer:
                "Jeg mener, at min uddannelse er forældet, for jeg har ikke været i en børnehave siden.",
            days: ["2015-06-30", "2024-08-19"]),
        Story(
            kind: .stop, subject: "Sygedagpenge",
            facts:
                "Du blev syg 04.03.2024. Din læge skrev 26.08.2024, at du kan arbejde på fuld tid. Du har fået sygedagpenge i 24 uger.",
            reasons:
                "Sygedagpenge gives, så længe sygdommen gør, at man ikke kan arbejde. Din læge vurderer, at du kan arbejde på fuld tid, og du er enig i, at smerterne er væk. Derfor stopper pengene.",
            answer: "Smerterne er væk, men jeg er nervøs for at begynde igen.",
            days: ["2024-03-04", "2024-08-26"]),
    ]

    /// The same stories told on other days and with other lengths of hearing.
    private static var sound: [DecisionDraft] {
        stories.flatMap { story in
            [(8, 0), (14, 0), (7, 14), (30, 1), (21, 30)].map { heard, ahead in
                DecisionDraft(
                    kind: story.kind, subject: story.subject, rule: rule, facts: story.facts,
                    reasons: story.reasons, heardOn: story.kind == .grant ? nil : made - heard,
                    answer: story.answer, from: made + ahead, made: made,
                    caseDays: Set(story.days.compactMap { Day(iso: $0) }),
                    conditions: story.kind == .refuse ? .notMet : .met)
            }
        }
    }

    private static let seeded:
        [(fault: DecisionFault, seed: @Sendable (inout DecisionDraft) -> Void)] =
            [
                (.noSubject, { $0.subject = "" }),
                (.noRule, { $0.rule = nil }),
                (.ruleNotInForce, { $0.rule?.validTo = $0.from - 1 }),
                (.ruleNotInForce, { $0.rule?.validFrom = $0.from + 1 }),
                (.conditionsUnanswered, { $0.conditions = .unanswered }),
                (.conditionsSayNo, { $0.conditions = .notMet }),
                (.conditionsSayYes, { $0.conditions = .met }),
                (.noFacts, { $0.facts = "Se sagen." }),
                (.noFacts, { $0.facts = "" }),
                (.factsNotOfCase, { $0.caseDays = [] }),
                (
                    .factsNotOfCase,
                    { $0.facts = "Borgeren har længe været uden arbejde og har søgt om hjælp." }
                ),
                (.unknownDay, { $0.facts += " Det skete også 17.05.1999." }),
                (.unknownDay, { $0.facts += " Det blev aftalt den 3. maj 1998." }),
                (.noReasons, { $0.reasons = "" }),
                (.noReasons, { $0.reasons = "Betingelserne er ikke opfyldt." }),
                (.reasonsRepeat, { $0.reasons = $0.facts }),
                (.reasonsRepeat, { $0.reasons = $0.rule?.text.da ?? "" }),
                (
                    .reasonsApart,
                    {
                        $0.reasons =
                            "Kommunen har foretaget en konkret og individuel vurdering og finder herefter ikke grundlag for andet."
                    }
                ),
                (.notHeard, { $0.heardOn = nil }),
                (.hearingTooShort, { ($0.heardOn, $0.answer) = ($0.made - 6, "") }),
                (.hearingTooShort, { ($0.heardOn, $0.answer) = ($0.made, "") }),
                (.heardAfterwards, { $0.heardOn = $0.made + 1 }),
                (.beginsBefore, { $0.from = $0.made - 1 }),
                (.answerNotMet, { $0.answer = "Tandlægen havde bestilt mig præcis samtidig." }),
                (.unfinished, { $0.reasons += " Beløbet er [indsæt beløb]." }),
                (.unfinished, { $0.facts += " Samtalen var den …" }),
                (
                    .tooHard,
                    {
                        $0.reasons +=
                            " Beskæftigelsesforvaltningens individuelle rådighedsvurdering understøtter konkluderende arbejdsmarkedsperspektivets utilstrækkelighed sammenholdt foreliggende dokumentationsmateriale vedrørende funktionsnedsættelsens varighed herunder behandlingsmuligheder udredningsmuligheder kompensationsmuligheder omplaceringsmuligheder beskæftigelsesmuligheder"
                    }
                ),
            ]

    @Test("at least 95 of 100 seeded faults are found, and at most 5 sound ones are held back")
    func score() {
        let sound = Self.sound
        let alarms = sound.filter { !$0.faults.isEmpty }
        for draft in alarms { print("false alarm: \(draft.subject) \(draft.faults)") }
        var (all, found) = (0, 0)
        for (fault, seed) in Self.seeded {
            for draft in sound {
                // What is granted needs neither hearing nor reasons.
                if draft.isInFavour, Self.onlyBurdens.contains(fault) { continue }
                if Self.onlyOthers[fault]?.contains(draft.kind) ?? false { continue }
                var broken = draft
                seed(&broken)
                all += 1
                if broken.faults.contains(fault) {
                    found += 1
                } else {
                    print("not found: \(fault) in \(draft.subject): \(broken.faults)")
                }
            }
        }
        print(
            "decision checker: \(found) of \(all) seeded faults found, \(alarms.count) false alarms of \(sound.count)"
        )
        #expect(found * 100 >= all * 95)
        #expect(alarms.count * 100 <= sound.count * 5)
    }

    private static let onlyBurdens: Set<DecisionFault> = [
        .noReasons, .reasonsRepeat, .reasonsApart, .notHeard, .hearingTooShort, .heardAfterwards,
        .beginsBefore, .answerNotMet,
    ]

    /// What a fault cannot be in: a stop needs no conditions, and a refusal has none that say no.
    private static let onlyOthers: [DecisionFault: Set<DecisionKind>] = [
        .conditionsUnanswered: [.stop], .conditionsSayNo: [.stop, .refuse],
        .conditionsSayYes: [.stop, .grant, .sanction],
    ]

    @Test(
        "LIX counts sentences and long words",
        arguments: [
            ("Vi ses i dag.", 4), ("Vi ses. Du kan komme.", 3),
            ("Beskæftigelse er godt. Jobbet er her.", 20),
            ("Det følger af § 24, stk. 2, i loven.", 8), ("", 0),
        ])
    func readability(_ text: String, _ lix: Int) {
        #expect(Readability(text).lix == lix)
    }

    @Test("the catalogue of efforts is whole, and mistakes in it have their places")
    func catalogue() throws {
        let catalogue = try EffortCatalogue.bundled()
        #expect(catalogue.kinds.count > 40)
        let rotation = try #require(catalogue["job-rotation"])
        #expect(rotation.isOpen(on: Day(iso: "2026-06-30")!))
        #expect(!rotation.isOpen(on: Day(iso: "2026-07-01")!))
        // What figures count is named wherever the act has such an offer.
        for offer in OfferKind.allCases {
            #expect(catalogue.kinds.contains { $0.offer == offer }, "\(offer)")
        }
        let thrown = try #require(throws: FileProblems.self) {
            try EffortCatalogue(
                """
                format: 1
                efforts:
                  - {id: a, name: {da: A, en: A}, what: {da: A, en: A}, law: "-", confidence: sourced, place: none, hours: none, asks: [nothing], followUpWeeks: 4, outcomes: [education]}
                  - {id: a, name: {da: A, en: A}, what: {da: A, en: A}, law: "-", confidence: sourced, place: none, hours: none, followUpWeeks: 4, outcomes: [education]}
                """, file: "e.yaml", questions: [])
        }
        #expect(thrown.all.map(\.line) == [3, 4])
    }
}
