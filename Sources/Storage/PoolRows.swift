import Identifiers

/// One entry of a member's feed as the store keeps it. Day numbers, hexadecimal hashes and a
/// Base64 signature; `Exchange` knows what they mean.
public struct PoolEntryRow: Hashable, Sendable {
    public var partnership: String
    public var member: String
    public var number: Int64
    public var previous: String
    public var kind: String
    public var subject: Int64
    public var day: Int64
    public var commitment: String
    public var hash: String
    public var signature: String
    /// Nil when it was erased.
    public var payload: String?

    public init(
        partnership: String, member: String, number: Int64, previous: String, kind: String,
        subject: Int64, day: Int64, commitment: String, hash: String, signature: String,
        payload: String?
    ) {
        self.partnership = partnership
        self.member = member
        self.number = number
        self.previous = previous
        self.kind = kind
        self.subject = subject
        self.day = day
        self.commitment = commitment
        self.hash = hash
        self.signature = signature
        self.payload = payload
    }
}

/// The feeds that a tenant has of a partnership. Entries are added at the end of a feed, and
/// payloads are erased; nothing else changes. What is done here is noted in the ledger by the
/// caller, without any payload.
public struct PoolStore {
    static let columns = [
        "municipality", "partnership", "member", "number", "previous", "kind", "subject", "day",
        "commitment", "hash", "signature", "payload",
    ]

    static let addressColumns = ["municipality", "partnership", "member", "address"]

    private let connection: any SQLConnection
    private let code: SQLValue
    private let partnership: SQLValue

    /// `partnership` is the code that its members call it by.
    public init(
        _ connection: any SQLConnection, _ municipality: MunicipalityCode, partnership: String
    ) {
        self.connection = connection
        code = .integer(Int64(municipality.number))
        self.partnership = .text(partnership)
    }

    /// The tenants of a database that have registered a partnership, in the order of their codes.
    public static func tenants(
        _ connection: any SQLConnection, of partnership: String
    ) throws -> [MunicipalityCode] {
        try connection.all(
            "SELECT DISTINCT municipality FROM partnership "
                + "WHERE code = $1 AND superseded_by IS NULL ORDER BY municipality",
            [.text(partnership)]
        ) { MunicipalityCode(number: Int32(truncatingIfNeeded: $0.integer(0))) }
    }

    /// Every entry, by member and number. O(entries).
    public func all() throws -> [PoolEntryRow] {
        try connection.all(
            "SELECT \(Self.columns.dropFirst().joined(separator: ", ")) FROM pool_entry "
                + "WHERE municipality = $1 AND partnership = $2 ORDER BY member, number",
            [code, partnership]
        ) { row in
            PoolEntryRow(
                partnership: row.text(0), member: row.text(1), number: row.integer(2),
                previous: row.text(3), kind: row.text(4), subject: row.integer(5),
                day: row.integer(6), commitment: row.text(7), hash: row.text(8),
                signature: row.text(9), payload: row.optionalText(10))
        }
    }

    /// Adds entries. Throws `StorageError.constraint` where one with the number stands.
    public func add(_ rows: [PoolEntryRow]) throws {
        guard !rows.isEmpty else { return }
        try connection.load(
            into: "pool_entry", columns: Self.columns,
            rows: rows.map { row in
                [
                    code, .text(row.partnership), .text(row.member), .integer(row.number),
                    .text(row.previous), .text(row.kind), .integer(row.subject),
                    .integer(row.day), .text(row.commitment), .text(row.hash),
                    .text(row.signature), row.payload.map { .text($0) } ?? .null,
                ]
            })
    }

    /// Takes away the payload of an entry for good; the entry stands. Who asks checks that
    /// the entry's kind may be erased.
    public func erase(_ member: String, _ number: Int64) throws {
        try connection.execute(
            "UPDATE pool_entry SET payload = NULL WHERE municipality = $1 AND partnership = $2 "
                + "AND member = $3 AND number = $4",
            [code, partnership, .text(member), .integer(number)])
    }

    /// The last number of each member's feed. O(members) by the index.
    public func heads() throws -> [String: Int64] {
        let rows = try connection.all(
            "SELECT member, MAX(number) FROM pool_entry "
                + "WHERE municipality = $1 AND partnership = $2 GROUP BY member",
            [code, partnership]
        ) { ($0.text(0), $0.integer(1)) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// Where members are asked for their feeds.
    public func addresses() throws -> [String: String] {
        let rows = try connection.all(
            "SELECT member, address FROM pool_address "
                + "WHERE municipality = $1 AND partnership = $2 ORDER BY member",
            [code, partnership]
        ) { ($0.text(0), $0.text(1)) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// Keeps these addresses, and no others.
    public func setAddresses(_ addresses: [String: String]) throws {
        try connection.execute(
            "DELETE FROM pool_address WHERE municipality = $1 AND partnership = $2",
            [code, partnership])
        try connection.load(
            into: "pool_address", columns: Self.addressColumns,
            rows: addresses.sorted { $0.key < $1.key }.map {
                [code, partnership, .text($0.key), .text($0.value)]
            })
    }
}
