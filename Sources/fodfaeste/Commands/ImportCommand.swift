import ArgumentParser
import Chronology
import Crypto
import Exchange
import Foundation
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Storage

extension NumberStyle: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Read files of figures, registrations, companies, occupations or one citizen.",
        discussion: "Example:\n  fodfaeste import statistics figures.csv",
        subcommands: [
            ImportStatistics.self, ImportRegistrations.self, ImportCompanies.self, ImportEsco.self,
            ImportEverything.self,
        ])
}

/// How a CSV file is written.
struct FileOptions: ParsableArguments {
    @Option(
        help:
            "The file's character encoding: \(TextEncoding.allValueStrings.joined(separator: ", "))."
    )
    var encoding = TextEncoding.utf8

    @Option(help: "Write the rows that were not taken, with the reason, to this file.")
    var rejected: String?

    var format: CSVFormat { CSVFormat(encoding: encoding) }

    /// Says every problem, writes the rejected rows when asked to, and stops with
    /// exit code 1. Nothing has been imported.
    func refuse(_ problems: ImportProblems, _ house: House, _ language: Language) throws -> Never {
        for line in problems.lines(house.texts, language) { Console.complain(line) }
        if let rejected {
            let bytes = problems.rejectedRows(house.texts, language)
            guard FileManager.default.createFile(atPath: rejected, contents: Data(bytes)) else {
                throw CommandError.cannotRead(rejected)
            }
        }
        throw ExitCode(1)
    }
}

