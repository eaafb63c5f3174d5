/// Where the sentences of a text end, so that "ikke" is taken for what it belongs to.
struct Clauses {
    /// By word: the sentence, the stretch between "men" and "men", and the stretch between
    /// commas, each counted from the text's beginning.
    private(set) var sentence: [Int] = []
    private(set) var turn: [Int] = []
    private(set) var part: [Int] = []

    init(_ words: [Word], _ bytes: [UInt8]) {
        var counts = (sentence: 0, turn: 0, part: 0)
        var end = 0
        for (index, word) in words.enumerated() {
            let gap = bytes[min(end, word.place.lowerBound)..<word.place.lowerBound]
            end = word.place.upperBound
            let next = index + 1 < words.count ? words[index + 1].text : ""
            if Clauses.endsSentence(gap, before: bytes[word.place.lowerBound...].first) {
                counts = (counts.sentence + 1, counts.turn + 1, counts.part + 1)
            } else if (word.text == "men" || word.text == "dog")
                && !["ikke", "intet", "ingen"].contains(next)
            {
                counts.turn += 1
                counts.part += 1
            } else if gap.contains(UInt8(ascii: ",")) || gap.contains(UInt8(ascii: "(")) {
                counts.part += 1
            }
            sentence.append(counts.sentence)
            turn.append(counts.turn)
            part.append(counts.part)
        }
    }

    private static func endsSentence(_ gap: ArraySlice<UInt8>, before next: UInt8?) -> Bool {
        if gap.contains(where: { $0 == 33 || $0 == 63 || $0 == 59 }) { return true }
        let lines = gap.count { $0 == 10 }
        // A line that goes on in small letters was only broken.
        let goesOn =
            gap.allSatisfy { $0 == 10 || $0 == 13 || $0 == 32 || $0 == 44 }
            && next.map { (97...122).contains($0) } ?? false
        if lines > 1 || lines == 1 && !goesOn { return true }
        guard let dot = gap.firstIndex(of: UInt8(ascii: ".")), dot + 1 < gap.endIndex else {
            return false
        }
        // "ca. 37" and "kl. 12" go on; a new sentence begins with a capital.
        return next.map { (65...90).contains($0) || $0 >= 0xC3 } ?? true
    }
}
