import ArgumentParser
import Exchange
import Foundation
import Matching
import Parameters

extension AssignmentProblem.Objective: ExpressibleByArgument {}

struct MatchAssignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Give candidates openings so that the sum of values is the highest there is.",
        discussion: """
            All files are CSV with a header; names are free, numbers are whole.
              candidates  candidate, places (1 where empty), group
              openings    opening, minimum (0 where empty), maximum (1 where empty)
              edges       candidate, opening, value: the pairs that are allowed
              groups      group, minimum, maximum, opening (empty: all openings together)
              fixed, forbidden, previous  candidate, opening
            Fixed pairs are chosen by hand and hold. Among equally good answers the one that
            keeps the most of the previous pairs is taken; what is written as CSV can be given
            as --previous. Where the demands contradict each other it is said which, and the exit
            code is 1. Examples:
              fodfaeste match assign --candidates c.csv --openings o.csv --edges e.csv
              fodfaeste match assign --candidates c.csv --openings o.csv --edges e.csv \
            --fixed hand.csv --previous before.csv --why Anna --format json
            """)

    @Option(help: "The file of candidates.") var candidates: String
    @Option(help: "The file of openings.") var openings: String
    @Option(help: "The file of pairs that are allowed.") var edges: String
    @Option(help: "The file of groups.") var groups: String?
    @Option(help: "The file of pairs that must hold.") var fixed: String?
    @Option(help: "The file of pairs that may not be.") var forbidden: String?
    @Option(help: "The file of an earlier answer.") var previous: String?
    @Option(help: "What is best: value, or filled (as many places as can be, then value).")
    var objective = AssignmentProblem.Objective.value
    @Option(help: "Say why this candidate or opening has what it has; can be repeated.")
    var why: [String] = []
    @Flag(help: "Say why of every pair.") var whyAll = false
    @Option(help: "text, json or csv.") var format = OutputFormat.text
    @Option(help: "Language of the output: da or en.") var lang = Language.da

    func run() async throws {
        try await failing {
            let texts = try TextCatalogue.bundled()
            let words = AssignmentWords(try read(texts), texts, lang)
            let problem = words.problem(objective)
            let outcome: Assignment.Outcome
            do throws(AssignmentError) { outcome = try Assignment.solve(problem) } catch {
                Console.complain(words.text(error))
                throw ExitCode(error == .noMemory ? 70 : 1)
            }
            switch outcome {
            case .contradictory(let found):
                if format == .json {
                    try Console.write(json: words.contradictions(found))
                } else {
                    for one in found { Console.complain(words.text(one)) }
                }
                throw ExitCode(1)
            case .best(let answer):
                let asked = try reasons(answer, words, problem)
                switch format {
                case .text: print(words.text(answer, asked))
                case .csv: Console.write(Array(words.csv(answer, asked).utf8))
                case .json: try Console.write(json: words.answer(answer, asked))
                }
            }
        }
    }

    /// The files as they were named.
    private var paths: [AssignmentFiles.Role: String] {
        let all: [AssignmentFiles.Role: String?] = [
            .candidates: candidates, .openings: openings, .edges: edges, .groups: groups,
            .fixed: fixed, .forbidden: forbidden, .previous: previous,
        ]
        return all.compactMapValues { $0 }
    }

    private func read(_ texts: TextCatalogue) throws -> AssignmentFiles {
        var bytes: [AssignmentFiles.Role: [UInt8]] = [:]
        var missing = false
        for role in AssignmentFiles.Role.allCases {
            guard let path = paths[role] else { continue }
            do throws(CommandError) { bytes[role] = try Files.bytes(path) } catch {
                Console.complain(error.description)
                missing = true
            }
        }
        if missing { throw ExitCode(66) }
        do throws(AssignmentFiles.Problems) { return try AssignmentFiles(bytes) } catch {
            for (role, problems) in error.files {
                for line in problems.lines(texts, lang) {
                    Console.complain(
                        texts.text(
                            "cli.assign.file", lang,
                            ["file": paths[role] ?? "", "problem": line]))
                }
            }
            throw ExitCode(1)
        }
    }

    /// The reasons asked for, or nil when none were.
    private func reasons(
        _ answer: Assignment, _ words: AssignmentWords, _ problem: AssignmentProblem
    ) throws -> [PairReason]? {
        if whyAll { return problem.candidates.indices.flatMap { answer.reasons(candidate: $0) } }
        guard !why.isEmpty else { return nil }
        var found: [PairReason] = []
        var isKnown = true
        for name in why {
            if let index = words.candidate(name) {
                found += answer.reasons(candidate: index)
            } else if let index = words.opening(name) {
                found += answer.reasons(opening: index)
            } else {
                Console.complain(words.unknown(name))
                isKnown = false
            }
        }
        if !isKnown { throw ExitCode(1) }
        return found
    }
}
