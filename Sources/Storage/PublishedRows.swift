import Chronology

/// A published figure as the store keeps it; the period is its code (`2024M01`).
public struct PublishedRow: Hashable, Sendable {
    /// The municipality's code as a number, or 0 for the whole country.
    public var municipality: Int32
    public var table: String
    public var measure: String
    public var period: String
    /// Nil when the publisher does not show it.
    public var value: Double?

    public init(
        municipality: Int32, table: String, measure: String, period: String, value: Double?
    ) {
        self.municipality = municipality
        self.table = table
        self.measure = measure
        self.period = period
        self.value = value
    }
}

/// Keeps published figures; a later import replaces the measures it brings.
public struct PublishedStore {
    private let connection: any SQLConnection

    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// Replaces all periods of each (table, measure) that `rows` speak of.
    public func replace(with rows: [PublishedRow], retrievedOn day: Day) throws {
        var seen: Set<[String]> = []
        for row in rows where seen.insert([row.table, row.measure]).inserted {
            try connection.execute(
                "DELETE FROM published_figure WHERE source_table = $1 AND measure = $2",
                [.text(row.table), .text(row.measure)])
        }
        try connection.load(
            into: "published_figure",
            columns: [
                "municipality", "source_table", "measure", "period", "value", "retrieved_on",
            ],
            rows: rows.map { row in
                [
                    .integer(Int64(row.municipality)), .text(row.table), .text(row.measure),
                    .text(row.period), row.value.map { .real($0) } ?? .null, .day(day),
                ]
            })
    }

    /// Takes in figures that were fetched: those of their measures and periods are
    /// brought up to date, and all others stay, so that fetching the latest months
    /// keeps the earlier ones. Says what changed.
    public func merge(_ rows: [PublishedRow], retrievedOn day: Day) throws -> PublishedChanges {
        var changes = PublishedChanges()
        var measures: [String: [PublishedRow]] = [:]
        for row in rows { measures[row.table + "\n" + row.measure, default: []].append(row) }
        for key in measures.keys.sorted() {
            guard let new = measures[key], let first = new.first else { continue }
            try merge(new, table: first.table, measure: first.measure, day, &changes)
        }
        return changes
    }

    private struct Place: Hashable {
        var municipality: Int32
        var period: String
    }

    /// All rows are of one table and measure.
    private func merge(
        _ rows: [PublishedRow], table: String, measure: String, _ day: Day,
        _ changes: inout PublishedChanges
    ) throws {
        var stored: [Place: (value: Double?, day: Int64)] = [:]
        let arguments: [SQLValue] = [.text(table), .text(measure)]
        try connection.query(
            "SELECT municipality, period, value, retrieved_on FROM published_figure "
                + "WHERE source_table = $1 AND measure = $2", arguments
        ) { row in
            let place = Place(
                municipality: Int32(truncatingIfNeeded: row.integer(0)), period: row.text(1))
            stored[place] = (row.optionalReal(2), row.integer(3))
        }
        var periods: Set<String> = []
        var places: Set<Place> = []
        for row in rows {
            let place = Place(municipality: row.municipality, period: row.period)
            periods.insert(row.period)
            places.insert(place)
            if let old = stored[place] {
                if old.value != row.value {
                    changes.revisions.append(Revision(row, old: old.value))
                }
            } else {
                changes.added += 1
            }
        }
        changes.absent += stored.keys.count { periods.contains($0.period) && !places.contains($0) }
        for row in rows {
            let place = Place(municipality: row.municipality, period: row.period)
            stored[place] = (row.value, Int64(day.number))
        }
        try connection.execute(
            "DELETE FROM published_figure WHERE source_table = $1 AND measure = $2", arguments)
        try connection.load(
            into: "published_figure",
            columns: [
                "municipality", "source_table", "measure", "period", "value", "retrieved_on",
            ],
            rows: stored.map { place, figure in
                [
                    .integer(Int64(place.municipality)), .text(table), .text(measure),
                    .text(place.period), figure.value.map { .real($0) } ?? .null,
                    .integer(figure.day),
                ]
            })
    }

    /// What is stored of each table, by period: how many figures, and the last day on
    /// which one of them was read or fetched. In the order of tables.
    public func coverage() throws -> [PublishedCoverage] {
        try connection.all(
            "SELECT source_table, period, count(*), max(retrieved_on) FROM published_figure "
                + "GROUP BY source_table, period ORDER BY source_table, period"
        ) { row in
            PublishedCoverage(
                table: row.text(0), period: row.text(1), figures: Int(row.integer(2)),
                retrievedOn: Day(number: Int32(truncatingIfNeeded: row.integer(3))))
        }
    }

    public func all() throws -> [PublishedRow] {
        try connection.all(
            "SELECT municipality, source_table, measure, period, value FROM published_figure"
        ) { row in
            PublishedRow(
                municipality: Int32(truncatingIfNeeded: row.integer(0)), table: row.text(1),
                measure: row.text(2), period: row.text(3), value: row.optionalReal(4))
        }
    }
}
