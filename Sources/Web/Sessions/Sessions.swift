import Exchange
import Identifiers
import Jobcenter

/// When somebody who signed in is signed out again.
public struct SessionLimits: Hashable, Sendable {
    /// Seconds without a page, for citizens and those who act for companies: they sit at
    /// borrowed and shared computers, and nobody locks their screen for them.
    public var idleOutside: Int64
    /// Seconds from the sign-in, for everybody: one working day, so that what the provider knew
    /// of somebody this morning is asked for again tomorrow.
    public var longest: Int64

    public init(idleOutside: Int64 = 30 * 60, longest: Int64 = 8 * 3_600) {
        self.idleOutside = idleOutside
        self.longest = longest
    }
}

/// Who is signed in. Kept in memory: everybody is signed out when the program stops.
actor Sessions {
    struct Session: Sendable {
        var actor: Actor
        /// Sent along with every form that changes something, against requests
        /// that another site makes in the user's name.
        var formToken: String
        /// Who it is that signed in as a citizen; nil for others.
        var person: Person?
        /// How many cases the person can go between.
        var cases = 1
        /// What signing out at the provider takes; nil for the demonstration's sign-in.
        var provider: Provider?
    }

    /// Somebody whose CPR number was proved, whichever case is shown.
    struct Person: Sendable {
        var cpr: CPR
        var name: String
    }

    /// The provider that vouched for the session.
    struct Provider: Sendable {
        var way: SignInWay
        var token: AccessToken
    }

    private struct Kept {
        var session: Session
        /// Unix seconds.
        var began: Int64
        var used: Int64
    }

    private var sessions: [String: Kept] = [:]
    private var order: [String] = []
    private let limits: SessionLimits
    private let now: @Sendable () -> Int64
    private let random: @Sendable () -> UInt64
    private let room = 10_000

    /// `random` must be unpredictable: sessions are known by it. `now` gives Unix seconds.
    init(
        limits: SessionLimits = SessionLimits(), now: @escaping @Sendable () -> Int64,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.limits = limits
        self.now = now
        self.random = random
    }

    /// The session of an id, which is used by asking; nil when there is none any more.
    func session(_ id: String) -> Session? {
        guard let kept = sessions[id] else { return nil }
        let now = now()
        if now - kept.began >= limits.longest
            || (kept.session.actor.role.isOutside && now - kept.used >= limits.idleOutside)
        {
            sessions[id] = nil
            return nil
        }
        sessions[id]?.used = now
        return kept.session
    }

    /// Starts a session in place of the one there was and returns its id, which is always a new
    /// one: an id that somebody put into the browser beforehand is worth nothing.
    func start(
        _ actor: Actor, person: Person? = nil, cases: Int = 1, provider: Provider? = nil,
        inPlaceOf old: String
    ) -> String {
        let now = now()
        let session = Session(
            actor: actor, formToken: token(), person: person, cases: cases, provider: provider)
        return keep(Kept(session: session, began: now, used: now), inPlaceOf: old)
    }

    /// The same sign-in, which is as old as it was, with another case. Its id, a new one.
    func turn(_ old: String, to actor: Actor, cases: Int) -> String {
        guard var kept = sessions[old] else { return "" }
        kept.session.actor = actor
        kept.session.cases = cases
        kept.session.formToken = token()
        return keep(kept, inPlaceOf: old)
    }

    private func keep(_ kept: Kept, inPlaceOf old: String) -> String {
        sessions[old] = nil
        let id = token()
        sessions[id] = kept
        order.append(id)
        if order.count > room { sessions[order.removeFirst()] = nil }
        return id
    }

    func end(_ id: String) { sessions[id] = nil }

    private func token() -> String {
        (0..<3).map { _ in String(random(), radix: 36) }.joined()
    }
}

extension Role {
    /// A citizen, or one who acts for a company: signed in, and not one who works here.
    var isOutside: Bool { [.citizen, .employer].contains(self) }

    /// Where one begins.
    var home: Route {
        switch self {
        case .citizen: .me(.home)
        case .employer: .door(.home)
        case .qualityConsultant: .quality(.hub)
        case .citizensAdviser: .adviser(.list)
        default: .home
        }
    }
}
