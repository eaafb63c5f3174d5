import Chronology
import Identifiers

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

/// The import or retrieval that brought published figures: an entry of a municipality's
/// ledger, and its day.
public struct PublishedOrigin: Hashable, Sendable {
    public var municipality: MunicipalityCode
    /// The number of the entry.
    public var number: Int64
    public var on: Day

    public init(_ municipality: MunicipalityCode, number: Int64, on: Day) {
        self.municipality = municipality
        self.number = number
        self.on = on
    }
}

/// Keeps published figures, and what stood before each of them. A later import replaces the
/// measures it brings; a retrieval brings them up to date.
public struct PublishedStore {
    let connection: any SQLConnection

    public init(_ connection: any SQLConnection) { self.connection = connection }

    static let columns = [
        "municipality", "source_table", "measure", "period", "value", "retrieved_on",
        "known_from", "ledger", "registration",
    ]
    static let earlierColumns = [
        "municipality", "source_table", "measure", "period", "value", "known_from", "ledger",
        "registration", "known_until", "next_ledger", "next_registration", "next_value", "is_gone",
    ]
    static let readingColumns = [
        "source_table", "measure", "ledger", "registration", "read_on", "figures",
    ]

    /// Replaces all periods of each (table, measure) that `rows` speak of. Says what changed.
    @discardableResult
    public func replace(
        with rows: [PublishedRow], from origin: PublishedOrigin
    ) throws -> PublishedChanges {
        try keep(rows, isWhole: true, origin)
    }

    /// Takes in figures that were fetched: those of their measures and periods are
    /// brought up to date, and all others stay, so that fetching the latest months
    /// keeps the earlier ones. Says what changed.
    public func merge(
        _ rows: [PublishedRow], from origin: PublishedOrigin
    ) throws -> PublishedChanges {
        try keep(rows, isWhole: false, origin)
    }

    private func keep(
        _ rows: [PublishedRow], isWhole: Bool, _ origin: PublishedOrigin
    ) throws -> PublishedChanges {
        var changes = PublishedChanges()
        var measures: [String: [PublishedRow]] = [:]
        for row in rows { measures[row.table + "\n" + row.measure, default: []].append(row) }
        for key in measures.keys.sorted() {
            guard let new = measures[key], let first = new.first else { continue }
            let stored = try standing(table: first.table, measure: first.measure)
            let update = MeasureUpdate(stored, new, isWhole: isWhole, origin, &changes)
            try write(update, table: first.table, measure: first.measure, origin)
        }
        return changes
    }

    private func standing(
        table: String, measure: String
    ) throws -> [MeasureUpdate.Place: MeasureUpdate.Standing] {
        var stored: [MeasureUpdate.Place: MeasureUpdate.Standing] = [:]
        try connection.query(
            "SELECT municipality, period, value, retrieved_on, known_from, ledger, registration "
                + "FROM published_figure WHERE source_table = $1 AND measure = $2",
            [.text(table), .text(measure)]
        ) { row in
            let place = MeasureUpdate.Place(
                municipality: Int32(truncatingIfNeeded: row.integer(0)), period: row.text(1))
            stored[place] = MeasureUpdate.Standing(
                value: row.optionalReal(2), retrievedOn: row.integer(3), knownFrom: row.integer(4),
                ledger: row.integer(5), registration: row.integer(6))
        }
        return stored
    }

