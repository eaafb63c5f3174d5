/// A run of days, both ends included. Never empty.
@frozen
public struct DayRange: Hashable, Sendable {
    public let start: Day
    public let end: Day

    /// Nil when `end` lies before `start`.
    public init?(_ start: Day, _ end: Day) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    init(unchecked start: Day, _ end: Day) {
        self.start = start
        self.end = end
    }

    /// Whole days in the run, both ends counted.
    public var days: Int { end - start + 1 }

    public func contains(_ day: Day) -> Bool { start <= day && day <= end }
    public func overlaps(_ other: DayRange) -> Bool { start <= other.end && other.start <= end }

    /// The days in both, or nil when they share none.
    public func intersection(_ other: DayRange) -> DayRange? {
        DayRange(max(start, other.start), min(end, other.end))
    }
}
