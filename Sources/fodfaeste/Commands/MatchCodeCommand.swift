import ArgumentParser
import Foundation
import Jobcenter
import Matching
import Parameters
import Storage

struct MatchCode: AsyncParsableCommand {
    enum Source: String, CaseIterable, ExpressibleByArgument { case starter, esco }

    static let configuration = CommandConfiguration(
        commandName: "code",
        abstract: "Show the occupations and skills that a text names, and how they were met.",
        discussion: """
            Nothing is kept. The taxonomy is the one that ships with the program, or what \
            'import esco' read. Examples:
              fodfaeste match code "SOSU-hjælpere søges, kørekort er en fordel"
              fodfaeste match code --file advert.txt --taxonomy esco --language en
            """)

    @OptionGroup var store: StoreOptions
    @Argument(help: "The text.") var text: String?
    @Option(help: "Read the text from this file.") var file: String?
    @Option(help: "The text's language: da or en.") var language = Language.da
    @Option(help: "starter or esco.") var taxonomy = Source.starter
    @Option(help: "text or json.") var format = OutputFormat.text
    @Option(help: "Language of the output: da or en.") var lang = Language.da

    func validate() throws {
        try format.refuseCSV()
        guard (text == nil) != (file == nil) else {
            throw ValidationError("Give a text or --file, and not both.")
        }
    }

    func run() async throws {
        try await failing {
            let texts = try TextCatalogue.bundled()
            let words = try text ?? String(decoding: Files.bytes(file ?? ""), as: UTF8.self)
            guard let known = try await known() else {
                Console.complain(texts.text("match.esco.notRead", lang))
                throw ExitCode(66)
            }
            let coding = try TextCoder(taxonomy: known, language: language).code(words)
            let lines =
                coding.occupations.map { line($0, "occupation", known, texts) }
                + coding.skills.map { line($0, "skill", known, texts) }
            if format == .json { return try Console.write(json: lines) }
            if lines.isEmpty { return print(texts.text("match.code.nothing", lang)) }
            for line in lines { print(line.sentence) }
        }
    }

    private func known() async throws -> Taxonomy? {
        if taxonomy == .starter {
            let starter = try Taxonomy.starter()
            return language == .en ? starter.inEnglish : starter
        }
        let engine = try await store.openOrEmpty()
        let taxonomy = try await TaxonomyCase.esco(engine, language: language.rawValue)
        try await engine.close()
        return taxonomy
    }

    private struct Line: Encodable {
        var id: String
        var kind: String
        var label: String
        var words: String
        var from: Int
        var to: Int
        var meeting: String
        var demand: String
        var alternatives: [String]
        var sentence: String

        enum CodingKeys: CodingKey {
            case id, kind, label, words, from, to, meeting, demand, alternatives
        }
    }

    private func line(
        _ found: Found, _ kind: String, _ taxonomy: Taxonomy, _ texts: TextCatalogue
    ) -> Line {
        let entry =
            taxonomy.occupation(found.id).map { ($0.label, $0.english) }
            ?? taxonomy.skill(found.id).map { ($0.label, $0.english) } ?? (found.id, "")
        let label = lang == .en && !entry.1.isEmpty ? entry.1 : entry.0
        let meeting = texts.text("match.meeting.\(found.meeting.rawValue)", lang)
        let demand = texts.text("match.demand.\(found.demand.rawValue)", lang)
        let sentence = texts.text(
            "match.code.\(kind)", lang,
            [
                "label": label, "words": found.words, "from": String(found.place.lowerBound),
                "to": String(found.place.upperBound), "meeting": meeting, "demand": demand,
                "wording": found.wording,
            ])
        let others = found.alternatives.compactMap { id in
            taxonomy.occupation(id).map {
                $0.name(in: lang)
            }
        }
        let more =
            others.isEmpty
            ? ""
            : texts.text("match.code.others", lang, ["others": others.joined(separator: ", ")])
        return Line(
            id: found.id, kind: kind, label: label, words: found.words,
            from: found.place.lowerBound, to: found.place.upperBound,
            meeting: found.meeting.rawValue, demand: found.demand.rawValue,
            alternatives: found.alternatives, sentence: sentence + more)
    }
}
