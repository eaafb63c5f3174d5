import ArgumentParser
import Chronology
import Effects
import Foundation
import Jobcenter
import Parameters
import Reporting

struct EffectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effects",
        abstract: "Does it work? Compare an effort with doing without it, on the register.",
        discussion: """
            Each protocol says in advance who is compared and what is measured. Example:
              fodfaeste effects list
              fodfaeste effects company-placement --as-of 2025-12-31
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: Show.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the protocols.",
            discussion: "Example:\n  fodfaeste effects list --lang en")

        @Option(help: "Language: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                for trial in try EffectsCommand.book(lang).protocols {
                    print("\(trial.id)\t\(trial.question[lang])")
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer a protocol's question from the registrations.",
            discussion: """
                Example:
                  fodfaeste effects show company-placement --as-of 2025-12-31 --format json
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The protocol's id, or a protocol file ending in .yaml.") var id: String
        @Option(help: "Use what happened up to this day (default: today).") var asOf: Day?
        @Option(help: "text, json or csv.") var format = OutputFormat.text
        @Flag(name: .customLong("public"), help: "As the public may see it: few are hidden.")
        var isPublic = false

        func run() async throws {
            try await failing {
                let trial = try EffectsCommand.find(id, common.lang)
                try await Wiring.withHouse(common) { house, system in
                    let shown = try await EffectsCase(house).answer(
                        trial, of: common.municipality, asOf: asOf ?? house.clock.today(),
                        by: isPublic ? Actor.outsider(common.municipality) : system)
                    let wording = Wording(house.texts, common.lang)
                    switch format {
                    case .text: print(TrialText.text(TrialReport(shown, wording), wording))
                    case .json: try Console.write(json: TrialDocument(shown))
                    case .csv: Console.write(Array(TrialDocument(shown).csv.utf8))
                    }
                }
            }
        }
    }

    private static func book(_ language: Language) throws -> ProtocolBook {
        do throws(FileProblems) { return try ProtocolBook.bundled() } catch {
            Console.complain(error, language, try TextCatalogue.bundled())
            throw ExitCode(1)
        }
    }

    /// A protocol that ships, or one of a file.
    private static func find(_ id: String, _ language: Language) throws -> TrialProtocol {
        if id.hasSuffix(".yaml") {
            let text = String(decoding: try Files.bytes(id), as: UTF8.self)
            do throws(FileProblems) { return try TrialProtocol(yaml: text, file: id) } catch {
                Console.complain(error, language, try TextCatalogue.bundled())
                throw ExitCode(1)
            }
        }
        let book = try book(language)
        guard let trial = book[id] else {
            let accepted = book.protocols.map(\.id).joined(separator: ", ")
            Console.complain(
                try TextCatalogue.bundled().text(
                    "effects.unknown", language, ["id": id, "accepted": accepted]))
            throw ExitCode(64)
        }
        return trial
    }
}

/// An answer for the eye.
enum TrialText {
    static func text(_ report: TrialReport, _ wording: Wording) -> String {
        var parts = [
            "\(report.name)\n\(report.question)",
            "\(wording("effects.answer")): \(report.verdict)\n" + lines(report.answer),
            "\(wording("effects.who"))\n" + lines(report.who),
            TextTable.text(report.numbers, wording),
        ]
        if let outcome = report.outcome { parts.append(TextTable.text(outcome, wording)) }
        if let hidden = report.outcomeHidden { parts.append(hidden) }
        if let balance = report.balance { parts.append(TextTable.text(balance, wording)) }
        parts.append(
            "\(wording("effects.assumptions"))\n" + lines(report.assumptions.map { "- \($0)" }))
        return parts.joined(separator: "\n\n")
    }

    private static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}

/// An answer for programs: shares as parts of one.
struct TrialDocument: Encodable {
    private var id, asOf, registeredOn, timing, outcome, verdict: String
    private var reason: String?
    private var starters, starterEntries, others, otherEntries: Int?
    private var lost, waiting, withoutComparable: Int?
    private var effectiveOthers: Double?
    private var startersMean, othersMean, difference, low, high, unadjusted: Double?
    private var smallestDifference: Double
    private var balance: [Line]

    private struct Line: Encodable {
        var trait, level: String
        var starters, othersBefore, othersAfter, differenceBefore, differenceAfter: Double?
    }

    init(_ shown: ShownTrial) {
        id = shown.trial.id
        asOf = shown.asOf.iso
        registeredOn = shown.trial.registeredOn.iso
        timing = shown.trial.timing.rawValue
        outcome = shown.trial.outcome.rawValue
        verdict = shown.verdict.name
        if case .cannotTell(let why) = shown.verdict { reason = why.rawValue }
        starters = shown.starters.number
        starterEntries = shown.starterEntries.number
        others = shown.others.number
        otherEntries = shown.otherEntries.number
        lost = shown.lost.number
        waiting = shown.waiting.number
        withoutComparable = shown.withoutComparable.number
        effectiveOthers = shown.effectiveOthers
        startersMean = shown.result?.starters
        othersMean = shown.result?.expected
        difference = shown.result?.difference.value
        low = shown.result?.difference.low
        high = shown.result?.difference.high
        unadjusted = shown.result?.unadjusted
        smallestDifference = shown.trial.smallestDifference
        balance = shown.balance.map { line in
            switch line {
            case .hidden(let trait, let level): Line(trait: trait.rawValue, level: level)
            case .shown(let line):
                Line(
                    trait: line.trait.rawValue, level: line.level, starters: line.starters,
                    othersBefore: line.othersBefore, othersAfter: line.othersAfter,
                    differenceBefore: line.differenceBefore,
                    differenceAfter: line.differenceAfter)
            }
        }
    }

    /// The answer in one line under its heading, without the balance.
    var csv: String {
        let counts = [starters, starterEntries, others, otherEntries, lost, waiting].map {
            $0.map { String($0) } ?? ""
        }
        let values = [startersMean, othersMean, difference, low, high, unadjusted].map {
            $0.map { String(format: "%.6g", $0) } ?? ""
        }
        let heading =
            "protocol,asOf,registeredOn,timing,outcome,verdict,reason,starters,starterEntries,"
            + "others,otherEntries,lost,waiting,startersMean,othersMean,difference,low,high,"
            + "unadjusted"
        let cells =
            [id, asOf, registeredOn, timing, outcome, verdict, reason ?? ""] + counts + values
        return heading + "\n" + cells.joined(separator: ",") + "\n"
    }
}
