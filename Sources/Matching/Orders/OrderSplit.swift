/// Finds where a second advert begins in a text that was copied together, and which titles the
/// text seeks.
struct OrderSplit {
    /// The byte at which the second one begins; nil when there is one advert.
    let second: Int?
    /// The titles in sentences that seek someone, in the text's order.
    let sought: [Found]

    /// O(words + titles).
    init(_ order: OrderText, _ coding: Coding, _ taxonomy: Taxonomy) {
        var seeking: Set<Int> = []
        var sentences: [Int: Int] = [:]
        for index in order.words.indices {
            sentences[order.words[index].place.lowerBound] = order.clauses.sentence[index]
            if order.length(of: "seek", at: index) != nil {
                seeking.insert(order.clauses.sentence[index])
            }
        }
        sought = coding.occupations.filter { found in
            sentences[found.place.lowerBound].map(seeking.contains) ?? false
        }
        second = OrderSplit.repetition(order) ?? OrderSplit.another(order, sought, taxonomy)
    }

    /// The beginning of the text once more: its first sentence, or forty words of it.
    private static func repetition(_ order: OrderText) -> Int? {
        let sentence = order.clauses.sentence.prefix { $0 == order.clauses.sentence.first }.count
        let length = min(sentence, 40)
        guard length >= 4, order.words.count >= 2 * length else { return nil }
        let first = order.words[..<length].map(\.text)
        for start in length...(order.words.count - length)
        where order.words[start].text == first[0]
            && zip(first, order.words[start...]).allSatisfy({ $0 == $1.text })
        {
            return order.words[start].place.lowerBound
        }
        return nil
    }

    /// The paragraph with a sought occupation of another kind than the first.
    private static func another(
        _ order: OrderText, _ sought: [Found], _ taxonomy: Taxonomy
    ) -> Int? {
        guard let first = sought.first, let group = taxonomy.occupation(first.id)?.isco.prefix(2)
        else { return nil }
        let starts = paragraphs(order.bytes).filter { $0 > first.place.upperBound }
        for other in sought.dropFirst() where other.place.lowerBound > first.place.upperBound + 60 {
            guard let isco = taxonomy.occupation(other.id)?.isco, isco.prefix(2) != group else {
                continue
            }
            if let start = starts.last(where: { $0 <= other.place.lowerBound }) { return start }
        }
        return nil
    }

    /// Where lines begin after a blank line or a line of hyphens, stars or the like.
    private static func paragraphs(_ bytes: [UInt8]) -> [Int] {
        var starts: [Int] = []
        var before: UInt8 = 10
        for (index, byte) in bytes.enumerated() {
            if byte == 10, [10, 45, 61, 42, 95].contains(before) { starts.append(index + 1) }
            if byte != 32, byte != 13, byte != 9 { before = byte }
        }
        return starts
    }
}
