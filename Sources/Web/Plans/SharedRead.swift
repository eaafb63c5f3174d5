/// A read that callers share while many come at once, and that is never older than
/// the call: whoever comes while a read is under way waits for the next one.
actor SharedRead<Value: Sendable> {
    private let read: @Sendable () async throws -> Value
    private var underWay: Task<Value, any Error>?
    private var next: Task<Value, any Error>?

    init(_ read: @escaping @Sendable () async throws -> Value) { self.read = read }

    func value() async throws -> Value {
        if let next { return try await next.value }
        let task: Task<Value, any Error>
        if let before = underWay {
            task = Task {
                _ = await before.result
                takeTurn()
                return try await read()
            }
            next = task
        } else {
            task = Task { try await read() }
            underWay = task
        }
        defer { if underWay == task { underWay = nil } }
        return try await task.value
    }

    private func takeTurn() {
        underWay = next
        next = nil
    }
}
