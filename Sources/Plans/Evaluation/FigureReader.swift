import Chronology
import Identifiers
import Indicators

/// Fetches figures for one municipality: from the register where it covers the
/// period, otherwise as published.
struct FigureReader {
    let figures: any FigureSource
    let published: (any PublishedSource)?
    let known: KnownIndicators
    /// The first day each municipality's registrations cover.
    let registeredFrom: [MunicipalityCode: Day]
    let asOf: Day
    private(set) var fetched: [Question: [Period: Figure]] = [:]

    /// What a figure is about; questions that differ in their periods only are asked
    /// together.
    struct Question: Hashable {
        var indicator: IndicatorID
        var filter: PopulationFilter
    }

    /// Fetches figures that will be asked for, all of them at once, because one pass
    /// over the registrations answers for many periods.
    mutating func fetch(
        _ needs: [(target: ResultTarget, periods: Set<Period>)], municipality: MunicipalityCode
    ) throws(IndicatorError) {
        var periods: [Question: Set<Period>] = [:]
        var order: [Question] = []
        for need in needs {
            guard let indicator = need.target.indicator, known[indicator] != nil else { continue }
            let question = question(indicator, need.target, municipality)
            if periods[question] == nil { order.append(question) }
            periods[question, default: []].formUnion(
                need.periods.filter { covers(municipality, $0) })
        }
        let requests = order.compactMap { question -> FigureRequest? in
            let ordered = (periods[question] ?? []).sorted(by: Period.endsFirst)
            if ordered.isEmpty { return nil }
            return FigureRequest(
                question.indicator, periods: ordered, filter: question.filter, asOf: asOf)
        }
        for (request, cells) in zip(requests, try figures.figures(all: requests)) {
            let question = Question(indicator: request.indicator, filter: request.filter)
            for cell in cells { fetched[question, default: [:]][cell.period] = cell.figure }
        }
    }

    private func question(
        _ indicator: IndicatorID, _ target: ResultTarget, _ municipality: MunicipalityCode
    ) -> Question {
        var filter = target.filter
        filter.municipalities = [municipality]
        return Question(indicator: indicator, filter: filter)
    }

    /// The target's figure for each period, nil where there is none.
    func measurements(
        of target: ResultTarget, in periods: [Period], municipality: MunicipalityCode
    ) throws(IndicatorError) -> [Measurement?] {
        guard let indicator = target.indicator, let entry = known[indicator] else {
            return periods.map { _ in nil }
        }
        let question = question(indicator, target, municipality)
        var registered = fetched[question] ?? [:]
        let missing = periods.filter { covers(municipality, $0) && registered[$0] == nil }
        if !missing.isEmpty {
            let cells = try figures.figures(
                FigureRequest(indicator, periods: missing, filter: question.filter, asOf: asOf))
            for cell in cells { registered[cell.period] = cell.figure }
        }
        return periods.map { period in
            if let figure = registered[period], let value = figure.value {
                return Measurement(
                    value: value, unit: entry.unit, numerator: figure.numerator,
                    denominator: figure.denominator, persons: figure.persons, period: period,
                    isProvisional: figure.isProvisional, source: .register,
                    isMeanOfMonths: figure.isMeanOfMonths)
            }
            return target.published.flatMap {
                publishedMeasurement($0, entry.unit, period, municipality)
            }
        }
    }

    func measurement(
        of target: ResultTarget, in period: Period, municipality: MunicipalityCode
    ) throws(IndicatorError) -> Measurement? {
        try measurements(of: target, in: [period], municipality: municipality).first ?? nil
    }

    /// True when the registrations go back to the period's first day.
    private func covers(_ municipality: MunicipalityCode, _ period: Period) -> Bool {
        guard let from = registeredFrom[municipality] else { return false }
        return from <= period.range.start && period.range.start <= asOf
    }

    /// The published figure of the period; a longer period's full-time persons
    /// are the day-weighted mean of its months when all of them are shown.
    func publishedMeasurement(
        _ measure: PublishedMeasure, _ unit: Unit, _ period: Period,
        _ municipality: MunicipalityCode
    ) -> Measurement? {
        guard let published, period.range.end <= asOf else { return nil }
        let found = published.publishedOrMean(
            table: measure.table, measure: measure.measure, area: municipality.number,
            period: period, unit: unit)?.value
        return found.map {
            Measurement(
                value: $0, unit: unit, numerator: nil, denominator: nil, persons: nil,
                period: period, isProvisional: false, source: .published)
        }
    }
}

extension Period {
    /// The order that lets a source tell soon which periods a day can be in.
    fileprivate static func endsFirst(_ a: Period, _ b: Period) -> Bool {
        (a.range.end, a.range.start) < (b.range.end, b.range.start)
    }
}
