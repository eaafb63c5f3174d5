import Foundation

/// One sentence of a plan's text: its number, counted from 1, and the
/// fingerprint of its normalised wording. Coverage files name sentences by these
/// two and never quote them.
public struct PlanSentence: Hashable, Sendable {
    public var number: Int
    public var text: String
    public var fingerprint: String { Fingerprint.of(text) }
}

/// Cuts the published text of a plan into sentences, the same way on every
/// machine.
///
/// 1. Line ends, tabs and hard spaces become plain spaces; quotation marks and
///    bullet marks at the ends of a line are dropped.
/// 2. An empty line or a bullet mark (`·`, `•`, `*`, `-`, `–` and a space)
///    begins a new block.
/// 3. A line goes on in the next one when it does not end a sentence and the
///    next one begins with a small letter. A hyphen at the line's end is then a
///    broken word and is taken away.
/// 4. A block is cut after `.`, `?` or `!` where a space and then a capital
///    letter, a digit or a quotation mark follow, except after an ordinal number
///    and the abbreviations of `abbreviations`.
/// 5. What holds no letter (page and goal numbers) is no sentence.
public enum SentenceSplitter {
    /// Words with a full stop that does not end a sentence.
    static let abbreviations: Set<String> = [
        "bl.a.", "bla.", "ca.", "eks.", "evt.", "f.eks.", "jf.", "kl.", "kr.", "m.fl.", "m.m.",
        "mfl.",
        "mhp.", "mio.", "mv.", "nr.", "pct.", "stk.", "vedr.",
    ]

    public static func sentences(of text: String) -> [PlanSentence] {
        let found = blocks(of: text).flatMap(cut).filter { $0.contains(where: \.isLetter) }
        return found.enumerated().map { PlanSentence(number: $0 + 1, text: $1) }
    }

    private static func blocks(of text: String) -> [String] {
        var blocks: [String] = []
        var open = ""
        func close() {
            if !open.isEmpty { blocks.append(open) }
            open = ""
        }
        for raw in text.precomposedStringWithCanonicalMapping.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        {
            let (line, isBullet) = cleaned(raw)
            if line.isEmpty || isBullet { close() }
            guard let first = line.first else { continue }
            if open.isEmpty {
                open = line
            } else if first.isLowercase, let last = open.last, !".?!:".contains(last) {
                open = last == "-" ? open.dropLast() + line : open + " " + line
            } else {
                close()
                open = line
            }
        }
        close()
        return blocks
    }

    /// The line without marks at its ends, and whether a bullet mark stood first.
    private static func cleaned(_ raw: Substring) -> (String, isBullet: Bool) {
        var words = raw.split(whereSeparator: \.isWhitespace).map(String.init)
        let isBullet = words.first.map { ["·", "•", "*", "-", "–"].contains($0) } ?? false
        if isBullet { words.removeFirst() }
        let line = words.joined(separator: " ").trimmingCharacters(
            in: CharacterSet(charactersIn: "”“\"» «·"))
        return (line, isBullet)
    }

    private static func cut(_ block: String) -> [String] {
        var sentences: [String] = []
        var open: [Substring] = []
        let words = block.split(separator: " ")
        for (index, word) in words.enumerated() {
            open.append(word)
            let next = index + 1 < words.count ? words[index + 1].first : nil
            if ends(word, next: next) {
                sentences.append(open.joined(separator: " "))
                open = []
            }
        }
        if !open.isEmpty { sentences.append(open.joined(separator: " ")) }
        return sentences
    }

    private static func ends(_ word: Substring, next: Character?) -> Bool {
        guard let next else { return true }
        let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: "”“\"»«)("))
        guard let last = bare.last, ".?!".contains(last) else { return false }
        guard next.isUppercase || next.isNumber || "”“\"»«".contains(next) else { return false }
        if abbreviations.contains(bare.lowercased()) { return false }
        let isOrdinal = last == "." && bare.dropLast().allSatisfy(\.isNumber) && bare.count <= 3
        return !isOrdinal
    }
}

/// A short name for a text that changes when the wording does: 64 bits of
/// FNV-1a over the UTF-8 bytes of the normalised text, in sixteen hexadecimal
/// digits. It tells texts apart; it does not protect them.
public enum Fingerprint {
    public static func of(_ text: String) -> String {
        let words = text.precomposedStringWithCanonicalMapping.lowercased()
            .split(whereSeparator: \.isWhitespace)
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in words.joined(separator: " ").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
