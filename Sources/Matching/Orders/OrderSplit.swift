/// Finds where a second advert begins in a text that was copied together.
struct OrderSplit {
    /// The byte at which the second one begins; nil when there is one advert.
    let second: Int?

    init(_ order: OrderText, _ coding: Coding, _ taxonomy: Taxonomy) {
        second = OrderSplit.repetition(order) ?? OrderSplit.another(order, coding, taxonomy)
    }

    /// The text's first sentence once more.
    private static func repetition(_ order: OrderText) -> Int? {
        let length = order.clauses.sentence.prefix { $0 == order.clauses.sentence.first }.count
        guard length >= 4, order.words.count > 2 * length else { return nil }
        let first = order.words[..<length].map(\.text)
        for start in length...(order.words.count - length)
        where order.words[start].text == first[0]
            && zip(first, order.words[start...]).allSatisfy({ $0 == $1.text })
        {
            return order.words[start].place.lowerBound
        }
        return nil
    }

    /// An occupation of another kind that is sought in a paragraph of its own.
    private static func another(
        _ order: OrderText, _ coding: Coding, _ taxonomy: Taxonomy
    ) -> Int? {
        let sought = coding.occupations.filter { isSought($0, order) }
        guard let first = sought.first, let group = taxonomy.occupation(first.id)?.isco.prefix(2)
        else { return nil }
        for other in sought.dropFirst() where other.place.lowerBound > first.place.upperBound + 60 {
            guard let isco = taxonomy.occupation(other.id)?.isco, isco.prefix(2) != group,
                let start = paragraph(before: other.place.lowerBound, after: first, order)
            else { continue }
            return start
        }
        return nil
    }

    /// The beginning of the paragraph that a byte stands in, when one begins after the first
    /// occupation.
    private static func paragraph(
        before offset: Int, after first: Found, _ order: OrderText
    ) -> Int? {
        var index = offset - 1
        while index > first.place.upperBound {
            if order.bytes[index] == 10 {
                let before = order.bytes[..<index].last { $0 != 32 && $0 != 13 && $0 != 9 }
                if before == 10 || before == 45 || before == 61 || before == 42 || before == 95 {
                    return index + 1
                }
            }
            index -= 1
        }
        return nil
    }

    /// The sentence seeks someone, or it is the heading of the text.
    static func isSought(_ found: Found, _ order: OrderText) -> Bool {
        guard
            let index = order.words.firstIndex(where: {
                $0.place.lowerBound == found.place.lowerBound
            })
        else { return false }
        let sentence = order.clauses.sentence[index]
        return order.words.indices.contains {
            order.clauses.sentence[$0] == sentence && order.length(of: "seek", at: $0) != nil
        }
    }
}
