import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Plans
import Registry
import SQLiteStorage
import Simulation
import Storage

/// What to make up.
struct SimulationOptions: ParsableArguments {
    @Option(help: "Residents (default: the municipality's own number).")
    var population: Int?

    @Option(help: "The same seed gives the same municipality.")
    var seed: UInt64 = 1

    @Option(help: "The last simulated day.")
    var through = SimulationConfiguration.lastDay
}

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill a new database with a made-up municipality.",
        discussion: """
            No person is real. Example:
              fodfaeste simulate --municipality 0219 --population 5000 --database var/x.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var simulation: SimulationOptions

    func run() async throws {
        try await failing {
            try await Simulated.fill(common, simulation)
            Console.report(
                "Done: \(common.store.postgres == nil ? common.store.database : "PostgreSQL")")
        }
    }
}

enum Simulated {
    /// Fills an empty store. A new file is made under another name and takes its
    /// own when it is whole, so that a run that is stopped leaves nothing half.
    static func fill(
        _ common: CommonOptions, _ simulation: SimulationOptions, partners: Bool = false
    ) async throws {
        // Read once: every house below differs in its day alone.
        let furnishing = try Furnishing(common.house, try Catalogue.bundled())
        if common.store.postgres != nil {
            let engine = try await common.store.open(create: true)
            guard try await StoreCopy.isEmpty(engine) else {
                throw CommandError.databaseNotEmpty("PostgreSQL")
            }
            try await fill(furnishing.house(engine), common.municipality, simulation)
            return try await engine.close()
        }
        let path = common.store.database
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandError.databaseNotEmpty(path)
        }
        try Files.makeFolder(of: path)
        let draft = path + ".draft"
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: draft + suffix)
        }
        defer {
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: draft + suffix)
            }
        }
        let engine = try SQLiteEngine(path: draft)
        try await engine.migrate(Migration.bundled())
        try await fill(furnishing.house(engine), common.municipality, simulation)
        try await QualityMadeUp(
            house: { furnishing.house(engine, on: $0) }, municipality: common.municipality,
            today: simulation.through, seed: simulation.seed
        ).fill()
        // The last that is registered is of the last day: it is the demonstration's today.
        try await SurveysMadeUp(
            house: { furnishing.house(engine, on: $0) }, municipality: common.municipality,
            today: simulation.through, seed: simulation.seed
        ).fill()
        let atToday = furnishing.house(engine, on: simulation.through)
        if partners { try await fillPartners(atToday, common, simulation) }
        // What is still in the log would stay behind under the other name.
        try await engine.forgetErased()
        try await engine.close()
        try FileManager.default.moveItem(atPath: draft, toPath: path)
    }

    /// Small neighbours, and the pool that they share with the municipality.
    private static func fillPartners(
        _ house: House, _ common: CommonOptions, _ simulation: SimulationOptions
    ) async throws {
        let partners = PoolMadeUp.partners(of: common.municipality)
        for partner in partners {
            var small = simulation
            small.population = PoolMadeUp.population
            try await fill(house, partner, small)
        }
        try await PoolMadeUp(
            house: house, members: [common.municipality] + partners,
            database: common.store.database, begins: simulation.through.adding(months: -12),
            seed: simulation.seed
        ).fill()
    }

    private static func fill(
        _ house: House, _ code: MunicipalityCode, _ simulation: SimulationOptions
    ) async throws {
        let municipality = try Wiring.municipality(code, house.municipalities)
        let simulator: Simulator
        do {
            simulator = try Simulator(
                configuration: SimulationConfiguration(
                    municipality: municipality.code, population: simulation.population,
                    seed: simulation.seed, through: simulation.through),
                data: try SimulationData.bundled())
        } catch let error as SimulationError {
            throw ValidationError(words(error))
        }
        Console.report("Making up \(municipality.name), no real persons ...")
        let (drawn, truth) = simulator.run()
        var registrations = drawn
        let plans = house.plans.filter { $0.municipality == municipality.code }
        registrations += DutiesMadeUp.registrations(of: plans, through: simulation.through)
        let begins = drawn.map(\.recordedOn).min() ?? simulation.through
        registrations += try EmployersMadeUp.registrations(
            of: truth, from: begins, seed: simulation.seed)
        registrations += EventsMadeUp.registrations(of: truth, from: begins, seed: simulation.seed)
        registrations += AgreementsMadeUp.registrations(of: truth)
        registrations += ComplaintsMadeUp.registrations(
            of: truth, beside: registrations)
        registrations.sort { $0.recordedOn < $1.recordedOn }
        let total = registrations.count
        Console.report("Writing \(total) registrations to the ledger ...")
        try await RegisterCase(house).load(
            registrations, of: municipality.code, by: Wiring.system(municipality.code)
        ) { written in
            Console.report("  \(written * 100 / max(1, total)) %")
        }
    }

    private static func words(_ error: SimulationError) -> String {
        switch error {
        case .unknownMunicipality(let code): CommandError.unknownMunicipality(code).description
        case .noTime(let day):
            "--through \(day) is too early: a simulation begins on "
                + "\(SimulationConfiguration.firstDay)."
        case .population(let count):
            "--population \(count) cannot be: 100 to 1,000,000 residents are accepted."
        }
    }
}
