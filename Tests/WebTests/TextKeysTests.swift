import Jobcenter
import Parameters
import Registry
import Testing

@Suite("Texts that are named by a value")
struct TextKeysTests {
    /// Keys with what their sentences name.
    private static func keys() -> [String] {
        PersonLookup.allCases.map { "web.lookup.\($0.rawValue)" }
            + Refusal.allCases.map(\.textKey)
            + FactKind.allCases.map { "views.fact.\($0.rawValue)" }
            + JobKind.allCases.map { "term.jobKind.\($0.rawValue)" }
            + OrderStage.allCases.map { "term.orderStage.\($0.rawValue)" }
            + OrderEventKind.allCases.map { "term.orderEvent.\($0.rawValue)" }
            + OrderReason.allCases.map { "term.orderReason.\($0.rawValue)" }
            + JobEventKind.allCases.map { "term.eventKind.\($0.rawValue)" }
            + SignUpState.allCases.map { "term.signUp.\($0.rawValue)" }
            + SeatState.allCases.map { "term.seat.\($0.rawValue)" }
            + VisitTopic.allCases.map { "term.visitTopic.\($0.rawValue)" }
            + (1...7).map { "term.weekday.\($0)" }
    }

    @Test("No value is without its words in either language", arguments: Language.allCases)
    func words(language: Language) throws {
        let texts = try TextCatalogue.bundled()
        let missing = Self.keys().filter { texts.text($0, language) == "[\($0)]" }
        #expect(missing == [])
    }
}

@Suite("What citizens read")
struct CitizenTextTests {
    @Test("Every text of the citizens' pages is in Ukrainian, with the same arguments")
    func ukrainian() throws {
        let texts = try TextCatalogue.bundled()
        func arguments(_ text: String) -> Set<String> {
            Set(text.matches(of: /\{[^}]*\}/).map { String($0.output) })
        }
        var missing: [String] = []
        for key in texts.keys {
            guard let text = texts[key] else { continue }
            if let uk = text.uk {
                #expect(arguments(uk) == arguments(text.da), "\(key)")
            } else if key.hasPrefix("me.") {
                missing.append(key)
            }
        }
        #expect(missing == [])
    }

    @Test("A text that nobody has translated is in English")
    func fallback() throws {
        let texts = try TextCatalogue.bundled()
        let key = try #require(texts.keys.first { texts[$0]?.uk == nil })
        #expect(texts.text(key, .uk) == texts.text(key, .en))
    }
}
