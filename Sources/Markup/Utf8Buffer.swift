/// Bytes of UTF-8 text that grow at the end. Everything a page says passes
/// through here, so the methods copy whole runs of bytes.
public struct Utf8Buffer: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Appends text written in the program itself, unchanged.
    public mutating func append(_ text: StaticString) {
        if text.hasPointerRepresentation {
            bytes.append(
                contentsOf: UnsafeBufferPointer(
                    start: text.utf8Start, count: text.utf8CodeUnitCount))
        } else {
            text.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }
    }

    public mutating func append(_ byte: UInt8) { bytes.append(byte) }

    public mutating func append(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Appends text that is known to be free of markup, such as a number.
    mutating func appendUnescaped(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Appends text from anywhere, safe both between tags and inside a quoted
    /// attribute. Control characters, which neither HTML nor XML allows, become
    /// U+FFFD.
    public mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            var index = 0
            while index < source.count {
                let byte = source[index]
                if byte < 64, Self.special & (1 << UInt64(byte)) != 0 {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
                    append(Self.replacement(for: byte))
                    start = index + 1
                }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
        }
    }

    /// One bit for each byte below 64 that may not stand as it is.
    private static let special: UInt64 = {
        var mask: UInt64 = 0
        for byte in "&<>\"'".utf8 { mask |= 1 << UInt64(byte) }
        for control in 0..<32 where control != 9 && control != 10 && control != 13 {
            mask |= 1 << UInt64(control)
        }
        return mask
    }()

    private static func replacement(for byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: "\u{FFFD}"
        }
    }

    /// Appends a whole number in decimal digits.
    public mutating func append(_ value: Int) { appendUnescaped(String(value)) }

    /// Appends a coordinate with at most two decimals and a point, the same on
    /// every machine; a value that is not finite becomes 0.
    public mutating func append(coordinate value: Double) {
        guard value.isFinite, abs(value) < 1e12 else { return append(UInt8(ascii: "0")) }
        let hundredths = Int((value * 100).rounded())
        if hundredths < 0 { append(UInt8(ascii: "-")) }
        append(Int(hundredths.magnitude / 100))
        let rest = UInt8(hundredths.magnitude % 100)
        guard rest > 0 else { return }
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0") + rest / 10)
        if rest % 10 > 0 { append(UInt8(ascii: "0") + rest % 10) }
    }
}
