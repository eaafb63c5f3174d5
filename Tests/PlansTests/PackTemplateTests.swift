import Indicators
import Parameters
import Plans
import Testing

@Suite("The template of the management information")
struct PackTemplateTests {
    private let known = KnownIndicators(try! Catalogue.bundled().all)

    @Test("The one that ships has the six headings and all parts")
    func bundled() throws {
        let template = try PackTemplate.bundled(known: known)
        #expect(
            template.sections.prefix(6).map(\.id)
                == ["unemployment", "focus", "orders", "work", "seniors", "business"])
        #expect(
            Set(template.sections.flatMap(\.parts)) == Set(PackTemplate.Part.allCases))
    }

    private func problems(_ section: String) -> [FileProblem.Kind] {
        let yaml = """
            format: 1
            id: q
            title: {da: "Q", en: "Q"}
            sections:
              - id: s
                title: {da: "S", en: "S"}
            \(section)
            """
        do {
            _ = try PackTemplate(yaml: yaml, file: "q.yaml", known: known)
            return []
        } catch { return error.all.map(\.problem) }
    }

    @Test("What is wrong is told with its place")
    func wrong() {
        #expect(
            problems("    figures: [{id: a, indicator: no-such-figure}]") == [
                .init(rawValue: "unknownIndicator")
            ])
        #expect(
            problems("    figures: [{id: a, indicator: job-orders, benefits: [cashBenefit]}]")
                == [.init(rawValue: "notCutBy")])
        #expect(
            problems(
                "    figures: [{id: a, indicator: persons}, {id: a, indicator: persons}]")
                == [.duplicateId])
        #expect(
            problems("    figures: [{id: a, indicator: persons}]\n    charts: [b]")
                == [.unknownReference])
        #expect(problems("    parts: [weather]") == [.notAWord])
    }
}
