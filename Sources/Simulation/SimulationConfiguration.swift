import Chronology
import Identifiers

/// Which municipality is made up, how large, and how far in time.
public struct SimulationConfiguration: Hashable, Sendable {
    public var municipality: MunicipalityCode
    /// Residents of all ages on the first day; nil for the municipality's own size.
    public var population: Int?
    /// The same seed gives the same municipality.
    public var seed: UInt64
    /// The last day that happens.
    public var through: Day
    /// An effort with an effect put in; nil for a municipality as it is.
    public var knownEffect: KnownEffect?

    public init(
        municipality: MunicipalityCode, population: Int? = nil, seed: UInt64,
        through: Day = SimulationConfiguration.lastDay, knownEffect: KnownEffect? = nil
    ) {
        self.municipality = municipality
        self.population = population
        self.seed = seed
        self.through = through
        self.knownEffect = knownEffect
    }

    /// 2021-01-01, when every simulation begins.
    public static let firstDay = Day(number: 18_628)
    /// 2025-12-31
    public static let lastDay = Day(number: 20_453)
}

/// Why a municipality cannot be made up.
public enum SimulationError: Error, Hashable, Sendable {
    case unknownMunicipality(MunicipalityCode)
    /// The last day lies before the first one.
    case noTime(through: Day)
    /// Fewer than 100 residents or more than a million.
    case population(Int)
}
