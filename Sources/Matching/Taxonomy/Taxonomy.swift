import Chronology
import Parameters

/// One way in which people write an occupation or a skill.
public struct Wording: Hashable, Sendable {
    /// As it is written, "social- og sundhedshjælper".
    public var text: String
    /// Met only as it stands: an abbreviation, or a word too short to guess about.
    public var isExact: Bool

    public init(_ text: String, isExact: Bool = false) {
        self.text = text
        self.isExact = isExact
    }

    /// Letters of an abbreviation are capitals: "SOSU", "CNC", "HK'er" is none.
    public var isAbbreviation: Bool {
        text.unicodeScalars.allSatisfy { !$0.properties.isLowercase }
            && text.unicodeScalars.contains { $0.properties.isUppercase }
    }
}

/// What a person can do or has (kompetence).
public struct Skill: Hashable, Sendable, Identifiable {
    /// What kind of thing it is (kompetencetype).
    public enum Kind: String, CaseIterable, Sendable {
        /// Something one does (færdighed).
        case skill
        /// Something one knows about (viden).
        case knowledge
        /// A paper that is asked for (certifikat, bevis, kørekort, autorisation).
        case certificate
        /// A language spoken or written (sprog).
        case language
    }

    public var id: String
    public var kind: Kind
    /// The label in the taxonomy's language.
    public var label: String
    /// The English label; empty where the source has none.
    public var english: String
    /// The Ukrainian label; empty where the source has none.
    public var ukrainian: String
    /// Other wordings in the taxonomy's language.
    public var wordings: [Wording]

    public init(
        id: String, kind: Kind, label: String, english: String, ukrainian: String = "",
        wordings: [Wording] = []
    ) {
        self.id = id
        self.kind = kind
        self.label = label
        self.english = english
        self.ukrainian = ukrainian
        self.wordings = wordings
    }
}

/// Work that people are hired for (stillingsbetegnelse).
public struct Occupation: Hashable, Sendable, Identifiable {
    public var id: String
    /// The group of ISCO-08, four digits.
    public var isco: String
    /// The title in the taxonomy's language.
    public var label: String
    /// The English title; empty where the source has none.
    public var english: String
    /// The Ukrainian title; empty where the source has none.
    public var ukrainian: String
    /// Other titles in the taxonomy's language, gendered ones and abbreviations among them.
    public var wordings: [Wording]
    /// Ids of the skills that the work is made of.
    public var essential: [String]
    /// Ids of skills that some such jobs use.
    public var optional: [String]
    /// Ids of the certificates that employers or the law ask for.
    public var certificates: [String]

    public init(
        id: String, isco: String, label: String, english: String, ukrainian: String = "",
        wordings: [Wording] = [],
        essential: [String] = [], optional: [String] = [], certificates: [String] = []
    ) {
        self.id = id
        self.isco = isco
        self.label = label
        self.english = english
        self.ukrainian = ukrainian
        self.wordings = wordings
        self.essential = essential
        self.optional = optional
        self.certificates = certificates
    }
}

/// A kind of course (kursus) and the skills that it gives.
public struct Course: Hashable, Sendable, Identifiable {
    public var id: String
    public var label: String
    public var english: String
    public var ukrainian: String
    /// Ids of skills.
    public var gives: [String]

    public init(
        id: String, label: String, english: String, ukrainian: String = "", gives: [String]
    ) {
        self.id = id
        self.label = label
        self.english = english
        self.ukrainian = ukrainian
        self.gives = gives
    }
}

/// What has a name in several languages.
public protocol TaxonomyName {
    var label: String { get }
    var english: String { get }
    var ukrainian: String { get }
}

extension TaxonomyName {
    /// The name in a language, or in the nearest there is: English for Ukrainian, and the
    /// taxonomy's own language where there is no English.
    public func name(in language: Language) -> String {
        let names =
            switch language {
            case .da: [label]
            case .en: [english, label]
            case .uk: [ukrainian, english, label]
            }
        return names.first { !$0.isEmpty } ?? label
    }

    /// The names in all languages.
    public var names: [String] { [label, english, ukrainian].filter { !$0.isEmpty } }
}

extension Skill: TaxonomyName {}
extension Occupation: TaxonomyName {}
extension Course: TaxonomyName {}

/// How a skill belongs to an occupation.
public enum SkillRelation: String, CaseIterable, Sendable {
    case essential, optional, certificate
}

/// Occupations, skills and courses, and how they hang together (taksonomi).
public struct Taxonomy: Sendable {
    /// The day of this version.
    public let version: Day
    public let occupations: [Occupation]
    public let skills: [Skill]
    public let courses: [Course]
    /// Titles that mean several occupations, folded, with the occupations' ids; the most
    /// usual one first.
    public let ambiguous: [String: [String]]
    let occupationIndex: [String: Int]
    let skillIndex: [String: Int]

    /// Of two entries with one id the first counts. O(n).
    public init(
        version: Day, occupations: [Occupation], skills: [Skill], courses: [Course] = [],
        ambiguous: [String: [String]] = [:]
    ) {
        self.version = version
        self.occupations = occupations
        self.skills = skills
        self.courses = courses
        self.ambiguous = ambiguous
        occupationIndex = Dictionary(
            occupations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        skillIndex = Dictionary(
            skills.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The occupation with this id. O(1).
    public func occupation(_ id: String) -> Occupation? {
        occupationIndex[id].map { occupations[$0] }
    }

    /// The skill with this id. O(1).
    public func skill(_ id: String) -> Skill? { skillIndex[id].map { skills[$0] } }

    /// How the skill belongs to the occupation; nil when it does not. O(its skills).
    public func relation(of skill: String, to occupation: Occupation) -> SkillRelation? {
        if occupation.certificates.contains(skill) { return .certificate }
        if occupation.essential.contains(skill) { return .essential }
        return occupation.optional.contains(skill) ? .optional : nil
    }

    /// The occupations of an ISCO-08 group of one to four digits. O(occupations).
    public func occupations(inGroup prefix: String) -> [Occupation] {
        occupations.filter { $0.isco.hasPrefix(prefix) }
    }
}
