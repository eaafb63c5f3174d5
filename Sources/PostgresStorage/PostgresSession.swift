import Storage

/// What a transaction is for.
enum Purpose {
    case read, write, script
}

/// A seat in the pool: one connection at a time, replaced when it breaks, and
/// a thread of its own to wait on.
actor PostgresSession {
    private let executor: BlockingExecutor
    private let settings: ConnectionSettings
    private let statements: Int
    private var connection: PostgresConnection?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(_ settings: ConnectionSettings, statements: Int, number: Int) {
        self.settings = settings
        self.statements = statements
        executor = BlockingExecutor(label: "fodfaeste.postgres.\(number)")
    }

    /// Runs `body` as one transaction.
    ///
    /// Writes are serializable. Those that meet no other write on the same rows run
    /// side by side; one that loses against another is done again *alone*, with every
    /// other write of the installation waiting, so that it cannot lose a second time
    /// to one of ours. Throws `StorageError.busy` when it loses all the same.
    func transaction<T: Sendable>(
        _ purpose: Purpose, _ body: @Sendable (PostgresConnection) throws -> T
    ) throws -> T {
        for attempt in 1...4 {
            let turn: Turn? =
                switch purpose {
                case .read: nil
                case .write: attempt == 1 ? .shared : .alone
                case .script: .alone
                }
            let connection = try begin(purpose, turn)
            defer { end(turn, connection) }
            do {
                let value = try body(connection)
                try connection.commit()
                return value
            } catch {
                connection.rollback()
                guard connection.mayTryAgain, !connection.isBroken else { throw error }
            }
        }
        throw StorageError.busy
    }

    func connect() throws {
        if connection == nil {
            connection = try PostgresConnection(settings, statements: statements)
        }
    }

    func disconnect() {
        connection = nil
    }

    // MARK: - Beginning and ending

    /// A connection that went away while nobody used it is only noticed at the first
    /// statement; nothing has been done by then, so a fresh one is opened.
    private func begin(_ purpose: Purpose, _ turn: Turn?) throws -> PostgresConnection {
        let kept = connection
        do {
            return try beginOnce(purpose, turn)
        } catch {
            guard let kept, kept.isBroken else { throw error }
            return try beginOnce(purpose, turn)
        }
    }

    private func beginOnce(_ purpose: Purpose, _ turn: Turn?) throws -> PostgresConnection {
        try connect()
        guard let connection else { throw StorageError.cannotOpen("no connection") }
        do {
            // Before the transaction: its snapshot must be taken after the wait.
            if let turn { try connection.command(turn.take) }
            try connection.begin(
                purpose == .read
                    ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                    : "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
            return connection
        } catch {
            // Whatever lock it may hold goes with the connection.
            self.connection = nil
            throw error
        }
    }

    private func end(_ turn: Turn?, _ connection: PostgresConnection) {
        do {
            if let turn, !connection.isBroken { try connection.command(turn.giveBack) }
        } catch {
            self.connection = nil
        }
        if connection.isBroken { self.connection = nil }
    }
}

/// A write's right to be under way: shared by writes on their first attempt,
/// exclusive for one that is being done again. A lock of the session on the
/// schema's name, so that installations in one database do not wait for each other.
private enum Turn {
    case shared, alone

    var take: String { "SELECT pg_advisory_lock\(suffix)(\(Self.key))" }
    var giveBack: String { "SELECT pg_advisory_unlock\(suffix)(\(Self.key))" }

    private var suffix: String { self == .shared ? "_shared" : "" }
    /// The first number keeps clear of locks that other programs take.
    private static let key = "1181705318, hashtext(coalesce(current_schema(), ''))"
}
