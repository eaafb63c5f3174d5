import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Plans
import Reporting
import Storage
import Views

extension Desk {
    /// A published measure about one area, as it was stored on the day of the address or is
    /// now.
    func published(_ table: String, _ measure: String, _ visit: Visit) async throws -> Answer {
        var fields = FieldReader(visit.call.query)
        let knownAt = fields.day("known")
        var area = municipality.code.number
        if let asked = visit.call.query["area"] {
            if let code = Int32(asked), code == 0 || house.municipalities[code] != nil {
                area = code
            } else {
                fields.reject("with", asked, "web.accepted.municipality")
            }
        }
        try fields.check()
        let statistics = StatisticsCase(house)
        let history = try await statistics.history(
            table: table, measure: measure, area: area, knownAt: knownAt)
        // Nothing is said of measures that never were: an address can hold any words.
        guard let history else { return visit.error(.notFound) }
        let breaks = try await statistics.breaks(
            table: table, measure: measure, area: area, knownAt: knownAt)
        return visit.page(
            visit.series(history, breaks, knownAt), section: .comparison,
            breadcrumb: [Link(visit.text("views.section.comparison"), Route.compare.path)])
    }
}

extension Visit {
    func seriesPath(
        _ table: String, _ measure: String, _ area: Int32, _ knownAt: Day?
    ) -> String {
        Route.published(table: table, measure: measure).link([
            ("area", areaCode(area)), ("known", knownAt?.iso),
        ])
    }

    private func areaCode(_ area: Int32) -> String { MunicipalityCode(number: area).description }

    func areaName(_ area: Int32) -> String {
        area == 0
            ? text("web.plan.country") : house.municipalities[area]?.name ?? areaCode(area)
    }

    /// How old published figures are, from the day that is asked about.
    func age(_ age: StoredAge, knownAt: Day?) -> String {
        wording.age(
            fetchedOn: age.fetchedOn, newest: age.newest, on: knownAt ?? house.clock.today())
    }

    /// The same of a table; nil for nothing stored.
    func age(ofTable table: String, knownAt: Day?) async throws -> String? {
        try await StatisticsCase(house).age(ofTable: table, knownAt: knownAt).map {
            age($0, knownAt: knownAt)
        }
    }

    // MARK: What a measure is

    /// The figure of the catalogue that the measure is published as.
    private func counterpart(
        _ table: String, _ measure: String
    ) -> (IndicatorDefinition, IndicatorDefinition.OfficialCounterpart)? {
        for definition in house.catalogue.all {
            let found = definition.counterparts.first {
                $0.table == table && $0.measure == measure
            }
            if let found { return (definition, found) }
        }
        return nil
    }

    /// The line of the pack that shows the measure as it is published.
    private func line(_ table: String, _ measure: String) -> PackTemplate.PublishedLine? {
        let known = KnownIndicators(house.catalogue.all)
        return try? PackTemplate.bundled(known: known).sections.flatMap(\.published).first {
            $0.table == table && $0.measure == measure
        }
    }

    /// In words where the program knows the measure, else as the publisher calls it.
    func measureName(_ table: String, _ measure: String) -> String {
        if let (definition, official) = counterpart(table, measure) {
            let name = definition.name[language]
            return words(official.filter).map { "\(name): \($0)" } ?? name
        }
        return line(table, measure)?.title[language] ?? measure
    }

    // MARK: The page

    func series(
        _ history: SeriesHistory, _ breaks: [LevelChange], _ knownAt: Day?
    ) -> SeriesPage {
        let name = measureName(history.table, history.measure)
        let definition = counterpart(history.table, history.measure)?.0
        let unit = definition?.unit ?? line(history.table, history.measure)?.unit
        var notes = [
            text(
                "views.series.official",
                ["table": history.table, "measure": history.measure])
        ]
        if let knownAt {
            notes.append(text("views.series.known", ["day": wording.day(knownAt)]))
        }
        notes += breaks.map { found in
            text(
                found.isCommon ? "views.series.commonBreak" : "views.series.break",
                [
                    "month": wording.period(.month(found.month)),
                    "change": wording.number(Int((100 * (found.ratio - 1)).rounded())),
                ])
        }
        if let change = house.municipalities.change(of: history.area),
            history.figures.contains(where: { $0.period.range.start.year < change.year })
        {
            notes.append(formed(change))
        }
        if unit == nil { notes.append(text("views.series.noUnit")) }
        var page = SeriesPage(
            headline: text(
                "views.series.headline", ["name": name, "area": areaName(history.area)]),
            age: history.age.map { age($0, knownAt: knownAt) }, notes: notes,
            action: Route.published(table: history.table, measure: history.measure).path,
            areas: house.municipalities.areas.map { code in
                Choice(
                    value: areaCode(code), label: areaName(code),
                    isSelected: code == history.area)
            })
        if let knownAt { page.hidden = [FormPage.Hidden("known", knownAt.iso)] }
        page.figures = figures(history, unit, name)
        page.chart = chart(history, unit, name)
        page.revisions = revisions(history, unit)
        page.readings = readings(history)
        if let definition {
            page.links = [
                Link(
                    definition.name[language], Route.indicator(definition.id.name).path),
                Link(
                    text("views.series.compare"),
                    Route.compare.link([("indicator", definition.id.name)])),
            ]
        }
        if knownAt != nil {
            page.links.append(
                Link(
                    text("views.series.now"),
                    seriesPath(history.table, history.measure, history.area, nil)))
        }
        return page
    }

