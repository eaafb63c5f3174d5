import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting
import Views

extension Desk {
    /// One published measure for the home municipality, others, North Zealand and
    /// the country, and the home municipality's own figure beside it.
    func compare(_ visit: Visit) async throws -> Answer {
        let (asOf, knownAt) = try visit.days()
        let choices = house.catalogue.all.filter { !$0.counterparts.isEmpty }
        var fields = FieldReader(visit.call.query)
        let asked = visit.call.query["indicator"]
        let usual = choices.first { $0.unit == .percent } ?? choices.first
        let found = asked.map { id in choices.first { $0.id.name == id } } ?? usual
        if let asked, found == nil { fields.reject("indicator", asked, "web.accepted.indicator") }
        var others: [Municipality] = []
        let wanted = visit.call.query.all("with")
        if wanted.contains("all") {
            others = house.municipalities.all.filter { $0.code != municipality.code.number }
        }
        for code in wanted where code != "all" && !wanted.contains("all") {
            if let number = Int32(code), let other = house.municipalities[number] {
                others.append(other)
            } else {
                fields.reject("with", code, "web.accepted.municipality")
            }
        }
        try fields.check()
        guard let definition = found, let official = definition.counterparts.first else {
            return visit.error(.notFound)
        }
        let period = try await comparedPeriod(official, visit, asOf, knownAt)
        let own = try await FiguresCase(house).figures(
            FigureRequest(
                definition.id, periods: [period, period.yearBefore],
                filter: official.filter.inside(municipality.code), asOf: asOf),
            of: municipality.code, knownAt: knownAt, by: visit.actor)
        let months = visit.course(period).filter { $0.range.end <= max(period.range.end, asOf) }
        let course = try await FiguresCase(house).figures(
            FigureRequest(
                definition.id, periods: months, filter: official.filter.inside(municipality.code),
                asOf: asOf),
            of: municipality.code, knownAt: knownAt, by: visit.actor)
        var rows = [
            ComparisonPage.Row(
                name: visit.text("web.compare.own", ["name": municipality.name]), isOwn: true,
                value: own.first.map { visit.value($0, 0) } ?? .missing,
                lastYear: own.last.map { visit.value($0, 0) } ?? .missing, origin: .register,
                course: course.map { $0.shown.figure?.value })
        ]
        rows += try await publishedRows(
            official, definition, period, months, others, knownAt, visit)
        return visit.page(
            ComparisonPage(
                indicator: Link(
                    definition.name[visit.language],
                    Route.indicator(definition.id.name).link([("period", period.description)])),
                unit: definition.unit, period: period, rows: rows, periods: months,
                action: Route.compare.path,
                indicators: choices.map {
                    Choice(
                        value: $0.id.name, label: $0.name[visit.language],
                        isSelected: $0.id == definition.id)
                },
                municipalities: house.municipalities.all.filter {
                    $0.code != municipality.code.number
                }.map { other in
                    Choice(
                        value: MunicipalityCode(number: other.code).description,
                        label: other.name, isSelected: others.contains(other))
                }, periodChoices: visit.periodChoices(asOf, chosen: period),
                caveat: caveat(rows, others, period, visit),
                age: try await visit.age(ofTable: official.table, knownAt: knownAt).map {
                    visit.text("views.pack.age", ["table": official.table, "age": $0])
                }),
            section: .comparison)
    }

    /// The period of the address; else the latest month that is published, or the
    /// last whole month where nothing is.
    private func comparedPeriod(
        _ official: IndicatorDefinition.OfficialCounterpart, _ visit: Visit, _ asOf: Day,
        _ knownAt: Day?
    ) async throws -> Period {
        if visit.call.query["period"] != nil { return try visit.period(asOf) }
        let latest = try await StatisticsCase(house).latestMonth(
            table: official.table, measure: official.measure, area: municipality.code.number,
            notAfter: asOf, knownAt: knownAt)
        if let latest { return .month(latest) }
        return try visit.period(asOf)
    }

    private func publishedRows(
        _ official: IndicatorDefinition.OfficialCounterpart, _ definition: IndicatorDefinition,
        _ period: Period, _ months: [Period], _ others: [Municipality],
        _ knownAt: Day?, _ visit: Visit
    ) async throws -> [ComparisonPage.Row] {
        let statistics = StatisticsCase(house)
        func areas(_ period: Period) async throws -> [AreaPublished] {
            try await statistics.figures(
                table: official.table, measure: official.measure, period: period,
                own: municipality.code, others: others.map { MunicipalityCode(number: $0.code) },
                unit: definition.unit, knownAt: knownAt, by: visit.actor)
        }
        let now = try await areas(period)
        let before = try await areas(period.yearBefore)
        var rows: [ComparisonPage.Row] = []
        for (area, earlier) in zip(now, before) {
            let isMany = area.area == .country || area.area == .northZealand
            var course: [Double?] = []
            if let code = area.area.code {
                course = try await statistics.course(
                    table: official.table, measure: official.measure, periods: months, area: code,
                    knownAt: knownAt)
            }
            rows.append(
                ComparisonPage.Row(
                    name: rowName(area.area, definition.unit, visit), isOwn: false,
                    value: visit.value(area),
                    lastYear: visit.value(earlier),
                    origin: area.figure == nil ? .none : .published,
                    href: area.area.code.flatMap { code in
                        area.figure == nil
                            ? nil
                            : visit.seriesPath(official.table, official.measure, code, knownAt)
                    },
                    course: course.contains { $0 != nil } ? course : [],
                    isCharted: !isMany || definition.unit == .percent))
        }
        return rows
    }
}

extension Desk {
    /// What to know about the figures, also which municipalities had other borders then.
    private func caveat(
        _ rows: [ComparisonPage.Row], _ others: [Municipality], _ period: Period, _ visit: Visit
    ) -> String {
        let isPublished = rows.contains { $0.origin == .published }
        let usual = visit.text(isPublished ? "web.compare.caveat" : "web.compare.nothing")
        let codes = [municipality.code.number] + others.map(\.code)
        let later = codes.compactMap { house.municipalities.change(of: $0) }
            .filter { $0.year > period.yearBefore.range.start.year }
        let told = later.prefix(5).map(visit.formed)
        let rest = later.count > told.count ? [visit.text("web.compare.formedMore")] : []
        return ([usual] + told + rest).joined(separator: " ")
    }

    private func rowName(
        _ area: PublishedArea, _ unit: Indicators.Unit, _ visit: Visit
    ) -> String {
        let name = visit.name(area, unit)
        return area == .municipality(municipality.code.number)
            ? visit.text("web.compare.published", ["name": name]) : name
    }
}

extension Visit {
    /// What a municipality was formed of, and when.
    func formed(_ change: MunicipalityChange) -> String {
        let parts = change.parts.map { text("web.compare.partOf", ["name": $0.name]) }
        return text(
            "web.compare.formed",
            [
                "name": house.municipalities[change.code]?.name ?? "",
                "year": String(change.year),
                "of": (change.whole.map(\.name) + parts).joined(separator: ", "),
            ])
    }

    func value(_ area: AreaPublished) -> CellValue {
        area.figure.map { $0.value.map { .number($0) } ?? .hidden } ?? .missing
    }
}

extension PopulationFilter {
    /// The same filter inside one municipality.
    func inside(_ municipality: MunicipalityCode) -> PopulationFilter {
        var filter = self
        filter.municipalities = [municipality]
        return filter
    }
}
