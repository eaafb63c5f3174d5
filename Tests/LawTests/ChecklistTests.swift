import Chronology
import Law
import Parameters
import Registry
import Testing

@Suite("Checklists")
struct ChecklistTests {
    @Test("The catalogue that ships holds a version of each kind for each day since 2020")
    func bundled() throws {
        let catalogue = try ChecklistCatalogue.bundled()
        for day in [Day(iso: "2020-01-01")!, Day(iso: "2026-06-30")!] {
            #expect(Set(catalogue.used(on: day).map(\.kind)) == Set(AuditedKind.allCases))
        }
        // The rules of sick leave are others from July 2026.
        #expect(!catalogue.used(on: Day(iso: "2026-07-01")!).contains { $0.kind == .sickness })
        let probes = catalogue.checklists.flatMap(\.questions).compactMap(\.probe)
        #expect(Set(probes) == Set(ChecklistProbe.allCases))
        #expect(catalogue.checklists.allSatisfy { $0.questions.count >= 5 })
    }

    @Test("Every problem of a file is told at once, with its line")
    func wrong() throws {
        let yaml = """
            format: 1
            checklists:
              - id: a
                name: {da: A, en: A}
                what: {da: A, en: A}
                kind: decision
                from: 2025-01-01
                until: 2024-01-01
                questions:
                  - id: q
                    text: {da: Q, en: Q}
                    met: {da: Q, en: Q}
                    law: "-"
                    confidence: sourced
                  - id: q
                    text: {da: Q, en: Q}
                    met: {da: Q, en: Q}
                    law: "-"
                    confidence: sourced
            """
        #expect {
            _ = try ChecklistCatalogue(yaml, file: "x.yaml")
        } throws: { error in
            (error as? FileProblems).map { $0.all.count == 2 } ?? false
        }
    }
}
