import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Reads a municipality's facts as the law asks for them.
enum CaseloadReading {
    /// Everyone as known at the end of `knownAt` (nil: as known now), in the order of
    /// their numbers. Neither names nor CPR numbers are read.
    static func read(
        of municipality: MunicipalityCode, knownAt: Day?, from engine: any StorageEngine
    ) async throws -> Caseload {
        try await engine.read { connection in
            let reader = StoreReader(connection)
            var facts = RegisteredFacts()
            try reader.traits(of: municipality, knownAt: knownAt) { traits in
                facts.add(traits.id, born: traits.born, permitFrom: traits.permitFrom)
            }
            try reader.facts(of: municipality, kinds: RegisteredFacts.kinds, knownAt: knownAt) {
                facts.add($0)
            }
            var builder = CaseloadBuilder()
            facts.add(to: &builder)
            return Caseload(builder)
        }
    }
}

extension Caseload {
    /// The number of the citizen in a position; nil where the id is no number.
    func citizen(at person: Int) -> CitizenID? { Int64(ids[person]).map { CitizenID($0) } }
}