struct ImportStatistics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Read published figures: a CSV file, or an answer of jobindsats.dk's API (JSON).",
        discussion: """
            An empty value means "not shown" (0 to 2), never 0. Nothing is imported when a row is
            wrong. Examples:
              fodfaeste import statistics municipal.csv
              fodfaeste import statistics y25i01.json --table y25i01
            A CSV file with the column period and a column for each measure is about one area:
              fodfaeste import statistics country.csv --area 0000 --table y01a02 \
                --measure persons=dagpenge_personer --measure fulltime=y25i01/ledige_ft_dagpenge
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var file: FileOptions
    @Argument(help: "The file.") var path: String
    @Option(help: "The table's id, for JSON and for CSV with a column for each measure.")
    var table: String?
    @Option(help: "For CSV with a column for each measure: the area's code, 0000 for the country.")
    var area: MunicipalityCode?
    @Option(
        name: .customLong("measure"),
        help: "With --table: 'Column title=measure'; may be given several times.")
    var measures: [String] = []
    @Option(
        name: .customLong("member"),
        help: "For JSON: 'Column title=member whose rows are wanted'; may be given several times.")
    var members: [String] = []

    func validate() throws {
        if area != nil && table == nil { throw ValidationError("--area asks for --table too.") }
    }

    func run() async throws {
        try await failing {
            try await Self.read(
                path, common, rejected: file, area: area,
                table: table.map {
                    JobindsatsReader.Table(
                        id: $0, measures: try Pairs.read(measures), members: try Pairs.read(members)
                    )
                })
        }
    }

    private static func figures(
        _ bytes: [UInt8], _ house: House, _ format: CSVFormat, _ area: Int32?,
        _ table: JobindsatsReader.Table?
    ) throws(ImportProblems) -> PublishedImport {
        guard let table else {
            return try PublishedCSV(municipalities: house.municipalities, format: format)
                .read(bytes)
        }
        guard let area else {
            return try JobindsatsReader(municipalities: house.municipalities)
                .read(bytes, table: table)
        }
        return try PublishedSeries(table, area: area, format: format).read(bytes)
    }

    static func read(
        _ path: String, _ common: CommonOptions, rejected file: FileOptions?,
        area: MunicipalityCode? = nil, table: JobindsatsReader.Table? = nil
    ) async throws {
        let bytes = try Files.bytes(path)
        let engine = try await common.store.open(create: true)
        let house = try Wiring.house(common, engine)
        if let area, area.number != 0, house.municipalities[area.number] == nil {
            throw CommandError.unknownMunicipality(area)
        }
        let result: PublishedImport
        do throws(ImportProblems) {
            result = try figures(bytes, house, file?.format ?? CSVFormat(), area?.number, table)
        } catch {
            let problems = error
            if let file { try file.refuse(problems, house, common.lang) }
            for line in problems.lines(house.texts, common.lang) { Console.complain(line) }
            throw ExitCode(1)
        }
        let digest = SHA256.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        let receipt = try await AdministrationCase(house).importPublished(
            result.figures, file: URL(fileURLWithPath: path).lastPathComponent,
            digest: digest,
            by: Wiring.system(common.municipality))
        print(
            house.texts.text(
                "cli.importedStatistics", common.lang,
                [
                    "read": String(result.read), "notShown": String(result.notShown),
                    "skipped": String(result.skipped), "number": String(receipt.number),
                    "hash": receipt.hash,
                ]))
        Console.report(former: result, house.texts, common.lang)
        try await engine.close()
    }
}

extension Console {
    /// Says which figures were left out because they are about areas of before a merger.
    static func report(
        former result: PublishedImport, _ texts: TextCatalogue, _ language: Language
    ) {
        let areas = result.formerAreas.sorted { $0.key < $1.key }
        guard !areas.isEmpty else { return }
        let names = areas.prefix(5).map { "\($0.key) (\($0.value))" }
        report(
            texts.text(
                "cli.formerAreas", language,
                [
                    "count": String(areas.reduce(0) { $0 + $1.value }),
                    "names": names.joined(separator: ", ") + (areas.count > 5 ? " …" : ""),
                ]))
    }
}

/// Options of the form `title=name`.
enum Pairs {
    static func read(_ texts: [String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw ValidationError("'\(text)' is not of the form 'title=name'.")
            }
            pairs[parts[0]] = parts[1]
        }
        return pairs
    }
}

struct ImportRegistrations: AsyncParsableCommand {
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case benefitSpells = "benefit-spells"
        case conversations
        case budget
        case spending
    }

    static let configuration = CommandConfiguration(
        commandName: "registrations",
        abstract:
            "Read spells, conversations, a budget or spending from another system's CSV file.",
        discussion: """
            All rows are taken or none; every row gets a receipt. Example:
              fodfaeste import registrations spells.csv --kind benefit-spells --rejected wrong.csv
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var file: FileOptions
    @Argument(help: "The file.") var path: String
    @Option(help: "benefit-spells, conversations, budget or spending.") var kind: Kind
    @Option(help: "How numbers are written: danish (1.234,5) or english (1,234.5).")
    var numbers = NumberStyle.danish

    func run() async throws {
        try await failing {
            let bytes = try Files.bytes(path)
            let engine = try await common.store.open()
            let house = try Wiring.house(common, engine)
            let reader = RegistrationImport(
                municipalities: house.municipalities, catalogue: house.texts,
                format: file.format, numbers: numbers)
            let cases = RegisterCase(house)
            let actor = Wiring.system(common.municipality)
            guard let purpose = Purpose("import \(kind.rawValue)") else { return }
            // A first reading finds whom the file is about; problems are shown by
            // the second, which knows the citizens.
            let asked = Asked()
            let context = RegistrationImport.Context(
                municipality: common.municipality, recordedOn: house.clock.today(),
                firstID: try await cases.nextID(factKind, in: common.municipality))
            let cap = try SpendingCap.bundled()
            _ = try? read(reader, bytes, context, cap) { cpr in
                asked.numbers.insert(cpr)
                return CitizenID(0)
            }
            let citizens = try await cases.citizens(
                asked.numbers, in: common.municipality, by: actor, purpose: purpose)
            let registrations: [Registration]
            do {
                registrations = try read(reader, bytes, context, cap) { citizens[$0] }
            } catch let problems as ImportProblems {
                try file.refuse(problems, house, common.lang)
            }
            let receipts: [Receipt]
            do {
                receipts = try await register(registrations, house, by: actor, purpose)
            } catch let overlaps as Overlaps {
                for place in overlaps.places {
                    // The header is row 1, and every row gave one registration.
                    let arguments = [
                        "row": String(place.position + 2), "other": place.other.description,
                    ]
                    Console.complain(
                        house.texts.text("cli.overlapsStanding", common.lang, arguments))
                }
                throw ExitCode(1)
            }
            print(
                house.texts.text(
                    "cli.importedRegistrations", common.lang,
                    [
                        "count": String(receipts.count),
                        "first": receipts.first.map { String($0.number) } ?? "-",
                        "last": receipts.last.map { String($0.number) } ?? "-",
                        "hash": receipts.last?.hash ?? "-",
                    ]))
            try await engine.close()
        }
    }

    private func register(
        _ registrations: [Registration], _ house: House, by actor: Actor, _ purpose: Purpose
    ) async throws -> [Receipt] {
        let municipality = common.municipality
        switch kind {
        case .budget:
            let lines = registrations.compactMap { registration -> BudgetLine? in
                if case .budgetLine(let line) = registration.fact { line } else { nil }
            }
            return try await BudgetCase(house).register(
                lines, in: municipality, by: actor, purpose: purpose)
        case .spending:
            let lines = registrations.compactMap { registration -> SpendingLine? in
                if case .spendingLine(let line) = registration.fact { line } else { nil }
            }
            return try await SpendingCase(house).register(
                lines, in: municipality, by: actor, purpose: purpose)
        case .benefitSpells, .conversations:
            return try await RegisterCase(house).register(
                registrations.map(\.fact), in: municipality, by: actor, purpose: purpose)
        }
    }

    private final class Asked {
        var numbers: Set<CPR> = []
    }

    private var factKind: FactKind {
        switch kind {
        case .benefitSpells: .benefitSpell
        case .conversations: .conversation
        case .budget: .budgetLine
        case .spending: .spendingLine
        }
    }

    private func read(
        _ reader: RegistrationImport, _ bytes: [UInt8], _ context: RegistrationImport.Context,
        _ cap: SpendingCap, citizen: RegistrationImport.Lookup
    ) throws(ImportProblems) -> [Registration] {
        switch kind {
        case .budget: try reader.budget(bytes, context)
        case .spending: try reader.spending(bytes, context, cap: cap)
        case .benefitSpells: try reader.benefitSpells(bytes, context, citizen: citizen)
        case .conversations: try reader.conversations(bytes, context, citizen: citizen)
        }
    }
}
