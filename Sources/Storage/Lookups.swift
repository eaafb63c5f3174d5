import Chronology
import Identifiers
import Registry

/// One act of looking (opslag): somebody read about one or more persons.
public struct Lookup: Hashable, Sendable {
    public var number: Int64
    /// Unix seconds.
    public var at: Int64
    public var actor: String
    public var role: String
    public var purpose: String
    /// What was read, such as an indicator's id and period.
    public var subject: String
    public var personCount: Int
}

/// Writes and reads the look-up log (opslagslog).
public struct LookupLog {
    private let connection: any SQLConnection
    private let municipality: SQLValue

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        self.municipality = .integer(Int64(municipality.number))
    }

    /// Logs that the stamp's actor read about each of `citizens`, one line each,
    /// or that the question had no one behind it. Returns the act's number.
    @discardableResult
    public func append(
        _ citizens: [CitizenID], subject: String, _ stamp: Stamp
    ) throws -> Int64 {
        // Holds the municipality's row, so that two readers never take one number.
        try connection.execute(
            "UPDATE ledger_head SET number = number WHERE municipality = $1", [municipality])
        let act =
            1
            + (try connection.first(
                "SELECT coalesce(max(number), 0) FROM lookup WHERE municipality = $1",
                [municipality]
            ) { $0.integer(0) } ?? 0)
        let persons: [SQLValue] = citizens.isEmpty ? [.null] : citizens.map { .citizen($0) }
        try connection.load(
            into: "lookup",
            columns: [
                "municipality", "number", "act", "looked_at", "actor", "role", "purpose",
                "subject", "citizen",
            ],
            rows: persons.enumerated().map { offset, person in
                [
                    municipality, .integer(act + Int64(offset)), .integer(act),
                    .integer(stamp.at), .text(stamp.actor), .text(stamp.role),
                    .text(stamp.purpose), .text(subject), person,
                ]
            })
        return act
    }

    /// The latest acts before number `before` (nil: from the end), newest first.
    public func latest(_ count: Int, before: Int64? = nil) throws -> [Lookup] {
        try connection.all(
            """
            SELECT act, min(looked_at), min(actor), min(role), min(purpose), min(subject),
                count(citizen)
            FROM lookup WHERE municipality = $1 AND act < $2
            GROUP BY act ORDER BY act DESC LIMIT $3
            """, [municipality, .integer(before ?? Int64.max), .integer(Int64(count))]
        ) { row in
            Lookup(
                number: row.integer(0), at: row.integer(1), actor: row.text(2),
                role: row.text(3), purpose: row.text(4), subject: row.text(5),
                personCount: Int(row.integer(6)))
        }
    }

    /// The latest acts of looking at one citizen, newest first.
    public func latest(_ count: Int, about citizen: CitizenID) throws -> [Lookup] {
        try connection.all(
            """
            SELECT act, looked_at, actor, role, purpose, subject FROM lookup
            WHERE municipality = $1 AND citizen = $2 ORDER BY number DESC LIMIT $3
            """, [municipality, .citizen(citizen), .integer(Int64(count))]
        ) { row in
            Lookup(
                number: row.integer(0), at: row.integer(1), actor: row.text(2),
                role: row.text(3), purpose: row.text(4), subject: row.text(5), personCount: 1)
        }
    }

    /// How many acts the log holds.
    public func count() throws -> Int {
        try connection.first(
            "SELECT count(DISTINCT act) FROM lookup WHERE municipality = $1", [municipality]
        ) { Int($0.integer(0)) } ?? 0
    }
}
