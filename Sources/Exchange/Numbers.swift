/// How a file writes its numbers. It is declared and not guessed, because
/// `1.234` is a thousand in one and little more than one in the other.
public enum NumberStyle: String, CaseIterable, Sendable {
    /// `1.234,5`
    case danish
    /// `1,234.5`
    case english

    /// A number of this style, for messages.
    public var example: String { self == .danish ? "1.234,5" : "1,234.5" }

    private var point: UInt8 { self == .danish ? 44 : 46 }
    private var group: UInt8 { self == .danish ? 46 : 44 }

    /// What a published cell says.
    public enum Cell: Hashable, Sendable {
        case value(Double)
        /// Empty, `-` or `..`: the publisher does not show it.
        case notShown
    }

    /// Reads a published cell, or gives nil when it is neither.
    public func cell(_ text: String) -> Cell? {
        if text.isEmpty || text == "-" || text == ".." { return .notShown }
        return number(text).map(Cell.value)
    }

    /// Reads a number; separators of thousands must stand where they belong.
    public func number(_ text: String) -> Double? {
        var rest = Array(text.utf8)[...]
        var plain: [UInt8] = []
        if rest.first == 45 { plain.append(rest.removeFirst()) }
        let parts = rest.split(separator: point, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            let whole = ungrouped(parts[0]), rest.count <= 40
        else { return nil }
        plain += whole
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].allSatisfy(NumberStyle.isDigit) else { return nil }
            plain.append(46)
            plain += parts[1]
        }
        return Double(String(decoding: plain, as: UTF8.self))
    }

    private func ungrouped(_ whole: ArraySlice<UInt8>) -> [UInt8]? {
        let groups = whole.split(separator: group, omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty,
            groups.count == 1 || first.count <= 3,
            groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.joined().allSatisfy(NumberStyle.isDigit)
        else { return nil }
        return Array(groups.joined())
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
