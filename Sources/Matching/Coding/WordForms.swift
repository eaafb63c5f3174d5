import Parameters

/// The words that a word of a text may be a form of (bøjning).
struct WordForms: Sendable {
    let language: Language
    let irregular: [String: String]

    /// Endings of Danish nouns and adjectives, and of the genitive.
    private static let danishEndings = [
        "ernes", "erne", "enes", "ene", "ernes", "rnes", "rne", "ens", "ets", "ers", "en", "et",
        "er", "ere", "nes", "ne", "ns", "n", "es", "e", "rs", "r", "ts", "t", "s",
    ]
    /// Endings before which a verb has lost its e.
    private static let verbEndings: Set<String> = ["et", "t", "er", "es", "ede", "te", "ende"]
    private static let danishVerbOnly = ["ede", "ende", "te", "de"]
    private static let genders: [(String, String)] = [
        ("kvinde", "mand"), ("dame", "mand"), ("pige", "mand"), ("erinde", "er"), ("inde", ""),
        ("trice", "tør"), ("øse", "ør"), ("erske", "er"),
    ]

    /// Possible base forms, the word itself left out, nearest first. O(endings).
    func bases(of word: String) -> [String] {
        guard word.utf8.count > 2 else { return [] }
        var bases: [String] = []
        if let base = irregular[word] { bases.append(base) }
        switch language {
        case .da: danish(word, &bases)
        case .en, .uk: english(word, &bases)
        }
        return bases
    }

    private func danish(_ word: String, _ bases: inout [String]) {
        for ending in Self.danishEndings + Self.danishVerbOnly where word.hasSuffix(ending) {
            let stem = word.utf8.dropLast(ending.utf8.count)
            guard stem.count >= 2 else { continue }
            let text = String(decoding: stem, as: UTF8.self)
            let verbOnly = Self.danishVerbOnly.contains(ending)
            if !verbOnly || ending == "de" { bases.append(text) }
            if Self.verbEndings.contains(ending) || verbOnly { bases.append(text + "e") }
            guard ending.utf8.first == UInt8(ascii: "e"), let last = stem.last else { continue }
            let before = stem.dropLast().last
            if last == before { bases.append(String(decoding: stem.dropLast(), as: UTF8.self)) }
            // "artikler" is of "artikel" and "midler" of "middel".
            if last == UInt8(ascii: "l") || last == UInt8(ascii: "r"), let before,
                !Array("aeiouyæø".utf8).contains(before)
            {
                let root = String(decoding: stem.dropLast(), as: UTF8.self)
                let end = "e" + String(UnicodeScalar(last))
                bases.append(root + end)
                bases.append(root + String(UnicodeScalar(before)) + end)
            }
        }
        for (gendered, plain) in Self.genders where word.hasSuffix(gendered) {
            let stem = String(decoding: word.utf8.dropLast(gendered.utf8.count), as: UTF8.self)
            if stem.utf8.count >= 3 { bases.append(stem + plain) }
        }
    }

    private func english(_ word: String, _ bases: inout [String]) {
        for ending in ["s", "es", "ed", "d", "ing"] where word.hasSuffix(ending) {
            let stem = word.utf8.dropLast(ending.utf8.count)
            guard stem.count >= 3 else { continue }
            let text = String(decoding: stem, as: UTF8.self)
            bases.append(text)
            if ending == "ing" || ending == "ed" { bases.append(text + "e") }
            if stem.last == stem.dropLast().last {
                bases.append(String(decoding: stem.dropLast(), as: UTF8.self))
            }
        }
    }
}
