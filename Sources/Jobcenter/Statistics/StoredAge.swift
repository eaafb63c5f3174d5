import Chronology
import Storage

/// How old the stored figures of one published table are.
public struct StoredAge: Hashable, Sendable {
    public var table: String
    /// The last day on which any of them was fetched or read from a file.
    public var fetchedOn: Day
    /// The period that ends last; a month rather than the year to date.
    public var newest: Period
    public var figures: Int

    /// Whole days since the figures came.
    public func days(until day: Day) -> Int { max(0, day - fetchedOn) }

    /// From what is stored in the order of tables and of the codes of periods.
    static func all(_ coverage: [PublishedCoverage]) -> [StoredAge] {
        var ages: [StoredAge] = []
        for part in coverage {
            guard let period = Period(part.period) else { continue }
            guard var last = ages.last, last.table == part.table else {
                ages.append(
                    StoredAge(
                        table: part.table, fetchedOn: part.retrievedOn, newest: period,
                        figures: part.figures))
                continue
            }
            last.figures += part.figures
            last.fetchedOn = max(last.fetchedOn, part.retrievedOn)
            // Of those that end alike, the month comes first and stays.
            if period.range.end > last.newest.range.end { last.newest = period }
            ages[ages.count - 1] = last
        }
        return ages
    }
}

extension StatisticsCase {
    /// How old the stored figures of a table are; nil when there are none. Published
    /// figures are public, so anybody may ask. With `knownAt` those that were stored at the
    /// end of that day.
    public func age(ofTable table: String, knownAt: Day? = nil) async throws -> StoredAge? {
        try await ages(knownAt: knownAt).first { $0.table == table }
    }

    /// The same for every table that figures are stored of, in their order.
    public func ages(knownAt: Day? = nil) async throws -> [StoredAge] {
        try await house.publishedFigures.ages(knownAt: knownAt)
    }
}
