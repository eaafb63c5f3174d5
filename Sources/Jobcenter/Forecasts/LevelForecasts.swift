import Chronology
import Exchange
import Forecasting
import Identifiers
import Indicators
import Plans

/// Forecasts levels of full-time persons (fuldtidspersoner) of a municipality, each together
/// with what is published of the same measure elsewhere. The plan's lights and the management
/// information ask the same forecasts, so that they never say two things.
struct LevelForecasts: Sendable {
    /// A month ahead with what is expected of it.
    struct MonthAhead: Hashable, Sendable {
        var month: Month
        var quantiles: Quantiles
    }

    let source: any FigureSource
    let published: PublishedTable
    let catalogue: Catalogue
    /// The areas to learn from, 0 for the country.
    let areas: [Int32]
    /// The first day each municipality's registrations cover.
    let registeredFrom: [MunicipalityCode: Day]
    /// The day up to which is counted.
    let countedOn: Day

    /// Months of its own that a series is forecast from.
    private static let memory = 48

    /// How alike the errors of the months ahead are (the correlation of any two). With it, 80
    /// percent intervals of the mean of the rest of a year held 77 to 91 percent of published
    /// full-time persons, 83.0 on the whole (bench/forecast_means.py).
    private static let togetherness = 0.5

    /// The first month that a forecast made at the end of `last` remembers.
    static func memory(of last: Month) -> Month { last - (memory - 1) }

    /// The `count` months after `last`; empty where the level is not known in `last`.
    /// O(areas × memory).
    func ahead(
        of indicator: IndicatorID, _ filter: PopulationFilter, in municipality: MunicipalityCode,
        after last: Month, count: Int
    ) throws(IndicatorError) -> [MonthAhead] {
        guard count > 0, catalogue.definition(indicator)?.unit == .fullTimePersons else {
            return []
        }
        let block = try block(
            indicator, filter, municipality, last, areas.filter { $0 != municipality.number })
        guard let block, block.values[block.months - 1].isNaN == false else { return [] }
        let points = Forecaster(horizon: count).forecast([block]).first?.first ?? []
        return points.enumerated().map { step, point in
            MonthAhead(month: last + (step + 1), quantiles: Quantiles(point))
        }
    }

    /// Months from which the level, or the same as published, stands elsewhere than before and
    /// stays there, as after a changed definition. The figures do not tell why.
    func breaks(
        of indicator: IndicatorID, _ filter: PopulationFilter, in municipality: MunicipalityCode,
        through last: Month
    ) throws(IndicatorError) -> (own: [SeriesBreak], published: [SeriesBreak]) {
        let found =
            try block(indicator, filter, municipality, last, areas)?.breaks() ?? []
        return (
            found.filter { $0.area == Self.own },
            found.filter { $0.isCommon || $0.area == String(municipality.number) }
        )
    }

    private static let own = "own"

    /// The municipality's own series first, then the published ones of some areas.
    private func block(
        _ indicator: IndicatorID, _ filter: PopulationFilter, _ municipality: MunicipalityCode,
        _ last: Month, _ areas: [Int32]
    ) throws(IndicatorError) -> SeriesBlock? {
        let first = Self.memory(of: last)
        let own = try own(indicator, filter, municipality, from: first)
        guard !own.isEmpty else { return nil }
        var block = SeriesBlock(first: first, months: own.count, codes: [Self.own], values: own)
        if let official = official(indicator, filter) {
            for area in areas {
                let others = published.months(
                    official.table, official.measure, area, from: first, count: own.count)
                guard others.contains(where: { !$0.isNaN }) else { continue }
                block.codes.append(String(area))
                block.values += others
            }
        }
        return block
    }

    /// The day-weighted mean of known months and those ahead. Errors of single months cancel
    /// out in part, so the mean's intervals are narrower than those of its months.
    static func mean(
        known: [MonthValue], ahead: [MonthAhead]
    ) -> Quantiles? {
        guard !ahead.isEmpty else { return nil }
        let past = known.reduce(0) { $0 + $1.value * Double($1.month.dayCount) }
        let days =
            known.reduce(0) { $0 + Double($1.month.dayCount) }
            + ahead.reduce(0) { $0 + Double($1.month.dayCount) }
        let future = Quantiles.shares.indices.map { index in
            ahead.reduce(0) { $0 + $1.quantiles.values[index] * Double($1.month.dayCount) }
        }
        let count = Double(ahead.count)
        let narrower = ((1 + (count - 1) * togetherness) / count).squareRoot()
        let middle = future[future.count / 2]
        return Quantiles(
            values: future.map { (past + middle + narrower * ($0 - middle)) / days })
    }

    /// The municipality's own months: from the register, or as published where it covers
    /// none of them; NaN where unknown. The two are never joined to one series, because they
    /// are not made alike in every detail.
    private func own(
        _ indicator: IndicatorID, _ filter: PopulationFilter, _ municipality: MunicipalityCode,
        from first: Month
    ) throws(IndicatorError) -> [Double] {
        let months = (0..<Self.memory).map { first + $0 }
        let from = registeredFrom[municipality]
        let covered = months.filter { month in from.map { $0 <= month.first } ?? false }
        if covered.isEmpty {
            guard let official = official(indicator, filter) else { return [] }
            return published.months(
                official.table, official.measure, municipality.number, from: first,
                count: months.count)
        }
        var filtered = filter
        filtered.municipalities = [municipality]
        var registered: [Period: Double] = [:]
        let cells = try source.figures(
            FigureRequest(
                indicator, periods: covered.map { .month($0) }, filter: filtered,
                asOf: countedOn))
        for cell in cells { registered[cell.period] = cell.figure.value }
        return months.map { registered[.month($0)] ?? .nan }
    }

    /// The published measure of the same level.
    private func official(
        _ indicator: IndicatorID, _ filter: PopulationFilter
    ) -> IndicatorDefinition.OfficialCounterpart? {
        var filter = filter
        filter.municipalities = nil
        return catalogue.definition(indicator)?.counterparts.first { $0.filter == filter }
    }
}

extension LevelForecasts: LevelForecasting {
    func meanLevel(
        of question: LevelQuestion
    ) throws(IndicatorError) -> ForecastRange? {
        guard let last = question.known.last?.month else { return nil }
        let left = question.months.filter { $0 > last }
        // A month that is missing in between is not guessed.
        guard question.known.count + left.count == question.months.count else { return nil }
        let ahead = try ahead(
            of: question.indicator, question.filter, in: question.municipality, after: last,
            count: left.count)
        guard let mean = Self.mean(known: question.known, ahead: ahead) else { return nil }
        return ForecastRange(low: mean.values[1], expected: mean.values[3], high: mean.values[5])
    }
}
