import Chronology
import Identifiers
import Registry

/// What an examination of the ledger found.
public struct LedgerVerdict: Hashable, Sendable {
    public var municipality: MunicipalityCode
    /// Entries examined.
    public var entries: Int
    /// The first broken link, or nil when all is well.
    public var broken: BrokenLink?
}

public struct BrokenLink: Hashable, Sendable {
    /// The entry's number in the municipality's ledger.
    public var number: Int64
    public var reason: Reason

    public enum Reason: Hashable, Sendable {
        /// A number is missing from the sequence.
        case missingEntry
        /// The entry does not name the hash of the one before it.
        case wrongPredecessor
        /// The entry was changed after it was written.
        case wrongHash
        /// Entries were cut off, or added, at the end.
        case wrongHead
        /// The table has no row for the entry, or another one.
        case tableDisagrees(table: String)
        /// What was in a file is gone or was changed.
        case fileDisagrees
        /// The table has a row that no entry speaks of.
        case unknownRow(table: String)
    }
}

/// Examines ledgers and the tables made from them.
public struct LedgerAuditor {
    private let connection: any SQLConnection

    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// The municipalities that have a ledger.
    public func municipalities() throws -> [MunicipalityCode] {
        try connection.all("SELECT municipality FROM ledger_head ORDER BY municipality") {
            MunicipalityCode(number: Int32($0.integer(0)))
        }
    }

    /// Examines the chain from the first entry to the last, then each table
    /// against it, and every file against its hash. Linear in the number of entries and in
    /// the bytes of the files.
    public func verify(_ municipality: MunicipalityCode) throws -> LedgerVerdict {
        var verdict = try verifyChain(municipality)
        for kind in FactKind.allCases {
            guard let found = try verifyTable(kind, municipality) else { continue }
            if found.number < verdict.broken?.number ?? Int64.max { verdict.broken = found }
        }
        if let number = try FileContents(connection, municipality).damaged(),
            number < verdict.broken?.number ?? Int64.max
        {
            verdict.broken = BrokenLink(number: number, reason: .fileDisagrees)
        }
        return verdict
    }

    private func verifyChain(_ municipality: MunicipalityCode) throws -> LedgerVerdict {
        var broken: BrokenLink?
        var expected: Int64 = 1
        var previous = LedgerEntry.origin
        let values = LedgerEntry.columns.count - 2
        let code = SQLValue.integer(Int64(municipality.number))
        try connection.query(
            "SELECT \(LedgerEntry.columns.joined(separator: ", ")) FROM ledger "
                + "WHERE municipality = $1 ORDER BY number", [code]
        ) { row in
            guard broken == nil else { return }
            let number = row.integer(1)
            if number != expected {
                broken = BrokenLink(number: expected, reason: .missingEntry)
            } else if row.text(values) != previous {
                broken = BrokenLink(number: number, reason: .wrongPredecessor)
            } else {
                let hash = LedgerEntry.hash(values: Self.values(row), after: previous)
                if hash != row.text(values + 1) {
                    broken = BrokenLink(number: number, reason: .wrongHash)
                }
                previous = hash
                expected += 1
            }
        }
        if broken == nil {
            let head = try connection.first(
                "SELECT number, hash FROM ledger_head WHERE municipality = $1", [code]
            ) { ($0.integer(0), $0.text(1)) }
            if head?.0 ?? 0 != expected - 1 || head?.1 ?? LedgerEntry.origin != previous {
                broken = BrokenLink(number: expected, reason: .wrongHead)
            }
        }
        return LedgerVerdict(
            municipality: municipality, entries: Int(expected - 1), broken: broken)
    }

    private static func values(_ row: any SQLRow) -> [SQLValue] {
        let texts: Set<Int> = [4, 5, 6, 7, 8, 14]
        return (0..<15).map { column in
            if row.isNull(column) { return .null }
            return texts.contains(column) ? .text(row.text(column)) : .integer(row.integer(column))
        }
    }

