import Chronology
import Identifiers
import Indicators

/// The months behind a target: its own and those of the year before.
struct History {
    let points: [SeriesPoint]
    /// Set for levels.
    let months: [MonthValue]
    let monthsBefore: [MonthValue]
    /// Set for stocks, and for counts through a year: last year's figure by now
    /// and at its end.
    let beforeSoFar: Double?
    let beforeWhole: Double?

    init(
        _ target: ResultTarget, _ clock: TargetClock, _ accumulation: Accumulation,
        _ reader: FigureReader,
        _ municipality: MunicipalityCode
    ) throws(IndicatorError) {
        let isCount = History.isCount(clock, accumulation)
        let all = clock.gone + clock.left
        let (own, before) = History.periods(clock, accumulation)
        let found = try reader.measurements(
            of: target, in: own + before, municipality: municipality)
        let values = found.prefix(own.count).map { $0?.value }
        let valuesBefore = found.dropFirst(own.count).map { $0?.value }
        points = own.indices.map {
            SeriesPoint(period: own[$0], value: values[$0], yearBefore: valuesBefore[$0])
        }
        let isLevel = accumulation == .level
        months = isLevel ? History.known(clock.gone, values) : []
        monthsBefore = isLevel ? History.known(all.map { $0 - 12 }, valuesBefore) : []
        let counts = isCount || accumulation == .stock
        beforeSoFar = counts && !clock.gone.isEmpty ? valuesBefore[clock.gone.count - 1] : nil
        beforeWhole = counts ? valuesBefore.last ?? nil : nil
    }

    private static func isCount(_ clock: TargetClock, _ accumulation: Accumulation) -> Bool {
        guard case .year = clock.period else { return false }
        return accumulation == .count
    }

    /// The periods of the months that have gone, and of all months a year earlier.
    static func periods(
        _ clock: TargetClock, _ accumulation: Accumulation
    ) -> (own: [Period], before: [Period]) {
        let isCount = isCount(clock, accumulation)
        return (
            clock.gone.map { isCount ? .yearToDate($0) : .month($0) },
            (clock.gone + clock.left).map { isCount ? .yearToDate($0 - 12) : .month($0 - 12) }
        )
    }

    private static func known(_ months: [Month], _ values: [Double?]) -> [MonthValue] {
        zip(months, values).compactMap { month, value in
            value.map { MonthValue(month: month, value: $0) }
        }
    }
}

/// Holds a figure against the number it must reach.
struct Judgement {
    let clock: TargetClock
    let history: History
    let accumulation: Accumulation
    let sense: Sense
    let aim: Double
    let forecasts: (any LevelForecasting)?
    let level: LevelQuestion?

    func apply(
        to status: inout TargetStatus, _ measured: Measurement
    ) throws(IndicatorError) {
        status.aim = aim
        status.explanation.append(
            Explanation(
                sense.isStrict
                    ? (sense.wantsMore ? "aim.above" : "aim.below")
                    : (sense.wantsMore ? "aim.atLeast" : "aim.atMost"),
                ["aim": .quantity(aim, measured.unit), "period": .period(clock.period)]))
        if clock.state == .ended {
            let holds = sense.holds(measured.value, aim)
            status.verdict = holds ? .met : .missed
            status.light = holds ? .green : .red
            status.explanation.append(Explanation(holds ? "ended.met" : "ended.missed"))
            return
        }
        let needed = needed(measured)
        if let early = settledEarly(measured, needed) {
            status.verdict = early ? .onTrack : .missed
            status.light = early ? .green : .red
            status.explanation.append(Explanation(early ? "reachedEarly" : "unreachable"))
            return
        }
        status.needed = needed
        if let needed { status.explanation.append(sentence(needed, measured.unit)) }
        status.forecast = try forecast(measured)
        if let forecast = status.forecast {
            status.light = sense.light(forecast, aim)
            status.verdict = status.light == .green ? .onTrack : .atRisk
            status.explanation.append(sentence(forecast, status.light, measured.unit))
        } else {
            let holds = sense.holds(measured.value, aim)
            status.verdict = holds ? .onTrack : .atRisk
            status.light = holds ? .green : .yellow
            status.explanation.append(Explanation(holds ? "holdsSoFar" : "fallsShortSoFar"))
        }
    }

    /// True when the aim is reached for good, false when it is out of reach, nil
    /// while the rest of the period decides.
    private func settledEarly(_ measured: Measurement, _ needed: Needed?) -> Bool? {
        switch accumulation {
        case .count:
            if sense.wantsMore { return sense.holds(measured.value, aim) ? true : nil }
            return sense.holds(measured.value, aim) ? nil : false
        case .level:
            return !sense.wantsMore && (needed?.perMonth ?? 0) < 0 ? false : nil
        case .stock, .ratio: return nil
        }
    }

    /// What the remaining months must bring: for a level their day-weighted
    /// mean, for a count new ones per month.
    private func needed(_ measured: Measurement) -> Needed? {
        guard !clock.left.isEmpty, clock.measured != clock.period else { return nil }
        switch accumulation {
        case .level:
            let gone = Double(measured.period.range.days)
            let all = Double(clock.period.range.days)
            return Needed(
                perMonth: (aim * all - measured.value * gone) / (all - gone),
                kind: sense.wantsMore ? .levelAtLeast : .levelAtMost,
                monthsLeft: clock.left.count)
        case .count:
            let rest = max(0, sense.threshold(aim) - measured.value)
            return Needed(
                perMonth: rest / Double(clock.left.count),
                kind: sense.wantsMore ? .newPerMonth : .newPerMonthAtMost,
                monthsLeft: clock.left.count)
        case .stock, .ratio: return nil
        }
    }

    private func forecast(_ measured: Measurement) throws(IndicatorError) -> ForecastRange? {
        if accumulation == .level, let forecasts, let level,
            let found = try forecasts.meanLevel(of: level)
        {
            return found
        }
        return switch accumulation {
        case .level:
            Forecast.meanLevel(
                known: history.months, before: history.monthsBefore,
                months: clock.gone + clock.left)
        case .count:
            Forecast.count(
                soFar: measured.value, beforeSoFar: history.beforeSoFar,
                beforeWhole: history.beforeWhole, monthsGone: clock.gone.count,
                monthsLeft: clock.left.count)
        case .stock:
            Forecast.stock(
                now: measured.value, beforeNow: history.beforeSoFar,
                beforeEnd: history.beforeWhole, monthsLeft: clock.left.count)
        case .ratio: measured.unit == .percent ? Forecast.share(measured) : nil
        }
    }

    private func sentence(_ needed: Needed, _ unit: Unit) -> Explanation {
        Explanation(
            "needed.\(needed.kind.rawValue)\(needed.monthsLeft == 1 ? "One" : "")",
            ["value": .quantity(needed.perMonth, unit), "months": .count(needed.monthsLeft)])
    }

    private func sentence(
        _ forecast: ForecastRange, _ light: TrafficLight, _ unit: Unit
    ) -> Explanation {
        Explanation(
            "forecast.\(light.rawValue)",
            [
                "expected": .quantity(forecast.expected, unit),
                "low": .number(forecast.low, unit), "high": .number(forecast.high, unit),
            ])
    }
}
