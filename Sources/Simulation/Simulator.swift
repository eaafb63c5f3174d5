import Chronology
import Identifiers
import Parameters
import Registry

/// Makes up a municipality: people, benefits, work, studies, conversations,
/// offers, companies and job orders, from 2021-01-01 on. The same configuration
/// gives the same registrations on every machine. No person is real; CPR numbers
/// are test numbers (60 added to the day).
public struct Simulator: Sendable {
    public let configuration: SimulationConfiguration
    private let data: SimulationData
    private let level: Level
    private let lane: Int

    /// - Throws: `SimulationError` for a municipality or a size that cannot be.
    public init(
        configuration: SimulationConfiguration, data: SimulationData
    ) throws(SimulationError) {
        let code = configuration.municipality.number
        guard let lane = data.levels.firstIndex(where: { $0.code == code }) else {
            throw .unknownMunicipality(configuration.municipality)
        }
        guard configuration.through >= SimulationConfiguration.firstDay else {
            throw .noTime(through: configuration.through)
        }
        let population = configuration.population ?? data.levels[lane].population
        guard (100...1_000_000).contains(population) else { throw .population(population) }
        self.configuration = configuration
        self.data = data
        self.level = data.levels[lane]
        self.lane = lane
    }

    /// Hands out every registration in the order of its day, and gives what really
    /// happened.
    @discardableResult
    public func run(_ emit: (Registration) throws -> Void) rethrows -> Truth {
        var world = World(configuration, data, level, lane: lane)
        world.live()
        var recording = Recording(world)
        try recording.emit(emit)
        return world.truth
    }

    /// Every registration in the order of its day, and what really happened.
    public func run() -> (registrations: [Registration], truth: Truth) {
        var registrations: [Registration] = []
        let truth = run { registrations.append($0) }
        return (registrations, truth)
    }
}
