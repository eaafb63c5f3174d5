/// How the characters of a text file are written as bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8
    /// Latin-1, read as Windows-1252, which has the same letters and is what
    /// older Danish programs write.
    case latin1

    /// The bytes as UTF-8. Bytes that are no UTF-8 are read as Latin-1.
    func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if self == .utf8, String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return TextEncoding.fromWindows1252(bytes)
    }

    static func fromWindows1252(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.underestimatedCount)
        for byte in bytes {
            switch byte {
            case 0..<0x80: utf8.append(byte)
            case 0x80..<0xA0: utf8 += Array(String(upper[Int(byte) - 0x80]).utf8)
            default: utf8 += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
            }
        }
        return utf8
    }

    /// 0x80...0x9F; the five bytes that Windows-1252 leaves open stand for
    /// themselves.
    private static let upper: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}", "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}",
        "ž", "Ÿ",
    ]
}

/// What is known beforehand about a CSV file.
public struct CSVFormat: Hashable, Sendable {
    public enum Separator: UInt8, CaseIterable, Sendable {
        case comma = 44
        case semicolon = 59
        case tab = 9
    }

    /// Nil finds it in the header: the one of the three that stands there most
    /// often outside quotes.
    public var separator: Separator?
    /// A file that starts with the UTF-8 mark is read as UTF-8 all the same.
    public var encoding: TextEncoding
    /// Problems listed before they are only counted.
    public var problemLimit: Int
    /// A row longer than this stops the reading: a quote is open.
    public var longestRow: Int

    public init(
        separator: Separator? = nil, encoding: TextEncoding = .utf8, problemLimit: Int = 1_000,
        longestRow: Int = 1 << 20
    ) {
        self.separator = separator
        self.encoding = encoding
        self.problemLimit = problemLimit
        self.longestRow = longestRow
    }
}

enum CSV {
    /// `text` as one field, quoted when it has to be.
    static func quoted(_ text: String, _ separator: UInt8) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 == separator || $0 == 34 || $0 == 10 || $0 == 13 }) else {
            return bytes
        }
        return [34] + bytes.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
    }
}

/// One row of a CSV file, its quoting undone and its text in UTF-8.
public struct CSVRow: Hashable, Sendable {
    /// As a spreadsheet counts: the header is 1, and blank lines count too.
    public let number: Int
    /// The row as it stood in the file, without its line end.
    public let raw: [UInt8]
    private let content: [UInt8]
    private let ends: [Int]

    init(number: Int, raw: [UInt8], content: [UInt8], ends: [Int]) {
        self.number = number
        self.raw = raw
        self.content = content
        self.ends = ends
    }

    public var count: Int { ends.count }

    func bytes(_ index: Int) -> ArraySlice<UInt8> {
        content[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The field with this index from 0, without blanks around it.
    public subscript(index: Int) -> String {
        var bytes = bytes(index)
        while bytes.first == 32 || bytes.first == 9 { bytes.removeFirst() }
        while bytes.last == 32 || bytes.last == 9 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    public var fields: [String] { (0..<count).map { self[$0] } }
}
