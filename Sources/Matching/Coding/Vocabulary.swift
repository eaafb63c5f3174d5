/// The wordings of a taxonomy, ready to be met in a text.
struct Vocabulary: Sendable {
    /// An entry that a wording means.
    struct Target: Hashable, Sendable {
        var isOccupation: Bool
        /// The index in the taxonomy's list; for a title of several meanings that of the first.
        var index: Int
        var wording: String
        var isExact: Bool
        var isAbbreviation: Bool
        /// The entry's own label, and not another wording of it.
        var isLabel: Bool
        /// Ids of the occupations that a title of several meanings has.
        var meanings: [String] = []
    }

    struct Phrase: Sendable {
        /// The words after the first.
        var rest: [String]
        var target: Target
    }

    private(set) var single: [String: [Target]] = [:]
    /// By their first word.
    private(set) var phrases: [String: [Phrase]] = [:]
    /// Every word of three letters or more in a wording: it is known, and stands in compounds.
    private(set) var words: Set<String> = []
    /// Single words long enough for a slip of the pen, by first letter and count of letters.
    private(set) var slips: [SlipKey: [SlipWord]] = [:]

    struct SlipKey: Hashable, Sendable {
        var first: UInt8
        var length: Int
    }

    init(_ taxonomy: Taxonomy) {
        for (index, skill) in taxonomy.skills.enumerated() {
            for (place, wording) in ([Wording(skill.label)] + skill.wordings).enumerated() {
                add(
                    wording,
                    Vocabulary.target(wording, isOccupation: false, index, isLabel: place == 0))
            }
        }
        for (index, occupation) in taxonomy.occupations.enumerated() {
            for (place, wording) in ([Wording(occupation.label)] + occupation.wordings).enumerated()
            {
                add(
                    wording,
                    Vocabulary.target(wording, isOccupation: true, index, isLabel: place == 0))
            }
        }
        for (title, meanings) in taxonomy.ambiguous {
            guard let index = meanings.first.flatMap({ taxonomy.occupationIndex[$0] }) else {
                continue
            }
            let wording = Wording(title)
            var target = Vocabulary.target(wording, isOccupation: true, index, isLabel: false)
            target.meanings = meanings
            add(wording, target)
        }
        for word in single.keys where word.utf8.count >= 6 {
            if single[word]?.allSatisfy(\.isExact) == true { continue }
            let bytes = Array(word.utf8)
            slips[SlipKey(first: bytes[0], length: bytes.count), default: []].append(
                SlipWord(bytes))
        }
    }

    private static func target(
        _ wording: Wording, isOccupation: Bool, _ index: Int, isLabel: Bool
    ) -> Target {
        Target(
            isOccupation: isOccupation, index: index, wording: wording.text,
            isExact: wording.isExact || wording.isAbbreviation,
            isAbbreviation: wording.isAbbreviation, isLabel: isLabel)
    }

    private mutating func add(_ wording: Wording, _ target: Target) {
        let parts = Words.of(wording.text).map(\.text)
        guard let first = parts.first else { return }
        for part in parts where part.utf8.count >= 3 { words.insert(part) }
        if parts.count == 1 {
            insert(first, target)
        } else {
            phrases[first, default: []].append(
                Phrase(rest: Array(parts.dropFirst()), target: target))
            if wording.text.contains("-"), !wording.text.contains(" ") {
                insert(parts.joined(), target)
            }
        }
    }

    private mutating func insert(_ word: String, _ target: Target) {
        let same = single[word]?.contains {
            $0.isOccupation == target.isOccupation && $0.index == target.index
        }
        if same != true { single[word, default: []].append(target) }
    }
}
