/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
struct ProviderDescription: Hashable, Sendable {
    var issuer: String
    var authorization: String
    var token: String
    var keys: String
    /// Nil where the provider does not end sessions on request.
    var endSession: String?

    /// Where the description of `issuer` stands.
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
            + "/.well-known/openid-configuration"
    }

    /// Reads a description, which must be that of the issuer who was asked: otherwise one
    /// provider could answer for another.
    init(_ bytes: [UInt8], of issuer: String) throws(SignInProblem) {
        guard let object = JSONValue(bytes)?.object else {
            throw SignInProblem(.unreadableDescription)
        }
        func address(_ key: String) throws(SignInProblem) -> String? {
            guard let address = object[key]?.text else { return nil }
            guard BaseAddress.isPrivate(address) else {
                throw SignInProblem(.insecureAddress, address)
            }
            return address
        }
        func needed(_ key: String) throws(SignInProblem) -> String {
            guard let address = try address(key) else { throw SignInProblem(.missingEndpoint, key) }
            return address
        }
        guard object["issuer"]?.text == issuer else {
            throw SignInProblem(.otherIssuerDescribed, object["issuer"]?.text ?? "")
        }
        self.issuer = issuer
        authorization = try needed("authorization_endpoint")
        token = try needed("token_endpoint")
        keys = try needed("jwks_uri")
        endSession = try address("end_session_endpoint")
    }
}
