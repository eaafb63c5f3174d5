import Chronology
import Foundation
import Parameters
import Testing

@testable import Law

/// One worked case out of `Resources/answers`: what is told of an entitlement, and the
/// answer with what it comes to.
struct WorkedAnswer: CustomTestStringConvertible, Sendable {
    enum Outcome: String, CaseIterable { case yes, no, none }

    var name: String
    var what: String
    var question: EntitlementQuestion
    var outcome: Outcome
    /// In hundredths of their units, in the order they are shown.
    var gives: [Int]
    var file: String

    var testDescription: String { "\(file): \(name)" }

    static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "cases",
            .list(
                .object([
                    .needs("name", .text), .needs("law", .text), .needs("ask", .reference),
                    .needs("on", .day), .may("facts", .mapping),
                    .may("ifAdopted", .word(["true"])),
                    .needs("answer", .words(Outcome.self)), .may("gives", .list(.number)),
                ]))),
    ])

    static func all() throws -> [WorkedAnswer] {
        let book = try EntitlementBook.bundled()
        let folder = try #require(
            Bundle.module.url(forResource: "Resources/answers", withExtension: nil))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.flatMap { name in
            try read(
                String(contentsOf: folder.appending(path: name), encoding: .utf8), name, book)
        }
    }

    private static func read(
        _ text: String, _ file: String, _ book: EntitlementBook
    ) throws -> [WorkedAnswer] {
        var problems = FileProblemList(file: file)
        let root = problems.document(text, grammar)
        var cases: [WorkedAnswer] = []
        for place in root?["cases"].items ?? [] {
            // Read as a file of questions is, so that what it would refuse is refused here.
            guard
                let question = EntitlementQuestion(
                    place, what: place["ask"], book, &problems)
            else { continue }
            cases.append(
                WorkedAnswer(
                    name: place["name"].string, what: place["ask"].string, question: question,
                    outcome: Outcome(rawValue: place["answer"].string) ?? .none,
                    gives: place["gives"].items.map {
                        Int(((ScalarForms.number($0.string) ?? 0) * 100).rounded())
                    }, file: file))
        }
        if !problems.all.isEmpty { throw problems.thrown() }
        return cases
    }

    /// Whether an entitlement gives the worked answer.
    func agrees(_ entitlement: Entitlement) -> Bool {
        let answer = EntitlementQuestion(
            entitlement, on: question.on, facts: question.facts, ifAdopted: question.ifAdopted
        ).answer()
        let found: Outcome =
            switch answer?.verdict {
            case .yes: .yes
            case .no: .no
            case nil: .none
            }
        return found == outcome && WorkedAnswer.amounts(answer) == gives
    }

    static func amounts(_ answer: Answer?) -> [Int] {
        answer?.steps.compactMap { step in
            guard case .quantity(let hundredths, _) = step.values["amount"] else { return nil }
            return hundredths
        } ?? []
    }
}

@Suite("Worked answers about what one can have")
struct WorkedAnswerTests {
    static let answers = Result { try WorkedAnswer.all() }

    @Test("yes or no, and what it comes to", arguments: try answers.get())
    func answer(_ example: WorkedAnswer) throws {
        #expect(example.agrees(example.question.entitlement))
    }

    @Test("every entitlement has a yes, a no, and words in both languages")
    func words() throws {
        let texts = try TextCatalogue.bundled()
        let answers = try Self.answers.get()
        for entitlement in try EntitlementBook.bundled().entitlements {
            let about = answers.filter { $0.what == entitlement.id }
            #expect(about.contains { $0.outcome == .yes }, "\(entitlement.id)")
            #expect(about.contains { $0.outcome == .no }, "\(entitlement.id)")
        }
        for language in Language.allCases {
            let words = LawTexts(texts, language)
            for example in answers {
                for line in example.question.answer().map({ words.lines($0) }) ?? [] {
                    #expect(!line.contains("[") && !line.contains("{"), "\(line)")
                }
            }
        }
        #expect(FileProblem.Kind.ofEntitlements.allSatisfy { texts.has("file.problem.\($0)") })
    }

