import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Plans
import Reporting
import SQLiteStorage
import Storage

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check plan files and follow plans.",
        discussion:
            "Example:\n  fodfaeste plan status plans/hilleroed-2024.yaml --municipality 0219",
        subcommands: [Check.self, Status.self, Schema.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check plan files; all problems are shown at once.",
            discussion: """
                Exit code 1 when a file has problems. Example:
                  fodfaeste plan check plans/*.yaml
                """)

        @Argument(help: "Plan files.") var files: [String]
        @Option(help: "Language of the problems: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let known = KnownIndicators(try Catalogue.bundled().all)
                let texts = try TextCatalogue.bundled()
                var isSound = true
                for file in files {
                    do {
                        let plan = try EmploymentPlan(
                            yaml: String(decoding: try Files.bytes(file), as: UTF8.self),
                            file: file, known: known)
                        print(
                            texts.text(
                                "cli.planSound", lang,
                                [
                                    "file": file, "goals": String(plan.goals.count),
                                    "efforts": String(plan.efforts.count),
                                    "duties": String(plan.duties.count),
                                    "targets": String(plan.targets.count),
                                ]))
                    } catch let problems as FileProblems {
                        isSound = false
                        for problem in problems.all { print(problem.line(in: lang, texts)) }
                    }
                }
                if !isSound { throw ExitCode(1) }
            }
        }
    }

    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON schema of the plan language, for editors.",
            discussion: "Example:\n  fodfaeste plan schema > plans/plan.schema.json")

        func run() async throws {
            try await failing {
                let schema = try PlanSchema.json(
                    known: KnownIndicators(try Catalogue.bundled().all),
                    texts: try TextCatalogue.bundled())
                print(schema, terminator: "")
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how a plan stands: figure, target, baseline and verdict.",
            discussion: """
                Examples:
                  fodfaeste plan status plans/herlev-2024-2025.yaml --as-of 2024-09-30
                  fodfaeste plan status plans/herlev-2024-2025.yaml --format json
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The plan file.") var file: String
        @Option(help: "Follow the plan as it stood on this day (default: today).")
        var asOf: Day?
        @Option(help: "Use only what was recorded by the end of this day.")
        var knownAt: Day?
        @Option(help: "Show another municipality's figures beside.")
        var compareMunicipality: MunicipalityCode?
        @Option(help: "text, json or csv.") var format = OutputFormat.text

        func run() async throws {
            try await failing {
                let engine = try await openOrEmpty()
                let house = try Wiring.house(common, engine)
                let plan: EmploymentPlan
                do {
                    plan = try EmploymentPlan(
                        yaml: String(decoding: try Files.bytes(file), as: UTF8.self), file: file,
                        known: KnownIndicators(house.catalogue.all))
                } catch let problems as FileProblems {
                    Console.complain(problems, common.lang, house.texts)
                    throw ExitCode(1)
                }
                if let other = compareMunicipality {
                    _ = try Wiring.municipality(other, house.municipalities)
                }
                let status = try await PlanFollowUp(house).status(
                    of: plan, asOf: asOf ?? house.clock.today(), knownAt: knownAt,
                    compareWith: compareMunicipality, by: Wiring.system(plan.municipality))
                try write(status, house)
                try await engine.close()
            }
        }

        /// Without a database there are no registrations, and the status says so.
        private func openOrEmpty() async throws -> any StorageEngine {
            if common.store.postgres == nil,
                !FileManager.default.fileExists(atPath: common.store.database)
            {
                Console.report(CommandError.noDatabase(common.store.database).description)
                let engine = try SQLiteEngine.inMemory()
                try await engine.migrate(Migration.bundled())
                return engine
            }
            return try await common.store.open()
        }

        private func write(_ status: PlanStatus, _ house: House) throws {
            let report = PlanStatusReport(status, common.lang, hidesBelow: nil)
            let texts = PlanTexts(house.texts, common.lang)
            let wording = Wording(house.texts, common.lang)
            switch format {
            case .json: Console.write(try report.json())
            case .csv:
                let writer = common.lang == .da ? CSVWriter.danish : CSVWriter.standard
                Console.write(writer.bytes(report.table(wording, texts), wording))
            case .text: print(PlanStatusText(status, texts, house.municipalities).text)
            }
        }
    }
}
