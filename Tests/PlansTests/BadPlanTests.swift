import Foundation
import Parameters
import Plans
import Testing

/// Each file of Examples/bad says in its first lines where its mistakes are.
@Suite("Plan files with mistakes")
struct BadPlanTests {
    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Examples.url("bad").path).sorted()
    }

    @Test("every mistake is told with its line and column", arguments: try files())
    func toldWithPlace(_ name: String) throws {
        let text = try String(contentsOf: Examples.url("bad/\(name)"), encoding: .utf8)
        let expected = text.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("# ") }
            .map { $0.dropFirst(2) }
        #expect(!expected.isEmpty)
        let thrown = #expect(throws: FileProblems.self) {
            try EmploymentPlan(yaml: text, file: name, known: Examples.known())
        }
        let found = (thrown?.all ?? []).map { "\($0.line):\($0.column) \($0.problem)" }
        #expect(found == expected.map(String.init))
    }

    @Test("a mistake reads as one line in both languages", arguments: try files())
    func oneLine(_ name: String) throws {
        let texts = try Examples.texts()
        let text = try String(contentsOf: Examples.url("bad/\(name)"), encoding: .utf8)
        let thrown = #expect(throws: FileProblems.self) {
            try EmploymentPlan(yaml: text, file: name, known: Examples.known())
        }
        for problem in thrown?.all ?? [] {
            for language in Language.allCases {
                let line = problem.line(in: language, texts)
                #expect(line.hasPrefix("\(name):\(problem.line):\(problem.column): "))
                #expect(!line.contains("\n") && !line.contains("[plans.") && !line.contains("{f"))
            }
        }
    }

    @Test("a misspelt word gets the nearest right one")
    func suggestion() throws {
        let texts = try Examples.texts()
        let text = try String(
            contentsOf: Examples.url("bad/unknown-indicator.yaml"), encoding: .utf8)
        let thrown = #expect(throws: FileProblems.self) {
            try EmploymentPlan(yaml: text, file: "plan.yaml", known: Examples.known())
        }
        let line = try #require(thrown?.all.first).line(in: .da, texts)
        #expect(line.hasPrefix("plan.yaml:30:16: targets[0].indicator: Indikatoren "))
        #expect(line.hasSuffix("Mente du \"education-aid-full-time\"?"))
    }

    @Test("a file that is not there, and an empty one")
    func unreadable() throws {
        let nowhere = URL(filePath: "/nowhere/plan.yaml")
        let thrown = #expect(throws: FileProblems.self) {
            try EmploymentPlan(contentsOf: nowhere, known: Examples.known())
        }
        #expect(thrown?.all.map(\.problem) == [.unreadable])
        let empty = #expect(throws: FileProblems.self) {
            try EmploymentPlan(yaml: "", file: "plan.yaml", known: Examples.known())
        }
        #expect(empty?.all.map(\.problem) == [.expectedMapping])
    }

    @Test("no text can make the reader stop: any line of a plan may be lost or doubled")
    func survivesAnything() throws {
        let url = Examples.root.appending(path: "plans/herlev-2024-2025.yaml")
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let known = try Examples.known()
        var seeded = Seeded(state: 11)
        var refused = 0
        for _ in 0..<60 {
            var some = lines
            let at = Int.random(in: some.indices, using: &seeded)
            if Bool.random(using: &seeded) {
                some.remove(at: at)
            } else {
                some.insert(some[Int.random(in: some.indices, using: &seeded)], at: at)
            }
            do {
                _ = try EmploymentPlan(
                    yaml: some.joined(separator: "\n"), file: "p.yaml", known: known)
            } catch {
                refused += 1
                #expect(!error.all.isEmpty)
            }
        }
        #expect(refused > 20)
    }
}
