import Parameters

/// One thing that keeps a file from being imported: where it stands, what was
/// found there and what would be accepted.
public struct ImportProblem: Error, Hashable, Sendable {
    /// A column by its number from 1 and, when the header was read, its name.
    public struct Column: Hashable, Sendable {
        public var number: Int
        /// Masked like what was found: the first row of a file without a header
        /// may hold a CPR number.
        public let name: String

        public init(number: Int, name: String) {
            self.number = number
            self.name = Masking.shown(name)
        }
    }

    /// What is wrong. The raw value is the key of its text under
    /// `exchange.problem`.
    public enum Kind: String, CaseIterable, Sendable {
        // The file
        case emptyFile, utf16, notText, rowTooLong, missingColumn, duplicateColumn
        case notJSON, refusedByPublisher, undeclaredDimension
        // A row
        case fieldCount, truncatedRow, unclosedQuote, strayQuote, textAfterQuote
        case reversedDates, overlap, duplicateRow, noRefund, otherMunicipality
        // A field
        case notUTF8, empty, number, date, period, unknownCode, percentage
        case unknownParagraph, refundOutside, netDisagrees
        case cprLength, cprNotDigits, cprImpossibleDate, unknownCitizen
        case unknownMunicipality, otherMunicipalityName, mergedMunicipality
        // The register of companies
        case noCompanies, notRegisterDocument, companyNumber, unitNumber
        // Who is to have what
        case unknownName, unknownGroup, wholeNumber, minimumAboveMaximum
        case fixedNotAllowed, fixedAndForbidden
    }

    public var kind: Kind
    /// The row as a spreadsheet counts, the header being 1; in JSON the position
    /// in `rows` from 1. Nil when the file as a whole is meant.
    public var row: Int?
    public var column: Column?
    /// What stands there, shortened, with anything like a CPR number masked.
    public let found: String
    /// Values or forms that would be accepted.
    public var accepted: [String]
    /// The other row of an overlap or a repetition.
    public var otherRow: Int?

    public init(
        _ kind: Kind, row: Int? = nil, column: Column? = nil, found: String = "",
        accepted: [String] = [], otherRow: Int? = nil
    ) {
        self.kind = kind
        self.row = row
        self.column = column
        self.found = Masking.shown(found)
        self.accepted = accepted
        self.otherRow = otherRow
    }

    /// The whole sentence a user reads: place, problem and remedy.
    public func text(_ catalogue: TextCatalogue, _ language: Language) -> String {
        let message = catalogue.text(
            "exchange.problem.\(kind.rawValue)", language,
            [
                "found": found, "accepted": accepted.joined(separator: ", "),
                "otherRow": otherRow.map(String.init) ?? "",
            ])
        let place =
            switch (row, column) {
            case (let row?, let column?): ("cell", row, column)
            case (let row?, nil): ("row", row, Column(number: 0, name: ""))
            case (nil, let column?): ("column", 0, column)
            case (nil, nil): ("file", 0, Column(number: 0, name: ""))
            }
        return catalogue.text(
            "exchange.place.\(place.0)", language,
            [
                "row": String(place.1), "column": String(place.2.number), "name": place.2.name,
            ]) + " " + message
    }
}

/// Keeps CPR numbers out of messages.
enum Masking {
    /// `text` fit for a message: at most 60 characters, and masked when it holds
    /// nine digits or more in a row, hyphens and spaces aside (nine because
    /// spreadsheets drop a leading zero).
    static func shown(_ text: String) -> String {
        let short = text.count > 60 ? text.prefix(59) + "…" : Substring(text)
        var longest = 0
        var run = 0
        for byte in short.utf8 {
            if (48...57).contains(byte) {
                run += 1
                longest = max(longest, run)
            } else if byte != 32 && byte != 45 {
                run = 0
            }
        }
        return longest >= 9 ? number(String(short)) : String(short)
    }

    /// `text` with its first six digits, the rest of the digits as `x` and every
    /// letter as `?`.
    static func number(_ text: String) -> String {
        var digits = 0
        var masked = ""
        for character in text.prefix(20) {
            if character.isNumber {
                digits += 1
                masked.append(digits <= 6 ? character : "x")
            } else {
                masked.append(character.isLetter ? "?" : character)
            }
        }
        return masked
    }
}
