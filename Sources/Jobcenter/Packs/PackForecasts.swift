import Chronology
import Exchange
import Forecasting
import Foundation
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Reporting

/// What is expected of a level at the end of the year.
struct YearForecast {
    /// The level's own series goes by this id in the pack.
    var id: String
    var title: PackText
    var indicator: IndicatorID
    var unit: PackUnit
    /// Month by month, the first after the quarter first.
    var months: [(month: Month, quantiles: Quantiles)]
    /// The mean of the year, its past months as they were.
    var year: Quantiles
}

/// Seven points of what is expected: the ends of three intervals and the middle.
struct Quantiles {
    static let shares = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    /// How far from the middle they lie in standard deviations of a normal distribution.
    private static let deviations = [-1.960, -1.2816, -0.6745, 0, 0.6745, 1.2816, 1.960]
    /// In ascending order.
    var values: [Double]

    init(_ point: ForecastPoint) {
        values = point.low.reversed() + [point.mean] + point.high
        // The middle may lie at an end where all values do.
        values.sort()
    }

    init(values: [Double]) { self.values = values }

    /// The probability, in percent, of at most `limit`; between 2.5 and 97.5, because more
    /// is not known.
    func percent(atMost limit: Double) -> Double {
        guard let first = values.first, let last = values.last else { return 50 }
        if limit <= first { return 2.5 }
        if limit >= last { return 97.5 }
        let above = values.firstIndex { $0 > limit } ?? values.count - 1
        let (low, high) = (values[above - 1], values[above])
        let part = high > low ? (limit - low) / (high - low) : 0.5
        let z = Self.deviations
        return 100 * Self.normal(z[above - 1] + part * (z[above] - z[above - 1]))
    }

    /// The share of a normal distribution below a deviation.
    private static func normal(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}

extension PackBuilder {
    /// Months of its own that a series is forecast from.
    private static let memory = 48

    /// A level that is forecast: a charted figure, or a target of the year.
    struct Level: Hashable {
        var id: String
        var title: PackText
        var question: PackQuestion
        var target: String?
    }

    var levels: [Level] {
        var found: [Level] = []
        for section in template.sections {
            for line in section.figures where section.charts.contains(line.id) {
                found.append(
                    Level(
                        id: "\(section.id).\(line.id)", title: title(line),
                        question: PackQuestion(line)))
            }
        }
        for target in targets {
            guard let indicator = target.target.indicator, isYear(target.target.period),
                context.catalogue.definition(indicator)?.unit == .fullTimePersons
            else { continue }
            var filter = target.target.filter
            var question = PackQuestion(indicator)
            question.benefits = filter.benefits.map { Benefit.allCases.filter($0.contains) }
            filter.benefits = nil
            // A target about some of them only is no target of the whole level.
            guard filter == .everyone else { continue }
            if let index = found.firstIndex(where: { $0.question == question }) {
                found[index].target = target.target.id
                continue
            }
            found.append(
                Level(
                    id: "targets.\(target.target.id)", title: PackText(target.target.text),
                    question: question, target: target.target.id))
        }
        return found
    }

    private func isYear(_ period: Period) -> Bool {
        period == .year(context.quarter.range.start.year)
    }

    var memoryMonths: [Month] {
        let last = context.quarter.range.end.month
        return (0..<Self.memory).map { last - (Self.memory - 1 - $0) }
    }

    /// Forecasts every level together with what is published of the same measures elsewhere.
    func yearForecasts() -> [YearForecast] {
        let last = context.quarter.range.end.month
        let left = 12 - last.number
        guard left > 0 else { return [] }
        let levels = levels.filter { series($0.question).contains { !$0.isNaN } }
        let blocks = levels.map { block($0) }
        let found = Forecaster(horizon: left).forecast(blocks)
        return zip(levels, found).compactMap { level, areas in
            // The municipality's own series stands first in its block.
            guard let points = areas.first, points.count == left else { return nil }
            let months = points.enumerated().map { step, point in
                (month: last + (step + 1), quantiles: Quantiles(point))
            }
            guard let year = year(level, months) else { return nil }
            return YearForecast(
                id: level.id, title: level.title, indicator: level.question.indicator,
                unit: PackUnit(.fullTimePersons), months: months, year: year)
        }
    }

    private func series(_ question: PackQuestion) -> [Double] {
        memoryMonths.map { figure(question, .month($0))?.value ?? .nan }
    }

    /// The level's own series and the published ones of all other areas.
    private func block(_ level: Level) -> SeriesBlock {
        let months = memoryMonths
        var codes = ["own"]
        var values = series(level.question)
        let official = official(level.question)
        if let official {
            let areas = [0] + context.house.municipalities.all.map(\.code)
            for area in areas where area != context.municipality.number {
                let others = months.map { month in
                    context.published.published(
                        table: official.table, measure: official.measure, area: area,
                        period: .month(month))?.value ?? .nan
                }
                guard others.contains(where: { !$0.isNaN }) else { continue }
                codes.append(String(area))
                values += others
            }
        }
        return SeriesBlock(first: months[0], months: months.count, codes: codes, values: values)
    }

    /// How alike the errors of the months ahead are (the correlation of any two). With it, 80
    /// percent intervals of the mean of the rest of a year held 77 to 91 percent of published
    /// full-time persons, 82.8 on the whole (bench/forecast_means.py).
    private static let togetherness = 0.5

