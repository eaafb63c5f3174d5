import Exchange

/// The addresses of signing in, below `/sign-in`, and of having signed out.
public enum SignInRoute: Hashable, Sendable {
    /// To the provider of one of the two doors.
    case way(SignInWay)
    /// Where providers send visitors back to.
    case back
    /// What became of it.
    case told(Outcome)
    case signedOut

    /// Why nobody was signed in.
    public enum Outcome: String, CaseIterable, Sendable {
        /// The visitor thought better of it.
        case cancelled
        /// It began too long ago, in another browser, or has been used.
        case tooOld = "too-old"
        case failed
        /// The municipality has nothing about the citizen or the company.
        case unknown
        case noRole = "no-role"
        case notEmployed = "not-employed"
    }

    var path: String {
        switch self {
        case .way(let way): "/sign-in/\(way.rawValue)"
        case .back: "/sign-in/back"
        case .told(let outcome): "/sign-in/\(outcome.rawValue)"
        case .signedOut: "/signed-out"
        }
    }

    /// The route of a path, or nil where nothing is.
    init?(path: String) {
        let all: [SignInRoute] =
            [.back, .signedOut] + SignInWay.allCases.map { .way($0) }
            + Outcome.allCases.map { .told($0) }
        guard let route = all.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}
