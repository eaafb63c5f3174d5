import ArgumentParser
import Foundation
import Jobcenter
import Law
import Parameters

extension LawCommand {
    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer questions about what the law allows, with the arithmetic.",
            discussion: """
                How many in offers a workplace may have, whether a wage subsidy adds to the \
                employees, who may have which offer for how long, whether a sanction can be \
                decided, and the state's share. docs/interfaces.md describes the file. Example:
                  fodfaeste law ask questions.yaml
                """)

        @Argument(help: "A file of questions, JSON or YAML.") var file: String
        @OptionGroup var choices: LawChoices
        @Option(help: "text or json.") var format = OutputFormat.text
        @Option(help: "Language of the output: da or en.") var lang = Language.da

        func validate() throws { try format.refuseCSV() }

        func run() async throws {
            try await failing {
                let catalogue = try TextCatalogue.bundled()
                let texts = LawTexts(catalogue, lang)
                let statutes = try choices.statutes(lang, catalogue)
                let questions: QuestionFile
                do {
                    questions = try QuestionFile(
                        String(decoding: try Files.bytes(file), as: UTF8.self), file: file,
                        about: statutes.entitlements)
                } catch let problems as FileProblems {
                    Console.complain(problems, lang, catalogue)
                    throw ExitCode(65)
                }
                let answers = questions.questions.map { statutes.limits.answer($0) }
                if format == .json {
                    return try Console.write(
                        json: answers.map { $0.map { Written($0, texts) } ?? Written() })
                }
                for (index, answer) in answers.enumerated() {
                    guard let answer else {
                        print("\(index + 1). \(texts.text("answer.none"))")
                        continue
                    }
                    print(
                        texts.text(
                            "answer.heading",
                            [
                                "n": String(index + 1),
                                "verdict": texts.text("answer.\(answer.verdict)"),
                                "law": [answer.basis.law, texts.marks(answer)]
                                    .filter { !$0.isEmpty }.joined(separator: " "),
                            ]))
                    for line in texts.lines(answer) { print("  - \(line)") }
                }
            }
        }
    }
}

private struct Written: Encodable {
    var verdict: String?
    var law: String?
    var source: String?
    var confidence: String?
    var proposed: Bool?
    var steps: [String] = []

    init() {}

    init(_ answer: Answer, _ texts: LawTexts) {
        verdict = answer.verdict.rawValue
        law = answer.basis.law
        source = answer.basis.source
        confidence = answer.basis.confidence.rawValue
        proposed = answer.isProposed
        steps = texts.lines(answer)
    }
}
