import Chronology
import Identifiers
import Indicators
import Parameters

/// The published figures of one file, and what became of its rows.
public struct PublishedImport: Hashable, Sendable {
    public internal(set) var figures: [PublishedFigure] = []
    /// Figures whose value the publisher does not show.
    public internal(set) var notShown = 0
    /// Rows about no known area ("Uoplyst område"), by the area's name.
    public internal(set) var skippedAreas: [String: Int] = [:]
    /// Rows about municipalities that were merged with others since, and about those with
    /// other borders then, by the name: they are not about any area of today.
    public internal(set) var formerAreas: [String: Int] = [:]
    /// Rows about other members of a dimension than the ones asked for.
    public internal(set) var skippedMembers = 0

    public init(_ figures: [PublishedFigure] = []) {
        for figure in figures { add(figure) }
    }

    /// Figures read, shown or not.
    public var read: Int { figures.count }
    public var skipped: Int {
        skippedAreas.values.reduce(skippedMembers, +) + formerAreas.values.reduce(0, +)
    }

    mutating func add(_ figure: PublishedFigure) {
        figures.append(figure)
        if figure.value == nil { notShown += 1 }
    }

    /// Leaves out figures of the time before a municipality was formed of others. For a source
    /// that tells of former municipalities: its figures follow the borders of the time, so the
    /// same code or name is another area then.
    mutating func leaveOutFormerBorders(_ municipalities: MunicipalityList) {
        figures.removeAll { figure in
            guard let change = municipalities.change(of: figure.area),
                figure.period.range.start.year < change.year
            else { return false }
            formerAreas[municipalities[figure.area]?.name ?? "", default: 0] += 1
            if figure.value == nil { notShown -= 1 }
            return true
        }
    }

    /// The area that rows use for what belongs to no municipality.
    static let unknownArea = "Uoplyst område"
    static let country = "Hele landet"
}

/// One figure's place: no file may say it twice.
struct PublishedKey: Hashable {
    var table: String
    var measure: String
    var area: Int32
    var period: Period

    init(_ figure: PublishedFigure) {
        table = figure.table
        measure = figure.measure
        area = figure.area
        period = figure.period
    }
}

/// Reads published figures from a long CSV file with the columns code, area,
/// table, measure, period and value. The code is the municipality's, `0000` for
/// the whole country; an empty value, `-` and `..` mean "not shown".
public struct PublishedCSV: Sendable {
    enum Column: String, CaseIterable { case code, area, table, measure, period, value }

    private let municipalities: MunicipalityList
    private let format: CSVFormat
    private let numbers: NumberStyle

    public init(
        municipalities: MunicipalityList, format: CSVFormat = CSVFormat(),
        numbers: NumberStyle = .english
    ) {
        self.municipalities = municipalities
        self.format = format
        self.numbers = numbers
    }

    public func read(_ bytes: [UInt8]) throws(ImportProblems) -> PublishedImport {
        var result = PublishedImport()
        var seen: [PublishedKey: Int] = [:]
        try CSVReader.read(bytes, format) { header, problems in
            Columns<Column>(header, names: { [$0.rawValue] }, problems: &problems)
        } each: { row, columns, problems in
            if columns.text(.area, row) == PublishedImport.unknownArea {
                result.skippedAreas[PublishedImport.unknownArea, default: 0] += 1
                return
            }
            if let former = former(row, columns) {
                if isSound(former, row, columns, &problems) {
                    result.formerAreas[former.name, default: 0] += 1
                }
                return
            }
            guard let figure = figure(row, columns, &problems) else { return }
            if let other = seen.updateValue(row.number, forKey: PublishedKey(figure)) {
                let problem = ImportProblem(.duplicateRow, row: row.number, otherRow: other)
                return problems.add(problem, raw: row.raw)
            }
            result.add(figure)
        }
        if !result.formerAreas.isEmpty { result.leaveOutFormerBorders(municipalities) }
        return result
    }

    /// The former municipality that a row is about.
    private func former(_ row: CSVRow, _ columns: Columns<Column>) -> FormerMunicipality? {
        (try? MunicipalityCode(columns.text(.code, row))).flatMap {
            municipalities.former($0.number)
        }
    }

    /// False with a problem when the row cannot be about it.
    private func isSound(
        _ former: FormerMunicipality, _ row: CSVRow, _ columns: Columns<Column>,
        _ problems: inout ImportProblems
    ) -> Bool {
        let before = problems.total
        func report(_ kind: ImportProblem.Kind, _ column: Column, _ accepted: [String]) {
            problems.add(columns.problem(kind, column, row, accepted: accepted), raw: row.raw)
        }
        if columns.text(.area, row) != former.name {
            report(.otherMunicipalityName, .area, [former.name])
        }
        if let period = Period(columns.text(.period, row)) {
            if period.range.end.year >= former.year {
                report(.mergedMunicipality, .code, former.told)
            }
        } else {
            report(.period, .period, Period.examples)
        }
        return problems.total == before
    }

    private func figure(
        _ row: CSVRow, _ columns: Columns<Column>, _ problems: inout ImportProblems
    ) -> PublishedFigure? {
        let before = problems.total
        func report(_ kind: ImportProblem.Kind, _ column: Column, _ accepted: [String] = []) {
            problems.add(columns.problem(kind, column, row, accepted: accepted), raw: row.raw)
        }
        let code = (try? MunicipalityCode(columns.text(.code, row)))?.number
        let name =
            code == 0 ? PublishedImport.country : code.flatMap { municipalities[$0]?.name }
        if let name {
            if columns.text(.area, row) != name { report(.otherMunicipalityName, .area, [name]) }
        } else {
            report(.unknownMunicipality, .code, ["0000", "0101", "0163"])
        }
        for column in [Column.table, .measure] where columns.text(column, row).isEmpty {
            report(.empty, column)
        }
        let period = Period(columns.text(.period, row))
        if period == nil { report(.period, .period, Period.examples) }
        let cell = numbers.cell(columns.text(.value, row))
        if cell == nil { report(.number, .value, [numbers.example, "-", ".."]) }
        guard problems.total == before, let code, let period, let cell else { return nil }
        return PublishedFigure(
            area: code, table: columns.text(.table, row), measure: columns.text(.measure, row),
            period: period, value: cell.number)
    }
}

extension FormerMunicipality {
    /// What it went into, for messages: `0219 Hillerød (2007)`.
    var told: [String] {
        into.map { "\(MunicipalityCode(number: $0.code)) \($0.name) (\(year))" }
    }
}

extension NumberStyle.Cell {
    /// Nil when not shown.
    var number: Double? {
        switch self {
        case .value(let value): value
        case .notShown: nil
        }
    }
}

extension Period {
    /// One code of every kind, for messages.
    static let examples = ["2024M01", "2024Q01", "2024QMAT01", "2024MYTD06", "2024Y01"]
}
