import Chronology
import Exchange
import Indicators
import Storage

/// Keeps the published figures in memory until an import or a retrieval changes them, by
/// whatever program it came.
actor PublishedShelf {
    private struct Past {
        var day: Day
        var table: PublishedTable
    }

    private let engine: any StorageEngine
    private var kept: PublishedTable?
    private var keptAges: [StoredAge]?
    private var keptPast: [Past] = []
    private var lastRead: Day?
    private var keptVersion: Int64?
    /// Earlier days that are kept; each may be as large as the present.
    private let room = 2

    init(engine: any StorageEngine) { self.engine = engine }

    /// A number that rises with every import and retrieval.
    func version() async throws -> Int64 {
        let (readings, last) = try await engine.read { try PublishedStore($0).version() }
        if readings != keptVersion {
            forget()
            keptVersion = readings
        }
        lastRead = last
        return readings
    }

    /// What was stored at the end of a day; nil for now.
    func table(knownAt day: Day? = nil) async throws -> PublishedTable {
        _ = try await version()
        // What was last read by then stands as it did.
        guard let day, let lastRead, lastRead > day else { return try await present() }
        if let found = keptPast.first(where: { $0.day == day }) { return found.table }
        let version = keptVersion
        let rows = try await engine.read { try PublishedStore($0).all(knownAt: day) }
        let table = PublishedShelf.table(rows)
        if version == keptVersion {
            keptPast.append(Past(day: day, table: table))
            if keptPast.count > room { keptPast.removeFirst() }
        }
        return table
    }

    private func present() async throws -> PublishedTable {
        if let kept { return kept }
        let version = keptVersion
        let rows = try await engine.read { try PublishedStore($0).all() }
        let table = PublishedShelf.table(rows)
        if version == keptVersion { kept = table }
        return table
    }

    private static func table(_ rows: [PublishedRow]) -> PublishedTable {
        PublishedTable(
            rows.compactMap { row in
                guard let period = Period(row.period) else { return nil }
                return PublishedFigure(
                    area: row.municipality, table: row.table, measure: row.measure,
                    period: period, value: row.value)
            })
    }

    /// How old the figures of each table are, in the order of the tables; as they stood at
    /// the end of `day`, or now.
    func ages(knownAt day: Day? = nil) async throws -> [StoredAge] {
        if let day {
            return StoredAge.all(
                try await engine.read { try PublishedStore($0).coverage(knownAt: day) })
        }
        _ = try await version()
        if let keptAges { return keptAges }
        let ages = StoredAge.all(try await engine.read { try PublishedStore($0).coverage() })
        keptAges = ages
        return ages
    }

    func forget() {
        kept = nil
        keptAges = nil
        keptPast = []
        keptVersion = nil
    }
}
