/// How hard a text is to read (LIX, Björnsson 1968): words a sentence and the share of words
/// of more than six letters, in percent. Under 35 is easy, over 45 hard.
public struct Readability: Hashable, Sendable {
    public var words: Int
    public var sentences: Int
    public var longWords: Int

    /// Counts a text. A full stop inside a number, a date or an abbreviation such as `stk.`
    /// ends no sentence.
    public init(_ text: String) {
        var (words, sentences, long) = (0, 0, 0)
        let tokens = text.split(whereSeparator: \.isWhitespace)
        for (index, token) in tokens.enumerated() {
            let letters = token.count(where: \.isLetter)
            if letters > 0 || token.contains(where: \.isNumber) { words += 1 }
            if letters > 6 { long += 1 }
            guard let last = token.last(where: { !")\"»”".contains($0) }) else { continue }
            let isEnd = last == "!" || last == "?" || last == ":"
            let next = tokens.indices.contains(index + 1) ? tokens[index + 1].first : nil
            let startsAnew = next.map { $0.isUppercase || "»\"”".contains($0) } ?? true
            let isAbbreviation = Readability.abbreviations.contains(token.lowercased())
            if isEnd || last == "." && startsAnew && !isAbbreviation { sentences += 1 }
        }
        if let last = tokens.last?.last, !".!?:".contains(last) { sentences += 1 }
        self.words = words
        self.sentences = max(1, sentences)
        longWords = long
    }

    private static let abbreviations: Set<String> = [
        "stk.", "nr.", "jf.", "kap.", "kr.", "ca.", "f.eks.", "bl.a.", "mv.", "m.v.", "pkt.",
    ]

    /// Whole number; 0 for no words.
    public var lix: Int {
        guard words > 0 else { return 0 }
        let index = Double(words) / Double(sentences) + 100 * Double(longWords) / Double(words)
        return Int(index.rounded())
    }
}
