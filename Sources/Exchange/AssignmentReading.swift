/// Reads the files of an assignment one after the other and keeps what is wrong.
struct AssignmentReading {
    private(set) var problems: [(role: AssignmentFiles.Role, problems: ImportProblems)] = []
    private let files: [AssignmentFiles.Role: [UInt8]]
    /// Where each name stands; nil when the file could not be read, so that names
    /// are not called unknown that may stand in it.
    private var candidateNames: [String: Int]?
    private var openingNames: [String: Int]?

    typealias Files = AssignmentFiles

    /// The columns of all these files.
    private enum Column: String, CaseIterable {
        case candidate, opening, group, places, minimum, maximum, value

        /// What a header may call it.
        static func names(_ column: Column) -> [String] {
            let danish: [Column: String] = [
                .candidate: "kandidat", .opening: "åbning", .group: "gruppe",
                .places: "pladser", .minimum: "mindst", .maximum: "højst", .value: "værdi",
            ]
            return [column.rawValue] + (danish[column].map { [$0] } ?? [])
        }
    }

    init(_ files: [Files.Role: [UInt8]]) { self.files = files }

    mutating func candidates() -> [Files.Candidate] {
        var found: [Files.Candidate] = []
        var names: [String: (index: Int, row: Int)] = [:]
        let isSound = read(.candidates, [.candidate], [.places, .group]) { row in
            let name = row.name(.candidate)
            let places = row.count(.places) ?? 1
            let group = row.text(.group)
            guard let name, row.isNew(name, in: &names, at: found.count) else { return }
            found.append(
                Files.Candidate(name: name, places: places, group: group.isEmpty ? nil : group))
        }
        candidateNames = isSound ? names.mapValues(\.index) : nil
        return found
    }

    mutating func openings() -> [Files.Opening] {
        var found: [Files.Opening] = []
        var names: [String: (index: Int, row: Int)] = [:]
        let isSound = read(.openings, [.opening], [.minimum, .maximum]) { row in
            let name = row.name(.opening)
            let minimum = row.count(.minimum) ?? 0
            let maximum = row.count(.maximum) ?? max(1, minimum)
            row.check(minimum, maximum)
            guard let name, row.isNew(name, in: &names, at: found.count) else { return }
            found.append(Files.Opening(name: name, minimum: minimum, maximum: maximum))
        }
        openingNames = isSound ? names.mapValues(\.index) : nil
        return found
    }

    mutating func groups(of candidates: [Files.Candidate]) -> [Files.Group] {
        var found: [Files.Group] = []
        var names: [String: (index: Int, row: Int)] = [:]
        let groups = Set(candidates.compactMap(\.group))
        let (knowsGroups, openingNames) = (candidateNames != nil, openingNames)
        _ = read(.groups, [.group], [.opening, .minimum, .maximum]) { row in
            let name = row.name(.group)
            let opening = row.text(.opening)
            let minimum = row.count(.minimum) ?? 0
            let maximum = row.count(.maximum)
            row.check(minimum, maximum)
            if let name, knowsGroups, !groups.contains(name) {
                row.report(.unknownGroup, .group, groups.sorted())
            }
            if !opening.isEmpty, let openingNames, openingNames[opening] == nil {
                row.report(.unknownName, .opening, [Files.Role.openings.rawValue])
            }
            guard let name, row.isNew("\(name)\u{0}\(opening)", in: &names, at: found.count) else {
                return
            }
            found.append(
                Files.Group(
                    name: name, opening: opening.isEmpty ? nil : opening, minimum: minimum,
                    maximum: maximum))
        }
        return found
    }

    mutating func edges() -> [Files.Edge] {
        var found: [Files.Edge] = []
        var seen: [Files.Pair: Int] = [:]
        let names = (candidateNames, openingNames)
        _ = read(.edges, [.candidate, .opening, .value], []) { row in
            let pair = row.pair(names.0, names.1)
            let value = row.whole(.value, -1_000_000_000_000...1_000_000_000_000, isNeeded: true)
            guard let pair, let value, row.isNew(pair, in: &seen) else { return }
            found.append(Files.Edge(pair: pair, value: value))
        }
        return found
    }

