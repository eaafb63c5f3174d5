import Chronology
import Identifiers
import Indicators
import Registry
import Storage

/// What the administrator looks after: the look-up log, the ledger, imports.
public struct AdministrationCase: Sendable {
    let house: House

    public init(_ house: House) { self.house = house }

    /// The latest acts of looking, newest first; page on with the last act's
    /// number. `total` counts all.
    public func lookups(
        of municipality: MunicipalityCode, count: Int, before: Int64? = nil, by actor: Actor
    ) async throws -> (latest: [LookupAct], total: Int) {
        try Policy.require(.readLookups, by: actor, in: municipality)
        return try await house.engine.read { connection in
            let log = LookupLog(connection, municipality)
            return (try log.latest(count, before: before).map { LookupAct($0) }, try log.count())
        }
    }

    /// Examines the ledgers of every municipality in the store.
    public func verify(by actor: Actor) async throws -> [LedgerVerdict] {
        try Policy.require(.examineLedger, by: actor, in: actor.municipality)
        return try await house.engine.read { connection in
            let auditor = LedgerAuditor(connection)
            return try auditor.municipalities().map { try auditor.verify($0) }
        }
    }

    /// Keeps published figures, replacing those of the same tables and measures,
    /// and notes the file in the ledger.
    public func importPublished(
        _ figures: [PublishedFigure], file: String, digest: String, by actor: Actor
    ) async throws -> Receipt {
        try Policy.require(.importStatistics, by: actor, in: actor.municipality)
        let stamp = house.stamp(actor, "import")
        let municipality = actor.municipality
        let receipt = try await house.engine.write { connection in
            var ledger = try LedgerWriter(connection, municipality)
            try PublishedStore(connection).replace(
                with: figures.map { figure in
                    PublishedRow(
                        municipality: figure.area, table: figure.table, measure: figure.measure,
                        period: figure.period.description, value: figure.value)
                }, from: PublishedOrigin(municipality, number: ledger.next, on: stamp.on))
            return try ledger.registerImport(
                kind: "published_figure", keys: ["file", "sha256", "rows"],
                values: [.text(file), .text(digest), .integer(Int64(figures.count))], stamp)
        }
        await house.publishedFigures.forget()
        await house.packs.forget()
        return receipt
    }
}
