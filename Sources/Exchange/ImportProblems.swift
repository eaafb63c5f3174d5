import Parameters

/// Everything that is wrong with one file, in the order it was met. Nothing of
/// the file has been taken in. The list stops at `limit`; `total` counts on.
public struct ImportProblems: Error, Hashable, Sendable {
    public private(set) var listed: [ImportProblem] = []
    public private(set) var total = 0
    public let limit: Int
    /// The bytes of every row with a listed problem, the header's under 1.
    private var rows: [Int: [UInt8]] = [:]
    var separator: UInt8 = 59
    var encoding: TextEncoding = .utf8

    init(limit: Int) { self.limit = limit }

    public var isEmpty: Bool { total == 0 }

    mutating func add(_ problem: ImportProblem, raw: [UInt8]? = nil) {
        total += 1
        guard listed.count < limit else { return }
        listed.append(problem)
        if let row = problem.row, let raw { rows[row] = raw }
    }

    /// Puts the listed problems in the order of their rows and columns.
    mutating func sort() {
        listed.sort {
            ($0.row ?? 0, $0.column?.number ?? 0) < ($1.row ?? 0, $1.column?.number ?? 0)
        }
    }

    mutating func keepHeader(_ raw: [UInt8]) { rows[1] = raw }

    /// One sentence per listed problem, and one more when there were more.
    public func lines(_ catalogue: TextCatalogue, _ language: Language) -> [String] {
        var lines = listed.map { $0.text(catalogue, language) }
        if total > listed.count {
            lines.append(
                catalogue.text(
                    "exchange.more", language, ["count": String(total - listed.count)]))
        }
        return lines
    }

    /// A CSV file in UTF-8 with the rows that have listed problems: the row's
    /// number, the reasons, and then the row as it stood in the file. It holds
    /// whole CPR numbers when the file did, so it goes only to the one who sent
    /// the file.
    public func rejectedRows(_ catalogue: TextCatalogue, _ language: Language) -> [UInt8] {
        var reasons: [Int: [String]] = [:]
        for problem in listed {
            reasons[problem.row ?? 1, default: []].append(problem.text(catalogue, language))
        }
        var file: [UInt8] = []
        func write(_ first: String, _ second: String, _ row: Int) {
            file += CSV.quoted(first, separator)
            file.append(separator)
            file += CSV.quoted(second, separator)
            if let raw = rows[row] {
                file.append(separator)
                file += encoding.utf8(raw)
            }
            file += [13, 10]
        }
        let headings = ["row", "reason"].map { catalogue.text("exchange.rejected.\($0)", language) }
        write(headings[0], headings[1], 1)
        for row in reasons.keys.sorted() where row > 1 {
            write(String(row), reasons[row, default: []].joined(separator: " "), row)
        }
        return file
    }
}
