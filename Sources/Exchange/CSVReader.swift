/// Reads a CSV file (RFC 4180) as its bytes arrive. Feed the chunks in order and
/// call `finish` after the last; each sound row comes out once, and what is wrong
/// is in `problems`. No more than one chunk and one row is held in memory.
public struct CSVReader: Sendable {
    public private(set) var header: CSVRow?
    public internal(set) var problems: ImportProblems
    /// Sound and unsound rows met so far, the header and blank lines left out.
    public private(set) var rowCount = 0

    private enum State { case fieldStart, unquoted, quoted, quoteSeen }
    private let format: CSVFormat
    private var state = State.fieldStart
    /// The bytes up to the end of the header, until the separator is known.
    private var head: [UInt8]? = []
    private var headQuoted = false
    private var stopped = false
    private var afterCarriageReturn = false
    private var lineNumber = 1
    private var raw: [UInt8] = []
    private var content: [UInt8] = []
    private var ends: [Int] = []
    private var flaw: ImportProblem.Kind?
    private var flawColumn = 0
    private var hasHighBytes = false
    private var ready: [CSVRow] = []

    public init(_ format: CSVFormat = CSVFormat()) {
        self.format = format
        problems = ImportProblems(limit: format.problemLimit)
        problems.encoding = format.encoding
    }

    /// All sound rows of a file that is in memory already.
    public static func rows(
        _ bytes: [UInt8], _ format: CSVFormat = CSVFormat()
    ) throws(ImportProblems) -> (header: CSVRow, rows: [CSVRow]) {
        var reader = CSVReader(format)
        var rows = reader.feed(bytes)
        rows += reader.finish()
        guard let header = reader.header, reader.problems.isEmpty else { throw reader.problems }
        return (header, rows)
    }

