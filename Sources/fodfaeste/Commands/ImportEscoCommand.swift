import ArgumentParser
import Crypto
import Exchange
import Foundation
import Jobcenter
import Parameters
import Storage

struct ImportEsco: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "esco",
        abstract: "Read ESCO's occupations and skills from its CSV files, packed or not.",
        discussion: """
            The folder holds occupations_*.csv and skills_*.csv in one or more languages, \
            occupationSkillRelations.csv, and where there are some languageSkillsCollection_*.csv \
            and labels_*.tsv (uri, position, label). Each may be packed (.gz). What was read \
            before is replaced. Example:
              fodfaeste import esco esco-v1.1.1/ --release v1.1.1
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The folder.") var folder: String
    @Option(help: "ESCO's name for the version.") var release = "unknown"

    func run() async throws {
        try await failing {
            let url = URL(fileURLWithPath: folder)
            let engine = try await common.store.open(create: true)
            let house = try Wiring.house(common, engine)
            let taxonomy: EscoTaxonomy
            do throws(EscoError) {
                taxonomy = try EscoReader.read(folder: url)
            } catch {
                throw complain(error, house)
            }
            let receipt = try await TaxonomyCase(house).keep(
                taxonomy, version: release, digest: try digest(taxonomy.files, in: url),
                by: Wiring.system(common.municipality))
            print(
                house.texts.text(
                    "match.importedEsco", common.lang,
                    [
                        "occupations": String(taxonomy.occupationCount),
                        "skills": String(taxonomy.skillCount),
                        "relations": String(taxonomy.relations.count),
                        "labels": String(taxonomy.labels.count),
                        "languages": taxonomy.languages.joined(separator: ", "),
                        "skipped": String(taxonomy.skipped), "number": String(receipt.number),
                        "hash": receipt.hash,
                    ]))
            try await engine.close()
        }
    }

    /// SHA-256 of all files, one after the other.
    private func digest(_ files: [String], in folder: URL) throws -> String {
        var hash = SHA256()
        for file in files {
            hash.update(data: try Files.bytes(folder.appending(path: file).path))
        }
        return hash.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Says what is wrong, each line with its file, and gives the exit code.
    private func complain(_ error: EscoError, _ house: House) -> ExitCode {
        func say(_ key: String, _ file: String) -> ExitCode {
            Console.complain(house.texts.text("match.esco.\(key)", common.lang, ["file": file]))
            return ExitCode(66)
        }
        switch error {
        case .missing(let file): return say("missing", file)
        case .cannotRead(let file): return say("cannotRead", file)
        case .damaged(let file): return say("damaged", file)
        case .problems(let file, let problems):
            for line in problems.lines(house.texts, common.lang) {
                Console.complain("\(file): \(line)")
            }
            return ExitCode(1)
        }
    }
}
