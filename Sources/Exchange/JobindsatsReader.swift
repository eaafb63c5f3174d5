import Chronology
import Foundation
import Indicators
import Parameters

/// Reads what version 3 of the interface of jobindsats.dk answers to a request
/// for data: `{"columns": [...], "rows": [[...], ...]}`. Areas stand there by
/// name; a null is "not shown".
public struct JobindsatsReader: Sendable {
    /// How one table is to be read.
    public struct Table: Hashable, Sendable {
        /// The publisher's table: `y25i01`.
        public var id: String
        /// The measure's name by the name of its column. A column that is not
        /// here gives its own name.
        public var measures: [String: String]
        /// For every column with texts that is neither period nor area
        /// ("A-kasse", "Ydelsesgrupper"): the member whose rows are wanted.
        public var members: [String: String]
        /// Areas that are no municipality, such as regions: their rows are passed
        /// over and counted.
        public var otherAreas: Set<String>

        public init(
            id: String, measures: [String: String] = [:], members: [String: String] = [:],
            otherAreas: Set<String> = []
        ) {
            self.id = id
            self.measures = measures
            self.members = members
            self.otherAreas = otherAreas
        }
    }

    private let municipalities: MunicipalityList
    private let problemLimit: Int

    public init(municipalities: MunicipalityList, problemLimit: Int = 1_000) {
        self.municipalities = municipalities
        self.problemLimit = problemLimit
    }

    public func read(_ bytes: [UInt8], table: Table) throws(ImportProblems) -> PublishedImport {
        var problems = ImportProblems(limit: problemLimit)
        guard let reply = JobindsatsReply(bytes, &problems) else { throw problems }
        return try read(reply, table: table)
    }

    /// Reads a reply that is decoded already.
    func read(_ reply: JobindsatsReply, table: Table) throws(ImportProblems) -> PublishedImport {
        var problems = ImportProblems(limit: problemLimit)
        guard let layout = Layout(reply, table, &problems) else { throw problems }
        var result = PublishedImport()
        var seen: [PublishedKey: Int] = [:]
        for (index, row) in reply.rows.enumerated() {
            let number = index + 1
            guard row.count == reply.columns.count else {
                problems.add(
                    ImportProblem(
                        .fieldCount, row: number, found: String(row.count),
                        accepted: [String(reply.columns.count)]))
                continue
            }
            if layout.members.contains(where: { row[$0.key].text != $0.value }) {
                result.skippedMembers += 1
                continue
            }
            for figure in figures(row, number, layout, table, &result, &problems) {
                if let other = seen.updateValue(number, forKey: PublishedKey(figure)) {
                    problems.add(ImportProblem(.duplicateRow, row: number, otherRow: other))
                } else {
                    result.add(figure)
                }
            }
        }
        guard problems.isEmpty else { throw problems }
        if !result.formerAreas.isEmpty { result.leaveOutFormerBorders(municipalities) }
        return result
    }

    private func figures(
        _ row: [JobindsatsReply.Cell], _ number: Int, _ layout: Layout, _ table: Table,
        _ result: inout PublishedImport, _ problems: inout ImportProblems
    ) -> [PublishedFigure] {
        let name = row[layout.area].text ?? ""
        if name == PublishedImport.unknownArea || table.otherAreas.contains(name) {
            result.skippedAreas[name, default: 0] += 1
            return []
        }
        let area = name == PublishedImport.country ? 0 : municipalities.named(name)?.code
        let period = Period(row[layout.period].text ?? "")
        if area == nil, let former = municipalities.former(named: name), let period {
            if period.range.end.year < former.year {
                result.formerAreas[name, default: 0] += 1
            } else {
                problems.add(
                    layout.problem(.mergedMunicipality, number, layout.area, row, former.told))
            }
            return []
        }
        if area == nil {
            problems.add(
                layout.problem(
                    .unknownMunicipality, number, layout.area, row,
                    [PublishedImport.country, "Herlev", "Hillerød"]))
        }
        if period == nil {
            problems.add(layout.problem(.period, number, layout.period, row, Period.examples))
        }
        var figures: [PublishedFigure] = []
        for (index, measure) in layout.measures {
            guard let cell = row[index].published else {
                problems.add(
                    layout.problem(.number, number, index, row, [NumberStyle.danish.example]))
                continue
            }
            guard let area, let period else { continue }
            figures.append(
                PublishedFigure(
                    area: area, table: table.id, measure: measure, period: period,
                    value: cell.number))
        }
        return figures
    }

    /// Which column is what.
    private struct Layout {
        var period = 0
        var area = 0
        var measures: [(Int, String)] = []
        var members: [Int: String] = [:]
        let columns: [String]

        init?(_ reply: JobindsatsReply, _ table: Table, _ problems: inout ImportProblems) {
            columns = reply.columns
            func require(_ name: String) -> Int? {
                let index = reply.columns.firstIndex(of: name)
                if index == nil {
                    problems.add(
                        ImportProblem(
                            .missingColumn, found: reply.columns.joined(separator: ", "),
                            accepted: [name]))
                }
                return index
            }
            let period = require("Periode")
            let area = require("Område")
            for name in table.members.keys.sorted() + table.measures.keys.sorted() {
                _ = require(name)
            }
            guard let period, let area, problems.isEmpty else { return nil }
            self.period = period
            self.area = area
            for (index, name) in reply.columns.enumerated() where index != period && index != area {
                if let member = table.members[name] {
                    members[index] = member
                } else if let text = reply.firstMember(index) {
                    let column = ImportProblem.Column(number: index + 1, name: name)
                    problems.add(
                        ImportProblem(.undeclaredDimension, column: column, found: text))
                } else {
                    measures.append((index, table.measures[name] ?? name))
                }
            }
            guard problems.isEmpty else { return nil }
        }

        func problem(
            _ kind: ImportProblem.Kind, _ row: Int, _ index: Int, _ cells: [JobindsatsReply.Cell],
            _ accepted: [String]
        ) -> ImportProblem {
            ImportProblem(
                kind, row: row,
                column: ImportProblem.Column(number: index + 1, name: columns[index]),
                found: cells[index].shown, accepted: accepted)
        }
    }
}
