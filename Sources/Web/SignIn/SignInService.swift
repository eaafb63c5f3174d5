import Exchange
import Jobcenter

/// How people sign in by providers, for a site that is no demonstration.
public struct SignInService: Sendable {
    /// One door: its provider, and whom to ask when one cannot come in.
    public struct Door: Sendable {
        public var client: SignInClient
        /// Nil says the municipality.
        public var contact: String?

        public init(client: SignInClient, contact: String?) {
            self.client = client
            self.contact = contact
        }

        var way: SignInWay { client.provider.way }
    }

    public var doors: [Door]
    public var roles: SignInRoles
    public var limits: SessionLimits

    public init(doors: [Door], roles: SignInRoles, limits: SessionLimits) {
        self.doors = doors
        self.roles = roles
        self.limits = limits
    }

    func door(_ way: SignInWay) -> Door? { doors.first { $0.way == way } }
}