    /// The day-weighted mean of the year. Errors of single months cancel out in part, so the
    /// mean's intervals are narrower than those of its months.
    private func year(
        _ level: Level, _ ahead: [(month: Month, quantiles: Quantiles)]
    ) -> Quantiles? {
        var past = 0.0
        var days = 0.0
        for month in months {
            guard let value = figure(level.question, .month(month))?.value else { return nil }
            past += value * Double(month.dayCount)
            days += Double(month.dayCount)
        }
        days += ahead.reduce(0) { $0 + Double($1.month.dayCount) }
        let future = Quantiles.shares.indices.map { index in
            ahead.reduce(0) { $0 + $1.quantiles.values[index] * Double($1.month.dayCount) }
        }
        let count = Double(ahead.count)
        let narrower = ((1 + (count - 1) * Self.togetherness) / count).squareRoot()
        let middle = future[future.count / 2]
        return Quantiles(
            values: future.map { (past + middle + narrower * ($0 - middle)) / days })
    }

    // MARK: Tables

    mutating func addForecasts(to section: inout PackSection) {
        let forecasts = yearForecasts()
        section.tables.append(yearTable(forecasts))
        for forecast in forecasts.prefix(1) { section.tables.append(monthTable(forecast)) }
    }

    private static let ends = ["low95", "low80", "low50", "expected", "high50", "high80", "high95"]

    private mutating func numbers(
        _ id: String, _ quantiles: Quantiles, _ unit: PackUnit, _ period: Period
    ) -> [PackNumber] {
        zip(Self.ends, quantiles.values).map { end, value in
            keep(
                PackNumber(
                    id: "forecast.\(id).\(end)", value: value, state: .shown, unit: unit,
                    decimals: 0, period: period.description, source: .given("forecast")))
        }
    }

    private mutating func yearTable(_ forecasts: [YearForecast]) -> PackTable {
        let year = Period.year(context.quarter.range.start.year)
        var table = PackTable(
            id: "year-end", title: words("table.yearEnd", ["year": .period(year)]),
            columns: [words("column.figure")] + Self.ends.map { words("forecast.\($0)") }
                + [words("column.aim"), words("column.probability")])
        let levels = levels
        for forecast in forecasts {
            let level = levels.first { $0.id == forecast.id }
            let target = targets.first { $0.target.id == level?.target }
            var cells = numbers(forecast.id, forecast.year, forecast.unit, year)
            cells += chance(forecast, target)
            if !context.showsSmall, isHidden(level) { cells = hidden(cells) }
            table.rows.append(PackRow(forecast.title, cells.map { .number($0) }))
            table.notes += breaks(
                forecast.indicator, after: memoryMonths[0].first, through: year.range.end,
                forecast.title)
        }
        table.notes.append(words(forecasts.isEmpty ? "note.noForecast" : "note.forecast"))
        return table
    }

    private mutating func hidden(_ numbers: [PackNumber]) -> [PackNumber] {
        numbers.map { number in
            var number = number
            number.hide()
            return keep(number)
        }
    }

    private func isHidden(_ level: Level?) -> Bool {
        guard let level else { return true }
        let persons = figure(level.question, context.quarter)?.persons ?? 0
        // Months are thinner than the quarter.
        return persons < 3 * context.house.suppression.k
    }

    /// The aim, and how probable it is that the year reaches it.
    private mutating func chance(
        _ forecast: YearForecast, _ target: TargetStatus?
    ) -> [PackNumber] {
        let period = Period.year(context.quarter.range.start.year).description
        var aim: Double?
        var percent: Double?
        if let target, let wanted = target.aim {
            aim = wanted
            switch target.target.shape {
            case .atLeast, .moreThan, .growth:
                percent = 100 - forecast.year.percent(atMost: wanted)
            case .atMost, .lessThan, .ceiling, .gapToExpected:
                percent = forecast.year.percent(atMost: wanted)
            default: break
            }
        }
        func number(_ name: String, _ value: Double?, _ unit: PackUnit) -> PackNumber {
            keep(
                PackNumber(
                    id: "forecast.\(forecast.id).\(name)", value: value,
                    state: value == nil ? .undefined : .shown, unit: unit, decimals: 0,
                    period: period, source: .given("forecast")))
        }
        return [
            number("aim", aim, forecast.unit),
            number("probability", percent, PackUnit(.percent)),
        ]
    }

    private mutating func monthTable(_ forecast: YearForecast) -> PackTable {
        var table = PackTable(
            id: "months-ahead",
            title: words("table.monthsAhead", ["name": .text(forecast.title)]),
            columns: [words("column.month")] + Self.ends.map { words("forecast.\($0)") })
        let level = levels.first { $0.id == forecast.id }
        for (month, quantiles) in forecast.months {
            var cells = numbers(
                "\(forecast.id).\(month)", quantiles, forecast.unit, .month(month))
            if !context.showsSmall, isHidden(level) { cells = hidden(cells) }
            table.rows.append(PackRow(words.period(.month(month)), cells.map { .number($0) }))
        }
        return table
    }

    /// A note for each change of the law or of a register inside a span of days.
    func breaks(
        _ indicator: IndicatorID, after start: Day, through end: Day, _ name: PackText
    ) -> [PackText] {
        regimes.breaks(indicator, after: start, through: end).map { regime in
            words(
                "note.break",
                [
                    "name": .text(name), "day": .day(regime.from),
                    "what": .text(PackText(regime.text)),
                ])
        }
    }
}
