import CLibPQ

/// The names of the statements prepared on one connection, the least recently
/// used given up first.
struct StatementCache {
    /// The same text with other argument types is another statement.
    struct Key: Hashable {
        let sql: String
        let types: [Oid]
    }

    private struct Entry {
        let name: String
        var lastUse: Int
    }

    let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func name(for key: Key) -> String? {
        uses += 1
        entries[key]?.lastUse = uses
        return entries[key]?.name
    }

    /// Keeps a statement; returns the name of the one it displaces.
    mutating func keep(_ name: String, for key: Key) -> String? {
        uses += 1
        entries[key] = Entry(name: name, lastUse: uses)
        guard entries.count > capacity else { return nil }
        let oldest = entries.min { $0.value.lastUse < $1.value.lastUse }
        return oldest.flatMap { entries.removeValue(forKey: $0.key)?.name }
    }

    mutating func removeAll() {
        entries.removeAll()
    }
}
