import Chronology
import Identifiers
import Indicators

/// Judges the targets of one plan on one day.
struct TargetEvaluation {
    let plan: EmploymentPlan
    let municipality: MunicipalityCode
    let compareMunicipality: MunicipalityCode?
    let municipalities: [MunicipalityCode]
    var reader: FigureReader
    let duties: DutyEvaluation
    let forecasts: (any LevelForecasting)?
    let asOf: Day

    func status(of target: ResultTarget) throws(IndicatorError) -> TargetStatus {
        switch target.shape {
        case .noData(let reason):
            var status = TargetStatus(target: target)
            status.explanation = [Explanation("noData", ["reason": .text(reason)])]
            return status
        case .held(let duty, let times): return held(target, duty, times)
        case .coupled(let parts): return try coupled(target, parts)
        case .rank(let measure, let peers, let atMost):
            return rank(target, measure, peers, atMost)
        default: return try figure(target)
        }
    }

    private func accumulation(of target: ResultTarget) -> Accumulation {
        target.indicator.flatMap { reader.known[$0]?.accumulation } ?? .ratio
    }

    /// The periods whose figures judging the target will ask for.
    func periods(of target: ResultTarget) -> Set<Period> {
        let accumulation = accumulation(of: target)
        let clock = TargetClock(target.period, asOf: asOf, accumulation)
        guard clock.state == .running || clock.state == .ended else { return [] }
        if case .ceiling(_, let every) = target.shape {
            let measured = measurements(every, clock)
            return Set(measured + measured.map(\.yearBefore))
        }
        let (own, before) = History.periods(clock, accumulation)
        var periods = Set([clock.measured] + own + before)
        let baseline: Period? =
            switch target.shape {
            case .moreThan(let period), .lessThan(let period), .growth(_, let period): period
            case .noNumber: target.period.yearBefore
            default: nil
            }
        if let baseline { periods.formUnion([baseline, clock.comparablePart(of: baseline)]) }
        return periods
    }

    /// Every shape that is about a figure of the target's own indicator.
    private func figure(_ target: ResultTarget) throws(IndicatorError) -> TargetStatus {
        var status = TargetStatus(target: target)
        let accumulation = accumulation(of: target)
        let clock = TargetClock(target.period, asOf: asOf, accumulation)
        switch clock.state {
        case .notBegun, .tooEarly:
            status.explanation = [
                Explanation(
                    clock.state == .notBegun ? "notBegun" : "tooEarly",
                    ["day": .day(target.period.range.start)])
            ]
            return status
        case .running, .ended: break
        }
        if case .ceiling(let limit, let every) = target.shape {
            return try ceiling(target, clock, limit, every)
        }
        let measured = try reader.measurement(
            of: target, in: clock.measured, municipality: municipality)
        status.measured = measured
        status.comparison = try comparison(target, clock.measured)
        guard let measured else {
            status.explanation = [Explanation("noFigure")]
            return status
        }
        let history = try History(target, clock, accumulation, reader, municipality)
        status.series = history.points
        status.explanation = measuredSentences(measured)
        try judge(&status, measured, clock, history, accumulation)
        return status
    }

    func comparison(
        _ target: ResultTarget, _ period: Period
    ) throws(IndicatorError) -> Comparison? {
        guard let other = compareMunicipality,
            let found = try reader.measurement(of: target, in: period, municipality: other)
        else { return nil }
        return Comparison(municipality: other, measurement: found)
    }

    func measuredSentences(_ measured: Measurement) -> [Explanation] {
        var sentences = [
            Explanation(
                measured.isProvisional ? "measuredProvisional" : "measured",
                [
                    "value": .quantity(measured.value, measured.unit),
                    "period": .period(measured.period),
                ])
        ]
        if measured.source == .published { sentences.append(Explanation("publishedOnly")) }
        return sentences
    }

