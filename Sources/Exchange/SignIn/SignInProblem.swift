/// Why a sign-in by a provider came to nothing. It is for the log; the visitor is told that it
/// failed, and a reference.
public struct SignInProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, CaseIterable, Sendable {
        // On the way
        case unreachable, insecureAddress, refused
        // What the provider says of itself
        case unreadableDescription, otherIssuerDescribed, missingEndpoint, unreadableKeys
        // The provider's no, other than that the visitor thought better of it
        case providerFailed
        // What the token is
        case tokenMissing, malformedToken, wrongAlgorithm, unknownKey, wrongSignature
        // What the token says
        case wrongIssuer, otherIssuerAnswered, wrongAudience, expired, notYetValid, wrongNonce,
            claimMissing, wrongNumber
    }

    public var kind: Kind
    /// What stands there, shortened and on one line. Never a token, a code or a secret.
    public var found: String

    public init(_ kind: Kind, _ found: String = "") {
        self.kind = kind
        // It may come from an address that anybody can write, and goes into the log.
        self.found = String(
            String.UnicodeScalarView(
                found.unicodeScalars.prefix(200).map { $0.value < 32 || $0.value == 127 ? " " : $0 }
            ))
    }

    public var description: String { found.isEmpty ? kind.rawValue : "\(kind.rawValue): \(found)" }
}
