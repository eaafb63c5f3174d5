import Yams

/// Tells whether a definition is the same as another time: a short hash over what stands in
/// its entry, and over the rules that the entry refers to by name or by its kernel.
struct DefinitionFingerprint {
    /// What the named rules and the sections without names say, each in one text.
    private var named: [String: String] = [:]
    private var sections: [String: String] = [:]

    /// Sections that a kernel reads without naming them.
    private static let read: [String: [String]] = [
        "ladderShare": ["ladder"], "ladderCost": ["ladder", "rates"], "timely": ["deadlines"],
        "spellsBegun": ["spellRule"], "spellsEnded": ["spellRule"],
        "spellsBegunFromOther": ["spellRule"], "spellsEndedToOther": ["spellRule"],
        "spellsOpenStart": ["spellRule"], "spellsOpenEnd": ["spellRule"],
        "spellsOpenOver": ["spellRule"], "meanDuration": ["spellRule"], "exits": ["spellRule"],
    ]

    /// Takes in the rules of a file.
    mutating func add(rules root: Node) {
        for (key, section) in root.mapping ?? [:] {
            let name = key.string ?? ""
            guard ["populations", "offerKinds", "dayRules"].contains(name) else {
                sections[name] = Self.text(section)
                continue
            }
            for (key, rule) in section.mapping ?? [:] {
                named[key.string ?? ""] = Self.text(rule)
            }
        }
    }

    func version(of entry: Node) -> String {
        var parts = [Self.text(entry)]
        var words = Self.words(entry)
        var seen: Set<String> = []
        while let word = words.popLast() {
            guard seen.insert(word).inserted, let rule = named[word] else { continue }
            parts.append(rule)
            words += rule.split(separator: "\u{1F}").map(String.init)
        }
        for section in Self.read[entry["kernel"]?.string ?? ""] ?? [] {
            parts.append(sections[section] ?? "")
        }
        return Self.hash(parts)
    }

    /// Every scalar, each ended by a mark that no text holds, so that comments and the way
    /// of writing do not count.
    private static func text(_ node: Node) -> String {
        words(node).map { $0 + "\u{1F}" }.joined()
    }

    private static func words(_ node: Node) -> [String] {
        if let mapping = node.mapping {
            return mapping.flatMap { words($0.key) + words($0.value) }
        }
        if let sequence = node.sequence { return sequence.flatMap(words) }
        return [node.string ?? ""]
    }

    /// FNV-1a of 32 bits.
    private static func hash(_ parts: [String]) -> String {
        var hash: UInt32 = 0x811c_9dc5
        for byte in parts.joined(separator: "\u{1E}").utf8 {
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
