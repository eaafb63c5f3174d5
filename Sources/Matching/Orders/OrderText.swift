import Parameters

/// The words of an order text with what is known of them.
struct OrderText {
    let bytes: [UInt8]
    let words: [Word]
    let clauses: Clauses
    let lists: LanguageWords

    init(_ text: String, _ lists: LanguageWords) {
        bytes = Array(Folding.composed(text).utf8)
        words = Words.of(text)
        clauses = Clauses(words, bytes)
        self.lists = lists
    }

    func place(_ span: Range<Int>) -> Range<Int> {
        words[span.lowerBound].place.lowerBound..<words[span.upperBound - 1].place.upperBound
    }

    /// A whole number of at most six digits.
    func number(_ index: Int) -> Int? {
        guard words.indices.contains(index) else { return nil }
        let text = words[index].text
        guard text.utf8.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// What stands between a word and the next.
    func gap(after index: Int) -> String {
        guard index + 1 < words.count else { return "\n" }
        let range = words[index].place.upperBound..<words[index + 1].place.lowerBound
        return String(decoding: bytes[range], as: UTF8.self)
    }

    func isCapital(_ index: Int) -> Bool {
        guard words.indices.contains(index),
            let first = Unicode.Scalar(letter(at: words[index].place.lowerBound))
        else { return false }
        return first.properties.isUppercase
    }

    private func letter(at offset: Int) -> UInt32 {
        var decoder = UTF8()
        var iterator = bytes[offset...].makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar.value }
        return 0
    }

    /// The entry of a group that begins at this word: how many words it has.
    func length(of group: String, at index: Int) -> Int? {
        lists.entries(group).filter { entry in
            index + entry.count <= words.count
                && zip(entry, words[index...]).allSatisfy { $0 == $1.text }
        }.map(\.count).max()
    }

    /// The nearest entry of a group before a word in its sentence, as how many words back it
    /// ends; at most `reach` words.
    func distance(back group: String, from index: Int, reach: Int = 8) -> Int? {
        for start in stride(from: index - 1, through: max(0, index - reach), by: -1) {
            guard clauses.sentence[start] == clauses.sentence[index] else { return nil }
            if let length = length(of: group, at: start), start + length <= index {
                return index - start - length
            }
        }
        return nil
    }

    func isNegated(_ index: Int) -> Bool {
        index > 0 && ["ikke", "ingen", "intet"].contains(words[index - 1].text)
            || index > 1 && ["ikke"].contains(words[index - 2].text)
    }

    /// The code of the language when the text is clearly not in Danish. Short texts tell
    /// nothing. O(words × languages).
    var otherLanguage: String? {
        guard words.count >= 12 else { return nil }
        let counts = lists.telling.mapValues { telling in
            words.count { telling.contains($0.text) }
        }
        let danish = counts["da"] ?? 0
        let best = counts.filter { $0.key != "da" }.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let best, best.value >= 4, best.value > danish * 3 / 2 else { return nil }
        return best.key
    }
}
