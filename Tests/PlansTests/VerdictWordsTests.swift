import Parameters
import Plans
import Testing

@Suite("One word for one verdict")
struct VerdictWordsTests {
    @Test("Commands and pages call a verdict the same", arguments: Verdict.allCases)
    func same(_ verdict: Verdict) throws {
        let texts = try Examples.texts()
        for language in Language.allCases {
            #expect(
                PlanTexts(texts, language).verdict(verdict)
                    == texts.text("views.verdict.\(verdict.rawValue)", language))
        }
    }
}
