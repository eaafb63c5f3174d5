import Identifiers

/// Which door somebody comes in by.
public enum SignInWay: String, CaseIterable, Sendable {
    /// The municipality's own provider.
    case staff
    /// A broker in front of the national login, for citizens and for those who act for companies.
    case citizen
}

/// A provider of OpenID Connect as it is agreed with: who we are there, and what it calls things.
public struct SignInProvider: Hashable, Sendable {
    public var way: SignInWay
    /// The provider's own name of itself, an address; its description is found below it.
    public var issuer: String
    /// Our name at the provider.
    public var client: String
    /// Nil for a client without a secret, which the code's proof key alone protects.
    public var secret: AccessToken?
    /// What is asked for besides `openid`.
    public var scopes: [String]
    public var claims: Claims

    /// The names of the claims; nil where the provider has none.
    public struct Claims: Hashable, Sendable {
        public var name: String?
        /// What the municipality calls the member of staff.
        public var person: String?
        public var role: String?
        public var cpr: String?
        public var cvr: String?

        public init(
            name: String? = nil, person: String? = nil, role: String? = nil, cpr: String? = nil,
            cvr: String? = nil
        ) {
            self.name = name
            self.person = person
            self.role = role
            self.cpr = cpr
            self.cvr = cvr
        }
    }

    public init(
        way: SignInWay, issuer: String, client: String, secret: AccessToken?,
        scopes: [String] = [], claims: Claims
    ) {
        self.way = way
        self.issuer = issuer
        self.client = client
        self.secret = secret
        self.scopes = scopes
        self.claims = claims
    }
}

/// What a provider vouches for about the one who signed in.
public struct ProvenPerson: Hashable, Sendable {
    public var way: SignInWay
    public var name: String?
    public var person: String?
    /// Every value of the claim for roles.
    public var roles: [String]
    public var cpr: CPR?
    public var cvr: CVR?

    public init(
        way: SignInWay, name: String? = nil, person: String? = nil, roles: [String] = [],
        cpr: CPR? = nil, cvr: CVR? = nil
    ) {
        self.way = way
        self.name = name
        self.person = person
        self.roles = roles
        self.cpr = cpr
        self.cvr = cvr
    }

    /// Throws where a number is none: who it belongs to cannot be guessed.
    init(
        _ payload: [String: JSONValue], _ provider: SignInProvider
    ) throws(SignInProblem) {
        func text(_ claim: String?) -> String? {
            claim.flatMap { payload[$0]?.text }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let role = provider.claims.role.flatMap { payload[$0] }
        self.init(
            way: provider.way, name: text(provider.claims.name),
            person: text(provider.claims.person),
            roles: role?.text.map { [$0] } ?? role?.array?.compactMap(\.text) ?? [],
            cpr: try text(provider.claims.cpr).map { text throws(SignInProblem) in
                do throws(IdentifierError) { return try CPR(text) } catch {
                    throw SignInProblem(.wrongNumber, "CPR")
                }
            },
            cvr: try text(provider.claims.cvr).map { text throws(SignInProblem) in
                do throws(IdentifierError) { return try CVR(text) } catch {
                    throw SignInProblem(.wrongNumber, "CVR")
                }
            })
    }
}
