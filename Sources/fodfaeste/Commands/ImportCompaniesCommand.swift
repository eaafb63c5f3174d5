import ArgumentParser
import Exchange
import Foundation
import Jobcenter
import Parameters
import Storage

struct ImportCompanies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "companies",
        abstract: "Read companies and workplaces from an extract of the public register (CVR).",
        discussion: """
            The file has the register's documents Vrvirksomhed and VrproduktionsEnhed as JSON: one \
            on each line, in an array, or as the hits of a search. Workplaces of other \
            municipalities are passed over. Example:
              fodfaeste import companies cvr.jsonl --municipality 0163
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: "The file.") var path: String

    func run() async throws {
        try await failing {
            let bytes = try Files.bytes(path)
            let engine = try await common.store.open(create: true)
            let house = try Wiring.house(common, engine)
            let register: CompanyRegister
            do throws(ImportProblems) {
                register = try CompanyRegisterReader(municipality: common.municipality).read(bytes)
            } catch {
                for line in error.lines(house.texts, common.lang) { Console.complain(line) }
                throw ExitCode(1)
            }
            guard let purpose = Purpose("import companies") else { return }
            let taken = try await CompanyImportCase(house).register(
                register, in: common.municipality, by: Wiring.system(common.municipality),
                purpose: purpose)
            print(
                house.texts.text(
                    "cli.importedCompanies", common.lang,
                    [
                        "companies": String(taken.companies),
                        "workplaces": String(taken.workplaces),
                        "registered": String(taken.registered),
                        "skipped": String(register.skipped),
                        "number": taken.receipt.map { String($0.number) } ?? "-",
                        "hash": taken.receipt?.hash ?? "-",
                    ]))
            try await engine.close()
        }
    }
}
