import Identifiers
import Indicators
import Storage

/// A municipality's register under way before the house stands: its facts are
/// read while texts and plans are, so that the first visitor waits for neither.
public struct RegisterAhead: Sendable {
    let municipality: MunicipalityCode
    let building: Task<BuiltRegister, any Error>

    /// Starts at once.
    public init(
        of municipality: MunicipalityCode, from engine: any StorageEngine,
        catalogue: Task<Catalogue, any Error>
    ) {
        self.municipality = municipality
        building = Task {
            let facts = try await RegisterFacts.read(of: municipality, knownAt: nil, from: engine)
            let catalogue = try await catalogue.value
            let number = facts.ledgerNumber
            return BuiltRegister(
                ledgerNumber: number, register: (consume facts).register(catalogue))
        }
    }
}

/// A register and the ledger entry up to which it knows.
struct BuiltRegister: Sendable {
    var ledgerNumber: Int64
    var register: Register
}
