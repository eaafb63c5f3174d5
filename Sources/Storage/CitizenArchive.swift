import Chronology
import Foundation
import Identifiers
import Registry

/// One registration about a citizen as the ledger has it, to hand to the citizen.
public struct ArchivedRegistration: Hashable, Codable, Sendable {
    /// Its number in the ledger, and its hash there.
    public var number: Int64
    public var hash: String
    /// `2026-01-31`, and Unix seconds.
    public var day: String
    public var at: Int64
    public var actor: String
    public var role: String
    public var purpose: String
    public var act: String
    /// A `FactKind`'s raw value, and the fact's number among its kind.
    public var kind: String
    public var fact: Int64
    /// The number of the registration it stands in place of.
    public var supersedes: Int64?
    /// What was said, as canonical JSON; `null` where it was taken back.
    public var said: String
}

extension StoreReader {
    /// Every registration about a citizen there has been, in the order of their numbers.
    public func archive(
        about citizen: CitizenID, of municipality: MunicipalityCode
    ) throws -> [ArchivedRegistration] {
        try connection.all(
            """
            SELECT number, hash, recorded_on, recorded_at, actor, role, purpose, act, kind, fact,
                supersedes, payload
            FROM ledger WHERE municipality = $1 AND citizen = $2 ORDER BY number
            """, [.integer(Int64(municipality.number)), .citizen(citizen)]
        ) { row in
            ArchivedRegistration(
                number: row.integer(0), hash: row.text(1),
                day: Day(number: Int32(truncatingIfNeeded: row.integer(2))).iso,
                at: row.integer(3), actor: row.text(4), role: row.text(5), purpose: row.text(6),
                act: row.text(7), kind: row.text(8), fact: row.integer(9),
                supersedes: row.optionalInteger(10), said: row.text(11))
        }
    }
}

extension ArchivedRegistration {
    /// The fact that was said; nil where it was taken back, or is no fact. Throws
    /// `StorageError.malformedRow` for values that the kind does not know.
    public func registered() throws(StorageError) -> Fact? {
        guard let kind = FactKind(rawValue: kind), said != "null" else { return nil }
        guard let row = ArchivedRow(kind, fact, said) else {
            throw .malformedRow(table: kind.rawValue, id: fact, column: "")
        }
        let fact = try FactReader(kind: kind, row: row).fact()
        // What the kind does not know would be lost.
        guard CanonicalJSON.object(kind.columns, fact.values) == said else {
            throw .malformedRow(table: kind.rawValue, id: self.fact, column: "")
        }
        return fact
    }
}

/// A row of a fact table read from canonical JSON: the id, then the kind's columns.
private struct ArchivedRow: SQLRow {
    private enum Value: Decodable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Int64.self) {
                self = .integer(value)
            } else if let value = try? container.decode(Double.self) {
                self = .real(value)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    private let values: [Value]

    init?(_ kind: FactKind, _ id: Int64, _ said: String) {
        guard
            let named = try? JSONDecoder().decode([String: Value].self, from: Data(said.utf8)),
            Set(named.keys) == Set(kind.columns)
        else { return nil }
        values = [.integer(id)] + kind.columns.map { named[$0] ?? .null }
    }

    func isNull(_ column: Int) -> Bool {
        if case .null = values[column] { true } else { false }
    }

    func integer(_ column: Int) -> Int64 {
        switch values[column] {
        case .integer(let value): value
        case .real(let value): Int64(value)
        default: 0
        }
    }

    func real(_ column: Int) -> Double {
        switch values[column] {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: 0
        }
    }

    func text(_ column: Int) -> String {
        if case .text(let value) = values[column] { value } else { "" }
    }

    func bytes(_ column: Int) -> [UInt8] { [] }
}