    /// Decimals that the values need where the unit is not known.
    private func decimals(_ history: SeriesHistory, _ unit: Indicators.Unit?) -> Int {
        if let unit { return Wording.decimals(unit) }
        return history.figures.allSatisfy { ($0.value ?? 0).rounded() == $0.value ?? 0 } ? 0 : 2
    }

    private func figures(
        _ history: SeriesHistory, _ unit: Indicators.Unit?, _ name: String
    ) -> DataTable? {
        guard !history.figures.isEmpty else { return nil }
        return DataTable(
            id: "figures",
            caption: unit.map { unit in
                text(
                    "reporting.table.caption", ["title": name, "unit": wording.unit(unit)])
            } ?? name,
            columns: [
                DataTable.Column(text("views.series.column.period")),
                DataTable.Column(
                    text("views.series.column.value"), decimals: decimals(history, unit)),
                DataTable.Column(text("views.series.column.since")),
            ],
            rows: history.figures.map { figure in
                DataTable.Row(
                    header: wording.period(figure.period),
                    cells: [
                        figure.value.map { .number($0) } ?? .hidden,
                        .text(wording.day(figure.since)),
                    ])
            })
    }

    private func chart(
        _ history: SeriesHistory, _ unit: Indicators.Unit?, _ name: String
    ) -> LineChart? {
        var values: [Month: Double] = [:]
        for figure in history.figures {
            if case .month(let month) = figure.period { values[month] = figure.value }
        }
        guard let unit, let first = values.keys.min(), let last = values.keys.max(),
            last - first > 0
        else { return nil }
        let months = (0...(last - first)).map { first + $0 }
        return LineChart(
            id: "series", title: "\(name), \(areaName(history.area))", unit: unit,
            periods: months.map { .month($0) },
            series: [
                LineChart.Series(
                    name: areaName(history.area), role: .main, values: months.map { values[$0] })
            ])
    }

    private func revisions(_ history: SeriesHistory, _ unit: Indicators.Unit?) -> DataTable? {
        guard !history.changes.isEmpty else { return nil }
        let decimals = decimals(history, unit)
        return DataTable(
            id: "revisions", caption: text("views.series.revisionsOf"),
            columns: ["period", "old", "new", "on", "by"].map {
                DataTable.Column(text("views.series.column.\($0)"))
            },
            rows: history.changes.map { change in
                DataTable.Row(
                    header: wording.period(change.period),
                    cells: [
                        .text(value(change.old, decimals)),
                        .text(
                            change.kind == .gone
                                ? text("views.series.gone") : value(change.new, decimals)),
                        .text(wording.day(change.on)), .text(source(change.source)),
                    ])
            })
    }

    private func readings(_ history: SeriesHistory) -> DataTable? {
        guard !history.readings.isEmpty else { return nil }
        return DataTable(
            id: "readings", caption: text("views.series.readingsOf"),
            columns: [
                DataTable.Column(text("views.series.column.on")),
                DataTable.Column(text("views.series.column.figures"), decimals: 0),
                DataTable.Column(text("views.series.column.by")),
            ],
            rows: history.readings.map { reading in
                DataTable.Row(
                    header: wording.day(reading.on),
                    cells: [.number(Double(reading.figures)), .text(source(reading.source))])
            })
    }

    private func value(_ value: Double?, _ decimals: Int) -> String {
        value.map { wording.number($0, decimals: decimals) }
            ?? text("reporting.packState.notShown")
    }

    /// Where the figures came from: `jobindsats.dk, https://..., kvittering nr. 17`.
    private func source(_ source: PublishedChange.Source) -> String {
        guard let entry = source.entry else { return text("views.series.sourceNotKept") }
        let publisher = source.name?.source.map { text("fetch.source.\($0)") }
        let words =
            publisher.map { "\($0), \(source.name?.address ?? "")" }
            ?? source.name.map { text("views.series.file", ["name": $0.address]) }
        let number = text(
            entry.municipality == desk.municipality.code
                ? "views.series.entry" : "views.series.entryElsewhere",
            [
                "number": String(entry.number),
                "area": areaName(entry.municipality.number),
            ])
        return words.map { "\($0), \(number)" } ?? number
    }

    // MARK: What moved a number

    /// The imports and retrievals that moved a published number since an edition.
    func retrievals(
        _ changes: [PublishedChange], _ name: String, _ table: String, _ measure: String,
        _ area: Int32
    ) -> CaseListPage {
        CaseListPage(
            headline: text(
                changes.count == 1 ? "views.moved.oneRetrieval" : "views.moved.retrievals",
                ["count": wording.number(changes.count), "name": name]),
            lead: text("views.moved.retrievalLead"),
            sections: [
                CaseListPage.Section(
                    heading: measureName(table, measure) + ", " + areaName(area),
                    lines: changes.map { change in
                        CaseListPage.Line(
                            heading: wording.period(change.period), details: [moved(change)],
                            by: text(
                                "views.moved.by",
                                [
                                    "day": wording.day(change.on),
                                    "source": source(change.source),
                                ]))
                    },
                    forms: [
                        Link(
                            text("views.number.series"),
                            seriesPath(table, measure, area, nil))
                    ], nothing: text("views.moved.noRetrieval"))
            ])
    }

    private func moved(_ change: PublishedChange) -> String {
        func amount(_ value: Double?) -> String {
            self.value(value, value.map { $0 == $0.rounded() } ?? true ? 0 : 2)
        }
        switch change.kind {
        case .added: return text("views.moved.came", ["new": amount(change.new)])
        case .gone: return text("views.moved.went", ["old": amount(change.old)])
        case .revised:
            return text(
                "views.moved.fromTo", ["old": amount(change.old), "new": amount(change.new)])
        }
    }
}
