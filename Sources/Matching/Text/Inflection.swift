/// What is left of a word when the endings that bend it are taken off.
public enum Inflection {
    private static let endings = Morphology.inflection.map { Array($0.unicodeScalars) }
    private static let vowels = Set("aeiouyæø".unicodeScalars)
    /// Endings in a row, as in "lærer", "lærerne" and "lærerindernes".
    private static let layers = 3
    private static let shortest = 3

    /// The stem of a folded word: "lærer", "lærere" and "lærerinde" share one. At
    /// least three letters with a vowel stay, and a doubled last letter is written
    /// once ("butikker", "butik"). O(1) for words of bounded length.
    public static func stem(_ word: some StringProtocol) -> String {
        var letters = Array(word.unicodeScalars)
        for _ in 0..<layers {
            guard let ending = endings.first(where: { mayLose($0, letters) }) else { break }
            letters.removeLast(ending.count)
        }
        if letters.count > shortest, letters[letters.count - 1] == letters[letters.count - 2] {
            letters.removeLast()
        }
        var stem = String.UnicodeScalarView()
        stem.append(contentsOf: letters)
        return String(stem)
    }

    private static func mayLose(_ ending: [Unicode.Scalar], _ letters: [Unicode.Scalar]) -> Bool {
        let rest = letters.count - ending.count
        return rest >= shortest && letters[rest...].elementsEqual(ending)
            && letters[..<rest].contains(where: vowels.contains)
    }
}

/// One form of the words that differ by gender only.
public struct GenderForms: Sendable {
    private let vocabulary: Set<String>

    /// - Parameter vocabulary: folded words. Of two that differ by a gender's
    ///   ending only, the common form stands for both.
    public init(vocabulary: Set<String>) {
        self.vocabulary = vocabulary
    }

    /// The common form of a folded word, or the word itself. Exchanged are
    /// endings where the vocabulary has the common form, and "erin", which German
    /// has for nothing else. O(1).
    public func common(_ word: String) -> String {
        for (ending, common) in Morphology.genders where word.hasSuffix(ending) {
            let form = word.dropLast(ending.count) + common
            guard form.count >= 3 else { continue }
            if vocabulary.contains(String(form)) || (ending.hasPrefix("erin") && form.count > 4) {
                return String(form)
            }
        }
        return word
    }
}
