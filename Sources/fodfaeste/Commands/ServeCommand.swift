import ArgumentParser
import Chronology
import Exchange
import Foundation
import Hummingbird
import Jobcenter
import Logging
import Registry
import Storage
import Web

struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 lets the system choose one.")
    var port = 8080

    @Option(
        help: "The site's own address, to print in letters; without it, as the visitor wrote it.")
    var site: String?
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages of a database.",
        discussion: """
            Without --demo nobody can sign in, and the pages show what everybody may see.
            Example:
              fodfaeste serve --database var/fodfaeste.sqlite --demo --port 9000
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var serving: ServeOptions

    @Flag(help: "The people are made up: whoever comes may choose a role.")
    var demo = false

    func run() async throws {
        try await failing {
            let engine = try await common.store.open()
            try await Served.run(engine, common, serving, isDemo: demo)
        }
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make up a municipality when there is no database, and serve it.",
        discussion: """
            Today is the last simulated day unless --today says otherwise. Example:
              fodfaeste demo --municipality 0219 --database var/hilleroed.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var simulation: SimulationOptions
    @OptionGroup var serving: ServeOptions

    @Option(help: "Published figures (CSV) to import into a new database.")
    var statistics: String?

    @Flag(help: "Make up eight small neighbours too, which share a pool with the municipality.")
    var partners = false

    func validate() throws {
        if partners, common.store.postgres != nil {
            throw ValidationError("--partners makes up a new file and cannot use --postgres.")
        }
    }

    func run() async throws {
        try await failing {
            if common.store.postgres == nil,
                !FileManager.default.fileExists(atPath: common.store.database)
            {
                try await Simulated.fill(common, simulation, partners: partners)
                if let statistics {
                    try await ImportStatistics.read(
                        statistics, try await dayBefore(), rejected: nil)
                }
            }
            let engine = try await common.store.open()
            try await Served.run(engine, common, serving, isDemo: true)
        }
    }

    /// The options as of the day before the last simulated one. A draft of the demonstration
    /// holds what was known on that day, and would hold no published figures otherwise.
    private func dayBefore() async throws -> CommonOptions {
        var options = common
        guard options.house.today == nil else { return options }
        let engine = try await common.store.open()
        let code = common.municipality
        options.house.today = try await engine.read {
            try LedgerAuditor($0).lastDay(of: code).map { $0 - 1 }
        }
        try await engine.close()
        return options
    }
}

enum Served {
    static func run(
        _ engine: any StorageEngine, _ common: CommonOptions, _ serving: ServeOptions,
        isDemo: Bool
    ) async throws {
        var common = common
        if isDemo, common.house.today == nil {
            let code = common.municipality
            common.house.today = try await engine.read { try LedgerAuditor($0).lastDay(of: code) }
        }
        let house = try await Wiring.house(common, engine, serving: common.municipality)
        let home = try Wiring.municipality(common.municipality, house.municipalities)
        let host = serving.host
        let database = common.store.postgres == nil ? common.store.database : nil
        let site = makeSite(
            house,
            WebConfiguration(
                host: host, port: serving.port, isDemo: isDemo, version: Fodfaeste.version,
                reviewed: Served.reviewed,
                printTool: PrintTool(lookingAt: PrintTool.usualPaths), site: serving.site,
                poolSigner: { code in
                    guard let path = database.map({ PoolKeyFile.path($0, code) }),
                        FileManager.default.fileExists(atPath: path)
                    else { return nil }
                    return try PoolKeyFile.signer(path)
                }),
            municipality: home, neighbours: isDemo ? try await neighbours(of: home, house) : [],
            random: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            },
            onRunning: { port in
                Console.write(Array("Fodfæste: http://\(host):\(port)\n".utf8))
                // The first visitor should wait neither for the register nor for a search.
                try? await CitizenCase(house).warm(home.code)
                try? await PlanFollowUp(house).warm(home.code)
            })
        try await site.runService()
        try await engine.close()
    }

    /// Municipalities of the same database that the home municipality shares a pool with.
    private static func neighbours(
        of home: HomeMunicipality, _ house: House
    ) async throws -> [HomeMunicipality] {
        let agreements = try await PartnershipCase(house, chance: .system).agreements(
            of: home.code, by: Wiring.system(home.code))
        let codes = try await house.engine.read { connection in
            try agreements.flatMap {
                try PoolStore.tenants(connection, of: $0.partnership.code)
            }
        }
        return try Set(codes).subtracting([home.code]).sorted().map {
            try Wiring.municipality($0, house.municipalities)
        }
    }

    /// The day the accessibility statement was last gone through.
    private static let reviewed = Day(number: 20_778)
}
