import Crypto
import Foundation
import JWTKit

/// What is kept of a sign-in that has begun, until the visitor comes back from the provider.
public struct SignInRequest: Hashable, Sendable {
    /// Comes back with the visitor, and finds the rest.
    public var state: String
    /// Comes back inside the token, which therefore was made for this sign-in.
    public var nonce: String
    /// The proof that who exchanges the code is who asked for it (RFC 7636).
    public var verifier: String
    /// Our address that the provider sends the visitor back to.
    public var back: String

    /// Each of `state`, `nonce` and `verifier` must be unpredictable.
    public init(state: String, nonce: String, verifier: String, back: String) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.back = back
    }

    /// SHA-256 of the verifier, which the provider compares it with.
    var challenge: String { Base64URL.encoded(SHA256.hash(data: Data(verifier.utf8))) }
}

/// Who signed in, and the provider's token, which signing out there asks for.
public struct SignedIn: Sendable {
    public var person: ProvenPerson
    public var token: AccessToken
}

/// Signing in with one provider: the authorization code flow of OpenID Connect Core 1.0 with a
/// proof key. What the provider says of itself is asked once an hour.
public actor SignInClient {
    public nonisolated let provider: SignInProvider
    private let transport: any Transport
    private let now: @Sendable () -> Int64
    private var description: (known: ProviderDescription, until: Int64)?
    private var keys: ProviderKeys?

    /// `now` gives Unix seconds.
    public init(
        _ provider: SignInProvider, transport: any Transport, now: @escaping @Sendable () -> Int64
    ) {
        self.provider = provider
        self.transport = transport
        self.now = now
    }

    /// The address at the provider where the visitor signs in.
    public func address(for request: SignInRequest) async throws(SignInProblem) -> String {
        let scopes = ["openid"] + provider.scopes.filter { $0 != "openid" }
        return Self.address(
            try await described().authorization,
            [
                ("response_type", "code"), ("client_id", provider.client),
                ("redirect_uri", request.back), ("scope", scopes.joined(separator: " ")),
                ("state", request.state), ("nonce", request.nonce),
                ("code_challenge", request.challenge), ("code_challenge_method", "S256"),
            ])
    }

    /// Exchanges the code that the visitor came back with for the token, and proves it.
    public func signedIn(
        code: String, of request: SignInRequest
    ) async throws(SignInProblem) -> SignedIn {
        let description = try await described()
        let text = try await token(
            description.token,
            [
                ("grant_type", "authorization_code"), ("code", code),
                ("redirect_uri", request.back), ("code_verifier", request.verifier),
            ])
        let token = try IDToken(text)
        guard let kept = AccessToken(text) else { throw SignInProblem(.malformedToken) }
        let payload = try token.proven(
            by: try await key(of: token, description),
            IDToken.Expected(
                issuer: provider.issuer, client: provider.client, nonce: request.nonce, now: now()))
        return SignedIn(person: try ProvenPerson(payload, provider), token: kept)
    }

    /// Where the provider ends its own session; nil where it does not, or cannot be asked now.
    public func endOfSession() async -> String? { try? await described().endSession }

    /// The fields that end the provider's session (OpenID Connect RP-Initiated Logout 1.0).
    public nonisolated func fieldsEndingSession(
        of token: AccessToken, back: String
    ) -> [(name: String, value: String)] {
        [
            ("id_token_hint", token.secret), ("client_id", provider.client),
            ("post_logout_redirect_uri", back),
        ]
    }

    private func token(
        _ endpoint: String, _ fields: [(String, String)]
    ) async throws(SignInProblem) -> String {
        var fields = fields
        // The user and the password of such a request are encoded (RFC 6749, section 2.3.1).
        let secret = provider.secret.flatMap { AccessToken($0.secret.percentEncoded) }
        if secret == nil { fields.append(("client_id", provider.client)) }
        let answer = try await send(
            OutsideRequest(
                .post, endpoint, token: secret,
                user: secret == nil ? nil : provider.client.percentEncoded,
                body: Array(Self.form(fields).utf8), bodyType: .form))
        let object = JSONValue(answer.bytes)?.object
        guard answer.status == 200 else {
            throw SignInProblem(.refused, object?["error"]?.text ?? "\(answer.status)")
        }
        guard let token = object?["id_token"]?.text else { throw SignInProblem(.tokenMissing) }
        return token
    }

    /// The key that signed the token. Keys are asked for again, once, when it is not among them:
    /// providers change theirs.
    private func key(
        of token: IDToken, _ description: ProviderDescription
    ) async throws(SignInProblem) -> any JWTAlgorithm {
        if let key = keys?.key(id: token.keyID, algorithm: token.algorithm) { return key }
        let fresh = try await ProviderKeys(try await get(description.keys))
        keys = fresh
        guard let key = fresh.key(id: token.keyID, algorithm: token.algorithm) else {
            throw SignInProblem(.unknownKey, token.keyID ?? "")
        }
        return key
    }

    private func described() async throws(SignInProblem) -> ProviderDescription {
        if let description, description.until > now() { return description.known }
        let known = try ProviderDescription(
            try await get(ProviderDescription.address(of: provider.issuer)), of: provider.issuer)
        description = (known, now() + 3_600)
        return known
    }

    private func get(_ address: String) async throws(SignInProblem) -> [UInt8] {
        let answer = try await send(OutsideRequest(.get, address))
        guard answer.status == 200 else {
            throw SignInProblem(.unreachable, "\(answer.status) \(address)")
        }
        return answer.bytes
    }

    private func send(_ request: OutsideRequest) async throws(SignInProblem) -> OutsideAnswer {
        do throws(TransportFailure) { return try await transport.send(request) } catch {
            throw SignInProblem(.unreachable, "\(error) \(request.address)")
        }
    }

    private static func address(_ endpoint: String, _ fields: [(String, String)]) -> String {
        endpoint + (endpoint.contains("?") ? "&" : "?") + form(fields)
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }
}
