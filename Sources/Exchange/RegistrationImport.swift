import Chronology
import Identifiers
import Parameters
import Registry

/// Reads registrations from CSV files of other systems. A file is taken whole or
/// not at all. Columns and codes may be named as in the text catalogue, in Danish
/// or English, or by their raw values.
public struct RegistrationImport: Sendable {
    /// The citizen with a CPR number, or nil when the installation knows none.
    public typealias Lookup = (CPR) -> CitizenID?

    let municipalities: MunicipalityList
    let catalogue: TextCatalogue
    let format: CSVFormat
    let numbers: NumberStyle

    public init(
        municipalities: MunicipalityList, catalogue: TextCatalogue,
        format: CSVFormat = CSVFormat(), numbers: NumberStyle = .danish
    ) {
        self.municipalities = municipalities
        self.catalogue = catalogue
        self.format = format
        self.numbers = numbers
    }

    /// What the caller decides about one file.
    public struct Context: Hashable, Sendable {
        /// The municipality of rows in files without a column for it.
        public var municipality: MunicipalityCode
        public var recordedOn: Day
        /// The first fact gets this number and every further one the next.
        public var firstID: FactID

        public init(municipality: MunicipalityCode, recordedOn: Day, firstID: FactID) {
            self.municipality = municipality
            self.recordedOn = recordedOn
            self.firstID = firstID
        }
    }

    /// Benefit spells: CPR, benefit, from, to (empty while it goes on), degree in
    /// percent of full time (empty for full) and, where the file has it, the
    /// municipality by code or name.
    public func benefitSpells(
        _ bytes: [UInt8], _ context: Context, citizen: Lookup
    ) throws(ImportProblems) -> [Registration] {
        let benefits = CodeList<Benefit>(catalogue, "benefit")
        return try read(bytes, context, SpellColumn.self, optional: [.to, .degree, .municipality]) {
            fields, id in
            let citizen = fields.citizen(.cpr, citizen)
            let benefit = fields.code(.benefit, benefits)
            let start = fields.day(.from)
            let end = fields.end(.to)
            let degree = fields.degree(.degree)
            if let start, let last = end?.day, last < start {
                fields.report(.reversedDates, .to, [start.iso])
            }
            guard let citizen, let benefit, let start, let end, let degree, fields.isSound else {
                return nil
            }
            return .benefitSpell(
                BenefitSpell(
                    id: id, citizen: citizen, benefit: benefit, start: start, end: end.day,
                    degree: degree))
        } check: { rows, problems in
            Overlaps.report(rows, &problems)
        }
    }

    /// Conversations: CPR, day, kind, form, status and, where the file has it, the
    /// municipality by code or name.
    public func conversations(
        _ bytes: [UInt8], _ context: Context, citizen: Lookup
    ) throws(ImportProblems) -> [Registration] {
        let kinds = CodeList<ConversationKind>(catalogue, "conversationKind")
        let forms = CodeList<ConversationForm>(catalogue, "conversationForm")
        let statuses = CodeList<ConversationStatus>(catalogue, "conversationStatus")
        return try read(bytes, context, ConversationColumn.self, optional: [.municipality]) {
            fields, id in
            let citizen = fields.citizen(.cpr, citizen)
            let day = fields.day(.day)
            let kind = fields.code(.kind, kinds)
            let form = fields.code(.form, forms)
            let status = fields.code(.status, statuses)
            guard let citizen, let day, let kind, let form, let status, fields.isSound else {
                return nil
            }
            return .conversation(
                Conversation(
                    id: id, citizen: citizen, day: day, kind: kind, form: form, status: status))
        } check: { rows, problems in
            Repetitions.report(rows, &problems)
        }
    }

    private enum SpellColumn: String, ImportColumn {
        case cpr, benefit, from, to, degree, municipality
    }

    private enum ConversationColumn: String, ImportColumn {
        case cpr, day, kind, form, status, municipality
    }

    /// A registration and the row it came from.
    struct Row {
        var number: Int
        var raw: [UInt8]
        var registration: Registration
    }

    func read<Column: ImportColumn>(
        _ bytes: [UInt8], _ context: Context, _: Column.Type, optional: Set<Column>,
        fact: (inout ImportFields<Column>, FactID) -> Fact?,
        check: ([Row], inout ImportProblems) -> Void
    ) throws(ImportProblems) -> [Registration] {
        var rows: [Row] = []
        try CSVReader.read(bytes, format) { header, problems in
            Columns<Column>(header, names: names, optional: optional, problems: &problems)
        } each: { row, columns, problems in
            var fields = ImportFields(row: row, columns: columns, source: self, problems: problems)
            let municipality = fields.municipality(.municipality, context.municipality)
            let id = FactID(context.firstID.number + Int64(rows.count))
            let fact = fact(&fields, id)
            problems = fields.problems
            guard let municipality, let fact else { return }
            rows.append(
                Row(
                    number: row.number, raw: row.raw,
                    registration: Registration(
                        municipality: municipality, recordedOn: context.recordedOn, fact: fact)))
        } after: { problems in
            check(rows, &problems)
        }
        return rows.map(\.registration)
    }

    func names<Column: ImportColumn>(_ column: Column) -> [String] {
        let text = catalogue["exchange.column.\(column.rawValue)"]
        return [text?.da, text?.en].compactMap { $0 } + [column.rawValue]
    }
}

/// The columns of one kind of import file.
protocol ImportColumn: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {
    static var municipality: Self { get }
}
