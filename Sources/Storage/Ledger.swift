import Chronology
import Crypto
import Identifiers
import Registry

/// Who registers, why and when: the same for all registrations of one act.
public struct Stamp: Hashable, Sendable {
    public var actor: String
    public var role: String
    public var purpose: String
    /// Unix seconds.
    public var at: Int64
    public var on: Day

    public init(actor: String, role: String, purpose: String, at: Int64, on: Day) {
        self.actor = actor
        self.role = role
        self.purpose = purpose
        self.at = at
        self.on = on
    }
}

/// The proof that a registration was kept (kvittering): its number in the
/// municipality's ledger and the hash that binds it to all before it.
public struct Receipt: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var number: Int64
    public var hash: String

    public init(municipality: MunicipalityCode, number: Int64, hash: String) {
        self.municipality = municipality
        self.number = number
        self.hash = hash
    }
}

/// What a registration does with its fact.
public enum Act: String, Sendable { case register, correct, withdraw, importFile }

/// One row of the ledger without its hashes.
struct LedgerEntry {
    var municipality: Int64
    var number: Int64
    var stamp: Stamp
    var act: Act
    var kind: String
    var fact: Int64
    var citizen: Int64?
    var validFrom: Int64?
    var validTo: Int64?
    var supersedes: Int64?
    var payload: String

    static let columns = [
        "municipality", "number", "recorded_on", "recorded_at", "actor", "role", "purpose", "act",
        "kind", "fact", "citizen", "valid_from", "valid_to", "supersedes", "payload",
        "previous_hash", "hash",
    ]

    /// All values except the hashes, in the order of `columns`.
    var values: [SQLValue] {
        [
            .integer(municipality), .integer(number), .integer(Int64(stamp.on.number)),
            .integer(stamp.at), .text(stamp.actor), .text(stamp.role), .text(stamp.purpose),
            .text(act.rawValue), .text(kind), .integer(fact), .optional(citizen),
            .optional(validFrom), .optional(validTo), .optional(supersedes), .text(payload),
        ]
    }

    /// SHA-256 over the previous hash and the entry's values as one JSON array,
    /// in lower-case hexadecimal.
    func hash(after previous: String) -> String {
        LedgerEntry.hash(values: values, after: previous)
    }

    static func hash(values: [SQLValue], after previous: String) -> String {
        var text = previous
        text.append(CanonicalJSON.array(values))
        let digest = SHA256.hash(data: Array(text.utf8))
        let hex = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(64)
        for byte in digest {
            out.append(hex[Int(byte >> 4)])
            out.append(hex[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// What the first entry of a ledger names as its predecessor.
    static let origin = String(repeating: "0", count: 64)
}

extension SQLValue {
    static func optional(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
}

/// JSON written the same way every time, so that its hash can be compared.
enum CanonicalJSON {
    static func array(_ values: [SQLValue]) -> String {
        "[" + values.map(value).joined(separator: ",") + "]"
    }

    /// `keys` and `values` pair up in their order.
    static func object(_ keys: [String], _ values: [SQLValue]) -> String {
        let pairs = zip(keys, values).map { "\"\($0)\":\(value($1))" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func value(_ value: SQLValue) -> String {
        switch value {
        case .null: "null"
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): quoted(text)
        // A file is told by its hash.
        case .bytes(let bytes): String(bytes.count)
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 32:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
