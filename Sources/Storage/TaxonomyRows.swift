import Chronology
import Identifiers

/// An occupation or skill of a taxonomy as the store keeps it.
public struct TaxonomyEntryRow: Hashable, Sendable {
    public var id: String
    /// `occupation`, or what kind of skill it is.
    public var kind: String
    /// Four digits of ISCO-08; empty for a skill.
    public var isco: String

    public init(id: String, kind: String, isco: String) {
        self.id = id
        self.kind = kind
        self.isco = isco
    }
}

/// A label of an entry in one language.
public struct TaxonomyLabelRow: Hashable, Sendable {
    /// `da`, `en` or another code of ISO 639-1.
    public var language: String
    public var id: String
    /// 0 for the preferred label.
    public var position: Int
    public var label: String

    public init(language: String, id: String, position: Int, label: String) {
        self.language = language
        self.id = id
        self.position = position
        self.label = label
    }
}

/// How a skill belongs to an occupation.
public struct TaxonomyRelationRow: Hashable, Sendable {
    public var occupation: String
    public var skill: String
    /// `essential` or `optional`.
    public var relation: String

    public init(occupation: String, skill: String, relation: String) {
        self.occupation = occupation
        self.skill = skill
        self.relation = relation
    }
}

/// A taxonomy that was read from outside (taksonomi).
public struct TaxonomyRows: Sendable {
    /// The source's name for its version.
    public var version: String
    /// The day on which it was read.
    public var readOn: Day
    public var entries: [TaxonomyEntryRow]
    public var labels: [TaxonomyLabelRow]
    public var relations: [TaxonomyRelationRow]

    public init(
        version: String, readOn: Day, entries: [TaxonomyEntryRow], labels: [TaxonomyLabelRow],
        relations: [TaxonomyRelationRow]
    ) {
        self.version = version
        self.readOn = readOn
        self.entries = entries
        self.labels = labels
        self.relations = relations
    }
}

/// Keeps taxonomies of occupations and skills, one for each source. They are reference data:
/// the same for every municipality, and about nobody.
public struct TaxonomyStore {
    let connection: any SQLConnection

    public init(_ connection: any SQLConnection) { self.connection = connection }

    static let columns = ["source", "version", "read_on", "ledger", "registration"]
    static let entryColumns = ["source", "id", "kind", "isco"]
    static let labelColumns = ["source", "language", "id", "position", "label"]
    static let relationColumns = ["source", "occupation", "skill", "relation"]

    /// Puts a taxonomy in the place of what the source had. O(rows).
    public func replace(
        source: String, with rows: TaxonomyRows, from origin: PublishedOrigin
    ) throws {
        for table in ["taxonomy", "taxonomy_entry", "taxonomy_label", "taxonomy_relation"] {
            try connection.execute("DELETE FROM \(table) WHERE source = $1", [.text(source)])
        }
        try connection.load(
            into: "taxonomy", columns: Self.columns,
            rows: [
                [
                    .text(source), .text(rows.version), .day(origin.on),
                    .integer(Int64(origin.municipality.number)), .integer(origin.number),
                ]
            ])
        try connection.load(
            into: "taxonomy_entry", columns: Self.entryColumns,
            rows: rows.entries.map {
                [.text(source), .text($0.id), .text($0.kind), .text($0.isco)]
            })
        try connection.load(
            into: "taxonomy_label", columns: Self.labelColumns,
            rows: rows.labels.map {
                [
                    .text(source), .text($0.language), .text($0.id),
                    .integer(Int64($0.position)), .text($0.label),
                ]
            })
        try connection.load(
            into: "taxonomy_relation", columns: Self.relationColumns,
            rows: rows.relations.map {
                [.text(source), .text($0.occupation), .text($0.skill), .text($0.relation)]
            })
    }

    /// What the source has, with the labels of these languages; nil when it was never read.
    /// Everything is in the order of ids.
    public func all(source: String, languages: [String]) throws -> TaxonomyRows? {
        let head = try connection.first(
            "SELECT version, read_on FROM taxonomy WHERE source = $1", [.text(source)]
        ) { ($0.text(0), $0.integer(1)) }
        guard let (version, readOn) = head else { return nil }
        var labels: [TaxonomyLabelRow] = []
        for language in languages {
            labels += try connection.all(
                "SELECT id, position, label FROM taxonomy_label "
                    + "WHERE source = $1 AND language = $2 ORDER BY id, position",
                [.text(source), .text(language)]
            ) {
                TaxonomyLabelRow(
                    language: language, id: $0.text(0), position: Int($0.integer(1)),
                    label: $0.text(2))
            }
        }
        return TaxonomyRows(
            version: version, readOn: Day(number: Int32(truncatingIfNeeded: readOn)),
            entries: try connection.all(
                "SELECT id, kind, isco FROM taxonomy_entry WHERE source = $1 ORDER BY id",
                [.text(source)]
            ) { TaxonomyEntryRow(id: $0.text(0), kind: $0.text(1), isco: $0.text(2)) },
            labels: labels,
            relations: try connection.all(
                "SELECT occupation, skill, relation FROM taxonomy_relation "
                    + "WHERE source = $1 ORDER BY occupation, skill",
                [.text(source)]
            ) {
                TaxonomyRelationRow(
                    occupation: $0.text(0), skill: $0.text(1), relation: $0.text(2))
            })
    }
}
