import Chronology
import Exchange
import Identifiers
import Indicators
import Storage

/// Keeps figures that were fetched over the network, with a log of every retrieval.
public struct RetrievalCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Takes figures in: those that are new are added, those that are published
    /// otherwise now are revised with a note of what they were, and earlier periods
    /// stay. The answer is kept as it came, and noted in the ledger with its SHA-256.
    ///
    /// Throws `ChangedColumns` when the same question was answered with other columns
    /// the last time, unless that is accepted. Then nothing is kept.
    public func keep(
        _ retrieved: Retrieved, acceptingColumns: Bool = false, by actor: Actor
    ) async throws -> KeptRetrieval {
        try Policy.require(.importStatistics, by: actor, in: actor.municipality)
        let stamp = house.stamp(actor, "fetch")
        let municipality = actor.municipality
        let rows = retrieved.content.figures.map { figure in
            PublishedRow(
                municipality: figure.area, table: figure.table, measure: figure.measure,
                period: figure.period.description, value: figure.value)
        }
        let kept = try await house.engine.write { connection in
            let log = RetrievalStore(connection, municipality)
            let last = try log.last(
                source: retrieved.source.rawValue, table: retrieved.table,
                question: retrieved.question)
            if !acceptingColumns, let last, Set(last.columns) != Set(retrieved.columns) {
                throw ChangedColumns(
                    missing: last.columns.filter { !retrieved.columns.contains($0) },
                    new: retrieved.columns.filter { !last.columns.contains($0) },
                    since: last.on)
            }
            let digest = try FileContents(connection, municipality).keep(retrieved.bytes)
            var ledger = try LedgerWriter(connection, municipality)
            let changes = try PublishedStore(connection).merge(
                rows, from: PublishedOrigin(municipality, number: ledger.next, on: stamp.on))
            let receipt = try ledger.registerImport(
                kind: "published_figure",
                keys: ["file", "sha256", "rows", "added", "revised"],
                values: [
                    .text(retrieved.address), .text(digest), .integer(Int64(rows.count)),
                    .integer(Int64(changes.added)), .integer(Int64(changes.revisions.count)),
                ], stamp)
            try log.add(
                RetrievalRow(
                    number: receipt.number, source: retrieved.source.rawValue,
                    table: retrieved.table, question: retrieved.question,
                    address: retrieved.address, columns: retrieved.columns, at: stamp.at,
                    on: stamp.on, digest: digest, figures: rows.count, added: changes.added,
                    revised: changes.revisions.count, absent: changes.absent), changes.revisions)
            return KeptRetrieval(receipt: receipt, changes: changes)
        }
        await house.publishedFigures.forget()
        await house.packs.forget()
        return kept
    }

    /// The answer of a retrieval as it came; nil when there was no such retrieval.
    public func answer(of number: Int64, by actor: Actor) async throws -> [UInt8]? {
        try Policy.require(.importStatistics, by: actor, in: actor.municipality)
        let municipality = actor.municipality
        return try await house.engine.read { connection in
            let row = try RetrievalStore(connection, municipality).retrieval(number)
            return try row.flatMap {
                try FileContents(connection, municipality).content($0.digest)
            }
        }
    }

    /// The latest retrievals with what each found changed, newest first.
    public func log(
        count: Int, table: String? = nil, by actor: Actor
    ) async throws -> [LoggedRetrieval] {
        try Policy.require(.importStatistics, by: actor, in: actor.municipality)
        let municipality = actor.municipality
        return try await house.engine.read { connection in
            let log = RetrievalStore(connection, municipality)
            return try log.latest(count, table: table).map { row in
                LoggedRetrieval(row: row, revisions: try log.revisions(of: row.number))
            }
        }
    }
}

/// What became of a retrieval.
public struct KeptRetrieval: Hashable, Sendable {
    public var receipt: Receipt
    public var changes: PublishedChanges
}

/// One retrieval of the log.
public struct LoggedRetrieval: Hashable, Sendable {
    public var row: RetrievalRow
    public var revisions: [Revision]
}

/// The publisher answers the same question with other columns than before.
public struct ChangedColumns: Error, Hashable, Sendable {
    public var missing: [String]
    public var new: [String]
    /// The day of the last retrieval.
    public var since: Day
}
