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
    var months: [LevelForecasts.MonthAhead]
    /// The mean of the year, its past months as they were.
    var year: Quantiles
}

extension PackBuilder {
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

    private func isCharted(_ level: Level) -> Bool {
        template.sections.contains { section in
            section.charts.contains { "\(section.id).\($0)" == level.id }
        }
    }

    private func isYear(_ period: Period) -> Bool {
        period == .year(context.quarter.range.start.year)
    }

    private var forecasts: LevelForecasts {
        LevelForecasts(
            source: context.register, published: context.published, catalogue: context.catalogue,
            areas: context.house.municipalities.areas,
            registeredFrom: context.written.registeredFrom.map {
                [context.municipality: $0]
            } ?? [:], countedOn: context.request.asOf)
    }

    /// A note for each month from which a level, ours or the published one, stands elsewhere
    /// than before. None where the level's months are not shown.
    func levelBreaks(_ question: PackQuestion, _ name: PackText) throws -> [PackText] {
        let last = context.quarter.range.end.month
        guard context.showsSmall || !isThin(question) else { return [] }
        let found = try forecasts.breaks(
            of: question.indicator, question.filter, in: context.municipality, through: last)
        func note(_ key: String, _ found: SeriesBreak) -> PackText {
            words(
                key,
                [
                    "name": .text(name), "month": .period(.month(found.month)),
                    "change": .count(Int((100 * (found.ratio - 1)).rounded())),
                ])
        }
        return found.own.map { note("note.levelBreak", $0) }
            + found.published.map {
                note($0.isCommon ? "note.commonBreak" : "note.publishedBreak", $0)
            }
    }

    /// Forecasts every level together with what is published of the same measures elsewhere.
    func yearForecasts() throws -> [YearForecast] {
        let last = context.quarter.range.end.month
        return try levels.compactMap { level in
            let months = try forecasts.ahead(
                of: level.question.indicator, level.question.filter, in: context.municipality,
                after: last, count: 12 - last.number)
            let known = known(level)
            guard let known, let year = LevelForecasts.mean(known: known, ahead: months) else {
                return nil
            }
            return YearForecast(
                id: level.id, title: level.title, indicator: level.question.indicator,
                unit: PackUnit(.fullTimePersons), months: months, year: year)
        }
    }

    /// The year's months up to the quarter's end; nil where one is not known.
    private func known(_ level: Level) -> [MonthValue]? {
        var known: [MonthValue] = []
        for month in months {
            guard let value = figure(level.question, .month(month))?.value else { return nil }
            known.append(MonthValue(month: month, value: value))
        }
        return known
    }

    // MARK: Tables

    mutating func addForecasts(to section: inout PackSection) throws {
        let forecasts = try yearForecasts()
        section.tables.append(try yearTable(forecasts))
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

    private mutating func yearTable(_ forecasts: [YearForecast]) throws -> PackTable {
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
                forecast.indicator,
                after: LevelForecasts.memory(of: context.quarter.range.end.month).first,
                through: year.range.end,
                forecast.title)
            // Those that are charted are told of beside the chart.
            if let level, !isCharted(level) {
                table.notes += try levelBreaks(level.question, forecast.title)
            }
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

    /// True where a month may be about few.
    private func isThin(_ question: PackQuestion) -> Bool {
        let persons = figure(question, context.quarter)?.persons ?? 0
        // Months are thinner than the quarter.
        return persons < 3 * context.house.suppression.k
    }

    private func isHidden(_ level: Level?) -> Bool {
        level.map { isThin($0.question) } ?? true
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
        for ahead in forecast.months {
            let month = ahead.month
            var cells = numbers(
                "\(forecast.id).\(month)", ahead.quantiles, forecast.unit, .month(month))
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
