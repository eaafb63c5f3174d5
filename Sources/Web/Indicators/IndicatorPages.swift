import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting
import Views

extension Desk {
    func indicatorList(_ visit: Visit) async throws -> Answer {
        let (asOf, knownAt) = try visit.days()
        let period = try visit.period(asOf)
        let needle = (visit.call.query["q"] ?? "").lowercased()
        var groups: [(title: String, rows: [IndicatorListPage.Row])] = []
        for definition in house.catalogue.all {
            let name = definition.name[visit.language]
            guard needle.isEmpty || name.lowercased().contains(needle) else { continue }
            let cells = try await FiguresCase(house).figures(
                FigureRequest(
                    definition.id, periods: [period],
                    filter: PopulationFilter(municipalities: [municipality.code]), asOf: asOf),
                of: municipality.code, knownAt: knownAt, by: visit.actor)
            let row = IndicatorListPage.Row(
                name: name,
                href: Route.indicator(definition.id.name).link(
                    [("period", period.description)] + visit.dayQuery),
                figure: visit.figure(cells.first, definition.unit, period))
            let title = visit.groupTitle(definition.unit)
            if let index = groups.firstIndex(where: { $0.title == title }) {
                groups[index].rows.append(row)
            } else {
                groups.append((title, [row]))
            }
        }
        return visit.page(
            IndicatorListPage(
                period: period,
                groups: groups.map { IndicatorListPage.Group(title: $0.title, rows: $0.rows) },
                action: Route.indicators.path, query: visit.call.query["q"] ?? "",
                periods: visit.periodChoices(asOf, chosen: period)), section: .indicators)
    }

    func indicator(_ id: String, _ visit: Visit) async throws -> Answer {
        guard let view = try await indicatorView(id, visit) else { return visit.error(.notFound) }
        return visit.page(
            try await page(view, visit), section: .indicators,
            breadcrumb: [Link(visit.text("views.section.indicators"), Route.indicators.path)])
    }

    func indicatorFile(_ id: String, _ visit: Visit) async throws -> Answer {
        guard let view = try await indicatorView(id, visit) else { return visit.error(.notFound) }
        let page = try await page(view, visit)
        let table = page.cutTable(visit.wording) ?? page.chart(visit.wording)?.table(visit.wording)
        guard let table else { return visit.error(.notFound) }
        return Answer(
            contentType: "text/csv; charset=utf-8",
            body: CSVWriter.danish.bytes(table, visit.wording), fileName: "\(id).csv")
    }

    /// Everything that the address of an indicator page says.
    struct IndicatorView {
        var definition: IndicatorDefinition
        var period: Period
        var cut: Dimension?
        var filter: PopulationFilter
        var asOf: Day
        var knownAt: Day?
    }

    func indicatorView(_ id: String, _ visit: Visit) async throws -> IndicatorView? {
        guard let definition = house.catalogue.definition(IndicatorID(id)) else { return nil }
        let (asOf, knownAt) = try visit.days()
        let period = try visit.period(asOf)
        var fields = FieldReader(visit.call.query)
        let cut = fields.dimension("cut", among: definition.dimensions)
        let filter = FilterQuery.filter(&fields, municipality: municipality.code)
        try fields.check()
        return IndicatorView(
            definition: definition, period: period, cut: cut, filter: filter, asOf: asOf,
            knownAt: knownAt)
    }

    private func page(_ view: IndicatorView, _ visit: Visit) async throws -> IndicatorPage {
        let id = view.definition.id
        let months = visit.course(view.period)
        let cells = try await self.cells(view, [view.period], visit)
        let course = try await values(of: view, months, visit)
        let before = try await values(of: view, months.map(\.yearBefore), visit)
        let counterpart = view.definition.counterparts.first {
            $0.filter.benefits == view.filter.benefits
        }
        var official: IndicatorPage.Official?
        var areas: [AreaFigure] = []
        var published: [Double?] = []
        if let counterpart {
            areas = try await visit.publishedAreas(
                counterpart.table, counterpart.measure, view.period,
                unit: view.definition.unit, own: municipality.code, knownAt: view.knownAt)
            published = try await StatisticsCase(house).course(
                table: counterpart.table, measure: counterpart.measure, periods: months,
                area: municipality.code.number, knownAt: view.knownAt)
            official = IndicatorPage.Official(
                source: visit.text("web.officialSource", ["table": counterpart.table]),
                age: try await visit.age(ofTable: counterpart.table, knownAt: view.knownAt),
                href: areas.first?.origin == .published
                    ? visit.seriesPath(
                        counterpart.table, counterpart.measure, municipality.code.number,
                        view.knownAt) : nil,
                value: areas.first?.value ?? .missing,
                difference: counterpart.difference[visit.language])
        }
        let figure = cells.first.flatMap { cell -> Figure? in
            if case .value(let figure) = cell.shown { figure } else { nil }
        }
        return IndicatorPage(
            figure: visit.figure(cells.first, view.definition.unit, view.period),
            numerator: figure?.denominator == nil ? nil : figure?.numerator,
            denominator: figure?.denominator,
            definition: try visit.summary(id), official: official,
            course: IndicatorPage.Course(
                periods: months, values: course, lastYear: before,
                official: published.contains { $0 != nil } ? published : []),
            areas: areas, cut: try await cut(view, visit), action: Route.indicator(id.name).path,
            periods: visit.periodChoices(view.asOf, chosen: view.period),
            cuts: visit.cutChoices(view.definition, chosen: view.cut),
            who: visit.who(id, view.filter, view.period),
            downloads: [
                Link(
                    visit.text("views.download"),
                    Route.indicatorFile(id.name).link(
                        visit.call.query.pairs.map { ($0.name, $0.value) }))
            ])
    }

    private func cells(
        _ view: IndicatorView, _ periods: [Period], groupBy: [Dimension] = [], _ visit: Visit
    ) async throws -> [ShownCell] {
        try await FiguresCase(house).figures(
            FigureRequest(
                view.definition.id, periods: periods, filter: view.filter, groupBy: groupBy,
                asOf: view.asOf),
            of: municipality.code, knownAt: view.knownAt, by: visit.actor)
    }

    /// One value per period; nil where it is hidden, unknown or still to come.
    private func values(
        of view: IndicatorView, _ periods: [Period], _ visit: Visit
    ) async throws -> [Double?] {
        let shown = try await cells(view, periods, visit)
        return zip(periods, shown).map { period, cell in
            guard period.range.start <= view.asOf, case .value(let figure) = cell.shown else {
                return nil
            }
            return figure.value
        }
    }

    private func cut(_ view: IndicatorView, _ visit: Visit) async throws -> IndicatorPage.Cut? {
        guard let dimension = view.cut else { return nil }
        let cells = try await self.cells(view, [view.period], groupBy: [dimension], visit)
        let decimals = Wording.decimals(view.definition.unit)
        return IndicatorPage.Cut(
            dimension: dimension,
            rows: cells.map { cell in
                let label = cell.labels.first ?? "none"
                return IndicatorPage.Cut.Row(
                    label: visit.wording.label(label, dimension, visit.house.municipalities),
                    value: visit.value(cell, decimals),
                    href: visit.narrowed(label, dimension).map {
                        Route.indicator(view.definition.id.name).link($0)
                    })
            })
    }
}
