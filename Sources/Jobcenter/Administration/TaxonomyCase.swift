import Chronology
import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// Taxonomies of occupations and skills that were read from outside. They are reference data:
/// the same for every municipality, and about nobody.
public struct TaxonomyCase: Sendable {
    /// The source of what `EscoReader` reads.
    public static let esco = "esco"
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Keeps what was read of ESCO in the place of what was there, and notes the files in the
    /// ledger. `version` is what ESCO calls its version.
    public func keep(
        _ taxonomy: EscoTaxonomy, version: String, digest: String, by actor: Actor
    ) async throws -> Receipt {
        try Policy.require(.importStatistics, by: actor, in: actor.municipality)
        let stamp = house.stamp(actor, "import")
        let municipality = actor.municipality
        let rows = TaxonomyRows(taxonomy, version: version, on: stamp.on)
        return try await house.engine.write { connection in
            var ledger = try LedgerWriter(connection, municipality)
            try TaxonomyStore(connection).replace(
                source: Self.esco, with: rows,
                from: PublishedOrigin(municipality, number: ledger.next, on: stamp.on))
            return try ledger.registerImport(
                kind: "taxonomy", keys: ["source", "version", "files", "sha256", "rows"],
                values: [
                    .text(Self.esco), .text(version),
                    .text(taxonomy.files.joined(separator: " ")), .text(digest),
                    .integer(Int64(rows.entries.count)),
                ], stamp)
        }
    }

    /// What was read of ESCO, with its labels in a language (ISO 639-1); nil when it never was.
    /// An entry without a label in the language has its English one and no other wordings. No
    /// right is asked for: it is public, and about nobody.
    public static func esco(_ engine: any StorageEngine, language: String) async throws -> Taxonomy?
    {
        let languages = language == "en" ? ["en"] : [language, "en"]
        let rows = try await engine.read { connection in
            try TaxonomyStore(connection).all(source: esco, languages: languages)
        }
        return rows.map { Taxonomy($0, language: language) }
    }
}

extension TaxonomyRows {
    init(_ taxonomy: EscoTaxonomy, version: String, on day: Day) {
        self.init(
            version: version, readOn: day,
            entries: taxonomy.entries.map {
                TaxonomyEntryRow(id: $0.id, kind: $0.kind.rawValue, isco: $0.isco)
            },
            labels: taxonomy.labels.map {
                TaxonomyLabelRow(
                    language: $0.language, id: $0.id, position: $0.position, label: $0.text)
            },
            relations: taxonomy.relations.map {
                TaxonomyRelationRow(
                    occupation: $0.occupation, skill: $0.skill,
                    relation: $0.isEssential ? "essential" : "optional")
            })
    }
}

extension Taxonomy {
    /// Reads back what the store keeps. O(rows).
    init(_ rows: TaxonomyRows, language: String) {
        var labels: [String: [String]] = [:]
        var english: [String: String] = [:]
        for row in rows.labels {
            if row.language == language { labels[row.id, default: []].append(row.label) }
            if row.language == "en", row.position == 0 { english[row.id] = row.label }
        }
        var essential: [String: [String]] = [:]
        var optional: [String: [String]] = [:]
        for row in rows.relations {
            if row.relation == SkillRelation.essential.rawValue {
                essential[row.occupation, default: []].append(row.skill)
            } else {
                optional[row.occupation, default: []].append(row.skill)
            }
        }
        var occupations: [Occupation] = []
        var skills: [Skill] = []
        for row in rows.entries {
            let names = labels[row.id] ?? []
            let label = names.first ?? english[row.id] ?? row.id
            let wordings = names.dropFirst().map { Wording($0) }
            if let kind = Skill.Kind(rawValue: row.kind) {
                skills.append(
                    Skill(
                        id: row.id, kind: kind, label: label, english: english[row.id] ?? "",
                        wordings: wordings))
            } else {
                occupations.append(
                    Occupation(
                        id: row.id, isco: row.isco, label: label, english: english[row.id] ?? "",
                        wordings: wordings, essential: essential[row.id] ?? [],
                        optional: optional[row.id] ?? []))
            }
        }
        self.init(version: rows.readOn, occupations: occupations, skills: skills)
    }
}
