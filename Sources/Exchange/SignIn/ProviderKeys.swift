import Foundation
import JWTKit

/// The keys that a provider signs with (RFC 7517), those that we can check with.
struct ProviderKeys: Sendable {
    struct Key: Sendable {
        /// Nil where the provider does not tell its keys apart.
        var id: String?
        var algorithm: any JWTAlgorithm
    }

    private var keys: [Key] = []

    /// Reads a set of keys. Those of another kind, or for another use, are passed over, because
    /// a provider may have them beside those that sign.
    init(_ bytes: [UInt8]) async throws(SignInProblem) {
        guard let list = JSONValue(bytes)?["keys"]?.array else {
            throw SignInProblem(.unreadableKeys)
        }
        for (index, entry) in list.enumerated() {
            guard (entry["use"]?.text ?? "sig") == "sig",
                let accepted = Self.algorithm(ofKind: entry["kty"]?.text),
                (entry["alg"]?.text ?? accepted.rawValue) == accepted.rawValue,
                let algorithm = await Self.key(entry, accepted, fallback: "key \(index)")
            else { continue }
            keys.append(Key(id: entry["kid"]?.text, algorithm: algorithm))
        }
        if keys.isEmpty { throw SignInProblem(.unreadableKeys) }
    }

    /// The key of a token; without an id, the only one there is for the algorithm.
    func key(id: String?, algorithm: String) -> (any JWTAlgorithm)? {
        let fitting = keys.filter { $0.algorithm.name == algorithm }
        guard let id else { return fitting.count == 1 ? fitting[0].algorithm : nil }
        return fitting.first { $0.id == id }?.algorithm
    }

    /// One algorithm for each kind of key: a token cannot choose how it is checked.
    private static func algorithm(ofKind kind: String?) -> JWK.Algorithm? {
        switch kind {
        case "RSA": .rs256
        case "EC": .es256
        default: nil
        }
    }

    /// 2048 bits (RFC 7518, section 3.3).
    private static let leastModulus = 256

    private static func key(
        _ entry: JSONValue, _ algorithm: JWK.Algorithm, fallback: String
    ) async -> (any JWTAlgorithm)? {
        let id = JWKIdentifier(string: entry["kid"]?.text ?? fallback)
        let key: JWK
        switch algorithm {
        case .rs256:
            guard let modulus = entry["n"]?.text,
                (Base64URL.decoded(modulus)?.count ?? 0) >= leastModulus
            else { return nil }
            key = .rsa(
                algorithm, identifier: id, modulus: modulus, exponent: entry["e"]?.text)
        default:
            guard entry["crv"]?.text == "P-256" else { return nil }
            key = .ecdsa(
                algorithm, identifier: id, x: entry["x"]?.text, y: entry["y"]?.text, curve: .p256)
        }
        let collection = JWTKeyCollection()
        guard (try? await collection.add(jwk: key)) != nil else { return nil }
        return try? await collection.getKey(for: id, alg: algorithm.rawValue)
    }
}

/// Text of an unpadded base64 in the alphabet of addresses (RFC 4648, section 5).
enum Base64URL {
    static func encoded(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map { Array($0) }
    }
}
