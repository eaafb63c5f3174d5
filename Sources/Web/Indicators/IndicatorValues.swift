import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting
import Views

extension Visit {
    /// The period of the address, or the last whole month before the day.
    func period(_ asOf: Day) throws(BadInput) -> Period {
        var fields = FieldReader(call.query)
        let chosen = fields.period("period")
        try fields.check()
        let month = asOf == asOf.month.last ? asOf.month : asOf.month - 1
        return chosen ?? .month(month)
    }

    func figure(
        _ cell: ShownCell?, _ unit: Indicators.Unit, _ period: Period
    ) -> ShownFigure {
        var provisional = false
        if case .value(let figure)? = cell?.shown { provisional = figure.isProvisional }
        return ShownFigure(
            value: cell.map { value($0, 0) } ?? .missing, unit: unit, period: period,
            isProvisional: provisional, origin: .register)
    }

    func value(_ cell: ShownCell, _ decimals: Int) -> CellValue {
        switch cell.shown {
        case .value(let figure): figure.value.map { .number($0) } ?? .missing
        case .hidden: .hidden
        }
    }

    func summary(_ id: IndicatorID) throws(IndicatorError) -> DefinitionSummary {
        guard let summary = definition(id, linked: false) else { throw .unknownIndicator(id) }
        return summary
    }

    func groupTitle(_ unit: Indicators.Unit) -> String {
        switch unit {
        case .fullTimePersons, .persons, .spells, .percent: text("web.group.\(unit.rawValue)")
        default: text("web.group.other")
        }
    }

    /// The months to draw: the calendar year of a month, or those of the period.
    func course(_ period: Period) -> [Period] {
        let year = Month(containing: period.range.end).year
        return Period.year(year).months.map { .month($0) }
    }

    /// The last twelve whole months, the last quarters and the years.
    func periodChoices(_ asOf: Day, chosen: Period) -> [Choice] {
        let month = asOf == asOf.month.last ? asOf.month : asOf.month - 1
        var periods: [Period] = (0..<12).map { .month(month - $0) }
        periods += (0..<4).map { .quarter(month.quarter - $0) }
        periods += [.rollingFourQuarters(month.quarter), .yearToDate(month)]
        periods += (0..<3).map { .year(month.year - $0) }
        if !periods.contains(chosen) { periods.insert(chosen, at: 0) }
        return periods.map {
            Choice(
                value: $0.description, label: wording.period($0) + kind($0),
                isSelected: $0 == chosen)
        }
    }

    /// Tells "January" as a month from "January to January" as a year to date.
    private func kind(_ period: Period) -> String {
        if case .yearToDate(let month) = period, month.number == 1 { return " *" }
        return ""
    }

    func cutChoices(_ definition: IndicatorDefinition, chosen: Dimension?) -> [Choice] {
        [Choice(value: "", label: text("web.noCut"), isSelected: chosen == nil)]
            + definition.dimensions.filter { $0 != .municipality }.map {
                Choice(
                    value: $0.rawValue, label: text("views.dimension.\($0.rawValue)"),
                    isSelected: $0 == chosen)
            }
    }

    /// The address of this page narrowed to one label; nil where a filter cannot
    /// say it.
    func narrowed(_ label: String, _ dimension: Dimension) -> [(String, String?)]? {
        let name: String? =
            switch dimension {
            case .benefit: "benefit"
            case .matchCategory: "match"
            case .targetGroup: "group"
            case .sex: "sex"
            case .origin: "origin"
            case .ageBand, .municipality, .durationBand: nil
            }
        guard let name, label != "none" else { return nil }
        return call.query.pairs.filter { $0.name != name && $0.name != "cut" && $0.name != "lang" }
            .map { ($0.name, $0.value) } + [(name, label)]
    }
}
