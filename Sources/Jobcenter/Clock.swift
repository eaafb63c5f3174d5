import Chronology

/// The time, passed in so that tests and demonstrations can choose it.
public struct Clock: Sendable {
    /// Unix seconds now.
    public var now: @Sendable () -> Int64
    /// The day now, in Denmark.
    public var today: @Sendable () -> Day

    public init(now: @escaping @Sendable () -> Int64, today: @escaping @Sendable () -> Day) {
        self.now = now
        self.today = today
    }

    /// Minutes after midnight now, in Denmark.
    public func minute() -> Int { DanishTime.minute(now()) }

    /// Always noon of the same day.
    public static func stopped(at day: Day) -> Clock {
        Clock(now: { Int64(day.number) * 86_400 + 43_200 }, today: { day })
    }
}
