/// What a text says of a skill (krav, ønske, fravalg).
public enum Demand: String, CaseIterable, Sendable {
    /// Named without more.
    case stated
    /// Asked for in so many words (krav).
    case must
    /// An advantage (fordel).
    case nice
    /// Named as not asked for, or as something the person does not have.
    case negated
}

/// How a wording of the taxonomy was met in a text.
public enum Meeting: String, CaseIterable, Sendable {
    case exact
    /// In another form of the same word: "truckførerne".
    case inflected
    case abbreviation
    /// As two words where one is usual: "butiks assistent".
    case writtenApart
    /// As a part of a longer word, or of two with a hanging hyphen.
    case compound
    case spellingSlip
}

/// An occupation or skill met in a text.
public struct Found: Hashable, Sendable {
    /// The id in the taxonomy.
    public var id: String
    /// Where it stands, in UTF-8 bytes from the text's beginning.
    public var place: Range<Int>
    /// The words of the text, folded.
    public var words: String
    /// The taxonomy's wording that they were read as.
    public var wording: String
    public var meeting: Meeting
    public var demand: Demand
    /// For a title with several meanings: the other occupations it may be.
    public var alternatives: [String] = []
}

/// The occupations and skills that a text speaks of, in its order (kodning af fritekst).
public struct Coding: Sendable {
    public var occupations: [Found]
    public var skills: [Found]

    /// Ids of the occupations, each once, the first named first.
    public var occupationIDs: [String] { Coding.once(occupations.map(\.id)) }

    /// Ids of the skills that the text asks for or states, each once.
    public var skillIDs: [String] { skillIDs(.stated, .must, .nice) }

    /// Ids of the skills with one of these demands, each once. A skill that is named twice has
    /// the clearer demand: must before an advantage, and that before negated and stated.
    public func skillIDs(_ demands: Demand...) -> [String] {
        var strongest: [String: Demand] = [:]
        for found in skills {
            let before = strongest[found.id]
            if before.map({ Coding.strength($0) < Coding.strength(found.demand) }) ?? true {
                strongest[found.id] = found.demand
            }
        }
        return Coding.once(skills.map(\.id)).filter { id in
            strongest[id].map(demands.contains) ?? false
        }
    }

    private static func strength(_ demand: Demand) -> Int {
        switch demand {
        case .stated: 0
        case .negated: 1
        case .nice: 2
        case .must: 3
        }
    }

    private static func once(_ ids: [String]) -> [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
