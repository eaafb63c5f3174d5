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
