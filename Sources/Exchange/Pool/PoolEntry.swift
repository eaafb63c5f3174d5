import Chronology
import Crypto
import Foundation

/// What a member tells the other members of a partnership in one entry of its feed.
public enum PoolEntryKind: String, CaseIterable, Codable, Sendable {
    /// Ordre delt
    case orderShared
    /// Ordre ændret
    case orderChanged
    /// Ordre lukket
    case orderClosed
    /// Kort delt, or changed
    case cardShared
    /// Kort trukket tilbage
    case cardWithdrawn
    /// Kort tilbudt til en ordre
    case referralOffered
    /// Ansat: the owner of the order credits the candidate's member
    case hired

    /// What an entry is about: one of the author's orders, or one of its cards.
    public var isAboutCard: Bool {
        self == .cardShared || self == .cardWithdrawn || self == .referralOffered
    }
}

/// All of an entry but its payload and signature. It stands for ever, so it holds nothing of a
/// person but a card's number, which says nothing.
public struct PoolHeader: Hashable, Codable, Sendable {
    public var partnership: String
    public var member: String
    /// From 1, without a gap.
    public var number: Int64
    /// The hash of the entry before; 64 zeros before the first.
    public var previous: String
    public var kind: PoolEntryKind
    /// The author's number for the order or the card.
    public var subject: Int64
    /// The day it was said, as a day number.
    public var day: Int32
    /// SHA-256 of the payload. The payload holds a random salt, so that one that was erased
    /// cannot be guessed from this.
    public var commitment: String

    public init(
        partnership: String, member: String, number: Int64, previous: String,
        kind: PoolEntryKind, subject: Int64, day: Int32, commitment: String
    ) {
        self.partnership = partnership
        self.member = member
        self.number = number
        self.previous = previous
        self.kind = kind
        self.subject = subject
        self.day = day
        self.commitment = commitment
    }

    /// What the first entry of a feed names as its predecessor.
    public static let origin = String(repeating: "0", count: 64)

    /// What is hashed and signed: canonical JSON after a line that says what it is, so that a
    /// signature is of no use elsewhere.
    func signed() throws(PoolProblem) -> Data {
        Data("fodfaeste-pool/1\n".utf8) + Data(try PoolJSON.text(self).utf8)
    }

    /// SHA-256 in hexadecimal, which the next entry names.
    public func hash() throws(PoolProblem) -> String { PoolJSON.digest(try signed()) }
}

/// One entry of a member's feed (post i puljens strøm).
public struct PoolEntry: Hashable, Codable, Sendable {
    public var header: PoolHeader
    /// Ed25519, in Base64, over the header, and so over the hash of the payload and of all
    /// entries before.
    public var signature: String
    /// Canonical JSON; nil when it was erased.
    public var payload: String?

    public init(header: PoolHeader, signature: String, payload: String?) {
        self.header = header
        self.signature = signature
        self.payload = payload
    }
}

/// A member's feed from one number on (strøm), as it is sent.
public struct PoolFeed: Hashable, Sendable {
    public var partnership: String
    public var member: String
    /// In the order of their numbers.
    public var entries: [PoolEntry]

    public init(partnership: String, member: String, entries: [PoolEntry]) {
        self.partnership = partnership
        self.member = member
        self.entries = entries
    }
}

/// JSON that is the same bytes for the same value: keys in order, no spaces.
enum PoolJSON {
    static func text(_ value: some Encodable) throws(PoolProblem) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
            throw .unwritable
        }
    }

    /// Nil where the text is not just what `text` would write for the value: a field too many,
    /// a field twice, a space.
    static func value<Value: Codable>(_ type: Value.Type, _ text: String) -> Value? {
        guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)),
            let again = try? Self.text(value), again.utf8.elementsEqual(text.utf8)
        else { return nil }
        return value
    }

    /// The names of an object's fields.
    static func fields(_ text: String) -> Set<String> {
        struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        struct Names: Decodable {
            let all: Set<String>
            init(from decoder: any Decoder) throws {
                all = Set(
                    try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue))
            }
        }
        return (try? JSONDecoder().decode(Names.self, from: Data(text.utf8)))?.all ?? []
    }

    /// SHA-256 in lower-case hexadecimal.
    static func digest(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
