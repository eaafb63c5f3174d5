import Chronology
import Exchange
import Identifiers
import Indicators
import Storage

/// A published measure about one area with everything that is known of how it came.
public struct SeriesHistory: Hashable, Sendable {
    public var table: String
    public var measure: String
    /// The municipality's code, 0 for the whole country.
    public var area: Int32
    /// The figures, the latest period first.
    public var figures: [Figure]
    /// What was published otherwise before, and what is not published any more, the latest
    /// change first.
    public var changes: [PublishedChange]
    /// Each import and retrieval of the measure, the latest first.
    public var readings: [Reading]
    /// Of the table as a whole; nil where nothing of it is stored.
    public var age: StoredAge?

    public struct Figure: Hashable, Sendable {
        public var period: Period
        /// Nil when the publisher does not show it.
        public var value: Double?
        /// The day from which the value has stood here.
        public var since: Day
    }

    public struct Reading: Hashable, Sendable {
        public var on: Day
        /// How many figures of the measure came, of all areas.
        public var figures: Int
        public var source: PublishedChange.Source
    }
}

/// A published figure that came, changed or went.
public struct PublishedChange: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case added
        case revised
        /// A file of the whole measure did not hold it any more.
        case gone
    }

    public var period: Period
    public var kind: Kind
    /// Nil when it was not shown, or not there.
    public var old: Double?
    /// Nil when it is not shown, or not there any more.
    public var new: Double?
    public var on: Day
    public var source: Source

    /// The import or retrieval that brought it.
    public struct Source: Hashable, Sendable {
        /// Its entry in a ledger; nil where that was not kept.
        public var entry: PublishedEntry?
        /// What it was, as far as is known.
        public var name: PublishedSourceName?
    }
}

extension StatisticsCase {
    /// A measure about an area, as it was stored at the end of `knownAt`, or is now. Nil when
    /// nothing of it was stored then. Published figures are public, so anybody may ask.
    public func history(
        table: String, measure: String, area: Int32, knownAt: Day? = nil
    ) async throws -> SeriesHistory? {
        let found = try await house.engine.read { connection in
            try SeriesReading(connection, table: table, measure: measure, area: area)
        }
        func isKnown(_ day: Day) -> Bool { knownAt.map { day <= $0 } ?? true }
        var figures: [Period: SeriesHistory.Figure] = [:]
        // Of two about one period the one that came later stands.
        for entry in found.earlier.reversed() {
            guard let knownAt, isKnown(entry.knownFrom), entry.knownUntil > knownAt,
                let period = Period(entry.period)
            else { continue }
            figures[period] = SeriesHistory.Figure(
                period: period, value: entry.old, since: entry.knownFrom)
        }
        for entry in found.standing where isKnown(entry.knownFrom) {
            guard let period = Period(entry.period) else { continue }
            figures[period] = SeriesHistory.Figure(
                period: period, value: entry.value, since: entry.knownFrom)
        }
        let readings = found.readings.filter { isKnown($0.on) }
        guard !figures.isEmpty || !readings.isEmpty else { return nil }
        return SeriesHistory(
            table: table, measure: measure, area: area,
            figures: figures.values.sorted {
                ($0.period.range.end, $0.period.range.start)
                    > ($1.period.range.end, $1.period.range.start)
            },
            changes: found.changes.filter { $0.kind != .added && isKnown($0.on) },
            readings: readings.map {
                SeriesHistory.Reading(
                    on: $0.on, figures: $0.figures, source: found.source($0.entry))
            }, age: try await age(ofTable: table, knownAt: knownAt))
    }

    /// What moved a figure after a day: the changes of its period, and of the months in it
    /// where it is their mean. The latest first.
    public func changes(
        table: String, measure: String, area: Int32, period: Period, after day: Day
    ) async throws -> [PublishedChange] {
        let periods = Set([period] + period.months.map { .month($0) })
        return try await house.engine.read { connection in
            try SeriesReading(connection, table: table, measure: measure, area: area).changes
                .filter { $0.on > day && periods.contains($0.period) }
        }
    }
}

/// What the store tells of one measure about one area.
private struct SeriesReading {
    var standing: [PublishedStanding]
    var earlier: [PublishedEarlier]
    var readings: [PublishedReading]
    private var names: [PublishedEntry: PublishedSourceName] = [:]

    init(
        _ connection: any SQLConnection, table: String, measure: String, area: Int32
    ) throws {
        let store = PublishedStore(connection)
        standing = try store.standing(table: table, measure: measure, area: area)
        earlier = try store.earlier(table: table, measure: measure, area: area)
        readings = try store.readings(table: table, measure: measure)
        var entries = Set(readings.compactMap(\.entry) + standing.compactMap(\.origin))
        entries.formUnion(earlier.map(\.end) + earlier.compactMap(\.origin))
        for entry in entries { names[entry] = try store.name(of: entry) }
    }

    func source(_ entry: PublishedEntry?) -> PublishedChange.Source {
        PublishedChange.Source(entry: entry, name: entry.flatMap { names[$0] })
    }

    /// Everything that came, changed or went, the latest first.
    var changes: [PublishedChange] {
        struct Arrival: Hashable {
            var period: String
            var entry: PublishedEntry
        }
        var found: [PublishedChange] = []
        var revised: Set<Arrival> = []
        for entry in earlier {
            guard let period = Period(entry.period) else { continue }
            if !entry.isGone { revised.insert(Arrival(period: entry.period, entry: entry.end)) }
            found.append(
                PublishedChange(
                    period: period, kind: entry.isGone ? .gone : .revised, old: entry.old,
                    new: entry.new, on: entry.knownUntil, source: source(entry.end)))
        }
        func add(_ code: String, _ value: Double?, _ origin: PublishedEntry?, _ day: Day) {
            guard let period = Period(code) else { return }
            // What took the place of another was told of as a revision.
            if let origin, revised.contains(Arrival(period: code, entry: origin)) { return }
            found.append(
                PublishedChange(
                    period: period, kind: .added, old: nil, new: value, on: day,
                    source: source(origin)))
        }
        for entry in standing { add(entry.period, entry.value, entry.origin, entry.knownFrom) }
        for entry in earlier where entry.origin != nil {
            add(entry.period, entry.old, entry.origin, entry.knownFrom)
        }
        return found.sorted {
            ($0.on, $0.source.entry?.number ?? 0, $0.period.range.end)
                > ($1.on, $1.source.entry?.number ?? 0, $1.period.range.end)
        }
    }
}
