import Chronology
import Foundation
import Identifiers

/// A published figure that stands now, with when and by what it came.
public struct PublishedStanding: Hashable, Sendable {
    /// The period's code.
    public var period: String
    /// Nil when the publisher does not show it.
    public var value: Double?
    /// The day from which the value has stood here, and the last on which it was read.
    public var knownFrom: Day
    public var retrievedOn: Day
    /// Nil where that was not kept.
    public var origin: PublishedEntry?
}

/// A published figure that stood here once, and what took its place.
public struct PublishedEarlier: Hashable, Sendable {
    /// The period's code.
    public var period: String
    /// Nil when the publisher did not show it.
    public var old: Double?
    /// Nil when it was not shown afterwards, or was gone.
    public var new: Double?
    /// True when no figure took its place.
    public var isGone: Bool
    public var knownFrom: Day
    /// The first day on which it did not stand any more. The same as `knownFrom` where it
    /// stood for no whole day, or where it was not kept since when it stood.
    public var knownUntil: Day
    /// What brought it; nil where that was not kept.
    public var origin: PublishedEntry?
    /// What took its place.
    public var end: PublishedEntry
}

/// An entry of a municipality's ledger that tells of an import or a retrieval.
public struct PublishedEntry: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var number: Int64

    /// Nil for the numbers of what was not kept.
    init?(_ municipality: Int64, _ number: Int64) {
        guard number > 0 else { return nil }
        self.municipality = MunicipalityCode(number: Int32(truncatingIfNeeded: municipality))
        self.number = number
    }

    public init(_ municipality: MunicipalityCode, _ number: Int64) {
        self.municipality = municipality
        self.number = number
    }
}

/// One import or retrieval of a measure, also where it changed nothing.
public struct PublishedReading: Hashable, Sendable {
    public var on: Day
    /// How many figures of the measure came.
    public var figures: Int
    /// Nil where that was not kept.
    public var entry: PublishedEntry?
}

/// What an import or a retrieval was.
public struct PublishedSourceName: Hashable, Sendable {
    /// The publisher's name in the log of retrievals; nil for a file.
    public var source: String?
    /// The address that was asked, or the file's name.
    public var address: String
}

extension PublishedStore {
    /// How many imports and retrievals of measures there were, and the day of the last.
    public func version() throws -> (readings: Int64, last: Day?) {
        try connection.first("SELECT count(*), max(read_on) FROM published_reading") { row in
            (row.integer(0), row.isNull(1) ? nil : row.day(1))
        } ?? (0, nil)
    }

    /// What was stored at the end of a day. O(what is stored and what ever changed).
    public func all(knownAt day: Day) throws -> [PublishedRow] {
        // Where two speak of one place, which only a clock that was set back can bring
        // about, the later stands.
        var standing: [Key: PublishedRow] = [:]
        for query in [
            "SELECT municipality, source_table, measure, period, value FROM published_earlier "
                + "WHERE known_from <= $1 AND known_until > $1 ORDER BY known_from",
            "SELECT municipality, source_table, measure, period, value FROM published_figure "
                + "WHERE known_from <= $1",
        ] {
            try connection.query(query, [.day(day)]) { row in
                let row = PublishedRow(row)
                standing[Key(row)] = row
            }
        }
        return Array(standing.values)
    }

    private struct Key: Hashable {
        var municipality: Int32
        var table: String
        var measure: String
        var period: String

        init(_ row: PublishedRow) {
            municipality = row.municipality
            table = row.table
            measure = row.measure
            period = row.period
        }
    }

