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

    /// The target's figure for each period, nil where there is none.
    func measurements(
        of target: ResultTarget, in periods: [Period], municipality: MunicipalityCode
    ) throws(IndicatorError) -> [Measurement?] {
        guard let indicator = target.indicator, let entry = known[indicator] else {
            return periods.map { _ in nil }
        }
        let covered = periods.filter { covers(municipality, $0) }
        var filter = target.filter
        filter.municipalities = [municipality]
        var registered: [Period: Figure] = [:]
        if !covered.isEmpty {
            let cells = try figures.figures(
                FigureRequest(indicator, periods: covered, filter: filter, asOf: asOf))
            for cell in cells { registered[cell.period] = cell.figure }
        }
        return periods.map { period in
            if let figure = registered[period], let value = figure.value {
                return Measurement(
                    value: value, unit: entry.unit, numerator: figure.numerator,
                    denominator: figure.denominator, persons: figure.persons, period: period,
                    isProvisional: figure.isProvisional, source: .register)
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
