/// What forms have led to, so that one that is sent again as it was, by a second press, the back
/// button or another tab, does nothing twice and shows the first receipt.
actor SentOnce {
    private enum State {
        case running
        /// The address it led to.
        case done(String)
    }

    private var states: [String: State] = [:]
    private var order: [String] = []
    /// What each session sent last, without the number of the form, and where it led.
    private var latest: [String: (typed: String, address: String)] = [:]
    private var waiting: [String: [CheckedContinuation<String?, Never>]] = [:]
    /// Forms that are remembered; the oldest are forgotten first.
    private let room = 10_000

    /// Nil for whoever sends it first, who has to call `finish`; else where that has led. Waits
    /// while the first is on its way, and is the first itself where that came to nothing.
    func begin(_ key: String) async -> String? {
        while true {
            switch states[key] {
            case nil:
                states[key] = .running
                order.append(key)
                if order.count > room { states[order.removeFirst()] = nil }
                return nil
            case .done(let address): return address
            case .running:
                let address = await withCheckedContinuation { continuation in
                    waiting[key, default: []].append(continuation)
                }
                if let address { return address }
            }
        }
    }

    /// Where the same led just before; nil where the session has sent something else since.
    func again(_ typed: String, in session: String) -> String? {
        guard let last = latest[session], last.typed == typed else { return nil }
        return last.address
    }

    /// `address`: where it led; nil where nothing was saved, so that it may be sent again.
    func finish(_ key: String, _ address: String?, typed: String = "", in session: String = "") {
        states[key] = address.map { .done($0) }
        if let address {
            if latest.count >= room { latest.removeAll(keepingCapacity: true) }
            latest[session] = (typed, address)
        }
        for continuation in waiting.removeValue(forKey: key) ?? [] {
            continuation.resume(returning: address)
        }
    }
}
