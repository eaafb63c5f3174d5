/// A citizen's number inside Fodfæste, unique in the whole installation. Never
/// derived from the CPR number.
@frozen
public struct CitizenID: Hashable, Comparable, Sendable {
    public let number: Int64
    @inlinable
    public init(_ number: Int64) { self.number = number }
    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// The number of one fact among the facts of its kind in one municipality. A
/// correction keeps the number and gets a later registration.
@frozen
public struct FactID: Hashable, Comparable, Sendable {
    public let number: Int64
    @inlinable
    public init(_ number: Int64) { self.number = number }
    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// The number of a household in one municipality (husstand). It says nothing
/// about where the household lives.
@frozen
public struct HouseholdID: Hashable, Comparable, Sendable {
    public let number: Int64
    @inlinable
    public init(_ number: Int64) { self.number = number }
    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

extension CitizenID: CustomStringConvertible {
    public var description: String { String(number) }
}

extension FactID: CustomStringConvertible {
    public var description: String { String(number) }
}

/// Time per week in whole minutes. A full-time week (fuldtidsuge) is 37 hours,
/// 2,220 minutes; degrees of benefit are kept in these minutes so that sums are
/// exact.
@frozen
public struct WeeklyTime: Hashable, Comparable, Sendable {
    public let minutes: Int32
    @inlinable
    public init(minutes: Int32) { self.minutes = minutes }
    /// 37 hours.
    public static let full = WeeklyTime(minutes: 2_220)
    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.minutes < b.minutes }
    /// Hours per week.
    public var hours: Double { Double(minutes) / 60 }
}
