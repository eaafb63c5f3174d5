import Chronology
import Identifiers
import Registry
import Storage

/// Takes registrations in: authorised, checked and written once.
public struct RegisterCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Registers all of `facts` or none. A fact whose kind and id stand already
    /// is a correction of the one that stands. Throws `Overlaps` when benefit
    /// spells share days with others on the same benefit.
    public func register(
        _ facts: [Fact], in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> [Receipt] {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let stamp = house.stamp(actor, purpose.text)
        return try await house.engine.write { connection in
            var ledger = try LedgerWriter(connection, municipality)
            let reader = StoreReader(connection)
            var receipts: [Receipt] = []
            var overlaps: [Overlaps.Place] = []
            for (position, fact) in facts.enumerated() {
                if case .benefitSpell(let spell) = fact,
                    let other = try reader.overlap(of: spell, in: municipality)
                {
                    overlaps.append(Overlaps.Place(position: position, other: other))
                }
                receipts.append(try ledger.register(fact, stamp))
            }
            guard overlaps.isEmpty else { throw Overlaps(places: overlaps) }
            return receipts
        }
    }

    /// Writes simulated registrations, in the order given, in portions that
    /// `progress` hears of. Only the program itself may.
    public func load(
        _ registrations: [Registration], of municipality: MunicipalityCode, by actor: Actor,
        progress: @Sendable (Int) -> Void
    ) async throws {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let stamp = house.stamp(actor, "simulation")
        let portion = 25_000
        var start = 0
        while start < registrations.count {
            let end = min(start + portion, registrations.count)
            let batch = Array(registrations[start..<end])
            try await house.engine.write { connection in
                var ledger = try LedgerWriter(connection, municipality)
                try ledger.load(batch, stamp)
            }
            start = end
            progress(start)
        }
        try await house.engine.refreshStatistics()
    }

    /// The first free number for a fact of this kind.
    public func nextID(
        _ kind: FactKind, in municipality: MunicipalityCode
    ) async throws -> FactID {
        try await house.engine.read { try StoreReader($0).nextID(kind, of: municipality) }
    }

    /// The citizens who have these CPR numbers. Reading somebody by number is a
    /// look-up and is logged as one.
    public func citizens(
        _ numbers: Set<CPR>, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> [CPR: CitizenID] {
        try Policy.require(.readPeople(purpose), by: actor, in: municipality)
        let stamp = house.stamp(actor, purpose.text)
        return try await house.engine.write { connection in
            let reader = StoreReader(connection)
            var found: [CPR: CitizenID] = [:]
            for number in numbers {
                found[number] = try reader.citizen(of: municipality, cpr: number)
            }
            try LookupLog(connection, municipality).append(
                found.values.sorted(), subject: "cpr", stamp)
            return found
        }
    }
}

/// Benefit spells that share days with others on the same benefit; nothing was
/// registered.
public struct Overlaps: Error, Hashable, Sendable {
    public var places: [Place]

    public struct Place: Hashable, Sendable {
        /// Position among the facts handed over.
        public var position: Int
        /// The number of the spell that it overlaps.
        public var other: FactID
    }
}