    mutating func pairs(
        _ role: Files.Role, _ flaw: (Files.Pair) -> ImportProblem.Kind? = { _ in nil }
    ) -> Set<Files.Pair> {
        var found: Set<Files.Pair> = []
        var seen: [Files.Pair: Int] = [:]
        let names = (candidateNames, openingNames)
        let hasEdges = !problems.contains { $0.role == .edges }
        _ = read(role, [.candidate, .opening], []) { row in
            guard
                let pair = row.pair(names.0, names.1, isStrict: role != .previous),
                row.isNew(pair, in: &seen)
            else { return }
            if hasEdges, let flaw = flaw(pair) { row.report(flaw, nil, []) }
            found.insert(pair)
        }
        return found
    }

    /// Reads one file where there is one; false when something in it is wrong.
    private mutating func read(
        _ role: Files.Role, _ required: Set<Column>, _ optional: Set<Column>,
        _ each: (inout Row) -> Void
    ) -> Bool {
        guard let bytes = files[role] else { return true }
        let unused = Set(Column.allCases).subtracting(required).subtracting(optional)
        do throws(ImportProblems) {
            try CSVReader.read(bytes, CSVFormat()) { header, problems in
                Columns(
                    header, names: Column.names, optional: optional.union(unused),
                    problems: &problems)
            } each: { (row, columns: Columns<Column>, problems) in
                var one = Row(row: row, columns: columns, problems: problems)
                each(&one)
                problems = one.problems
            }
            return true
        } catch {
            problems.append((role, error))
            return false
        }
    }
}

extension AssignmentReading {
    /// One row while it is read.
    private struct Row {
        let row: CSVRow
        let columns: Columns<Column>
        var problems: ImportProblems

        func text(_ column: Column) -> String { columns.text(column, row) }

        mutating func report(
            _ kind: ImportProblem.Kind, _ column: Column?, _ accepted: [String],
            otherRow: Int? = nil
        ) {
            let problem =
                column.map {
                    columns.problem(kind, $0, row, accepted: accepted, otherRow: otherRow)
                }
                ?? ImportProblem(
                    kind, row: row.number, found: row.fields.joined(separator: " "),
                    accepted: accepted, otherRow: otherRow)
            problems.add(problem, raw: row.raw)
        }

        mutating func name(_ column: Column) -> String? {
            let text = text(column)
            if text.isEmpty { report(.empty, column, ["A1"]) }
            return text.isEmpty ? nil : text
        }

        /// A whole number of nothing or more; nil when the field is empty or wrong.
        mutating func count(_ column: Column) -> Int? {
            whole(column, 0...1_000_000_000, isNeeded: false)
        }

        mutating func whole(_ column: Column, _ range: ClosedRange<Int>, isNeeded: Bool) -> Int? {
            let text = text(column)
            if text.isEmpty {
                if isNeeded { report(.empty, column, ["12"]) }
                return nil
            }
            guard let number = Int(text), range.contains(number) else {
                report(.wholeNumber, column, ["\(range.lowerBound)", "\(range.upperBound)"])
                return nil
            }
            return number
        }

        mutating func check(_ minimum: Int, _ maximum: Int?) {
            guard let maximum, minimum > maximum else { return }
            report(.minimumAboveMaximum, .minimum, ["\(maximum)"])
        }

        mutating func isNew(
            _ name: String, in names: inout [String: (index: Int, row: Int)], at index: Int
        ) -> Bool {
            if let other = names[name] {
                report(.duplicateRow, nil, [], otherRow: other.row)
                return false
            }
            names[name] = (index, row.number)
            return true
        }

        mutating func isNew(_ pair: Files.Pair, in seen: inout [Files.Pair: Int]) -> Bool {
            if let other = seen[pair] {
                report(.duplicateRow, nil, [], otherRow: other)
                return false
            }
            seen[pair] = row.number
            return true
        }

        mutating func pair(
            _ candidates: [String: Int]?, _ openings: [String: Int]?, isStrict: Bool = true
        ) -> Files.Pair? {
            let (candidate, opening) = (name(.candidate), name(.opening))
            guard let candidate, let opening, let candidates, let openings else { return nil }
            if isStrict, candidates[candidate] == nil {
                report(.unknownName, .candidate, [Files.Role.candidates.rawValue])
            }
            if isStrict, openings[opening] == nil {
                report(.unknownName, .opening, [Files.Role.openings.rawValue])
            }
            guard let one = candidates[candidate], let other = openings[opening] else {
                return nil
            }
            return Files.Pair(candidate: one, opening: other)
        }
    }
}
