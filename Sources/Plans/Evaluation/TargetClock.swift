import Chronology
import Indicators

/// How far a target's period has come on a day.
struct TargetClock {
    enum State: Hashable {
        case notBegun
        /// Begun, but no whole month has gone.
        case tooEarly
        case running
        case ended
    }

    let period: Period
    let state: State
    /// Whole months of the period that have gone, and those that have not.
    let gone: [Month]
    let left: [Month]
    /// What is measured on the day: the period, or January up to the last whole
    /// month of a running year; of a stock only that month.
    let measured: Period

    init(_ period: Period, asOf: Day, _ accumulation: Accumulation) {
        self.period = period
        let lastWhole = asOf == asOf.month.last ? asOf.month : asOf.month - 1
        gone = period.months.filter { $0 <= lastWhole }
        left = period.months.filter { $0 > lastWhole }
        if asOf < period.range.start {
            state = .notBegun
        } else if left.isEmpty {
            state = .ended
        } else {
            state = gone.isEmpty ? .tooEarly : .running
        }
        if case .year = period, state == .running, let last = gone.last {
            measured = accumulation == .stock ? .month(last) : .yearToDate(last)
        } else {
            measured = period
        }
    }

    /// The part of `baseline` that compares with what is measured.
    func comparablePart(of baseline: Period) -> Period {
        guard case .year(let own) = period, case .year(let year) = baseline else {
            return measured == period ? baseline : measured.yearBefore
        }
        return switch measured {
        case .yearToDate(let month): .yearToDate(month - (own - year) * 12)
        case .month(let month): .month(month - (own - year) * 12)
        default: baseline
        }
    }
}

/// Which side of the aim is the right one.
struct Sense: Hashable {
    var wantsMore: Bool
    /// The aim itself is not enough.
    var isStrict: Bool

    static let atLeast = Sense(wantsMore: true, isStrict: false)
    static let atMost = Sense(wantsMore: false, isStrict: false)
    static let above = Sense(wantsMore: true, isStrict: true)
    static let below = Sense(wantsMore: false, isStrict: true)

    func holds(_ value: Double, _ aim: Double) -> Bool {
        switch (wantsMore, isStrict) {
        case (true, false): value >= aim
        case (true, true): value > aim
        case (false, false): value <= aim
        case (false, true): value < aim
        }
    }

    /// The least (or largest) whole count that holds.
    func threshold(_ aim: Double) -> Double {
        switch (wantsMore, isStrict) {
        case (true, false): aim.rounded(.up)
        case (true, true): aim.rounded(.down) + 1
        case (false, false): aim.rounded(.down)
        case (false, true): aim.rounded(.up) - 1
        }
    }

    /// Green when the whole range is on the right side, red when none of it is.
    func light(_ forecast: ForecastRange, _ aim: Double) -> TrafficLight {
        let low = holds(forecast.low, aim)
        let high = holds(forecast.high, aim)
        if low && high { return .green }
        return low || high ? .yellow : .red
    }
}