    /// What was stored of each table at the end of a day; the day of each is the last on
    /// which anything of its table was read until then. In the order of tables.
    public func coverage(knownAt day: Day) throws -> [PublishedCoverage] {
        var read: [String: Day] = [:]
        try connection.query(
            "SELECT source_table, max(read_on) FROM published_reading WHERE read_on <= $1 "
                + "GROUP BY source_table", [.day(day)]
        ) { row in
            read[row.text(0)] = Day(number: Int32(truncatingIfNeeded: row.integer(1)))
        }
        return try connection.all(
            "SELECT source_table, period, count(*), max(known_from) FROM ("
                + "SELECT source_table, period, known_from FROM published_figure "
                + "WHERE known_from <= $1 UNION ALL "
                + "SELECT source_table, period, known_from FROM published_earlier "
                + "WHERE known_from <= $1 AND known_until > $1) AS stood "
                + "GROUP BY source_table, period ORDER BY source_table, period", [.day(day)]
        ) { row in
            var coverage = PublishedCoverage(row)
            coverage.retrievedOn = read[coverage.table] ?? coverage.retrievedOn
            return coverage
        }
    }

    // MARK: One series

    /// What stands of a measure about an area, by the codes of the periods.
    public func standing(
        table: String, measure: String, area: Int32
    ) throws -> [PublishedStanding] {
        try connection.all(
            "SELECT period, value, known_from, retrieved_on, ledger, registration "
                + "FROM published_figure WHERE source_table = $1 AND measure = $2 "
                + "AND municipality = $3 ORDER BY period",
            [.text(table), .text(measure), .integer(Int64(area))]
        ) { row in
            PublishedStanding(
                period: row.text(0), value: row.optionalReal(1), knownFrom: row.day(2),
                retrievedOn: row.day(3), origin: PublishedEntry(row.integer(4), row.integer(5)))
        }
    }

    /// What stood of a measure about an area before, the latest change first.
    public func earlier(
        table: String, measure: String, area: Int32
    ) throws -> [PublishedEarlier] {
        try connection.all(
            "SELECT period, value, next_value, is_gone, known_from, known_until, ledger, "
                + "registration, next_ledger, next_registration FROM published_earlier "
                + "WHERE source_table = $1 AND measure = $2 AND municipality = $3 "
                + "ORDER BY known_until DESC, next_registration DESC, period DESC",
            [.text(table), .text(measure), .integer(Int64(area))]
        ) { row in
            PublishedEarlier(
                period: row.text(0), old: row.optionalReal(1), new: row.optionalReal(2),
                isGone: row.integer(3) == 1, knownFrom: row.day(4), knownUntil: row.day(5),
                origin: PublishedEntry(row.integer(6), row.integer(7)),
                end: PublishedEntry(
                    MunicipalityCode(number: Int32(truncatingIfNeeded: row.integer(8))),
                    row.integer(9)))
        }
    }

    /// Each import and retrieval of a measure, the latest first.
    public func readings(table: String, measure: String) throws -> [PublishedReading] {
        try connection.all(
            "SELECT read_on, figures, ledger, registration FROM published_reading "
                + "WHERE source_table = $1 AND measure = $2 "
                + "ORDER BY read_on DESC, registration DESC", [.text(table), .text(measure)]
        ) { row in
            PublishedReading(
                on: row.day(0), figures: Int(row.integer(1)),
                entry: PublishedEntry(row.integer(2), row.integer(3)))
        }
    }

    /// What the import or retrieval was; nil where the ledger has no such entry.
    public func name(of entry: PublishedEntry) throws -> PublishedSourceName? {
        struct Payload: Decodable { var file: String }
        let arguments: [SQLValue] = [
            .integer(Int64(entry.municipality.number)), .integer(entry.number),
        ]
        let payload = try connection.first(
            "SELECT payload FROM ledger WHERE municipality = $1 AND number = $2", arguments
        ) { $0.text(0) }
        guard let payload,
            let named = try? JSONDecoder().decode(Payload.self, from: Data(payload.utf8))
        else { return nil }
        let source = try connection.first(
            "SELECT source FROM retrieval WHERE municipality = $1 AND number = $2", arguments
        ) { $0.text(0) }
        return PublishedSourceName(source: source, address: named.file)
    }
}

extension SQLRow {
    fileprivate func day(_ column: Int) -> Day {
        Day(number: Int32(truncatingIfNeeded: integer(column)))
    }
}
