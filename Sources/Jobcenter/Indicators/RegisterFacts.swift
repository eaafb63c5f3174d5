import Chronology
import Identifiers
import Indicators
import Registry
import Storage

/// A municipality's facts on their way into a register, and the ledger entry up to
/// which they were read.
struct RegisterFacts: Sendable {
    var ledgerNumber: Int64
    var builder: RegisterBuilder

    /// About half of a register's rows.
    private static let half: Set<FactKind> = [.residence, .education, .enrolment, .conversation]

    /// The facts as they were known at the end of `knownAt` (nil: as known now).
    ///
    /// Two connections read a half each. They see the same state when both find the
    /// same last ledger entry; when one was added in between, a single connection
    /// reads everything again.
    static func read(
        of municipality: MunicipalityCode, knownAt: Day?, from engine: any StorageEngine
    ) async throws -> RegisterFacts {
        let all = RegisterBuilder.kinds
        // A group, because an `async let` keeps its value, and what is kept twice is
        // copied when the halves are joined.
        let joined = try await withThrowingTaskGroup(of: RegisterFacts.self) { group in
            for isFirst in [true, false] {
                let kinds = all.filter { half.contains($0) == isFirst }
                group.addTask {
                    try await read(
                        kinds, of: municipality, knownAt, withCitizens: isFirst, from: engine)
                }
            }
            guard var facts = try await group.next(), let rest = try await group.next(),
                facts.ledgerNumber == rest.ledgerNumber
            else { return RegisterFacts?.none }
            facts.builder.add((consume rest).builder)
            return facts
        }
        if let joined { return joined }
        return try await read(all, of: municipality, knownAt, withCitizens: true, from: engine)
    }

    /// The register of these facts, which are given up for it: its builder frees
    /// them table by table, and only when nobody else holds them.
    consuming func register(_ catalogue: Catalogue) -> Register {
        Register(builder, catalogue: catalogue)
    }

    private static func read(
        _ kinds: [FactKind], of municipality: MunicipalityCode, _ knownAt: Day?,
        withCitizens: Bool, from engine: any StorageEngine
    ) async throws -> RegisterFacts {
        try await engine.read { connection in
            let reader = StoreReader(connection)
            var builder = RegisterBuilder()
            if withCitizens {
                try reader.traits(of: municipality, knownAt: knownAt) { citizen in
                    builder.add(
                        citizen.id, sex: citizen.sex, born: citizen.born, origin: citizen.origin,
                        residenceBasis: citizen.residenceBasis, in: municipality)
                }
            }
            try reader.facts(of: municipality, kinds: kinds, knownAt: knownAt) { fact in
                builder.add(fact, in: municipality)
            }
            return RegisterFacts(
                ledgerNumber: try LedgerAuditor(connection).lastNumber(of: municipality),
                builder: builder)
        }
    }
}
