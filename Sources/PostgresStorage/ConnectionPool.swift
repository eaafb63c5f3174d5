import Storage

/// Sessions lent out in the order they were asked for.
actor ConnectionPool {
    struct Waiter {
        let ticket: Int
        let continuation: CheckedContinuation<PostgresSession, any Error>
        let expiry: Task<Void, Never>
    }

    private let patience: Duration
    private let clock: any Clock<Duration>
    private var idle: [PostgresSession]
    private var lent = 0
    private(set) var waiters: [Waiter] = []
    private var tickets = 0
    private var isClosed = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    init(_ sessions: [PostgresSession], patience: Duration, clock: any Clock<Duration>) {
        idle = sessions
        self.patience = patience
        self.clock = clock
    }

    /// Waits for a free session. Throws `StorageError.busy` after the pool's
    /// patience, `cannotOpen` when the pool is closed, and `CancellationError`.
    func take() async throws -> PostgresSession {
        guard !isClosed else { throw Self.closed }
        if let session = idle.popLast() {
            lent += 1
            return session
        }
        tickets += 1
        let ticket = tickets
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(ticket, $0) }
        } onCancel: {
            Task { await self.turnAway(ticket, CancellationError()) }
        }
    }

    func giveBack(_ session: PostgresSession) async {
        if let next = waiters.first {
            waiters.removeFirst()
            next.expiry.cancel()
            next.continuation.resume(returning: session)
            return
        }
        if isClosed { await session.disconnect() }
        lent -= 1
        idle.append(session)
        if isClosed, lent == 0 {
            closers.forEach { $0.resume() }
            closers = []
        }
    }

    /// Turns those who wait away, lets those under way finish, and closes every connection.
    func close() async {
        isClosed = true
        for waiter in waiters { turnAway(waiter.ticket, Self.closed) }
        for session in idle { await session.disconnect() }
        if lent > 0 { await withCheckedContinuation { closers.append($0) } }
    }

    private func wait(
        _ ticket: Int, _ continuation: CheckedContinuation<PostgresSession, any Error>
    ) {
        guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
        let expiry = Task { [clock, patience] in
            // Cancelled when the session came in time.
            guard (try? await clock.sleep(for: patience)) != nil else { return }
            turnAway(ticket, StorageError.busy)
        }
        waiters.append(Waiter(ticket: ticket, continuation: continuation, expiry: expiry))
    }

    private func turnAway(_ ticket: Int, _ error: any Error) {
        guard let index = waiters.firstIndex(where: { $0.ticket == ticket }) else { return }
        let waiter = waiters.remove(at: index)
        waiter.expiry.cancel()
        waiter.continuation.resume(throwing: error)
    }

    private static let closed = StorageError.cannotOpen("the database has been closed")
}
