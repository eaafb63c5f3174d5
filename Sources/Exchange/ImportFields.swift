import Chronology
import Identifiers
import Parameters
import Registry

/// The fields of one row, read one by one; every one that cannot be read leaves a
/// problem behind, so that all of a row's problems come at once.
struct ImportFields<Column: ImportColumn> {
    let row: CSVRow
    let columns: Columns<Column>
    let source: RegistrationImport
    var problems: ImportProblems
    private var reported = false

    init(
        row: CSVRow, columns: Columns<Column>, source: RegistrationImport,
        problems: ImportProblems
    ) {
        self.row = row
        self.columns = columns
        self.source = source
        self.problems = problems
    }

    var isSound: Bool { !reported }

    mutating func report(
        _ kind: ImportProblem.Kind, _ column: Column, _ accepted: [String] = []
    ) {
        reported = true
        problems.add(columns.problem(kind, column, row, accepted: accepted), raw: row.raw)
    }

    mutating func citizen(
        _ column: Column, _ lookup: RegistrationImport.Lookup
    ) -> CitizenID? {
        let cpr: CPR
        do {
            cpr = try CPR(columns.text(column, row))
        } catch {
            let kind: ImportProblem.Kind =
                switch error {
                case .wrongLength: .cprLength
                case .notDigits, .wrongCheckDigit: .cprNotDigits
                case .impossibleDate: .cprImpossibleDate
                }
            reportCPR(kind, column)
            return nil
        }
        guard let citizen = lookup(cpr) else {
            reportCPR(.unknownCitizen, column)
            return nil
        }
        return citizen
    }

    private mutating func reportCPR(_ kind: ImportProblem.Kind, _ column: Column) {
        reported = true
        let plain = columns.problem(kind, column, row)
        problems.add(
            ImportProblem(
                kind, row: row.number, column: plain.column,
                found: Masking.number(columns.text(column, row))),
            raw: row.raw)
    }

    mutating func code<Code>(_ column: Column, _ list: CodeList<Code>) -> Code? {
        let text = columns.text(column, row)
        if let code = list[text] { return code }
        report(text.isEmpty ? .empty : .unknownCode, column, list.accepted)
        return nil
    }

    mutating func day(_ column: Column) -> Day? {
        let text = columns.text(column, row)
        if let day = Day(iso: text) ?? Day(danish: text) { return day }
        report(text.isEmpty ? .empty : .date, column, ["2024-01-31", "31.01.2024"])
        return nil
    }

    /// A day that may be left out; year 9999, which some systems write for "no end
    /// yet", is left out too. Nil when the field cannot be read.
    mutating func end(_ column: Column) -> End? {
        guard !columns.text(column, row).isEmpty else { return End(day: nil) }
        return day(column).map { End(day: $0.year == 9999 ? nil : $0) }
    }

    /// The last day of something, nil while it goes on.
    struct End { var day: Day? }

    /// A percentage of full time as minutes a week; empty is full time.
    mutating func degree(_ column: Column) -> WeeklyTime? {
        var text = columns.text(column, row)
        if text.isEmpty { return .full }
        if text.hasSuffix("%") { text = String(text.dropLast().filter { $0 != " " }) }
        guard let percent = source.numbers.number(text) else {
            report(.number, column, source.numbers == .danish ? ["100", "37,5"] : ["100", "37.5"])
            return nil
        }
        let minutes = (Double(WeeklyTime.full.minutes) * percent / 100).rounded()
        guard percent <= 100, minutes >= 1 else {
            report(.percentage, column)
            return nil
        }
        return WeeklyTime(minutes: Int32(minutes))
    }

    /// The municipality that the file is read for: a row about another one would be kept as
    /// this one's.
    mutating func municipality(
        _ column: Column, _ standard: MunicipalityCode
    ) -> MunicipalityCode? {
        guard columns.has(column) else { return standard }
        let text = columns.text(column, row)
        let code = (try? MunicipalityCode(text))?.number
        let found = code.flatMap { source.municipalities[$0] }
        if let found = found ?? source.municipalities.named(text) {
            let municipality = MunicipalityCode(number: found.code)
            if municipality == standard { return municipality }
            report(.otherMunicipality, column, [standard.description])
            return nil
        }
        if let former = code.flatMap({ source.municipalities.former($0) })
            ?? source.municipalities.former(named: text)
        {
            report(.mergedMunicipality, column, former.told)
        } else {
            report(.unknownMunicipality, column, ["0163", "Herlev"])
        }
        return nil
    }
}

/// The codes of one list by raw value and by name in either language.
struct CodeList<Code: RawRepresentable & CaseIterable> where Code.RawValue == String {
    private var codes: [String: Code] = [:]
    /// The Danish names, for messages.
    private(set) var accepted: [String] = []

    /// `key` is where the names stand in the catalogue, under `exchange`.
    init(_ catalogue: TextCatalogue, _ key: String) {
        for code in Code.allCases {
            let name = catalogue["exchange.\(key).\(code.rawValue)"]
            let names = [name?.da, name?.en, code.rawValue].compactMap { $0 }
            for name in names { codes[name.lowercased()] = code }
            accepted.append(names.first ?? code.rawValue)
        }
    }

    subscript(text: String) -> Code? { codes[text.lowercased()] }
}