    private func write(
        _ update: MeasureUpdate, table: String, measure: String, _ origin: PublishedOrigin
    ) throws {
        try connection.execute(
            "DELETE FROM published_figure WHERE source_table = $1 AND measure = $2",
            [.text(table), .text(measure)])
        try connection.load(
            into: "published_figure", columns: Self.columns,
            rows: update.standing.map { place, figure in
                [
                    .integer(Int64(place.municipality)), .text(table), .text(measure),
                    .text(place.period), figure.value.map { .real($0) } ?? .null,
                    .integer(figure.retrievedOn), .integer(figure.knownFrom),
                    .integer(figure.ledger), .integer(figure.registration),
                ]
            })
        let code = SQLValue.integer(Int64(origin.municipality.number))
        if !update.ended.isEmpty {
            try connection.load(
                into: "published_earlier", columns: Self.earlierColumns,
                rows: update.ended.map { place, old, next in
                    [
                        .integer(Int64(place.municipality)), .text(table), .text(measure),
                        .text(place.period), old.value.map { .real($0) } ?? .null,
                        .integer(old.knownFrom), .integer(old.ledger),
                        .integer(old.registration), .day(origin.on), code,
                        .integer(origin.number),
                        next.flatMap(\.value).map { .real($0) } ?? .null,
                        .integer(next == nil ? 1 : 0),
                    ]
                })
        }
        try connection.load(
            into: "published_reading", columns: Self.readingColumns,
            rows: [
                [
                    .text(table), .text(measure), code, .integer(origin.number),
                    .day(origin.on), .integer(Int64(update.read)),
                ]
            ])
    }

    /// What is stored of each table, by period: how many figures, and the last day on
    /// which one of them was read or fetched. In the order of tables.
    public func coverage() throws -> [PublishedCoverage] {
        try connection.all(
            "SELECT source_table, period, count(*), max(retrieved_on) FROM published_figure "
                + "GROUP BY source_table, period ORDER BY source_table, period",
            [], PublishedCoverage.init)
    }

    public func all() throws -> [PublishedRow] {
        try connection.all(
            "SELECT municipality, source_table, measure, period, value FROM published_figure",
            [], PublishedRow.init)
    }
}

extension PublishedRow {
    /// From municipality, table, measure, period and value.
    init(_ row: any SQLRow) {
        self.init(
            municipality: Int32(truncatingIfNeeded: row.integer(0)), table: row.text(1),
            measure: row.text(2), period: row.text(3), value: row.optionalReal(4))
    }
}

extension PublishedCoverage {
    /// From table, period, count and day.
    init(_ row: any SQLRow) {
        self.init(
            table: row.text(0), period: row.text(1), figures: Int(row.integer(2)),
            retrievedOn: Day(number: Int32(truncatingIfNeeded: row.integer(3))))
    }
}

/// What an import or retrieval makes of one measure's figures.
struct MeasureUpdate {
    struct Place: Hashable {
        var municipality: Int32
        var period: String
    }

    struct Standing {
        var value: Double?
        var retrievedOn: Int64
        var knownFrom: Int64
        var ledger: Int64
        var registration: Int64
    }

    /// What stands afterwards.
    private(set) var standing: [Place: Standing]
    /// What stood until now, with what takes its place; nil for nothing.
    private(set) var ended: [(place: Place, old: Standing, next: Standing?)] = []
    /// Figures that came.
    private(set) var read = 0

    /// `rows` are of one table and measure; of two for the same place the last counts.
    init(
        _ stored: [Place: Standing], _ rows: [PublishedRow], isWhole: Bool,
        _ origin: PublishedOrigin, _ changes: inout PublishedChanges
    ) {
        let day = Int64(origin.on.number)
        standing = isWhole ? [:] : stored
        var last: [Place: Int] = [:]
        for (index, row) in rows.enumerated() {
            last[Place(municipality: row.municipality, period: row.period)] = index
        }
        var periods: Set<String> = []
        for (index, row) in rows.enumerated() {
            let place = Place(municipality: row.municipality, period: row.period)
            periods.insert(row.period)
            guard last[place] == index else { continue }
            read += 1
            var figure = Standing(
                value: row.value, retrievedOn: day, knownFrom: day,
                ledger: Int64(origin.municipality.number), registration: origin.number)
            if let old = stored[place] {
                if old.value == row.value {
                    figure = old
                    figure.retrievedOn = day
                } else {
                    changes.revisions.append(Revision(row, old: old.value))
                    ended.append((place, old, figure))
                }
            } else {
                changes.added += 1
            }
            standing[place] = figure
        }
        for (place, old) in stored where last[place] == nil {
            if isWhole {
                changes.removed += 1
                ended.append((place, old, nil))
            } else if periods.contains(place.period) {
                changes.absent += 1
            }
        }
    }
}
