import Chronology
import Exchange
import Indicators
import Storage

/// Keeps the published figures in memory until an import replaces them.
actor PublishedShelf {
    private let engine: any StorageEngine
    private var kept: PublishedTable?
    private var keptAges: [StoredAge]?

    init(engine: any StorageEngine) { self.engine = engine }

    func table() async throws -> PublishedTable {
        if let kept { return kept }
        let rows = try await engine.read { try PublishedStore($0).all() }
        let table = PublishedTable(
            rows.compactMap { row in
                guard let period = Period(row.period) else { return nil }
                return PublishedFigure(
                    area: row.municipality, table: row.table, measure: row.measure,
                    period: period, value: row.value)
            })
        kept = table
        return table
    }

    /// How old the figures of each table are, in the order of the tables.
    func ages() async throws -> [StoredAge] {
        if let keptAges { return keptAges }
        let ages = StoredAge.all(try await engine.read { try PublishedStore($0).coverage() })
        keptAges = ages
        return ages
    }

    func forget() {
        kept = nil
        keptAges = nil
    }
}
