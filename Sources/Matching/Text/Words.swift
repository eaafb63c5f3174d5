/// A word of a text, folded, and where it stood.
public struct Word: Hashable, Sendable {
    /// The word as ``Folding`` writes it.
    public var text: String
    /// Where it stood in the text, in UTF-8 bytes from the text's beginning.
    public var place: Range<Int>
    /// Written with a hyphen and a gap after it, as "social-" in "social- og
    /// sundhedshjælper": its last part stands at a later word.
    public var leansOnLater: Bool

    public init(text: String, place: Range<Int>, leansOnLater: Bool = false) {
        self.text = text
        self.place = place
        self.leansOnLater = leansOnLater
    }
}

/// The words of a text: unbroken letters and digits, with the signs of "C++"
/// and "C#" kept.
public enum Words {
    /// The words in their order. O(n) in the text's length.
    public static func of(_ text: some StringProtocol) -> [Word] {
        let text = Folding.composed(text)
        var words: [Word] = []
        var folded = String.UnicodeScalarView()
        var start = 0
        var offset = 0
        func close(at end: Int, leansOnLater: Bool = false) {
            guard !folded.isEmpty else { return }
            words.append(
                Word(text: String(folded), place: start..<end, leansOnLater: leansOnLater))
            folded = String.UnicodeScalarView()
        }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if belongs(scalar) || isSign(scalar, after: folded, before: next) {
                if folded.isEmpty { start = offset }
                Folding.append(scalar, to: &folded)
            } else if scalar != "\u{AD}" {
                close(at: offset, leansOnLater: scalar == "-" && !belongs(next))
            }
            offset += UTF8.width(scalar)
        }
        close(at: offset)
        return words
    }

    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0..<0x80: false
        default: scalar.properties.isAlphabetic || (0x0300...0x036F).contains(scalar.value)
        }
    }

    /// The sharp and the pluses of programming languages: after one letter
    /// ("C#", "C++") and at the word's end.
    private static func isSign(
        _ scalar: Unicode.Scalar, after word: String.UnicodeScalarView, before next: Unicode.Scalar
    ) -> Bool {
        guard scalar == "#" || scalar == "+", let first = word.first, first.value < 0x80,
            word.dropFirst().allSatisfy({ $0 == "+" })
        else { return false }
        return scalar == "+" ? (next == "+" || word.last == "+") : !belongs(next)
    }
}