    @Test("a mistake in what is told has its place, and nothing is guessed")
    func mistakes() throws {
        func problems(_ facts: String, what: String = "adult-apprentice") throws -> [String] {
            let thrown = try #require(throws: FileProblems.self) {
                try QuestionFile(
                    """
                    format: 1
                    questions:
                      - entitlement: {what: \(what), on: "2024-03-01", facts: {\(facts)}}
                    """, file: "q", about: try EntitlementBook.bundled())
            }
            return thrown.all.map { "\($0.line) \($0.problem) \($0.arguments["fact"] ?? $0.found)" }
        }
        #expect(try problems("age: 25", what: "adult-apprentise").count == 1)
        #expect(try problems("age: -1").contains("3 notANumber -1"))
        #expect(try problems("age: 25, unskiled: true").contains("3 unknownKey unskiled"))
        #expect(try problems("unskilled: perhaps").contains("3 notTrueOrFalse perhaps"))
        #expect(try problems("unskilled: true").contains("3 missingFact age"))
        // Whatever the months are, nobody under 25 and nobody late gets it.
        let young = try QuestionFile(
            """
            format: 1
            questions:
              - entitlement: {what: adult-apprentice, on: "2024-03-01", facts: {age: 24}}
            """, file: "q", about: try EntitlementBook.bundled())
        #expect(young.questions.count == 1)
        #expect(try problems("starts: 2024-13-01").contains("3 notADate 2024-13-01"))
    }

    @Test(
        "a file of entitlements is checked as a whole, and its mistakes have their places",
        arguments: [
            ("atLeast: 25", "is: true", ["12 wrongComparison"]),
            ("fact: age", "fact: alder", ["12 unknownReference"]),
            ("atLeast: 25", "atLeast: 25, under: 60", ["12 noComparison"]),
            ("unit: years, ", "", ["8 wrongComparison"]),
            (
                "monthsAfter: 1", "accumulatedMonths: 1",
                ["9 unusedFact", "10 unusedFact", "19 wrongComparison"]
            ),
            ("2025-06-30", "2025-07-01", ["13 versionsOverlap"]),
            ("2025-06-30", "2025-06-29", ["13 versionsLeaveGap"]),
            ("times: age", "times: starts", ["21 wrongComparison"]),
        ])
    func files(_ right: String, _ wrong: String, _ places: [String]) throws {
        let sound = try EntitlementBook(files: [(name: "e.yaml", text: Self.sound)])
        #expect(sound.entitlements.count == 1)
        let thrown = try #require(throws: FileProblems.self) {
            try EntitlementBook(
                files: [(name: "e.yaml", text: Self.sound.replacing(right, with: wrong))])
        }
        #expect(thrown.all.map { "\($0.line) \($0.problem)" } == places)
    }

    private static let sound = """
        format: 1
        area: offers
        entitlements:
          - id: a
            name: {da: n, en: n}
            question: {da: q, en: q}
            facts:
              - {id: age, kind: number, unit: years, name: {da: n, en: n}}
              - {id: starts, kind: day, name: {da: n, en: n}}
              - {id: applied, kind: day, name: {da: n, en: n}}
            versions:
              - {from: "2024-01-01", to: "2025-06-30", law: l, source: s, confidence: sourced, text: {da: t, en: t}, requires: [{fact: age, atLeast: 25}]}
              - from: "2025-07-01"
                law: l
                source: s
                confidence: sourced
                text: {da: t, en: t}
                requires:
                  - {fact: applied, noLaterThan: {of: starts, monthsAfter: 1}}
                gives:
                  - {name: {da: n, en: n}, amount: 45, unit: kroner, times: age}
        """
}
