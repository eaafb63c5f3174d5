import Chronology
import Parameters

/// A quarter's management information (kvartalets ledelsesinformation) as values: what stands
/// on its page, in its files, and in the store when it is published. Texts stand in both
/// languages as they were when it was made.
public struct Pack: Codable, Hashable, Sendable {
    /// The version of this shape, for packs read again years later.
    public var format = 1
    /// The template it was made from.
    public var template: String
    public var title: PackText
    /// Four digits, and the name.
    public var municipality: String
    public var municipalityName: String
    /// `2024Q03`
    public var quarter: String
    /// The plan whose targets it follows; nil where the municipality has none for the quarter.
    public var plan: PackPlan?
    /// The day up to which it is counted, and the day at whose end it says what was known
    /// (nil: everything registered until it was made); as `2024-10-31`.
    public var asOf: String
    public var knownAt: String?
    /// The newest published month behind it, or nil where none are imported: `2024M09`.
    public var statisticsUntil: String?
    /// Sentences for the front page.
    public var summary: [PackSentence] = []
    public var sections: [PackSection] = []
    public var definitions: [PackDefinition] = []
    /// Numbers that stand in no table and that others are worked out from; nil in packs of
    /// earlier versions of the program.
    public var inputs: [PackNumber]?
    /// How old the published tables behind it were; nil in packs of earlier versions.
    public var published: [PackPublished]?

    public init(
        template: String, title: PackText, municipality: String, municipalityName: String,
        quarter: String, plan: PackPlan?, asOf: String, knownAt: String?
    ) {
        self.template = template
        self.title = title
        self.municipality = municipality
        self.municipalityName = municipalityName
        self.quarter = quarter
        self.plan = plan
        self.asOf = asOf
        self.knownAt = knownAt
    }

    /// Every number, in the order in which they stand.
    public var numbers: [PackNumber] { sections.flatMap(\.numbers) }

    public var period: Period? { Period(quarter) }

    /// The number with this id, also one that stands in no table.
    public func number(_ id: String) -> PackNumber? {
        numbers.first { $0.id == id } ?? inputs?.first { $0.id == id }
    }
}

/// How old a published table was when the pack was made.
public struct PackPublished: Codable, Hashable, Sendable {
    public var table: String
    /// The last day on which any of its figures was fetched or read: `2025-11-03`.
    public var fetchedOn: String
    /// The period of it that ends last: `2025M07`.
    public var newest: String
    public init(table: String, fetchedOn: String, newest: String) {
        self.table = table
        self.fetchedOn = fetchedOn
        self.newest = newest
    }
}

public struct PackPlan: Codable, Hashable, Sendable {
    public var id: String
    public var title: PackText
    public init(id: String, title: PackText) {
        self.id = id
        self.title = title
    }
}

/// A text in both languages.
public struct PackText: Codable, Hashable, Sendable {
    public var da: String
    public var en: String

    public init(da: String, en: String) {
        self.da = da
        self.en = en
    }

    public init(_ text: Localized) { self.init(da: text.da, en: text.en) }

    public subscript(language: Language) -> String { language == .da ? da : en }
}

/// A sentence made from figures, with the ids of those it tells of.
public struct PackSentence: Codable, Hashable, Sendable {
    public var text: PackText
    public var numbers: [String]
    public init(_ text: PackText, numbers: [String] = []) {
        self.text = text
        self.numbers = numbers
    }
}

/// One heading.
public struct PackSection: Codable, Hashable, Sendable {
    public var id: String
    public var title: PackText
    public var sentences: [PackSentence] = []
    public var tables: [PackTable] = []
    /// What people wrote.
    public var notes: [PackRemark] = []

    public init(id: String, title: PackText) {
        self.id = id
        self.title = title
    }

    public var numbers: [PackNumber] {
        tables.flatMap { $0.rows.flatMap { $0.cells.compactMap(\.number) } }
    }
}

/// A table; one sheet of the workbook.
public struct PackTable: Codable, Hashable, Sendable {
    /// Letters, digits and hyphens; unique in the pack.
    public var id: String
    public var title: PackText
    /// The heading of the row titles, and those of the cells.
    public var columns: [PackText]
    public var rows: [PackRow] = []
    /// What must be known to read it: assumptions, what is missing and why.
    public var notes: [PackText] = []
    /// Set where the rows are periods and are drawn as lines as well.
    public var isSeries = false

    public init(id: String, title: PackText, columns: [PackText]) {
        self.id = id
        self.title = title
        self.columns = columns
    }
}

public struct PackRow: Codable, Hashable, Sendable {
    public var title: PackText
    public var cells: [PackCell]
    public var isTotal = false

    public init(_ title: PackText, _ cells: [PackCell], isTotal: Bool = false) {
        self.title = title
        self.cells = cells
        self.isTotal = isTotal
    }
}

public enum PackCell: Codable, Hashable, Sendable {
    case number(PackNumber)
    case text(PackText)

    public var number: PackNumber? {
        if case .number(let number) = self { number } else { nil }
    }
}

/// What somebody wrote about the quarter (bemærkning).
public struct PackRemark: Codable, Hashable, Sendable {
    /// What it is about, in words; empty for the quarter as a whole.
    public var about: PackText
    public var text: String
    public var writer: String
    /// `2024-10-15`
    public var day: String
    /// The number of its registration.
    public var registration: Int64

    public init(about: PackText, text: String, writer: String, day: String, registration: Int64) {
        self.about = about
        self.text = text
        self.writer = writer
        self.day = day
        self.registration = registration
    }
}

/// What one figure means, as it was when the pack was made.
public struct PackDefinition: Codable, Hashable, Sendable {
    public var indicator: String
    public var version: String
    public var name: PackText
    public var definition: PackText
    public var periodRule: PackText
    public var source: String
    public var confidence: String
    public var lagMonths: Int

    public init(
        indicator: String, version: String, name: PackText, definition: PackText,
        periodRule: PackText, source: String, confidence: String, lagMonths: Int
    ) {
        self.indicator = indicator
        self.version = version
        self.name = name
        self.definition = definition
        self.periodRule = periodRule
        self.source = source
        self.confidence = confidence
        self.lagMonths = lagMonths
    }
}
