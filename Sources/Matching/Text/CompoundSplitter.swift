import Foundation

/// A part of a compound word, as "social", "sundhed" and "hjælper" are of
/// "socialsundhedshjælper".
public struct CompoundPart: Hashable, Sendable {
    /// The part without the linking element after it, folded.
    public var text: String
    /// The linking element between this part and the next, as the s of
    /// "sundhedshjælper"; empty where there is none and after the last part.
    public var link: String
    /// The vocabulary has the part as a part of several words or as a word; if
    /// not, it is what was left between parts that are known.
    public var isKnown: Bool

    public init(text: String, link: String = "", isKnown: Bool = true) {
        self.text = text
        self.link = link
        self.isKnown = isKnown
    }
}

/// Splits compound words with nothing but a vocabulary to learn from.
///
/// A part earns its place by standing in several words: the splitter looks for
/// the parts with which the whole vocabulary can be written down in the fewest
/// signs, each part spelled once and then only referred to (the minimum
/// description length). Which words exist in the language it need not know.
public struct CompoundSplitter: Sendable {
    /// How many times each part is used in the vocabulary, by its key.
    private var uses: [UInt64: Double] = [:]
    private var total = 1.0
    private let links: [[Unicode.Scalar]]
    private let endings: Set<[Unicode.Scalar]>

    /// Learns the parts of a vocabulary of folded words; words occurring twice
    /// count once and their order does not matter. O(n · l²) for n words of l
    /// letters.
    /// - Parameters:
    ///   - linking: what may stand between two parts.
    ///   - endings: what is never a part though many words end in it.
    public init(
        vocabulary: some Sequence<String>, linking: [String] = Morphology.linking,
        endings: [String] = Morphology.derivation
    ) {
        links = linking.map { Array($0.unicodeScalars) }
        self.endings = Set(endings.map { Array($0.unicodeScalars) })
        let words = Set(vocabulary).sorted().map { Array($0.unicodeScalars) }
            .filter { $0.count >= Cost.shortest && $0.count <= Cost.longest }
        uses = CompoundSplitter.firstGuess(words, links)
        total = max(1, uses.values.reduce(0, +))
        for _ in 0..<Cost.rounds {
            var next: [UInt64: Double] = [:]
            for word in words {
                for piece in pieces(word) where piece.isKnown || piece.part == 0..<word.count {
                    next[PartKey.of(word[piece.part]), default: 0] += 1
                }
            }
            uses = next
            total = max(1, Double(next.count) + next.values.reduce(0, +))
        }
    }

    /// The parts in their order; the last one is the head. A word that is not a
    /// compound is its own only part. O(l²) for l letters.
    public func parts(of word: String) -> [CompoundPart] {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= 2 * Cost.shortest, letters.count <= Cost.longest else {
            return word.isEmpty ? [] : [CompoundPart(text: word)]
        }
        return pieces(letters).map { piece in
            CompoundPart(
                text: CompoundSplitter.text(letters[piece.part]),
                link: CompoundSplitter.text(letters[piece.part.upperBound..<piece.end]),
                isKnown: piece.isKnown)
        }
    }

    private static func text(_ letters: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: letters)
        return String(text)
    }
}

extension CompoundSplitter {
    /// Natural logarithms, as if written with the fewest signs.
    private enum Cost {
        /// Letters of the shortest part.
        static let shortest = 3
        /// Letters of the longest word that is split.
        static let longest = 60
        static let rounds = 4
        /// A letter spelled out, and a part that has to be.
        static let letter = 2.2
        static let spelled = 4.0
        static let link = 1.5
        /// What keeps short parts from being found everywhere.
        static let short = 2.0
    }

    /// A part and the end of the linking element after it.
    private struct Piece {
        var part: Range<Int>
        var end: Int
        var isKnown: Bool
    }

