import Chronology
import Identifiers
import Registry

/// One line of the look-up log (opslagslog): somebody read about a person.
public struct Lookup: Hashable, Sendable {
    public var number: Int64
    /// Unix seconds.
    public var at: Int64
    public var actor: String
    public var role: String
    public var purpose: String
    /// What was read, such as an indicator's id and period.
    public var subject: String
    public var citizen: CitizenID?
}

/// Writes and reads the look-up log.
public struct LookupLog {
    private let connection: any SQLConnection
    private let municipality: SQLValue

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        self.municipality = .integer(Int64(municipality.number))
    }

    /// Logs that the stamp's actor read about each of `citizens`.
    public func append(_ citizens: [CitizenID], subject: String, _ stamp: Stamp) throws {
        // Holds the municipality's row, so that two readers never take one number.
        try connection.execute(
            "UPDATE ledger_head SET number = number WHERE municipality = $1", [municipality])
        let last =
            try connection.first(
                "SELECT coalesce(max(number), 0) FROM lookup WHERE municipality = $1",
                [municipality]
            ) { $0.integer(0) } ?? 0
        try connection.load(
            into: "lookup",
            columns: [
                "municipality", "number", "looked_at", "actor", "role", "purpose", "subject",
                "citizen",
            ],
            rows: citizens.enumerated().map { offset, citizen in
                [
                    municipality, .integer(last + 1 + Int64(offset)), .integer(stamp.at),
                    .text(stamp.actor), .text(stamp.role), .text(stamp.purpose), .text(subject),
                    .citizen(citizen),
                ]
            })
    }

    /// The latest lines before number `before` (nil: from the end), newest first.
    public func latest(_ count: Int, before: Int64? = nil) throws -> [Lookup] {
        try connection.all(
            """
            SELECT number, looked_at, actor, role, purpose, subject, citizen FROM lookup
            WHERE municipality = $1 AND number < $2 ORDER BY number DESC LIMIT $3
            """, [municipality, .integer(before ?? Int64.max), .integer(Int64(count))]
        ) { row in
            Lookup(
                number: row.integer(0), at: row.integer(1), actor: row.text(2),
                role: row.text(3), purpose: row.text(4), subject: row.text(5),
                citizen: row.optionalInteger(6).map { CitizenID($0) })
        }
    }
}
