import Foundation

/// A title as it is compared.
struct TitleReading: Hashable, Sendable {
    /// The words that say something, each once, in the common gender.
    var words: [String]
    /// The parts of these words, each once, each as it stands in the title.
    var parts: [String]
    /// The stems of the parts, one for each part.
    var stems: [String]

    /// Alike for titles that differ by inflection, gender and order only.
    var sameTitle: [String] { Set(stems).sorted() }
}

/// Reads titles with what the labels teach about compounds and genders.
struct TitleReader: Sendable {
    private let genders: GenderForms
    private let splitter: CompoundSplitter
    /// For each stem the shortest form that the labels have of it. All forms are
    /// split as this one is.
    private let forms: [String: String]

    init(labels: [String]) {
        var vocabulary: Set<String> = []
        for label in labels {
            for word in Words.of(TitleReader.withoutGenderMarks(label)) {
                vocabulary.insert(word.text)
            }
        }
        let genders = GenderForms(vocabulary: vocabulary)
        self.genders = genders
        let words = Set(vocabulary.map(genders.common))
        splitter = CompoundSplitter(vocabulary: words)
        forms = Dictionary(
            words.map { (Inflection.stem($0), $0) },
            uniquingKeysWith: { ($0.utf8.count, $0) < ($1.utf8.count, $1) ? $0 : $1 })
    }

    func read(_ title: String) -> TitleReading {
        var reading = TitleReading(words: [], parts: [], stems: [])
        for word in Words.of(TitleReader.withoutGenderMarks(title)) {
            guard !Morphology.functionWords.contains(word.text) else { continue }
            let form = genders.common(word.text)
            guard !reading.words.contains(form) else { continue }
            reading.words.append(form)
            let shown = forms[Inflection.stem(form)] ?? form
            for part in splitter.parts(of: shown) {
                let stem = Inflection.stem(part.text)
                guard !reading.stems.contains(stem) else { continue }
                reading.parts.append(part.text)
                reading.stems.append(stem)
            }
        }
        return reading
    }

    /// Without "(m/w/d)" and the like, and with "Lehrer/-in", "Lehrer*in" and
    /// "LehrerIn" as "Lehrer".
    static func withoutGenderMarks(_ title: String) -> String {
        let letters = Array(title)
        var kept = ""
        var place = 0
        while place < letters.count {
            if let after = genderMark(letters, at: place) {
                place = after
            } else {
                kept.append(letters[place])
                place += 1
            }
        }
        return kept
    }

    private static let marks: [[Character]] = [
        "/-innen", "/innen", "*innen", ":innen", "_innen", "/-in", "/in", "*in", ":in", "_in",
    ].map(Array.init)

    /// The place after a mark of gender that begins at a place.
    private static func genderMark(_ letters: [Character], at place: Int) -> Int? {
        if letters[place] == "(" {
            guard let end = letters[place...].firstIndex(of: ")") else { return nil }
            let inside = letters[(place + 1)..<end].filter { $0 != "/" && $0 != " " && $0 != "," }
            let isMark =
                (2...4).contains(inside.count) && inside.allSatisfy { "mwdfkxi".contains($0) }
            return isMark && letters[place..<end].contains("/") ? end + 1 : nil
        }
        guard place > 0, letters[place - 1].isLowercase else { return nil }
        func isEnd(_ end: Int) -> Bool { end >= letters.count || !letters[end].isLetter }
        for mark in marks where letters[place...].starts(with: mark) && isEnd(place + mark.count) {
            return place + mark.count
        }
        for mark in ["Innen", "In"] where letters[place...].starts(with: mark) {
            if isEnd(place + mark.count) { return place + mark.count }
        }
        return nil
    }
}
