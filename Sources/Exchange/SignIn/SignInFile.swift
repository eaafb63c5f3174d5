import Parameters

/// How people sign in to one installation: a file with a provider for each door and what its
/// roles mean here.
public struct SignInFile: Hashable, Sendable {
    /// Where the secret that we share with a provider is kept.
    public enum SecretPlace: Hashable, Sendable {
        case file(String)
        /// A variable of the environment.
        case variable(String)
        /// The provider knows us by the code's proof key alone.
        case none
    }

    /// One provider without its secret, which never stands in the file.
    public struct Entry: Hashable, Sendable {
        /// Without its secret.
        public var provider: SignInProvider
        public var secret: SecretPlace
        /// Whom to ask when one cannot come in; nil says the municipality.
        public var contact: String?
    }

    /// What a value of the claim for roles gives.
    public struct RoleGrant: Hashable, Sendable {
        public var value: String
        public var role: String

        public init(value: String, role: String) {
            self.value = value
            self.role = role
        }
    }

    public var entries: [Entry] = []
    /// In the order in which they are tried, for those who have several.
    public var roles: [RoleGrant] = []
    /// The number of the member of staff whom the provider calls so.
    public var staff: [String: Int64] = [:]
    /// Minutes without a page after which a citizen or an employer is signed out.
    public var idleMinutes: Int?
    /// Hours after which everybody is signed out.
    public var longestHours: Int?

    /// Reads a file. Throws every problem at once, with line and column.
    ///
    /// - Parameter roles: the roles that a member of staff can have.
    public init(_ yaml: String, file: String, roles: [String]) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        if let root = problems.document(yaml, SignInFile.grammar(roles)) {
            for way in SignInWay.allCases where root[way.rawValue].exists {
                let place = root[way.rawValue]
                SignInFile.check(place, &problems)
                entries.append(SignInFile.entry(way, place))
            }
            if entries.isEmpty { problems.add(.missingKey, at: root, ["key": "staff"]) }
            self.roles = root["staff"]["roles"].items.map {
                RoleGrant(value: $0["is"].string, role: $0["role"].string)
            }
            for place in root["staff"]["people"].items {
                let name = place["is"].string
                if staff[name] != nil { problems.add(.duplicateId, at: place["is"]) }
                staff[name] = place["number"].integer.map { Int64($0) }
            }
            idleMinutes = root["sessions"]["idleMinutes"].integer
            longestHours = root["sessions"]["longestHours"].integer
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    /// Both ways would leave open which secret holds, and one over an open connection is none.
    private static func check(_ place: DocumentPlace, _ problems: inout FileProblemList) {
        if place["secretFile"].exists, place["secretVariable"].exists {
            problems.add(
                .unknownKey, at: place["secretVariable"], ["accepted": "secretFile"])
        }
        let issuer = place["issuer"].string
        if !issuer.isEmpty,
            !BaseAddress.isPrivate(issuer)
                || issuer.contains(where: { "@?#".contains($0) || $0.isWhitespace })
        {
            problems.add(.notAnIssuer, at: place["issuer"])
        }
    }

    private static func entry(_ way: SignInWay, _ place: DocumentPlace) -> Entry {
        func text(_ place: DocumentPlace) -> String? { place.exists ? place.string : nil }
        let claims = place["claims"]
        let secret =
            text(place["secretFile"]).map { SecretPlace.file($0) }
            ?? text(place["secretVariable"]).map { .variable($0) } ?? .none
        return Entry(
            provider: SignInProvider(
                way: way, issuer: place["issuer"].string, client: place["client"].string,
                secret: nil, scopes: place["scopes"].items.map(\.string),
                claims: .init(
                    name: text(claims["name"]), person: text(claims["person"]),
                    role: text(claims["role"]), cpr: text(claims["cpr"]),
                    cvr: text(claims["cvr"]))),
            secret: secret, contact: text(place["contact"]))
    }

    private static func grammar(_ roles: [String]) -> ValueRule {
        let provider: [FieldRule] = [
            .needs("issuer", .text), .needs("client", .text), .may("secretFile", .text),
            .may("secretVariable", .text), .may("scopes", .list(.text)), .may("contact", .text),
        ]
        let staff: [FieldRule] = [
            .needs(
                "claims",
                .object([
                    .needs("name", .text), .needs("person", .text), .needs("role", .text),
                ])),
            .needs("roles", .list(.object([.needs("is", .text), .needs("role", .word(roles))]))),
            .may(
                "people",
                .list(
                    .object([.needs("is", .text), .needs("number", .integer(1...9_999_999))]))),
        ]
        let citizen: [FieldRule] = [
            .needs(
                "claims",
                .object([.may("name", .text), .needs("cpr", .text), .may("cvr", .text)]))
        ]
        return .object([
            .needs("format", .integer(1...1)), .may("staff", .object(provider + staff)),
            .may("citizen", .object(provider + citizen)),
            .may(
                "sessions",
                .object([
                    .may("idleMinutes", .integer(1...480)), .may("longestHours", .integer(1...24)),
                ])),
        ])
    }
}

extension FileProblem.Kind {
    static let notAnIssuer = FileProblem.Kind(rawValue: "notAnIssuer")
}
