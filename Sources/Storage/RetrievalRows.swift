import Chronology
import Identifiers

/// How many figures a table has for one period, and when the last of them came.
public struct PublishedCoverage: Hashable, Sendable {
    public var table: String
    /// The period's code.
    public var period: String
    public var figures: Int
    public var retrievedOn: Day
}

/// A published figure that was published otherwise before.
public struct Revision: Hashable, Sendable {
    /// The municipality that the figure is about, 0 for the whole country.
    public var area: Int32
    public var measure: String
    /// The period's code.
    public var period: String
    /// Nil when it was not shown.
    public var old: Double?
    /// Nil when it is not shown any more.
    public var new: Double?

    public init(area: Int32, measure: String, period: String, old: Double?, new: Double?) {
        self.area = area
        self.measure = measure
        self.period = period
        self.old = old
        self.new = new
    }

    init(_ row: PublishedRow, old: Double?) {
        self.init(
            area: row.municipality, measure: row.measure, period: row.period, old: old,
            new: row.value)
    }
}

/// What an import or a retrieval changed in the store.
public struct PublishedChanges: Hashable, Sendable {
    /// Figures that were not there before.
    public var added = 0
    public var revisions: [Revision] = []
    /// Stored figures of the same measures and periods that did not come this time.
    /// They are kept.
    public var absent = 0
    /// Stored figures that a file of the whole measure did not hold any more.
    public var removed = 0

    public init() {}
}

/// One retrieval, as it is logged.
public struct RetrievalRow: Hashable, Sendable {
    /// Its entry in the municipality's ledger.
    public var number: Int64
    public var source: String
    public var table: String
    /// What was chosen, without the periods.
    public var question: String
    public var address: String
    public var columns: [String]
    /// Unix seconds.
    public var at: Int64
    public var on: Day
    /// SHA-256 of the answer, under which `FileContents` has it as it came.
    public var digest: String
    public var figures: Int
    public var added: Int
    public var revised: Int
    public var absent: Int

    public init(
        number: Int64, source: String, table: String, question: String, address: String,
        columns: [String], at: Int64, on: Day, digest: String, figures: Int, added: Int,
        revised: Int, absent: Int
    ) {
        self.number = number
        self.source = source
        self.table = table
        self.question = question
        self.address = address
        self.columns = columns
        self.at = at
        self.on = on
        self.digest = digest
        self.figures = figures
        self.added = added
        self.revised = revised
        self.absent = absent
    }
}

/// The log of retrievals of one municipality. It is only added to.
public struct RetrievalStore {
    static let columns = [
        "municipality", "number", "source", "source_table", "question", "address", "columns",
        "retrieved_at", "retrieved_on", "digest", "figures", "added", "revised", "absent",
    ]
    static let revisionColumns = [
        "municipality", "retrieval", "area", "measure", "period", "old_value", "new_value",
    ]

    private let connection: any SQLConnection
    private let code: SQLValue

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        code = .integer(Int64(municipality.number))
    }

    public func add(_ row: RetrievalRow, _ revisions: [Revision]) throws {
        try connection.load(
            into: "retrieval", columns: Self.columns,
            rows: [
                [
                    code, .integer(row.number), .text(row.source), .text(row.table),
                    .text(row.question), .text(row.address),
                    .text(row.columns.joined(separator: "\n")), .integer(row.at), .day(row.on),
                    .text(row.digest), .integer(Int64(row.figures)), .integer(Int64(row.added)),
                    .integer(Int64(row.revised)), .integer(Int64(row.absent)),
                ]
            ])
        guard !revisions.isEmpty else { return }
        try connection.load(
            into: "published_revision", columns: Self.revisionColumns,
            rows: revisions.map { revision in
                [
                    code, .integer(row.number), .integer(Int64(revision.area)),
                    .text(revision.measure), .text(revision.period),
                    revision.old.map { .real($0) } ?? .null,
                    revision.new.map { .real($0) } ?? .null,
                ]
            })
    }

    /// The latest retrievals, newest first; of one table when `table` is given.
    public func latest(_ count: Int, table: String? = nil) throws -> [RetrievalRow] {
        try rows(
            table == nil ? "" : "AND source_table = $2",
            [code] + (table.map { [.text($0)] } ?? []), count)
    }

    /// The retrieval with this number.
    public func retrieval(_ number: Int64) throws -> RetrievalRow? {
        try rows("AND number = $2", [code, .integer(number)], 1).first
    }

    /// The latest retrieval that answered the same question.
    public func last(source: String, table: String, question: String) throws -> RetrievalRow? {
        try rows(
            "AND source = $2 AND source_table = $3 AND question = $4",
            [code, .text(source), .text(table), .text(question)], 1
        ).first
    }

    /// What the retrieval found changed, by measure, period and area.
    public func revisions(of number: Int64) throws -> [Revision] {
        try connection.all(
            "SELECT area, measure, period, old_value, new_value FROM published_revision "
                + "WHERE municipality = $1 AND retrieval = $2 ORDER BY measure, period, area",
            [code, .integer(number)]
        ) { row in
            Revision(
                area: Int32(truncatingIfNeeded: row.integer(0)), measure: row.text(1),
                period: row.text(2), old: row.optionalReal(3), new: row.optionalReal(4))
        }
    }

    private func rows(
        _ condition: String, _ arguments: [SQLValue], _ count: Int
    ) throws -> [RetrievalRow] {
        try connection.all(
            "SELECT \(Self.columns.dropFirst().joined(separator: ", ")) FROM retrieval "
                + "WHERE municipality = $1 \(condition) "
                + "ORDER BY number DESC LIMIT \(max(0, count))", arguments
        ) { row in
            RetrievalRow(
                number: row.integer(0), source: row.text(1), table: row.text(2),
                question: row.text(3), address: row.text(4),
                columns: row.text(5).split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init),
                at: row.integer(6), on: Day(number: Int32(truncatingIfNeeded: row.integer(7))),
                digest: row.text(8), figures: Int(row.integer(9)), added: Int(row.integer(10)),
                revised: Int(row.integer(11)), absent: Int(row.integer(12)))
        }
    }
}