    /// Takes the next bytes of the file and gives the sound rows they complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [CSVRow] {
        for byte in bytes where !stopped {
            if head == nil { take(byte) } else { takeHead(byte) }
        }
        return completed()
    }

    /// Says that the file has ended, and gives the last row.
    public mutating func finish() -> [CSVRow] {
        if head != nil { openBody() }
        if !stopped { finishRow() }
        return completed()
    }

    private mutating func completed() -> [CSVRow] {
        defer { ready = [] }
        return ready
    }

    private mutating func finishRow() {
        stopped = true
        if state == .quoted {
            reject(.unclosedQuote, column: ends.count)
        } else if !raw.isEmpty {
            endField()
            if let header, ends.count < header.count, flaw == nil {
                reject(
                    .truncatedRow, column: nil, found: String(ends.count),
                    accepted: [String(header.count)])
            } else {
                endRow()
            }
        }
        if header == nil, problems.isEmpty { problems.add(ImportProblem(.emptyFile)) }
    }

    // MARK: The header and what comes before it

    private mutating func takeHead(_ byte: UInt8) {
        head?.append(byte)
        if byte == 34 { headQuoted.toggle() }
        let size = head?.count ?? 0
        let isEnd = (byte == 10 || byte == 13) && !headQuoted
        if isEnd && head?.contains(where: { $0 != 10 && $0 != 13 }) == true
            || size > format.longestRow
        {
            openBody()
        }
    }

    private mutating func openBody() {
        var bytes = (head ?? [])[...]
        head = nil
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return stop(.utf16)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = bytes.dropFirst(3)
            problems.encoding = .utf8
        }
        problems.separator = format.separator?.rawValue ?? CSVReader.separator(in: bytes)
        for byte in bytes where !stopped { take(byte) }
    }

    private static func separator(in header: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var quoted = false
        for byte in header {
            if byte == 34 { quoted.toggle() }
            if !quoted { counts[byte, default: 0] += 1 }
        }
        let candidates = CSVFormat.Separator.allCases.map(\.rawValue)
        return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 44
    }

    // MARK: One byte at a time

    private mutating func take(_ byte: UInt8) {
        if afterCarriageReturn {
            afterCarriageReturn = false
            if byte == 10 { return }
        }
        let isEnd = (byte == 10 || byte == 13) && state != .quoted
        if isEnd {
            afterCarriageReturn = byte == 13
            return endLine()
        }
        if byte == 0 { return stop(.notText) }
        raw.append(byte)
        if raw.count > format.longestRow { return stop(.rowTooLong) }
        if byte >= 0x80 { hasHighBytes = true }
        switch state {
        case .fieldStart where byte == 34: state = .quoted
        case .fieldStart, .unquoted:
            if byte == problems.separator { return endField() }
            if byte == 34 { note(.strayQuote) }
            content.append(byte)
            state = .unquoted
        case .quoted:
            if byte == 34 { state = .quoteSeen } else { content.append(byte) }
        case .quoteSeen:
            if byte == problems.separator { return endField() }
            if byte != 34 { note(.textAfterQuote) }
            content.append(byte)
            state = byte == 34 ? .quoted : .unquoted
        }
    }

    private mutating func note(_ kind: ImportProblem.Kind) {
        guard flaw == nil else { return }
        flaw = kind
        flawColumn = ends.count
    }

    private mutating func endField() {
        ends.append(content.count)
        state = .fieldStart
    }

    private mutating func endLine() {
        if raw.isEmpty {
            lineNumber += 1
        } else {
            endField()
            endRow()
        }
    }

    private mutating func endRow() {
        if let flaw { return reject(flaw, column: flawColumn) }
        if let header, ends.count != header.count {
            return reject(
                .fieldCount, column: nil, found: String(ends.count),
                accepted: [String(header.count)])
        }
        guard !hasHighBytes || decode() else { return clear() }
        let row = CSVRow(number: lineNumber, raw: raw, content: content, ends: ends)
        if header == nil {
            header = row
            problems.keepHeader(raw)
        } else {
            rowCount += 1
            ready.append(row)
        }
        clear()
    }

    /// Brings the row's text to UTF-8; false when a field is no UTF-8.
    private mutating func decode() -> Bool {
        var sound = true
        var start = 0
        var converted: [UInt8] = []
        for (index, end) in ends.enumerated() {
            let field = content[start..<end]
            start = end
            if problems.encoding == .latin1 {
                converted += TextEncoding.fromWindows1252(field)
                ends[index] = converted.count
            } else if String(validating: field, as: UTF8.self) == nil {
                sound = false
                let asLatin1 = TextEncoding.fromWindows1252(field)
                add(.notUTF8, column: index, found: String(decoding: asLatin1, as: UTF8.self))
            }
        }
        if problems.encoding == .latin1 { content = converted }
        if !sound {
            if header == nil { stopped = true } else { rowCount += 1 }
        }
        return sound
    }

    private mutating func add(
        _ kind: ImportProblem.Kind, column: Int?, found: String = "", accepted: [String] = []
    ) {
        let named = column.map { index in
            let inHeader = header.map { index < $0.count } ?? false
            return ImportProblem.Column(
                number: index + 1, name: inHeader ? header?[index] ?? "" : "")
        }
        problems.add(
            ImportProblem(
                kind, row: lineNumber, column: named, found: found, accepted: accepted), raw: raw)
    }

    private mutating func reject(
        _ kind: ImportProblem.Kind, column: Int?, found: String = "", accepted: [String] = []
    ) {
        add(kind, column: column, found: found, accepted: accepted)
        if header == nil { stopped = true } else { rowCount += 1 }
        clear()
    }

    private mutating func clear() {
        lineNumber += 1
        raw.removeAll(keepingCapacity: true)
        content.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        state = .fieldStart
        flaw = nil
        hasHighBytes = false
    }

    private mutating func stop(_ kind: ImportProblem.Kind) {
        stopped = true
        problems.add(ImportProblem(kind, row: kind == .utf16 ? nil : lineNumber))
    }
}
