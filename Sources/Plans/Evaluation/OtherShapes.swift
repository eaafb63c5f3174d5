import Chronology
import Identifiers
import Indicators

// The shapes that are more than one figure held against one number.
extension TargetEvaluation {
    /// The measurements that are over, or the running one before the first is.
    func measurements(_ every: MeasuringInterval, _ clock: TargetClock) -> [Period] {
        let done = every.periods(in: clock.period).filter { $0.range.end <= asOf }
        return done.isEmpty ? [clock.measured] : done
    }

    /// Below the limit at every measurement: one at or above it settles the target.
    func ceiling(
        _ target: ResultTarget, _ clock: TargetClock, _ limit: Quantity,
        _ every: MeasuringInterval
    ) throws(IndicatorError) -> TargetStatus {
        var status = TargetStatus(target: target)
        status.aim = limit.value
        let periods = measurements(every, clock)
        let done = periods.filter { $0.range.end <= asOf }
        let found = try reader.measurements(of: target, in: periods, municipality: municipality)
        let before = try reader.measurements(
            of: target, in: periods.map(\.yearBefore), municipality: municipality)
        status.series = periods.indices.map {
            SeriesPoint(
                period: periods[$0], value: found[$0]?.value, yearBefore: before[$0]?.value)
        }
        let known = found.compactMap { $0 }
        guard let latest = known.last else {
            status.explanation = [Explanation("noFigure")]
            return status
        }
        status.comparison = try comparison(target, latest.period)
        let broken = known.first { $0.value >= limit.value && done.contains($0.period) }
        status.measured = broken ?? latest
        status.explanation = measuredSentences(broken ?? latest)
        status.explanation.append(
            Explanation("aim.below", aim(limit, target.period)))
        if broken != nil {
            status.verdict = .missed
            status.light = .red
            status.explanation.append(Explanation("ceiling.broken"))
        } else if known.count < periods.count {
            status.explanation.append(
                Explanation("ceiling.missing", ["count": .count(periods.count - known.count)]))
        } else if clock.state == .ended {
            status.verdict = .met
            status.light = .green
            status.explanation.append(Explanation("ceiling.kept"))
        } else {
            keepGoing(&status, latest, limit)
        }
        return status
    }

    private func keepGoing(
        _ status: inout TargetStatus, _ latest: Measurement, _ limit: Quantity
    ) {
        status.forecast = latest.unit == .percent ? Forecast.share(latest) : nil
        let holds = latest.value < limit.value
        status.light =
            status.forecast.map { Sense.below.light($0, limit.value) } ?? (holds ? .green : .yellow)
        status.verdict = status.light == .green ? .onTrack : .atRisk
        status.explanation.append(
            Explanation(status.light == .green ? "ceiling.soFar" : "ceiling.close"))
    }

    private func aim(
        _ quantity: Quantity, _ period: Period
    ) -> [String: Explanation.Argument] {
        ["aim": .quantity(quantity.value, quantity.unit), "period": .period(period)]
    }

    /// A duty held so many times; while the period runs, as many times as an even
    /// pace asks for by now.
    func held(_ target: ResultTarget, _ duty: String, _ times: Int) -> TargetStatus {
        var status = TargetStatus(target: target)
        let range = target.period.range
        let held = duties.days(of: duty, in: range).count
        status.timesHeld = held
        status.aim = Double(times)
        guard asOf >= range.start else {
            status.explanation = [Explanation("notBegun", ["day": .day(range.start)])]
            return status
        }
        status.explanation = [
            Explanation(
                "held",
                [
                    "held": .count(held), "times": .count(times),
                    "period": .period(target.period),
                ])
        ]
        if asOf > range.end {
            status.verdict = held >= times ? .met : .missed
            status.light = held >= times ? .green : .red
        } else {
            let byNow = times * (asOf - range.start + 1) / range.days
            status.verdict = held >= byNow ? .onTrack : .atRisk
            status.light = held >= byNow ? .green : .yellow
            status.explanation.append(Explanation("heldByNow", ["count": .count(byNow)]))
        }
        return status
    }

    /// As good as its weakest part.
    func coupled(_ target: ResultTarget, _ ids: [String]) throws(IndicatorError) -> TargetStatus {
        var status = TargetStatus(target: target)
        for id in ids {
            guard let part = plan.target(id) else { continue }
            status.parts.append(try self.status(of: part))
        }
        let weakestFirst: [Verdict] = [.missed, .noData, .noNumber, .atRisk, .onTrack]
        let verdicts = Set(status.parts.map(\.verdict))
        status.verdict = weakestFirst.first(where: verdicts.contains) ?? .met
        let lights = Set(status.parts.map(\.light))
        status.light =
            [TrafficLight.red, .grey, .yellow].first(where: lights.contains) ?? .green
        status.explanation = [Explanation("coupled.\(status.verdict.rawValue)")]
        return status
    }

    /// The position among the peers by the newest published values, the smallest
    /// first; those whose value is not shown are left out.
    func rank(
        _ target: ResultTarget, _ measure: PublishedMeasure, _ peers: [MunicipalityCode],
        _ atMost: Int?
    ) -> TargetStatus {
        var status = TargetStatus(target: target)
        status.aim = atMost.map(Double.init)
        let others = Set(peers.isEmpty ? municipalities : peers).subtracting([municipality])
        for period in target.period.newestFirst {
            guard let own = reader.publishedMeasurement(measure, .percent, period, municipality)
            else { continue }
            let values = others.compactMap {
                reader.publishedMeasurement(measure, .percent, period, $0)?.value
            }
            let rank = TargetStatus.Rank(
                position: 1 + values.filter { $0 < own.value }.count, among: values.count + 1)
            status.rank = rank
            status.measured = own
            status.explanation = [
                Explanation(
                    "rank",
                    [
                        "position": .count(rank.position), "among": .count(rank.among),
                        "period": .period(period),
                    ]),
                Explanation("publishedOnly"),
            ]
            judge(&status, rank, atMost, isFinal: period == target.period)
            return status
        }
        status.explanation = [Explanation("rankMissing")]
        return status
    }

    private func judge(
        _ status: inout TargetStatus, _ rank: TargetStatus.Rank, _ atMost: Int?, isFinal: Bool
    ) {
        guard let atMost else {
            status.verdict = .noNumber
            status.explanation.append(Explanation("noNumber.open"))
            return
        }
        let holds = rank.position <= atMost
        status.verdict = isFinal ? (holds ? .met : .missed) : (holds ? .onTrack : .atRisk)
        status.light = holds ? .green : (isFinal ? .red : .yellow)
        status.explanation.append(Explanation("rankAim", ["aim": .count(atMost)]))
    }
}

extension MeasuringInterval {
    /// The measurements inside a period.
    func periods(in period: Period) -> [Period] {
        let months = period.months
        return switch self {
        case .month: months.map { .month($0) }
        case .quarter: months.filter { $0.number % 3 == 0 }.map { .quarter($0.quarter) }
        case .year: [period]
        }
    }
}

extension Period {
    /// The period and, for rolling four quarters, the three earlier ones, so that
    /// a running year shows the newest list there is.
    fileprivate var newestFirst: [Period] {
        guard case .rollingFourQuarters(let quarter) = self else { return [self] }
        return (0..<4).map { .rollingFourQuarters(quarter - $0) }
    }
}
