import JWTKit

/// A provider's word on who signed in, as it came: nothing in it is known to be true before it
/// is proven.
struct IDToken: Sendable {
    let algorithm: String
    let keyID: String?
    private let payload: [String: JSONValue]
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// Only these: a token that is not signed, or is signed with a shared secret, is refused
    /// whatever it says.
    static let algorithms = ["RS256", "ES256"]

    init(_ text: String) throws(SignInProblem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decoded(parts[0]).flatMap({ JSONValue($0) }),
            let payload = Base64URL.decoded(parts[1]).flatMap({ JSONValue($0)?.object }),
            let signature = Base64URL.decoded(parts[2])
        else { throw SignInProblem(.malformedToken) }
        let algorithm = header["alg"]?.text ?? ""
        guard Self.algorithms.contains(algorithm) else {
            throw SignInProblem(.wrongAlgorithm, algorithm)
        }
        // What must be understood and is not (RFC 7515, section 4.1.11).
        if header["crit"] != nil { throw SignInProblem(.malformedToken, "crit") }
        self.algorithm = algorithm
        self.payload = payload
        self.signature = signature
        keyID = header["kid"]?.text
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// What the token must say.
    struct Expected {
        var issuer: String
        var client: String
        var nonce: String
        /// Unix seconds.
        var now: Int64
        /// Seconds that two clocks may differ by.
        var leeway: Int64 = 60
    }

    /// What the token says, once it is proven (OpenID Connect Core 1.0, section 3.1.3.7).
    func proven(
        by key: any JWTAlgorithm, _ expected: Expected
    ) throws(SignInProblem) -> [String: JSONValue] {
        guard key.name == algorithm, (try? key.verify(signature, signs: signed)) == true else {
            throw SignInProblem(.wrongSignature)
        }
        guard payload["iss"]?.text == expected.issuer else {
            throw SignInProblem(.wrongIssuer, payload["iss"]?.text ?? "")
        }
        try check(audience: expected.client)
        guard let until = seconds("exp"), until > expected.now - expected.leeway else {
            throw SignInProblem(.expired)
        }
        guard let issued = seconds("iat"), issued <= expected.now + expected.leeway,
            (seconds("nbf") ?? issued) <= expected.now + expected.leeway
        else { throw SignInProblem(.notYetValid) }
        guard payload["nonce"]?.text == expected.nonce else { throw SignInProblem(.wrongNonce) }
        guard payload["sub"]?.text?.isEmpty == false else {
            throw SignInProblem(.claimMissing, "sub")
        }
        return payload
    }

    /// The token is for us, and was asked for by us where it is for others too.
    private func check(audience client: String) throws(SignInProblem) {
        let audience = payload["aud"]
        let all = audience?.text.map { [$0] } ?? audience?.array?.compactMap(\.text) ?? []
        let asked = payload["azp"]?.text
        guard all.contains(client), asked.map({ $0 == client }) ?? (all.count == 1) else {
            throw SignInProblem(.wrongAudience, all.joined(separator: " "))
        }
    }

    private func seconds(_ claim: String) -> Int64? {
        guard case .number(let value)? = payload[claim], value.magnitude < 1e15 else { return nil }
        return Int64(value)
    }
}
