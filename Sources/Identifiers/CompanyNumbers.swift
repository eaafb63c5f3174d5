/// A company's registration number (CVR-nummer): eight digits, modulus 11 with
/// weights 2 7 6 5 4 3 2 1.
public struct CVR: Hashable, Sendable {
    public let number: Int64

    public init(_ text: some StringProtocol) throws(IdentifierError) {
        let digits = try digits(of: text, count: 8)
        let sum = zip(digits, [2, 7, 6, 5, 4, 3, 2, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        guard sum % 11 == 0 else { throw .wrongCheckDigit }
        number = digits.reduce(0) { $0 * 10 + Int64($1) }
    }

    /// The number itself, as a database keeps it.
    public init(number: Int64) throws(IdentifierError) { try self.init(padded(number, 8)) }
}

/// A production unit's number (P-nummer, produktionsenhed): ten digits.
public struct ProductionUnitNumber: Hashable, Sendable {
    public let number: Int64

    public init(_ text: some StringProtocol) throws(IdentifierError) {
        number = try digits(of: text, count: 10).reduce(0) { $0 * 10 + Int64($1) }
    }

    /// The number itself, as a database keeps it.
    public init(number: Int64) throws(IdentifierError) {
        guard (0..<10_000_000_000).contains(number) else { throw .wrongLength(expected: 10) }
        self.number = number
    }
}

/// A municipality's code (kommunekode), printed with four digits: `0163`.
/// Whether such a municipality exists is a question for the code list.
public struct MunicipalityCode: Hashable, Comparable, Sendable {
    public let number: Int32

    /// Reads `0163` and `163`.
    public init(_ text: some StringProtocol) throws(IdentifierError) {
        guard (3...4).contains(text.utf8.count) else { throw .wrongLength(expected: 4) }
        number = Int32(try digits(of: text, count: text.utf8.count).reduce(0) { $0 * 10 + $1 })
    }

    public init(number: Int32) { self.number = number }

    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

extension CVR: CustomStringConvertible {
    public var description: String { padded(number, 8) }
}

extension ProductionUnitNumber: CustomStringConvertible {
    public var description: String { padded(number, 10) }
}

extension MunicipalityCode: CustomStringConvertible {
    public var description: String { padded(Int64(number), 4) }
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
