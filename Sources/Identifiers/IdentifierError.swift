/// Why a text is not the identifier it should be. The text itself is left out:
/// a mistyped CPR number is still somebody's.
public enum IdentifierError: Error, Hashable, Sendable {
    /// Not the expected number of digits.
    case wrongLength(expected: Int)
    case notDigits
    /// The first six digits of a CPR number name no day.
    case impossibleDate
    /// A CVR number whose check digit does not fit.
    case wrongCheckDigit
}

/// The digits of `text` when it has exactly `count` of them, spaces and one
/// hyphen aside.
func digits(
    of text: some StringProtocol, count: Int
) throws(IdentifierError) -> [Int] {
    var digits: [Int] = []
    for byte in text.utf8 where byte != 32 && byte != 45 {
        guard (48...57).contains(byte) else { throw .notDigits }
        digits.append(Int(byte) - 48)
    }
    guard digits.count == count else { throw .wrongLength(expected: count) }
    return digits
}
