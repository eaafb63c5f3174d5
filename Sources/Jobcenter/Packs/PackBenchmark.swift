import Chronology
import Exchange
import Identifiers
import Indicators
import Parameters
import Plans
import Reporting

extension PackBuilder {
    /// The measures of the ministry's list (benchmark), as they are published.
    private static let list: [(key: String, measure: String, unit: PackUnit)] = [
        ("place", "Placering på benchmarkranglisten", .rank),
        ("expected", "Forventet andel (pct.)", PackUnit(.percent)),
        ("actual", "Faktisk andel (pct.)", PackUnit(.percent)),
        ("gap", "Forskel (pct. point)", .percentPoints),
    ]

    mutating func addBenchmark(to section: inout PackSection, _ front: inout [PackSentence]) {
        section.tables.append(ministryList(&section, &front))
        let all = municipalities()
        section.tables += [beside(all), all]
    }

    /// The newest of the ministry's lists, at most a year old: imported, never worked out.
    private mutating func ministryList(
        _ section: inout PackSection, _ front: inout [PackSentence]
    ) -> PackTable {
        let quarter = context.request.quarter
        let periods = (0..<4).map { Period.rollingFourQuarters(quarter - $0) }
        let own = context.municipality.number
        let newest = periods.first { period in
            context.published.published(
                table: "y30r21", measure: PackBuilder.list[0].measure, area: own, period: period)
                != nil
        }
        var table = PackTable(
            id: "benchmark", title: words("table.benchmark"),
            columns: [words("column.period")]
                + PackBuilder.list.map { words("benchmark.\($0.key)") })
        let period = newest ?? periods[0]
        let cells = PackBuilder.list.map { entry in
            published(
                "benchmark.\(entry.key)", table: "y30r21", measure: entry.measure, area: own,
                period, unit: entry.unit)
        }
        table.rows.append(PackRow(words.period(period), cells.map { .number($0) }))
        if newest == nil {
            table.notes.append(words("note.noBenchmark"))
        } else if let place = cells[0].value {
            let sentence = PackSentence(
                words(
                    "sentence.place", ["place": .count(Int(place)), "period": .period(period)]),
                numbers: [cells[0].id])
            section.sentences.append(sentence)
            front.append(sentence)
        }
        return table
    }

    /// The published unemployment percentage of every municipality.
    private mutating func municipalities() -> PackTable {
        let quarter = context.quarter
        var table = PackTable(
            id: "municipalities", title: words("table.municipalities"),
            columns: [
                words("column.municipality"), words.period(quarter),
                words.period(quarter.yearBefore), words("column.change"),
            ])
        for municipality in context.house.municipalities.all {
            let id = "municipalities.\(municipality.code)"
            let cells = percentages(id, municipality.code)
            guard cells[0].state != .missing else { continue }
            table.rows.append(
                PackRow(
                    PackText(da: municipality.name, en: municipality.name),
                    cells.map { .number($0) },
                    isTotal: municipality.code == context.municipality.number))
        }
        if table.rows.isEmpty { table.notes.append(words("note.notImported")) }
        return table
    }

    private mutating func percentages(_ id: String, _ area: Int32) -> [PackNumber] {
        let percent = PackUnit(.percent)
        let measure = "ledige_pct_arbejdsstyrke"
        let now = published(
            "\(id).now", table: "y25i01", measure: measure, area: area, context.quarter,
            unit: percent)
        let before = published(
            "\(id).before", table: "y25i01", measure: measure, area: area,
            context.quarter.yearBefore, unit: percent)
        let change = derived(
            "\(id).change", .difference, [now.id, before.id], unit: .percentPoints,
            period: now.period)
        return [now, before, change]
    }

    /// The municipality beside the country, the ten best, and its place among all.
    private mutating func beside(_ all: PackTable) -> PackTable {
        let quarter = context.quarter
        var table = PackTable(
            id: "beside", title: words("table.beside"),
            columns: [
                words("column.area"), words.period(quarter), words.period(quarter.yearBefore),
                words("column.change"),
            ])
        let own = "municipalities.\(context.municipality.number)"
        guard numbers["\(own).now"]?.value != nil else {
            table.notes.append(words("note.notImported"))
            return table
        }
        let country = percentages("beside.country", 0)
        table.rows.append(PackRow(words("row.country"), country.map { .number($0) }))
        let mine = ["now", "before", "change"].compactMap { numbers["\(own).\($0)"] }
        table.rows.append(
            PackRow(
                PackText(da: context.name, en: context.name),
                mine.map { .number($0) }, isTotal: true))
        addPeers(to: &table)
        var ten: [PackNumber] = []
        var place: [PackNumber] = []
        for (key, period) in [("now", quarter), ("before", quarter.yearBefore)] {
            let ids = all.rows.compactMap { $0.cells[key == "now" ? 0 : 1].number }
                .filter { $0.value != nil }.map(\.id)
            ten.append(
                derived(
                    "beside.topTen.\(key)", .topTen, ids, unit: PackUnit(.percent),
                    period: period.description))
            place.append(
                derived(
                    "beside.place.\(key)", .place,
                    ["\(own).\(key)"] + ids.filter { $0 != "\(own).\(key)" }, unit: .rank,
                    period: period.description))
        }
        ten.append(
            derived(
                "beside.topTen.change", .difference, ten.map(\.id), unit: .percentPoints,
                period: quarter.description))
        place.append(
            derived(
                "beside.place.change", .difference, place.map(\.id), unit: .rank,
                period: quarter.description))
        table.rows.append(PackRow(words("row.topTen"), ten.map { .number($0) }))
        table.rows.append(PackRow(words("row.place"), place.map { .number($0) }))
        table.notes.append(words("note.beside"))
        return table
    }

    /// The municipalities chosen, each on a row, and their mean.
    private mutating func addPeers(to table: inout PackTable) {
        let peers = context.request.peers.filter { $0 != context.municipality }
        for peer in peers {
            let cells = ["now", "before", "change"].compactMap {
                numbers["municipalities.\(peer.number).\($0)"]
            }
            guard cells.count == 3, let name = context.house.municipalities[peer.number]?.name
            else { continue }
            table.rows.append(PackRow(PackText(da: name, en: name), cells.map { .number($0) }))
        }
        guard peers.count > 1 else { return }
        var mean: [PackNumber] = []
        for (key, period) in [("now", context.quarter), ("before", context.quarter.yearBefore)] {
            mean.append(
                derived(
                    "beside.peers.\(key)", .mean,
                    peers.map { "municipalities.\($0.number).\(key)" },
                    unit: PackUnit(.percent), period: period.description))
        }
        mean.append(
            derived(
                "beside.peers.change", .difference, mean.map(\.id), unit: .percentPoints,
                period: context.quarter.description))
        table.rows.append(PackRow(words("row.peers"), mean.map { .number($0) }))
    }
}
