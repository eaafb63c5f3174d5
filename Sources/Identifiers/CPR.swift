/// A civil registration number (CPR-nummer). It prints masked; the whole number
/// is read through `unmasked`, so that showing it is always a choice.
///
/// Only the date part is checked: the modulus-11 test has not held for all
/// numbers since 2007. Numbers with 60 added to the day are test numbers.
public struct CPR: Hashable, Sendable {
    /// The ten digits read as one number.
    private let number: Int64

    /// Reads ten digits, with or without a hyphen before the last four.
    public init(_ text: some StringProtocol) throws(IdentifierError) {
        let digits = try digits(of: text, count: 10)
        number = digits.reduce(0) { $0 * 10 + Int64($1) }
        guard birthComponents != nil else { throw .impossibleDate }
    }

    /// True for a test number (60 added to the day of birth).
    public var isTest: Bool { number / 100_000_000 > 60 }

    /// The last digit is odd for men and even for women.
    public var isMale: Bool { number % 2 == 1 }

    /// Year, month and day of birth. The seventh digit tells the century.
    public var birth: (year: Int, month: Int, day: Int) {
        birthComponents ?? (1900, 1, 1)
    }

    private var birthComponents: (year: Int, month: Int, day: Int)? {
        let value = Int(number)
        let dayField = value / 100_000_000
        let day = dayField > 60 ? dayField - 60 : dayField
        let month = value / 1_000_000 % 100
        let twoDigits = value / 10_000 % 100
        let seventh = value / 1_000 % 10
        let century =
            switch seventh {
            case 0...3: 1900
            case 4, 9: twoDigits <= 36 ? 2000 : 1900
            default: twoDigits <= 57 ? 2000 : 1800
            }
        let year = century + twoDigits
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), day >= 1, day <= lengths[month - 1] else { return nil }
        return (year, month, day)
    }

    /// All ten digits: for storing and for those the law lets see it.
    public var unmasked: String {
        let digits = String(number)
        return String(repeating: "0", count: 10 - digits.utf8.count) + digits
    }

    /// `010190-xxxx`
    public var masked: String { unmasked.prefix(6) + "-xxxx" }
}

extension CPR: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { masked }
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
