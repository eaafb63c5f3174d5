import ArgumentParser
import Chronology
import Exchange
import Foundation
import Hummingbird
import Identifiers
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

    @Option(help: "The file with the key for shared pools (default: beside the database).")
    var poolKey: String?

    @Option(help: "Seconds between two questions to each member of a shared pool; 0 asks nobody.")
    var poolSeconds = 3

    func validate() throws {
        guard (0...3_600).contains(poolSeconds) else {
            throw ValidationError("--pool-seconds is 0 to 3600.")
        }
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages of a database.",
        discussion: """
            Without --demo and --sign-in nobody can sign in, and the pages show what everybody
            may see. Examples:
              fodfaeste serve --database var/fodfaeste.sqlite --demo --port 9000
              fodfaeste serve --sign-in sign-in.yaml --site https://job.example.dk
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var serving: ServeOptions

    @Flag(help: "The people are made up: whoever comes may choose a role.")
    var demo = false

    @Option(
        help: "A file with the providers that people sign in by (OpenID Connect); needs --site.")
    var signIn: String?

    func validate() throws {
        guard signIn != nil else { return }
        if demo {
            throw ValidationError("--demo lets anybody in and cannot stand beside --sign-in.")
        }
        let good = ["https://", "http://127.0.0.1", "http://localhost"]
        guard let site = serving.site, good.contains(where: { site.hasPrefix($0) }),
            !site.hasSuffix("/")
        else {
            throw ValidationError(
                "--sign-in needs the address that visitors are sent back to, encrypted and without "
                    + "a slash at its end: --site https://...")
        }
    }

    func run() async throws {
        try await failing {
            let signIn = try signIn.map { try SignInWiring.service($0, common) }
            let engine = try await common.store.open()
            try await Served.run(engine, common, serving, isDemo: demo, signIn: signIn)
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
        isDemo: Bool, signIn: SignInService? = nil
    ) async throws {
        var common = common
        if isDemo, common.house.today == nil {
            let code = common.municipality
            common.house.today = try await engine.read { try LedgerAuditor($0).lastDay(of: code) }
        }
        let house = try await Wiring.house(common, engine, serving: common.municipality)
        let home = try Wiring.municipality(common.municipality, house.municipalities)
        let host = serving.host
        let signer = keys(common, serving)
        let neighbours = isDemo ? try await neighbours(of: home, house) : []
        let site = makeSite(
            house,
            WebConfiguration(
                host: host, port: serving.port, isDemo: isDemo, version: Fodfaeste.version,
                reviewed: Served.reviewed,
                printTool: PrintTool(lookingAt: PrintTool.usualPaths), site: serving.site,
                signIn: signIn, poolSigner: signer),
            municipality: home, neighbours: neighbours,
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
        let exchange = Task {
            await keepUp(house, [home] + neighbours, signer, .seconds(serving.poolSeconds))
        }
        do {
            try await site.runService()
        } catch {
            exchange.cancel()
            throw error
        }
        exchange.cancel()
        await exchange.value
        try await engine.close()
    }

    /// Asks the members of shared pools that have addresses, for every municipality that is
    /// served and has a key.
    private static func keepUp(
        _ house: House, _ served: [HomeMunicipality],
        _ signer: @escaping @Sendable (MunicipalityCode) throws -> PoolSigner?, _ pause: Duration
    ) async {
        guard pause > .zero else { return }
        let client = PoolClient(
            URLSessionTransport(timeLimit: max(pause, .seconds(10)), sizeLimit: 64 << 20))
        await withDiscardingTaskGroup { group in
            for municipality in served.map(\.code) {
                guard let signer = try? signer(municipality) else { continue }
                group.addTask {
                    await PoolExchange(
                        house, of: municipality, signing: signer, chance: .system
                    ).keepUp(
                        through: client, every: pause, atMost: max(pause, .seconds(15)),
                        sleep: { try await Task.sleep(for: $0) })
                }
            }
        }
    }

    /// Where each municipality's key for shared pools is.
    private static func keys(
        _ common: CommonOptions, _ serving: ServeOptions
    ) -> @Sendable (MunicipalityCode) throws -> PoolSigner? {
        let database = common.store.postgres == nil ? common.store.database : nil
        let (home, named) = (common.municipality, serving.poolKey)
        return { code in
            let path =
                named.flatMap { code == home ? $0 : nil }
                ?? database.map { PoolKeyFile.path($0, code) }
            guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
            return try PoolKeyFile.signer(path)
        }
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
