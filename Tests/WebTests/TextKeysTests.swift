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
