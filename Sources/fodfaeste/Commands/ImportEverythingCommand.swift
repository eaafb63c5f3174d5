import ArgumentParser
import Foundation
import Jobcenter
import Parameters
import Storage

struct ImportEverything: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "everything",
        abstract: "Read the file with everything about a citizen, as the citizen downloaded it.",
        discussion: """
            Registers what stands in it: all of it, or nothing. Exit code 1 where something \
            stands here with the same numbers. Example:
              fodfaeste import everything fodfaeste.jsonl --database var/new.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The file.") var file: String

    func run() async throws {
        try await failing {
            let bytes = try Files.bytes(file)
            let engine = try await common.store.open(create: true)
            let house = try Wiring.house(common, engine)
            do {
                let archive = try CitizenArchiveFile(bytes)
                let count = try await AdministrationCase(house).take(
                    archive, by: Wiring.system(archive.municipality))
                print(
                    house.texts.text(
                        "archive.taken", common.lang,
                        ["facts": String(count), "files": String(archive.files.count)]))
            } catch let problem as ArchiveProblem {
                let (key, values) = problem.sentence
                Console.complain(
                    "\(file): \(house.texts.text("archive.\(key)", common.lang, values))")
                throw ExitCode(1)
            }
            try await engine.close()
        }
    }
}
