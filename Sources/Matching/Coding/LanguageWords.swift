import Parameters

/// The words of a language that the coder needs beside the taxonomy.
struct LanguageWords: Sendable {
    let small: Set<String>
    let links: Set<String>
    let modifiers: Set<String>
    let skillHeads: Set<String>
    let occupationHeads: Set<String>
    let irregular: [String: String]
    let known: Set<String>
    /// What stands before a title that is not the one sought.
    let aside: [[String]]
    /// Every group as it is written: each entry a word or several.
    private let groups: [String: [[String]]]
    /// Words that tell the languages of texts apart, by language code.
    let telling: [String: Set<String>]

    static func danish() throws(ParameterError) -> LanguageWords {
        var file = TaxonomyFile()
        let rows = try file.rows("words-da.txt", columns: 2) { fields in
            (fields[0], fields[1].split(separator: " ").map { Folding.folded($0) })
        }
        return LanguageWords(Dictionary(rows) { first, _ in first })
    }

    init(_ groups: [String: [String]]) {
        func group(_ name: String) -> Set<String> { Set(groups[name] ?? []) }
        small = group("small")
        links = group("link")
        modifiers = group("modifier")
        skillHeads = group("head-skill")
        occupationHeads = group("head-occupation")
        known = group("known")
        self.groups = groups.mapValues { $0.map { $0.split(separator: "_").map(String.init) } }
        aside = self.groups["aside"] ?? []
        var irregular: [String: String] = [:]
        for pair in groups["irregular"] ?? [] {
            let parts = pair.split(separator: "=").map(String.init)
            if parts.count == 2 { irregular[parts[0]] = parts[1] }
        }
        self.irregular = irregular
        var telling: [String: Set<String>] = [:]
        for (name, words) in groups where name.hasPrefix("language-") {
            telling[String(name.dropFirst("language-".count))] = Set(words)
        }
        self.telling = telling
    }

    /// The entries of a group, each a word or several; none for an unknown group.
    func entries(_ group: String) -> [[String]] { groups[group] ?? [] }

    /// Whether the word is one for an employer or a place: "firma".
    func isEmployer(_ word: String) -> Bool { position(of: word, in: "employer") != nil }

    /// The place of a word in a group, from 0.
    func position(of word: String, in group: String) -> Int? {
        groups[group]?.firstIndex { $0 == [word] }
    }
}
