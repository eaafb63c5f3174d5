import Chronology
import Crypto
import Foundation

/// Where random bytes come from. Tests pass one that is the same every time.
public struct Chance: Sendable {
    private let draw: @Sendable (Int) -> [UInt8]

    /// `draw` gives as many bytes as it is asked for.
    public init(_ draw: @escaping @Sendable (Int) -> [UInt8]) { self.draw = draw }

    /// The machine's own.
    public static let system = Chance { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A card's number: from 1 up to 2^53, so that every reader of JSON keeps it whole.
    public func card() -> Int64 {
        let drawn = draw(7).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return max(1, drawn & (1 << 53 - 1))
    }

    /// 128 bits in hexadecimal.
    func salt() -> String {
        draw(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    fileprivate func key() -> [UInt8] { draw(32) }
}

/// A member's signing key with the member's name (underskriftsnøgle).
public struct PoolSigner: Sendable, CustomStringConvertible {
    /// The municipality's code in four digits, or the fund's name.
    public let member: String
    private let secret: [UInt8]

    /// A new key.
    public init(member: String, chance: Chance) {
        self.member = member
        secret = chance.key()
    }

    /// Reads back what ``kept`` gave. Throws `PoolProblem.wrongKey` where it is none.
    public init(member: String, kept: String) throws(PoolProblem) {
        guard let secret = Data(base64Encoded: kept), secret.count == 32 else { throw .wrongKey }
        self.member = member
        self.secret = Array(secret)
    }

    /// The secret in Base64, for the one file that keeps it.
    public var kept: String { Data(secret).base64EncodedString() }

    /// The secret is never printed.
    public var description: String { "the key of \(member)" }

    /// What the other members check the signatures with, in Base64.
    public func publicKey() throws(PoolProblem) -> String {
        try key().publicKey.rawRepresentation.base64EncodedString()
    }

    /// The next entry of the member's feed. `after` is its last.
    func entry(
        _ kind: PoolEntryKind, _ subject: Int64, _ content: PoolContent, on day: Day,
        after last: PoolEntry?, of partnership: String, chance: Chance
    ) throws(PoolProblem) -> PoolEntry {
        let payload = try content.text(salt: chance.salt())
        let header = PoolHeader(
            partnership: partnership, member: member, number: (last?.header.number ?? 0) + 1,
            previous: try last?.header.hash() ?? PoolHeader.origin, kind: kind, subject: subject,
            day: day.number, commitment: PoolJSON.digest(Data(payload.utf8)))
        return PoolEntry(
            header: header, signature: try signature(of: try header.signed()), payload: payload)
    }

    /// The signature of bytes, in Base64.
    func signature(of bytes: Data) throws(PoolProblem) -> String {
        do { return try key().signature(for: bytes).base64EncodedString() } catch {
            throw .wrongKey
        }
    }

    /// Whether bytes were signed with the secret of a public key; both in Base64.
    static func isSigned(_ bytes: Data, _ signature: String, by publicKey: String) -> Bool {
        guard let raw = Data(base64Encoded: publicKey),
            let signature = Data(base64Encoded: signature),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { return false }
        return key.isValidSignature(signature, for: bytes)
    }

    private func key() throws(PoolProblem) -> Curve25519.Signing.PrivateKey {
        do { return try Curve25519.Signing.PrivateKey(rawRepresentation: secret) } catch {
            throw .wrongKey
        }
    }
}

extension PoolEntry {
    /// Whether the header was signed with the secret of a public key in Base64.
    func isSigned(by publicKey: String) throws(PoolProblem) -> Bool {
        PoolSigner.isSigned(try header.signed(), signature, by: publicKey)
    }
}
