import Chronology
import Parameters

/// A kind of note with fields of its own (optegnelse).
public struct RecordKind: Hashable, Sendable {
    /// Where it stands in lists.
    public enum Section: String, CaseIterable, Sendable {
        case contacts, consents, plan, efforts, sickness, integration, repatriation, youth
        case followUp = "follow-up"
        // Of notes about companies.
        case company, offering, agreements, employees
        // Of forms that citizens fill in themselves, and of how they book.
        case own, booking
    }

    public var id: String
    public var name: Localized
    /// What it is and when it is used, in a sentence or two.
    public var what: Localized
    public var section: Section
    /// Act and paragraph; `-` where no act rules it.
    public var law: String
    public var confidence: RuleConfidence
    /// It goes on from a day, and does not belong to one day only.
    public var lasts: Bool
    /// It must end so many months after it began at the latest.
    public var atMostMonths: Int?
    /// It drags on when it has been open for so many days.
    public var warnAfterDays: Int?
    /// Kinds that must stand, and go on, on its first day.
    public var needs: [String]
    /// The next of the same kind is due so many months after it.
    public var followUpMonths: Int?
    public var fields: [RecordField]
    /// It is noted by a form of its own kind, and not by one made of its fields.
    public var hasOwnForm: Bool
    /// The citizen fills it in, on the own pages.
    public var isOwn: Bool
}

public struct RecordField: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case text, long, day
        case number(ClosedRange<Int>)
        /// With `must`, it cannot be saved without the tick.
        case tick(must: Bool)
        case choice([Option])
    }

    public struct Option: Hashable, Sendable {
        public var id: String
        public var name: Localized
    }

    public var id: String
    public var name: Localized
    public var help: Localized?
    public var kind: Kind
    public var isOptional: Bool
    /// A day by which something is to be done: passed while the note is open, it is late.
    public var isDeadline: Bool
}

/// Every kind of record, read from `Resources/records`.
public struct RecordCatalogue: Sendable {
    public let kinds: [RecordKind]

    public subscript(id: String) -> RecordKind? { kinds.first { $0.id == id } }

    public init(kinds: [RecordKind] = []) { self.kinds = kinds }

    /// The catalogue that ships with the program: of notes about citizens, or about companies
    /// (`company-records`).
    public static func bundled(
        _ folder: String = "records"
    ) throws(FileProblems) -> RecordCatalogue {
        var kinds: [RecordKind] = []
        for file in try LawFiles.bundled(folder) {
            kinds += try RecordCatalogue(file.text, file: file.name).kinds
        }
        return RecordCatalogue(kinds: kinds)
    }

    /// Reads a file. Throws every problem at once: an id that stands twice, a need of a kind
    /// that is none, a choice of nothing and a number without borders are some.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var kinds: [RecordKind] = []
        if let root = problems.document(yaml, RecordGrammar.file) {
            let ids = root["records"].items.map { $0["id"].string }
            for (index, place) in root["records"].items.enumerated() {
                if ids[..<index].contains(ids[index]) {
                    problems.add(.duplicateId, at: place["id"])
                }
                for need in place["needs"].items where !ids.contains(need.string) {
                    problems.add(
                        .unknownReference, at: need,
                        ["section": "records", "accepted": ids.joined(separator: ", ")])
                }
                kinds.append(RecordKind(place, &problems))
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.kinds = kinds
    }
}

extension FileProblem.Kind {
    static let incompleteField = Self(rawValue: "incompleteField")

    /// The kinds of files of records and courses.
    public static let ofRecords: [FileProblem.Kind] = [.incompleteField]
}

extension RecordKind {
    fileprivate init(_ place: DocumentPlace, _ problems: inout FileProblemList) {
        let fields = place["fields"].items
        self.init(
            id: place["id"].string, name: place["name"].localized, what: place["what"].localized,
            section: Section(rawValue: place["section"].string) ?? .contacts,
            law: place["law"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            lasts: place["lasts"].string == "true", atMostMonths: place["atMostMonths"].integer,
            warnAfterDays: place["warnAfterDays"].integer,
            needs: place["needs"].items.map(\.string),
            followUpMonths: place["followUpMonths"].integer,
            fields: fields.map { RecordField($0, &problems) },
            hasOwnForm: place["ownForm"].string == "true",
            isOwn: place["by"].string == "citizen")
        for (index, field) in self.fields.enumerated()
        where self.fields[..<index].contains(where: { $0.id == field.id }) {
            problems.add(.duplicateId, at: fields[index]["id"])
        }
    }
}

extension RecordField {
    fileprivate init(_ place: DocumentPlace, _ problems: inout FileProblemList) {
        let kind: Kind
        switch place["kind"].string {
        case "long": kind = .long
        case "day": kind = .day
        case "tick": kind = .tick(must: place["must"].string == "true")
        case "number":
            let (from, to) = (place["from"].integer ?? 1, place["to"].integer ?? 0)
            if from > to { problems.add(.incompleteField, at: place) }
            kind = .number(from...max(from, to))
        case "choice":
            let options = place["options"].items.map {
                Option(id: $0["id"].string, name: $0["name"].localized)
            }
            if options.isEmpty { problems.add(.incompleteField, at: place) }
            kind = .choice(options)
        default: kind = .text
        }
        self.init(
            id: place["id"].string, name: place["name"].localized,
            help: place["help"].exists ? place["help"].localized : nil, kind: kind,
            isOptional: place["optional"].string == "true",
            isDeadline: place["deadline"].string == "true")
    }
}

/// The language of files of records, version 1.
enum RecordGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)), .needs("records", .list(record)),
    ])

    private static let truth = ValueRule.word(["true", "false"])

    private static let record = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("what", .localized),
        .needs("section", .words(RecordKind.Section.self)), .needs("law", .text),
        .needs("confidence", .words(RuleConfidence.self)), .needs("lasts", truth),
        .may("atMostMonths", .integer(1...600)), .may("warnAfterDays", .integer(1...3_660)),
        .may("needs", .list(.reference)), .may("followUpMonths", .integer(1...600)),
        .may("ownForm", truth), .may("by", .word(["citizen", "staff"])),
        .needs("fields", .list(field)),
    ])

    private static let field = ValueRule.object([
        .needs("id", .text), .needs("name", .localized), .may("help", .localized),
        .needs("kind", .word(["text", "long", "number", "day", "tick", "choice"])),
        .may("optional", truth), .may("must", truth), .may("deadline", truth),
        .may("from", .integer(0...9_999_999_999)), .may("to", .integer(0...9_999_999_999)),
        .may(
            "options",
            .list(.object([.needs("id", .text), .needs("name", .localized)]))),
    ])
}