    /// The smallest entry number at which the table and the ledger disagree.
    private func verifyTable(
        _ kind: FactKind, _ municipality: MunicipalityCode
    ) throws -> BrokenLink? {
        let table = kind.rawValue
        let code = SQLValue.integer(Int64(municipality.number))
        var found: BrokenLink?
        func report(_ number: Int64, _ reason: BrokenLink.Reason) {
            if number < found?.number ?? Int64.max {
                found = BrokenLink(number: number, reason: reason)
            }
        }
        let columns = kind.columns
        let selected = columns.map { "t.\($0)" }.joined(separator: ", ")
        try connection.query(
            """
            SELECT l.number, l.fact, l.payload, l.recorded_on, s.number, s.recorded_on,
                t.id, t.recorded_on, t.superseded_by, t.superseded_on, \(selected)
            FROM ledger l
            LEFT JOIN \(table) t ON t.municipality = l.municipality AND t.id = l.fact
                AND t.registration = l.number
            LEFT JOIN ledger s ON s.municipality = l.municipality AND s.supersedes = l.number
            WHERE l.municipality = $1 AND l.kind = $2 AND l.act <> 'withdraw'
            """, [code, .text(table)]
        ) { row in
            let values = columns.indices.map { column -> SQLValue in
                let at = column + 10
                if row.isNull(at) { return .null }
                return kind.isText(columns[column])
                    ? .text(row.text(at)) : .integer(row.integer(at))
            }
            let agrees =
                !row.isNull(6) && CanonicalJSON.object(columns, values) == row.text(2)
                && row.integer(7) == row.integer(3)
                && row.optionalInteger(8) == row.optionalInteger(4)
                && row.optionalInteger(9) == row.optionalInteger(5)
            if !agrees { report(row.integer(0), .tableDisagrees(table: table)) }
        }
        try connection.query(
            """
            SELECT t.registration FROM \(table) t
            LEFT JOIN ledger l ON l.municipality = t.municipality AND l.number = t.registration
                AND l.kind = $1 AND l.fact = t.id AND l.act <> 'withdraw'
            WHERE t.municipality = $2 AND l.number IS NULL
            """, [.text(table), code]
        ) { row in
            report(row.integer(0), .unknownRow(table: table))
        }
        return found
    }
}

extension FactKind {
    /// Whether a column of the kind holds text.
    func isText(_ column: String) -> Bool {
        switch column {
        case "cpr", "given_name", "family_name", "sort_name", "sex", "origin", "residence_basis",
            "level", "role", "kind", "benefit", "target", "category", "form", "status", "reason",
            "name", "industry", "terms", "outcome", "plan", "duty", "note", "team", "place",
            "approach", "record", "answers", "sender", "recipient", "counterpart", "title",
            "file_name", "media", "digest", "writer", "sample", "approver",
            "companion", "absence", "part", "author", "stance", "stance_by", "progress", "measure",
            "goal", "contact", "subject", "rule", "reasons", "answer", "facts", "quarter",
            "template", "public_digest", "drafter", "account", "phone", "mail", "street",
            "postcode",
            "town", "person", "occupation", "must", "nice", "wishes", "skills", "kinds", "code",
            "fields", "shown", "decides", "member", "public_key", "open_hours", "visit_topics",
            "programme",
            "school", "course", "guest", "state", "tasks", "party", "document", "mode",
            "strata", "checklist", "drawn_by", "figures", "findings", "reviewer", "question",
            "result", "theme", "participants", "evaluation", "audience", "initiative", "changed",
            "consent", "council", "asked_by", "choice", "detail", "words":
            true
        default: false
        }
    }
}

extension LedgerAuditor {
    /// The number of the municipality's last entry; 0 when it has none.
    public func lastNumber(of municipality: MunicipalityCode) throws -> Int64 {
        try connection.first(
            "SELECT number FROM ledger_head WHERE municipality = $1",
            [.integer(Int64(municipality.number))]
        ) { $0.integer(0) } ?? 0
    }
}

extension LedgerAuditor {
    /// The first day on which anything was recorded; nil for an empty ledger.
    public func firstDay(of municipality: MunicipalityCode) throws -> Day? {
        try connection.first(
            "SELECT recorded_on FROM ledger WHERE municipality = $1 AND number = 1",
            [.integer(Int64(municipality.number))]
        ) { Day(number: Int32(truncatingIfNeeded: $0.integer(0))) }
    }
}

extension LedgerAuditor {
    /// The day of the last registration of a fact (imports of published figures
    /// aside); nil when there is none.
    public func lastDay(of municipality: MunicipalityCode) throws -> Day? {
        try connection.first(
            "SELECT recorded_on FROM ledger WHERE municipality = $1 AND act <> $2 "
                + "ORDER BY number DESC LIMIT 1",
            [.integer(Int64(municipality.number)), .text(Act.importFile.rawValue)]
        ) { Day(number: Int32(truncatingIfNeeded: $0.integer(0))) }
    }
}