    private func judge(
        _ status: inout TargetStatus, _ measured: Measurement, _ clock: TargetClock,
        _ history: History, _ accumulation: Accumulation
    ) throws(IndicatorError) {
        func judge(
            _ aim: Double, _ sense: Sense, _ status: inout TargetStatus
        ) throws(IndicatorError) {
            try Judgement(
                clock: clock, history: history, accumulation: accumulation, sense: sense, aim: aim,
                forecasts: forecasts, level: level(status.target, clock, history)
            ).apply(to: &status, measured)
        }
        switch status.target.shape {
        case .atLeast(let aim), .shareAtLeast(let aim): try judge(aim.value, .atLeast, &status)
        case .atMost(let aim): try judge(aim.value, .atMost, &status)
        case .cumulative(let aim):
            status.evenPace =
                aim.value * Double(clock.gone.count) / Double(clock.gone.count + clock.left.count)
            try judge(aim.value, .atLeast, &status)
        case .within(let aim): try judge(aim.value(in: measured.unit), .atMost, &status)
        case .moreThan(let period):
            if let aim = try baseline(&status, period, clock) { try judge(aim, .above, &status) }
        case .lessThan(let period):
            if let aim = try baseline(&status, period, clock) { try judge(aim, .below, &status) }
        case .growth(let percent, let since):
            guard let before = try baseline(&status, since, clock) else { return }
            guard let percent else { return noNumber(&status, .up, measured) }
            try judge(before * (1 + percent / 100), .atLeast, &status)
        case .gapToExpected(let gap, let expected):
            status.baseline = reader.publishedMeasurement(
                expected, measured.unit, measured.period, municipality)
            guard let level = status.baseline else {
                return status.explanation.append(Explanation("expectedMissing"))
            }
            try judge(level.value + gap.value, .atMost, &status)
        case .noNumber(let direction):
            _ = try baseline(&status, status.target.period.yearBefore, clock)
            noNumber(&status, direction, measured)
        case .noData, .held, .coupled, .rank, .ceiling: break
        }
    }

    /// What to ask of a forecast of the target's period.
    private func level(
        _ target: ResultTarget, _ clock: TargetClock, _ history: History
    ) -> LevelQuestion? {
        target.indicator.map {
            LevelQuestion(
                indicator: $0, filter: target.filter, municipality: municipality,
                months: clock.gone + clock.left, known: history.months)
        }
    }

    /// Puts the comparable part of the baseline period into the status and
    /// returns the whole baseline figure, which is what the period must beat.
    private func baseline(
        _ status: inout TargetStatus, _ period: Period, _ clock: TargetClock
    ) throws(IndicatorError) -> Double? {
        let part = clock.comparablePart(of: period)
        let found = try reader.measurements(
            of: status.target, in: [part, period], municipality: municipality)
        status.baseline = found.first ?? nil
        guard let baseline = status.baseline else {
            if case .noNumber = status.target.shape { return nil }
            status.explanation.append(Explanation("baselineMissing", ["period": .period(part)]))
            return nil
        }
        status.explanation.append(
            Explanation(
                "baseline",
                [
                    "value": .quantity(baseline.value, baseline.unit),
                    "period": .period(baseline.period),
                ]))
        return (found.last ?? nil)?.value ?? baseline.value
    }

    private func noNumber(
        _ status: inout TargetStatus, _ direction: Direction?, _ measured: Measurement
    ) {
        status.verdict = .noNumber
        let key = direction.map { "noNumber.\($0.rawValue)" } ?? "noNumber.open"
        status.explanation.append(Explanation(key))
        guard let direction, let baseline = status.baseline else { return }
        // Two figures that read alike have not moved.
        let moved = measured.shown - baseline.shown
        let isRight = direction == .up ? moved > 0 : moved < 0
        status.explanation.append(
            Explanation(moved == 0 ? "unchanged" : isRight ? "rightWay" : "wrongWay"))
    }
}

extension Measurement {
    /// The value in the smallest steps it is shown in.
    fileprivate var shown: Double {
        (0..<unit.decimals).reduce(value) { value, _ in value * 10 }.rounded()
    }
}

extension Quantity {
    /// Days and weeks turned into each other; other units as they are.
    func value(in wanted: Unit) -> Double {
        switch (unit, wanted) {
        case (.weeks, .days): value * 7
        case (.days, .weeks): value / 7
        default: value
        }
    }
}
