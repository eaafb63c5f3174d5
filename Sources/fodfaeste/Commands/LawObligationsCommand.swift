import ArgumentParser
import Chronology
import Foundation
import Jobcenter
import Law
import Parameters

extension LawCommand {
    struct Obligations: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is owed to the citizens of a file of facts, by when, and why.",
            discussion: """
                The file is JSON (or YAML); docs/interfaces.md describes it. Example:
                  fodfaeste law obligations --facts citizens.json --on 2024-03-01
                """)

        @Option(help: "The file of facts.") var facts: String
        @Option(help: "The day (default: today).") var on: Day?
        @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
        @OptionGroup var choices: LawChoices
        @Option(help: "text or json.") var format = OutputFormat.text
        @Option(help: "Language of the output: da or en.") var lang = Language.da

        func validate() throws { try format.refuseCSV() }

        func run() async throws {
            try await failing {
                let catalogue = try TextCatalogue.bundled()
                let file: FactFile
                do {
                    file = try FactFile(
                        String(decoding: try Files.bytes(facts), as: UTF8.self), file: facts,
                        municipalities: try MunicipalityList.bundled())
                } catch let problems as FileProblems {
                    Console.complain(problems, lang, catalogue)
                    throw ExitCode(1)
                }
                let report = ObligationReport(
                    engine: LawEngine(try choices.book(lang, catalogue)),
                    cases: Caseload(file.citizens, knownAt: knownAt),
                    day: on ?? Wiring.clock(nil).today(), texts: LawTexts(catalogue, lang),
                    language: lang)
                switch format {
                case .json: try Console.write(json: report.document)
                default: for line in report.lines() { print(line) }
                }
            }
        }
    }
}

/// What is owed to the citizens of a caseload, written out.
private struct ObligationReport {
    let engine: LawEngine
    let cases: Caseload
    let day: Day
    let texts: LawTexts
    let language: Language

    func lines() -> [String] {
        var lines: [String] = []
        for person in 0..<cases.count {
            let found = sorted(person)
            if found.isEmpty { lines.append(texts.text("rules.none", ["name": cases.ids[person]])) }
            if !found.isEmpty { lines.append(cases.ids[person]) }
            for obligation in found {
                let (duty, rule) = named(obligation)
                let debtor =
                    rule.owedBy == .municipality ? "" : texts.text("debtor.\(rule.owedBy)") + ": "
                lines.append(
                    "  \(obligation.due.danish)  \(texts.text("status.\(obligation.status)"))  "
                        + "\(debtor)\(duty.name[language]) \(texts.marks(obligation, in: engine.book))"
                )
                lines.append("      \(rule.text[language])")
                lines += sentences(obligation, rule, person).map { "      - \($0)" }
            }
        }
        return lines
    }

    private func sorted(_ person: Int) -> [Obligation] {
        engine.obligations(of: person, in: cases, on: day).inOrderOfDueDays()
    }

    private func named(_ obligation: Obligation) -> (Duty, Rule) {
        let duty = engine.book.duties[obligation.duty]
        return (duty, duty.versions[obligation.version])
    }

    private func sentences(_ obligation: Obligation, _ rule: Rule, _ person: Int) -> [String] {
        texts.sentences(
            engine.explanation(of: obligation, person: person, in: cases, on: day), obligation,
            rule, cases, person)
    }

    private struct Owed: Encodable {
        var rule, name, law, confidence, owedBy, text, trigger, opens, due, status: String
        var settled: String?
        var number, done, count: Int
        var because: [String]
    }

    private struct Citizen: Encodable {
        var id: String
        var obligations: [Owed]
    }

    private struct Document: Encodable {
        var on: String
        var citizens: [Citizen]
    }

    var document: some Encodable {
        let citizens = (0..<cases.count).map { person in
            Citizen(
                id: cases.ids[person],
                obligations: sorted(person).map { obligation in
                    let (duty, rule) = named(obligation)
                    return Owed(
                        rule: rule.id, name: duty.name[language], law: rule.law,
                        confidence: engine.book.confidence(obligation).rawValue,
                        owedBy: rule.owedBy.rawValue,
                        text: rule.text[language],
                        trigger: obligation.trigger.iso, opens: obligation.opens.iso,
                        due: obligation.due.iso, status: obligation.status.rawValue,
                        settled: obligation.settled?.iso, number: obligation.number,
                        done: obligation.done, count: rule.count,
                        because: sentences(obligation, rule, person))
                })
        }
        return Document(on: day.iso, citizens: citizens)
    }
}
