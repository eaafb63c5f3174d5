import Chronology
import Exchange
import Indicators
import Storage

/// Keeps the published figures in memory until an import replaces them.
actor PublishedShelf {
    private let engine: any StorageEngine
    private var kept: PublishedTable?

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

    func forget() { kept = nil }
}
