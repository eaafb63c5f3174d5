import Jobcenter
import Parameters

/// Who is signed in. Kept in memory: the demonstration's sign-in is gone when the
/// program stops.
actor Sessions {
    struct Session: Sendable {
        var actor: Actor
        /// Sent along with every form that changes something, against requests
        /// that another site makes in the user's name.
        var formToken: String
    }

    private var sessions: [String: Session] = [:]
    private var order: [String] = []
    private let random: @Sendable () -> UInt64
    private let room = 10_000

    /// `random` must be unpredictable: sessions are known by it.
    init(random: @escaping @Sendable () -> UInt64) { self.random = random }

    func session(_ id: String) -> Session? { sessions[id] }

    /// Starts a session and returns its id.
    func start(_ actor: Actor) -> String {
        let id = token()
        sessions[id] = Session(actor: actor, formToken: token())
        order.append(id)
        if order.count > room { sessions[order.removeFirst()] = nil }
        return id
    }

    func end(_ id: String) { sessions[id] = nil }

    private func token() -> String {
        (0..<3).map { _ in String(random(), radix: 36) }.joined()
    }
}
