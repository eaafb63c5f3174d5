/// A word with the set of its letters, which tells quickly that two words are far apart.
struct SlipWord: Sendable {
    let letters: [UInt8]
    private let present: UInt32

    init(_ letters: [UInt8]) {
        self.letters = letters
        present = letters.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }

    /// Each slip changes the set by two letters at most.
    func mayBeNear(_ other: SlipWord, most: Int) -> Bool {
        (present ^ other.present).nonzeroBitCount <= 2 * most
    }
}

extension Vocabulary {
    /// The wording nearest to a word that is no known word: one slip of the pen away when it has
    /// six letters or more, two from twelve. Nil when there is none. The first letter has to be
    /// right. O(wordings of about its length × its letters²).
    func nearest(to word: String) -> String? {
        let slip = SlipWord(Array(word.utf8))
        let count = slip.letters.count
        guard count >= 6 else { return nil }
        let limit = count >= 12 ? 2 : 1
        let end = knownEnd(word)
        var best: (distance: Int, word: [UInt8])?
        for length in count - limit...count + limit {
            for candidate in slips[SlipKey(first: slip.letters[0], length: length)] ?? [] {
                guard candidate.mayBeNear(slip, most: limit),
                    let distance = distance(slip.letters, candidate.letters, end, most: limit)
                else { continue }
                if best.map({ (distance, length) < ($0.distance, $0.word.count) }) ?? true {
                    best = (distance, candidate.letters)
                }
            }
        }
        return best.map { String(decoding: $0.word, as: UTF8.self) }
    }

    /// Where a word ends in a known one, the slip is in what stands before: "rengørrings" and
    /// "rengørings" are one slip apart, "social" and "special" are two words.
    private func distance(_ word: [UInt8], _ candidate: [UInt8], _ end: Int, most: Int) -> Int? {
        guard end > 0 else { return Slips.distance(word, candidate, most: most) }
        let front = Array(word.dropLast(end))
        let other = Array(candidate.dropLast(end))
        guard candidate.suffix(end).elementsEqual(word.suffix(end)), front.count >= 6 else {
            return nil
        }
        return Slips.distance(front, other, most: 1)
    }

    /// How many bytes at the word's end are a word of the taxonomy; 0 for none.
    private func knownEnd(_ word: String) -> Int {
        let bytes = Array(word.utf8)
        for start in 2..<max(2, bytes.count - 3) where bytes[start] & 0xC0 != 0x80 {
            if words.contains(String(decoding: bytes[start...], as: UTF8.self)) {
                return bytes.count - start
            }
        }
        return 0
    }
}

enum Slips {
    /// Letters put in, left out, exchanged, or swapped with a neighbour; nil when more than
    /// `most`. O(letters²).
    static func distance(_ a: [UInt8], _ b: [UInt8], most: Int) -> Int? {
        guard !a.isEmpty, !b.isEmpty, abs(a.count - b.count) <= most else { return nil }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            row.reserveCapacity(b.count + 1)
            for j in 1...b.count {
                var cost = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                cost = min(cost, last[j] + 1, row[j - 1] + 1)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, before[j - 2] + 1)
                }
                row.append(cost)
            }
            if row.allSatisfy({ $0 > most }) { return nil }
            before = last
            last = row
        }
        return last[b.count] <= most ? last[b.count] : nil
    }
}
