import Chronology
import Indicators
import Parameters

/// Makes published figures of a cube of Statistikbanken that has areas and times.
struct StatBankReader {
    let municipalities: MunicipalityList
    /// The table and which of its variables are the area and the time.
    let table: String
    let area: String
    let time: String
    /// The measure's name by its codes, joined with `/`.
    let measures: [String: String]

    /// What counts how the cube counts, where there is only one way.
    private static let contents = "ContentsCode"

    /// The measure of a table whose every other variable was left out.
    static let total = "value"

    /// Throws every problem at once, with its place as an entry of `dimension`.
    func read(_ cube: JSONStat) throws(ImportProblems) -> PublishedImport {
        var problems = ImportProblems(limit: 1_000)
        let ids = cube.dimensions.map(\.id)
        func require(_ id: String) -> Int? {
            let index = ids.firstIndex(of: id)
            if index == nil {
                problems.add(
                    ImportProblem(
                        .missingColumn, found: ids.joined(separator: ", "), accepted: [id]))
            }
            return index
        }
        let areaIndex = require(area)
        let timeIndex = require(time)
        guard let areaIndex, let timeIndex else { throw problems }
        let areas = codes(cube, areaIndex, .unknownMunicipality, ["000", "163", "219"], &problems) {
            StatBankTable.code($0).flatMap { $0 == 0 || municipalities[$0] != nil ? $0 : nil }
        }
        let periods = codes(cube, timeIndex, .period, ["2024M01", "2024K1", "2024"], &problems) {
            Self.period($0)
        }
        guard problems.isEmpty else { throw problems }
        let others = ids.indices.filter {
            $0 != areaIndex && $0 != timeIndex
                && (ids[$0] != Self.contents || cube.dimensions[$0].codes.count > 1)
        }
        var result = PublishedImport()
        var seen: [PublishedKey: Int] = [:]
        cube.forEach { indices, value in
            let codes = others.map { cube.dimensions[$0].codes[indices[$0]] }
                .joined(separator: "/")
            let figure = PublishedFigure(
                area: areas[indices[areaIndex]], table: table,
                measure: measures[codes] ?? (codes.isEmpty ? Self.total : codes),
                period: periods[indices[timeIndex]], value: value)
            result.add(figure)
            // Two choices may have been given one name.
            if let other = seen.updateValue(result.read, forKey: PublishedKey(figure)) {
                problems.add(
                    ImportProblem(.duplicateRow, row: result.read, otherRow: other))
            }
        }
        guard problems.isEmpty else { throw problems }
        return result
    }

    private func codes<T>(
        _ cube: JSONStat, _ dimension: Int, _ kind: ImportProblem.Kind, _ accepted: [String],
        _ problems: inout ImportProblems, _ read: (String) -> T?
    ) -> [T] {
        cube.dimensions[dimension].codes.compactMap { code in
            if let value = read(code) { return value }
            problems.add(
                ImportProblem(
                    kind,
                    column: ImportProblem.Column(
                        number: dimension + 1, name: cube.dimensions[dimension].id),
                    found: code, accepted: accepted))
            return nil
        }
    }

    /// `2024M01`, `2024K1` (Danish) or `2024Q1`, `2024`.
    static func period(_ code: String) -> Period? {
        guard code.utf8.count > 4, code.dropFirst(4).first == "K" else { return Period(code) }
        return Period(code.prefix(4) + "Q" + code.dropFirst(5))
    }
}
