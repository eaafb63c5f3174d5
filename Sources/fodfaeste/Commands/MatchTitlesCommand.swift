import ArgumentParser
import Foundation
import Matching
import Parameters
import Reporting

struct MatchTitlesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "titles",
        abstract: "Rank the labels of a taxonomy for given job titles.",
        discussion: """
            Both files have an id, a tab and a text on each line. Labels whose ids are alike up to
            the separator name one concept, and the best of them stands for it. Nothing but the
            labels is known. Examples:
              fodfaeste match titles --labels labels.tsv --queries titles.tsv --top 10
              fodfaeste match titles --labels labels.tsv --queries titles.tsv --format trec
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, tsv, trec }

    @Option(help: "The file of labels: id, tab, label.") var labels: String
    @Option(help: "The file of titles: id, tab, title.") var queries: String
    @Option(help: "Concepts shown for each title, at least 1.") var top = 10
    @Option(help: "text with the reasons, tsv, or trec for tools that measure rankings.")
    var format = Format.text
    @Option(help: "What ends the concept's id in a label's id.") var conceptSeparator = "_"
    @Option(help: "Language of the output: da or en.") var lang = Language.da

    func validate() throws {
        guard top >= 1 else { throw ValidationError("--top is a number from 1.") }
    }

    func run() async throws {
        try await failing {
            let texts = try TextCatalogue.bundled()
            let (labels, queries) = try tables(texts)
            let index = TitleIndex(labels: labels.labels(separator: conceptSeparator))
            if format == .tsv {
                Console.write(
                    Array("query\trank\tconcept\telement\tlabel\tscore\n".utf8))
            }
            for query in queries.rows {
                let hits = index.rank(query.text, top: top, explained: format == .text)
                Console.write(Array(lines(query, hits, texts).utf8))
            }
        }
    }
}

extension MatchTitlesCommand {
    private static let mostProblems = 100

    /// Both files are read before anything is said, so that one run tells all that is wrong.
    private func tables(_ texts: TextCatalogue) throws -> (labels: TitleTable, queries: TitleTable)
    {
        var problems: [FileProblem] = []
        var unreadable: [CommandError] = []
        let tables = [labels, queries].map { file -> TitleTable? in
            do throws(CommandError) {
                let bytes = try Files.bytes(file)
                do throws(FileProblems) { return try TitleTable(bytes, file: file) } catch {
                    problems += error.all
                    return nil
                }
            } catch {
                unreadable.append(error)
                return nil
            }
        }
        Console.complain(
            FileProblems(all: Array(problems.prefix(Self.mostProblems))), lang, texts)
        if problems.count > Self.mostProblems {
            Console.complain(
                texts.text(
                    "cli.match.moreProblems", lang,
                    ["count": String(problems.count - Self.mostProblems)]))
        }
        for error in unreadable { Console.complain(error.description) }
        guard let labels = tables[0], let queries = tables[1] else {
            throw unreadable.first?.exitCode ?? ExitCode(1)
        }
        return (labels, queries)
    }

    private func lines(
        _ query: TitleTable.Row, _ hits: [Ranked], _ texts: TextCatalogue
    ) -> String {
        var lines: [String]
        switch format {
        case .trec:
            lines = hits.map { hit in
                "\(query.id) Q0 \(hit.element) \(hit.rank) \(score(hit)) fodfaeste"
            }
        case .tsv:
            lines = hits.map { hit in
                [
                    query.id, String(hit.rank), hit.concept, hit.element, hit.label, score(hit),
                ].joined(separator: "\t")
            }
        case .text:
            lines = ["\(query.id) \(query.text)"]
            if hits.isEmpty { lines.append("  " + texts.text("cli.match.nothing", lang)) }
            let wording = Wording(texts, lang)
            for hit in hits {
                let why = hit.reasons.map { words($0, texts) }.joined(separator: "; ")
                let nearness = wording.number(hit.score, decimals: 3)
                lines.append("  \(hit.rank). \(hit.label) [\(hit.element)] \(nearness): \(why)")
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func score(_ hit: Ranked) -> String { String(format: "%.6f", hit.score) }

    private func words(_ reason: Ranked.Reason, _ texts: TextCatalogue) -> String {
        switch reason {
        case .sameTitle: texts.text("cli.match.sameTitle", lang)
        case .letters: texts.text("cli.match.letters", lang)
        case .part(let title, let label):
            title == label
                ? title
                : texts.text("cli.match.part", lang, ["title": title, "label": label])
        case .elsewhere(let title, let label):
            texts.text("cli.match.elsewhere", lang, ["title": title, "label": label])
        }
    }
}
