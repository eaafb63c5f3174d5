import Foundation
import Parameters
import Plans
import Testing

@Suite("Coverage of the published plans")
struct CoverageTests {
    private func coverage(_ id: String) throws -> CoverageFile {
        let url = Examples.root.appending(path: "plans/coverage/\(id).yaml")
        return try CoverageFile(
            yaml: String(contentsOf: url, encoding: .utf8), file: url.lastPathComponent,
            plan: Examples.plan(id))
    }

    @Test("every reference exists and no number is left out", arguments: Examples.shipped)
    func referencesExist(_ id: String) throws {
        let file = try coverage(id)
        #expect(file.entries.map(\.number) == Array(1...file.entries.count))
        #expect(file.fingerprint == (try Examples.plan(id)).source.fingerprint)
    }

    @Test("every sentence of the published text is mapped", arguments: Examples.shipped)
    func everySentence(_ id: String) throws {
        let file = try coverage(id)
        guard let text = Examples.publishedText(id) else {
            print("skipped \(file.entries.count) sentences: the text of \(id) is not at hand")
            return
        }
        #expect(Fingerprint.of(text) == file.fingerprint)
        #expect(SentenceSplitter.sentences(of: text).count == file.entries.count)
        for sentence in file.unmapped(in: text) {
            Issue.record("sentence \(sentence.number) \(sentence.fingerprint) is not mapped")
        }
    }

    @Test("every goal, effort, duty and target answers for a sentence", arguments: Examples.shipped)
    func nothingInvented(_ id: String) throws {
        let plan = try Examples.plan(id)
        let links = Set(try coverage(id).entries.flatMap(\.links))
        for goal in plan.goals { #expect(links.contains(.goal(goal.id)), "\(goal.id)") }
        for area in plan.focusAreas { #expect(links.contains(.focusArea(area.id)), "\(area.id)") }
        for effort in plan.efforts { #expect(links.contains(.effort(effort.id)), "\(effort.id)") }
        for duty in plan.duties { #expect(links.contains(.duty(duty.id)), "\(duty.id)") }
        for target in plan.targets { #expect(links.contains(.target(target.id)), "\(target.id)") }
    }

    @Test("a gap, a wrong reference and an unmapped sentence are all told")
    func problems() throws {
        let plan = try Examples.plan("hilleroed-2024")
        let yaml = """
            plan: hilleroed-2024
            fingerprint: "0123456789abcdef"
            sentences:
              - {number: 1, fingerprint: "0123456789abcdef", narrative: heading}
              - {number: 3, fingerprint: "0123456789abcdef", is: [effort.no-such]}
              - {number: 3, fingerprint: "0123456789abcdef"}
            """
        let thrown = #expect(throws: FileProblems.self) {
            try CoverageFile(yaml: yaml, file: "c.yaml", plan: plan)
        }
        #expect(
            thrown?.all.map { "\($0.line):\($0.column) \($0.problem)" } == [
                "5:14 numberingHasGap", "5:55 unknownCoverage", "6:5 noCoverage",
            ])
    }

    @Test("a changed wording is unmapped again")
    func changedWording() throws {
        let plan = try Examples.plan("hilleroed-2024")
        let first = Fingerprint.of("En sætning.")
        let yaml = """
            plan: hilleroed-2024
            fingerprint: "0123456789abcdef"
            sentences:
              - {number: 1, fingerprint: "\(first)", narrative: heading}
            """
        let file = try CoverageFile(yaml: yaml, file: "c.yaml", plan: plan)
        #expect(file.unmapped(in: "En sætning.").isEmpty)
        #expect(file.unmapped(in: "En anden sætning.").map(\.number) == [1])
        #expect(file.unmapped(in: "En sætning. Og en til.").map(\.number) == [2])
    }
}
