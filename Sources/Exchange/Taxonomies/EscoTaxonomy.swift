/// A taxonomy as the files of ESCO give it: "This service uses the ESCO classification of the
/// European Commission."
public struct EscoTaxonomy: Sendable {
    /// What an entry is.
    public enum Kind: String, CaseIterable, Sendable {
        case occupation, skill, knowledge, language
    }

    public struct Entry: Hashable, Sendable {
        /// ESCO's address of it.
        public var id: String
        public var kind: Kind
        /// Four digits of ISCO-08; empty for a skill.
        public var isco: String
    }

    public struct Label: Hashable, Sendable {
        /// ISO 639-1.
        public var language: String
        public var id: String
        /// 0 for the preferred label.
        public var position: Int
        public var text: String
    }

    public struct Relation: Hashable, Sendable {
        public var occupation: String
        public var skill: String
        public var isEssential: Bool
    }

    public internal(set) var entries: [Entry] = []
    public internal(set) var labels: [Label] = []
    public internal(set) var relations: [Relation] = []
    /// Names of the files that were read, in their order.
    public internal(set) var files: [String] = []
    /// Labels and relations of entries that no file has.
    public internal(set) var skipped = 0

    /// The languages of the labels, in order.
    public var languages: [String] { Set(labels.map(\.language)).sorted() }
    public var occupationCount: Int { entries.count { $0.kind == .occupation } }
    public var skillCount: Int { entries.count - occupationCount }
}

/// Why files of ESCO could not be read.
public enum EscoError: Error, Sendable {
    /// The folder has no `occupations_*.csv`, or no `skills_*.csv`.
    case missing(String)
    case cannotRead(file: String)
    /// A packed file that ends too early or does not agree with its check sum.
    case damaged(file: String)
    case problems(file: String, ImportProblems)
}
