import Foundation

/// Reads a folder with the CSV files that ESCO publishes, packed by gzip or not, in one or
/// several languages: `occupations_da.csv`, `skills_da.csv`, `occupationSkillRelations.csv`,
/// `languageSkillsCollection_da.csv`; and `labels_da.tsv` with uri, position and label, for a
/// language of which only labels are at hand.
public struct EscoReader {
    private var taxonomy = EscoTaxonomy()
    private var indices: [String: Int] = [:]
    private var labelled: Set<LabelPlace> = []
    private let limit: Int

    private struct LabelPlace: Hashable {
        var language: String
        var id: String
    }

    private enum Column: String, CaseIterable {
        case uri, isco, skillType, preferred, alternative
        case occupation, skill, relation
    }

    private init(limit: Int) { self.limit = limit }

    /// Reads the folder. Of each file no more than a piece and a row is in memory, besides what
    /// is kept; O(bytes).
    public static func read(
        folder: URL, problemLimit: Int = 100
    ) throws(EscoError) -> EscoTaxonomy {
        var reader = EscoReader(limit: problemLimit)
        let found =
            (try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)) ?? []
        let files = found.sorted { $0.lastPathComponent < $1.lastPathComponent }
        func named(_ start: String) -> [URL] {
            files.filter { file in
                let name = file.lastPathComponent
                return name.hasPrefix(start)
                    && (name.hasSuffix(".csv") || name.hasSuffix(".csv.gz"))
            }
        }
        let occupations = named("occupations_")
        let skills = named("skills_")
        if occupations.isEmpty { throw .missing("occupations_en.csv") }
        if skills.isEmpty { throw .missing("skills_en.csv") }
        for file in occupations { try reader.entries(file, .occupation) }
        for file in skills { try reader.entries(file, .skill) }
        for file in named("languageSkillsCollection_") { try reader.languages(file) }
        for file in named("occupationSkillRelations") { try reader.relations(file) }
        for file in files where file.lastPathComponent.hasPrefix("labels_") {
            let name = file.lastPathComponent
            if name.hasSuffix(".tsv") || name.hasSuffix(".tsv.gz") { try reader.labels(file) }
        }
        return reader.taxonomy
    }

    /// `da` of `occupations_da.csv.gz`.
    private static func language(_ file: URL) -> String {
        let name = file.lastPathComponent.prefix { $0 != "." }
        return name.split(separator: "_").last.map(String.init) ?? ""
    }

    // MARK: The files

    private mutating func entries(_ file: URL, _ kind: EscoTaxonomy.Kind) throws(EscoError) {
        let language = Self.language(file)
        let names: [Column: [String]] = [
            .uri: ["conceptUri"], .isco: ["iscoGroup"], .skillType: ["skillType"],
            .preferred: ["preferredLabel"], .alternative: ["altLabels"],
        ]
        let optional: Set<Column> = kind == .occupation ? [.skillType] : [.isco]
        var new: [(EscoTaxonomy.Entry, String, String)] = []
        try rows(file, names, optional) { row, columns, problems in
            let id = columns.text(.uri, row)
            let label = columns.text(.preferred, row)
            let isco = columns.text(.isco, row)
            if id.isEmpty { problems.add(columns.problem(.empty, .uri, row), raw: row.raw) }
            if label.isEmpty {
                problems.add(columns.problem(.empty, .preferred, row), raw: row.raw)
            }
            if kind == .occupation, !Self.isISCO(isco) {
                problems.add(
                    columns.problem(.number, .isco, row, accepted: ["2221"]), raw: row.raw)
            }
            let isKnowledge = columns.text(.skillType, row) == "knowledge"
            new.append(
                (
                    EscoTaxonomy.Entry(
                        id: id, kind: isKnowledge ? .knowledge : kind, isco: isco), label,
                    columns.text(.alternative, row)
                ))
        }
        for (entry, label, others) in new {
            if indices[entry.id] == nil {
                indices[entry.id] = taxonomy.entries.count
                taxonomy.entries.append(entry)
            }
            add(
                entry.id, [label] + others.split(whereSeparator: \.isNewline).map(String.init),
                language)
        }
    }

    private static func isISCO(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// A language has one set of labels for an entry: the first that is read.
    private mutating func add(_ id: String, _ labels: [String], _ language: String) {
        guard labelled.insert(LabelPlace(language: language, id: id)).inserted else { return }
        var seen: Set<String> = []
        var position = 0
        for label in labels {
            let text = label.trimmingCharacters(in: .whitespaces)
            guard !text.isEmpty, seen.insert(text).inserted else { continue }
            taxonomy.labels.append(
                EscoTaxonomy.Label(language: language, id: id, position: position, text: text))
            position += 1
        }
    }

    private mutating func languages(_ file: URL) throws(EscoError) {
        var ids: [String] = []
        try rows(file, [.uri: ["conceptUri"]], []) { row, columns, _ in
            ids.append(columns.text(.uri, row))
        }
        for id in ids {
            if let index = indices[id] { taxonomy.entries[index].kind = .language }
        }
    }

    private mutating func relations(_ file: URL) throws(EscoError) {
        let names: [Column: [String]] = [
            .occupation: ["occupationUri"], .skill: ["skillUri"], .relation: ["relationType"],
        ]
        var read: [EscoTaxonomy.Relation] = []
        try rows(file, names, []) { row, columns, problems in
            let relation = columns.text(.relation, row)
            if relation != "essential" && relation != "optional" {
                problems.add(
                    columns.problem(
                        .unknownCode, .relation, row, accepted: ["essential", "optional"]),
                    raw: row.raw)
            }
            read.append(
                EscoTaxonomy.Relation(
                    occupation: columns.text(.occupation, row), skill: columns.text(.skill, row),
                    isEssential: relation == "essential"))
        }
        struct Pair: Hashable { var occupation, skill: Int }
        var seen: Set<Pair> = []
        for relation in read {
            guard let occupation = indices[relation.occupation], let skill = indices[relation.skill]
            else {
                taxonomy.skipped += 1
                continue
            }
            if seen.insert(Pair(occupation: occupation, skill: skill)).inserted {
                taxonomy.relations.append(relation)
            }
        }
    }

    /// Reads a CSV file; throws its problems when it has any.
    private mutating func rows(
        _ file: URL, _ names: [Column: [String]], _ optional: Set<Column>,
        _ each: (CSVRow, Columns<Column>, inout ImportProblems) -> Void
    ) throws(EscoError) {
        let name = file.lastPathComponent
        var reader = CSVReader(CSVFormat(separator: .comma, problemLimit: limit))
        var columns: Columns<Column>?
        let left = optional.union(Column.allCases.filter { names[$0] == nil })
        func take(_ rows: [CSVRow]) {
            if columns == nil, let header = reader.header, reader.problems.isEmpty {
                columns = Columns(
                    header, names: { names[$0] ?? [] }, optional: left, problems: &reader.problems)
            }
            guard let columns else { return }
            for row in rows { each(row, columns, &reader.problems) }
        }
        do {
            try PackedFile(file).read { piece in
                take(reader.feed(piece))
                return reader.header == nil || columns != nil
            }
        } catch {
            switch error {
            case .cannotRead: throw .cannotRead(file: name)
            case .damaged: throw .damaged(file: name)
            }
        }
        take(reader.finish())
        if !reader.problems.isEmpty {
            reader.problems.sort()
            throw .problems(file: name, reader.problems)
        }
        taxonomy.files.append(name)
    }

    // MARK: Labels by themselves

    /// Lines of uri, position and label with tabs between; the first names the columns.
    private mutating func labels(_ file: URL) throws(EscoError) {
        let name = file.lastPathComponent
        var bytes: [UInt8] = []
        do {
            try PackedFile(file).read { piece in
                bytes += piece
                return true
            }
        } catch {
            switch error {
            case .cannotRead: throw .cannotRead(file: name)
            case .damaged: throw .damaged(file: name)
            }
        }
        var problems = ImportProblems(limit: limit)
        var found: [String: [(position: Int, text: String)]] = [:]
        var order: [String] = []
        var number = 0
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            if number == 1 || line.isEmpty { continue }
            let line = line.last == 13 ? line.dropLast() : line
            let fields = line.split(separator: 9, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, let position = Int(fields[1]) else {
                problems.add(
                    ImportProblem(
                        .fieldCount, row: number, found: String(fields.count), accepted: ["3"]),
                    raw: Array(line))
                continue
            }
            if found[fields[0]] == nil { order.append(fields[0]) }
            found[fields[0], default: []].append((position, fields[2]))
        }
        if !problems.isEmpty { throw .problems(file: name, problems) }
        let language = Self.language(file)
        for id in order {
            guard indices[id] != nil, let labels = found[id] else {
                taxonomy.skipped += 1
                continue
            }
            add(id, labels.sorted { $0.position < $1.position }.map(\.text), language)
        }
        taxonomy.files.append(name)
    }
}
