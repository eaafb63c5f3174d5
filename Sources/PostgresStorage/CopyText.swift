import Storage

/// Writes rows in the text format of `COPY ... FROM STDIN`.
struct CopyText {
    private(set) var bytes: [UInt8] = []

    /// Returns false, and leaves the text unfinished, when a text holds a NUL byte.
    mutating func append(_ row: [SQLValue]) -> Bool {
        var isFirst = true
        for value in row {
            if !isFirst { bytes.append(Self.tab) }
            isFirst = false
            switch value.storable {
            case .null: bytes.append(contentsOf: [Self.backslash, UInt8(ascii: "N")])
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            case .real(let number): bytes.append(contentsOf: String(number).utf8)
            case .text(let text): if !append(text) { return false }
            case .bytes(let content): append(content)
            }
        }
        bytes.append(Self.newline)
        return true
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// `\\x` and two digits a byte.
    private mutating func append(_ content: [UInt8]) {
        bytes.append(contentsOf: [Self.backslash, Self.backslash, UInt8(ascii: "x")])
        for byte in content {
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        }
    }

    private mutating func append(_ text: String) -> Bool {
        for byte in text.utf8 {
            switch byte {
            case 0: return false
            case Self.backslash: bytes.append(contentsOf: [Self.backslash, Self.backslash])
            case Self.newline: bytes.append(contentsOf: [Self.backslash, UInt8(ascii: "n")])
            case Self.carriageReturn: bytes.append(contentsOf: [Self.backslash, UInt8(ascii: "r")])
            case Self.tab: bytes.append(contentsOf: [Self.backslash, UInt8(ascii: "t")])
            default: bytes.append(byte)
            }
        }
        return true
    }

    private static let digits = Array("0123456789abcdef".utf8)
    private static let backslash = UInt8(ascii: "\\")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let tab = UInt8(ascii: "\t")
}