    /// Splits in which a side is a word or many words' beginning or end.
    private static func firstGuess(
        _ words: [[Unicode.Scalar]], _ links: [[Unicode.Scalar]]
    ) -> [UInt64: Double] {
        var whole: Set<UInt64> = []
        // A part meets several letters: "ortierer" follows an s only, and is no part.
        var beginnings: [UInt64: UInt64] = [:]
        var ends: [UInt64: UInt64] = [:]
        for word in words {
            whole.insert(PartKey.of(word[...]))
            for cut in splits(word) {
                beginnings[PartKey.of(word[..<cut]), default: 0] |= bit(word[cut])
                ends[PartKey.of(word[cut...]), default: 0] |= bit(word[cut - 1])
            }
        }
        func stands(_ key: UInt64, _ meets: [UInt64: UInt64]) -> Bool {
            whole.contains(key) || meets[key, default: 0].nonzeroBitCount >= 2
        }
        var uses: [UInt64: Double] = [:]
        for word in words {
            uses[PartKey.of(word[...]), default: 0] += 1
            for cut in splits(word) {
                let last = PartKey.of(word[cut...])
                for part in beginningsBefore(cut, word, links) {
                    let first = PartKey.of(word[..<part])
                    let sure = (whole.contains(first) ? 1 : 0) + (whole.contains(last) ? 1 : 0)
                    guard stands(first, beginnings), stands(last, ends) else { continue }
                    let weight = [0.1, 0.5, 1.0][sure]
                    uses[first, default: 0] += weight
                    uses[last, default: 0] += weight
                }
            }
        }
        return uses
    }

    private static func bit(_ letter: Unicode.Scalar) -> UInt64 { 1 << UInt64(letter.value & 63) }

    private static func splits(_ word: [Unicode.Scalar]) -> Range<Int> {
        Cost.shortest..<max(Cost.shortest, word.count - Cost.shortest + 1)
    }

    /// Where the part before a cut may end: at the cut or before a linking element.
    private static func beginningsBefore(
        _ cut: Int, _ word: [Unicode.Scalar], _ links: [[Unicode.Scalar]]
    ) -> [Int] {
        [cut]
            + links.compactMap { link in
                let end = cut - link.count
                return end >= Cost.shortest && word[end..<cut].elementsEqual(link) ? end : nil
            }
    }

    /// The cheapest way to write a word, by dynamic programming from its
    /// beginning. Of equally cheap ways the one with the longer first part.
    private func pieces(_ word: [Unicode.Scalar]) -> [Piece] {
        let count = word.count
        var best = [Double](repeating: .infinity, count: count + 1)
        var came: [Piece?] = Array(repeating: nil, count: count + 1)
        best[0] = 0
        for start in 0..<count where best[start].isFinite {
            var key = PartKey()
            for end in (start + 1)...count {
                key.append(word[end - 1])
                guard end - start >= Cost.shortest, end == count || count - end >= Cost.shortest
                else { continue }
                let (price, isKnown) = price(key.value, word[start..<end], whole: count)
                func offer(_ stop: Int, _ extra: Double) {
                    let sum = best[start] + price + extra
                    guard sum < best[stop] else { return }
                    best[stop] = sum
                    came[stop] = Piece(part: start..<end, end: stop, isKnown: isKnown)
                }
                offer(end, 0)
                for link in links where end + link.count + Cost.shortest <= count {
                    let stop = end + link.count
                    if word[end..<stop].elementsEqual(link) { offer(stop, Cost.link) }
                }
            }
        }
        var pieces: [Piece] = []
        var place = count
        while place > 0, let piece = came[place] {
            pieces.append(piece)
            place = piece.part.lowerBound
        }
        return pieces.reversed()
    }

    private func price(
        _ key: UInt64, _ part: ArraySlice<Unicode.Scalar>, whole: Int
    ) -> (Double, isKnown: Bool) {
        let spelled = Cost.spelled + Cost.letter * Double(part.count)
        let isEnding = part.count < whole && endings.contains(Array(part))
        guard let uses = uses[key], !isEnding else {
            return (spelled + log(total) + (isEnding ? Cost.spelled : 0), false)
        }
        let short = part.count < 4 && part.count < whole ? Cost.short : 0
        return (log(total / uses) + spelled / uses + short, uses >= 2 || part.count == whole)
    }
}

/// A part as a number: its letters hashed one at a time, so that the keys of all
/// parts that begin at a letter cost a step each. With 64 bits two of a million
/// parts meet by chance once in some forty million vocabularies.
struct PartKey {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func append(_ letter: Unicode.Scalar) {
        value = (value ^ UInt64(letter.value)) &* 0x0100_0000_01b3
        value ^= value >> 29
    }

    static func of(_ letters: ArraySlice<Unicode.Scalar>) -> UInt64 {
        var key = PartKey()
        for letter in letters { key.append(letter) }
        return key.value
    }
}
