import Chronology
import Identifiers
import Registry
import Simulation

/// Made-up municipalities, each fact as it was last registered.
enum SimulatedFacts {
    private struct Key: Hashable {
        var kind: FactKind
        var id: FactID
    }

    /// Calls `body` with every fact of one municipality.
    static func each(
        of code: Int32, population: Int, seed: UInt64, data: SimulationData, _ body: (Fact) -> Void
    ) throws {
        let simulator = try Simulator(
            configuration: SimulationConfiguration(
                municipality: MunicipalityCode(number: code), population: population, seed: seed),
            data: data)
        var facts: [Fact] = []
        var known: [Key: Int] = [:]
        simulator.run { registration in
            let fact = registration.fact
            let key = Key(kind: fact.kind, id: fact.id)
            if let place = known[key] {
                facts[place] = fact
            } else {
                known[key] = facts.count
                facts.append(fact)
            }
        }
        for fact in facts { body(fact) }
    }
}
