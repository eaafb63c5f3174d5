import Exchange
import Foundation
import JWTKit
import Synchronization
import Testing

/// The claims of a token, each of which a test may change.
struct MadeUpToken: JWTPayload {
    var iss: String? = MadeUpProvider.issuer
    var sub: String? = "4711"
    var aud: [String]? = ["fodfaeste"]
    var azp: String?
    var exp: Int64? = MadeUpProvider.now + 300
    var iat: Int64? = MadeUpProvider.now
    var nbf: Int64?
    var nonce: String? = "n-1"
    var name: String? = "Ane Prøve"
    var cpr: String? = "6101901002"
    var cvr: String?
    var groups: [String]?

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, azp, exp, iat, nbf, nonce, name, groups
        case cpr = "dk.cpr"
        case cvr = "dk.cvr"
    }

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// A provider that answers without a network, and counts what it is asked.
final class MadeUpProvider: Transport {
    static let issuer = "https://broker.example/oidc"
    static let now: Int64 = 1_767_182_400

    private struct State {
        var token = ""
        var keys: [String] = []
        var description: String
        var asked: [OutsideRequest] = []
        var tokenStatus = 200
    }

    private let state: Mutex<State>

    init() {
        let description = """
            {"issuer": "\(Self.issuer)", "authorization_endpoint": "\(Self.issuer)/authorize",
             "token_endpoint": "\(Self.issuer)/token", "jwks_uri": "\(Self.issuer)/keys",
             "end_session_endpoint": "\(Self.issuer)/end"}
            """
        state = Mutex(State(description: description))
    }

    /// What is asked, in order.
    var asked: [OutsideRequest] { state.withLock { $0.asked } }

    func asked(_ path: String) -> [OutsideRequest] {
        asked.filter { $0.address == Self.issuer + path }
    }

    func publish(keys: [String]) { state.withLock { $0.keys = keys } }
    func give(token: String, status: Int = 200) {
        state.withLock {
            $0.token = token
            $0.tokenStatus = status
        }
    }
    func describe(_ text: String) { state.withLock { $0.description = text } }

    func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer {
        let (status, text) = state.withLock { state -> (Int, String) in
            state.asked.append(request)
            switch request.address.dropFirst(Self.issuer.count) {
            case "/.well-known/openid-configuration": return (200, state.description)
            case "/keys":
                return (200, "{\"keys\": [\(state.keys.joined(separator: ", "))]}")
            case "/token" where state.tokenStatus == 200:
                return (
                    200,
                    "{\"access_token\": \"a\", \"token_type\": \"Bearer\", "
                        + "\"id_token\": \"\(state.token)\"}"
                )
            case "/token": return (state.tokenStatus, "{\"error\": \"invalid_grant\"}")
            default: return (404, "")
            }
        }
        return OutsideAnswer(status: status, bytes: Array(text.utf8))
    }
}

/// A key that signs, and its public half as a provider publishes it.
struct SigningKey {
    let id: String
    private let key: ES256PrivateKey

    init(_ id: String) {
        self.id = id
        key = ES256PrivateKey()
    }

    /// The public half in JSON.
    func published(use: String = "sig") throws -> String {
        let parameters = try #require(key.publicKey.parameters)
        func web(_ text: String) -> String {
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        return """
            {"kty": "EC", "crv": "P-256", "kid": "\(id)", "use": "\(use)", "alg": "ES256",
             "x": "\(web(parameters.x))", "y": "\(web(parameters.y))"}
            """
    }

    func sign(_ token: MadeUpToken, header: JWTHeader = JWTHeader()) async throws -> String {
        let keys = JWTKeyCollection()
        await keys.add(ecdsa: key, kid: JWKIdentifier(string: id))
        return try await keys.sign(token, kid: JWKIdentifier(string: id), header: header)
    }
}
