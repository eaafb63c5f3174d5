import Exchange

/// Sign-ins that have begun and whose visitors are at the provider. Kept in memory, each for
/// ten minutes and one return.
actor PendingSignIns {
    struct Pending: Sendable {
        var way: SignInWay
        var request: SignInRequest
        /// The secret that the browser got in a cookie: only that browser can finish.
        var browser: String
        var returnTo: String?
        var unsaved: Unsaved?
        /// Unix seconds.
        var began: Int64
    }

    /// A form that was sent when nobody was signed in any more.
    struct Unsaved: Hashable, Sendable {
        /// The form's address.
        var form: String
        /// What was typed, as a form would be sent.
        var fields: String
    }

    private var pending: [String: Pending] = [:]
    private var order: [String] = []
    private let now: @Sendable () -> Int64
    private let lifetime: Int64 = 600
    /// Anybody can begin, so that what is kept has to have an end.
    private let room = 10_000
    private let roomForTyped = 32 << 20

    /// `now` gives Unix seconds.
    init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// Whether a browser has begun a sign-in that is not over, and keeps its secret.
    func knows(browser: String) -> Bool {
        pending.values.contains { $0.browser == browser && isAlive($0) }
    }

    func begin(
        _ request: SignInRequest, by way: SignInWay, browser: String, returnTo: String?,
        unsaved: Unsaved?
    ) {
        pending[request.state] = Pending(
            way: way, request: request, browser: browser, returnTo: returnTo, unsaved: unsaved,
            began: now())
        order.append(request.state)
        shrink()
    }

    /// The sign-in that a visitor comes back from; nil when it is not this browser's, is too old
    /// or has been finished. It can be taken once.
    func take(state: String, browser: String) -> Pending? {
        guard let found = pending[state], found.browser == browser else { return nil }
        pending[state] = nil
        return isAlive(found) ? found : nil
    }

    /// The latest of a browser's, which stays: who comes back without its state has not shown
    /// that it is the one.
    func latest(browser: String) -> Pending? {
        order.last { pending[$0]?.browser == browser }.flatMap { pending[$0] }
    }

    private func isAlive(_ pending: Pending) -> Bool { now() - pending.began < lifetime }

    private func shrink() {
        order.removeAll { state in
            guard let found = pending[state] else { return true }
            if isAlive(found) { return false }
            pending[state] = nil
            return true
        }
        var typed = pending.values.reduce(0) { $0 + ($1.unsaved?.fields.utf8.count ?? 0) }
        while order.count > room || typed > roomForTyped, !order.isEmpty {
            let gone = pending.removeValue(forKey: order.removeFirst())
            typed -= gone?.unsaved?.fields.utf8.count ?? 0
        }
    }
}
