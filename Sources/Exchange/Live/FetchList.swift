import Parameters

/// What a municipality fetches regularly: a file with one entry a retrieval.
public struct FetchList: Hashable, Sendable {
    public enum Entry: Hashable, Sendable {
        case jobindsats(JobindsatsQuestion)
        case statbank(StatBankQuestion)

        public var table: String {
            switch self {
            case .jobindsats(let question): question.table
            case .statbank(let question): question.table
            }
        }
    }

    public var entries: [Entry] = []

    /// Reads a file of retrievals. Throws every problem at once, with line and column.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        if let root = problems.document(yaml, FetchList.grammar) {
            for place in root["fetch"].items {
                guard let source = StatisticsSource(rawValue: place["source"].string) else {
                    continue
                }
                for key in FetchList.foreign(to: source) where place[key].exists {
                    problems.add(
                        .unknownKey, at: place[key],
                        ["accepted": FetchList.own(source).joined(separator: ", ")])
                }
                entries.append(FetchList.entry(source, place))
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private static func entry(_ source: StatisticsSource, _ place: DocumentPlace) -> Entry {
        let table = place["table"].string
        let periods = place["periods"].integer ?? 12
        let measures = Dictionary(
            place["measures"].items.map { ($0["column"].string, $0["measure"].string) }
        ) { $1 }
        switch source {
        case .jobindsats:
            let members = place["members"].items.map { ($0["of"].string, $0["is"].string) }
            return .jobindsats(
                JobindsatsQuestion(
                    table: table,
                    periodKind: place["periodKind"].exists ? place["periodKind"].string : "M",
                    periods: periods, groups: place["groups"].items.map(\.string),
                    members: Dictionary(members) { $1 }, measures: measures))
        case .statbank:
            let values = place["values"].items.map {
                ($0["of"].string, $0["are"].items.map(\.string))
            }
            return .statbank(
                StatBankQuestion(
                    table: table, periods: periods, values: Dictionary(values) { $1 },
                    measures: measures))
        }
    }

    private static func own(_ source: StatisticsSource) -> [String] {
        switch source {
        case .jobindsats: ["periodKind", "groups", "members"]
        case .statbank: ["values"]
        }
    }

    /// The keys that only the other source knows.
    private static func foreign(to source: StatisticsSource) -> [String] {
        StatisticsSource.allCases.filter { $0 != source }.flatMap(own)
    }

    private static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "fetch",
            .list(
                .object([
                    .needs("source", .words(StatisticsSource.self)),
                    .needs("table", .text),
                    .may("periodKind", .word(["M", "Q", "QMAT", "MYTD", "Y"])),
                    .may("periods", .integer(1...1_200)),
                    .may("groups", .list(.text)),
                    .may("members", .list(.object([.needs("of", .text), .needs("is", .text)]))),
                    .may(
                        "values",
                        .list(.object([.needs("of", .text), .needs("are", .list(.text))]))),
                    .may(
                        "measures",
                        .list(.object([.needs("column", .text), .needs("measure", .text)]))),
                ]))),
    ])
}
