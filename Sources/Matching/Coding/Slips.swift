extension Vocabulary {
    /// The wording nearest to a word that is no known word: one slip of the pen away when it has
    /// six letters or more, two from ten. Nil when there is none. The first letter has to be
    /// right. O(wordings of about its length × its letters²).
    func nearest(to word: String) -> String? {
        let letters = Array(word.utf8)
        guard letters.count >= 6 else { return nil }
        let limit = letters.count >= 10 ? 2 : 1
        var best: (distance: Int, word: [UInt8])?
        for length in letters.count - limit...letters.count + limit {
            for candidate in slips[SlipKey(first: letters[0], length: length)] ?? [] {
                let most = min(limit, candidate.count >= 10 ? 2 : 1)
                guard let distance = Slips.distance(letters, candidate, most: most) else {
                    continue
                }
                if best.map({ (distance, candidate.count) < ($0.distance, $0.word.count) }) ?? true
                {
                    best = (distance, candidate)
                }
            }
        }
        return best.map { String(decoding: $0.word, as: UTF8.self) }
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
