import Parameters

/// Finds the occupations and skills of a taxonomy in text as people write it (kodning).
///
/// Danish is read with its inflection, compounds, hanging hyphens, å and aa, abbreviations,
/// gendered titles, and small slips of the pen. Making one is O(wordings); it holds no state
/// and may be shared.
public struct TextCoder: Sendable {
    public let taxonomy: Taxonomy
    public let language: Language
    let words: LanguageWords
    private let vocabulary: Vocabulary
    private let forms: WordForms
    private let meeting: WordMeeting
    /// Small words that may stand between the words of a phrase.
    private static let longestGap = 3

    /// Reads the language's words from the files that ship with the program.
    public init(taxonomy: Taxonomy, language: Language = .da) throws(ParameterError) {
        self.taxonomy = taxonomy
        self.language = language
        words = language == .da ? try LanguageWords.danish() : LanguageWords([:])
        vocabulary = Vocabulary(taxonomy)
        forms = WordForms(language: language, irregular: words.irregular)
        meeting = WordMeeting(vocabulary: vocabulary, words: words, forms: forms)
    }

    /// The occupations and skills that the text names, in its order, with what it says of
    /// them. O(text) for a given taxonomy.
    public func code(_ text: String) -> Coding {
        var run = Run(text: text, words: Words.of(text))
        var index = 0
        while index < run.words.count {
            index = met(at: index, &run)
        }
        let demands = Demands(run.words, run.clauses, occupied: run.occupied)
        for place in run.skills.indices {
            let span = run.skillWords[place]
            run.skills[place].demand = demands.demand(
                from: span.lowerBound, to: span.upperBound)
        }
        var coding = Coding(occupations: run.occupations, skills: run.skills)
        settle(&coding)
        return coding
    }

    /// The text while it is read.
    private struct Run {
        let bytes: [UInt8]
        let words: [Word]
        let clauses: Clauses
        var occupied: [Bool]
        var occupations: [Found] = []
        var skills: [Found] = []
        /// By skill found: its words.
        var skillWords: [Range<Int>] = []

        init(text: String, words: [Word]) {
            bytes = Array(Folding.composed(text).utf8)
            self.words = words
            clauses = Clauses(words, bytes)
            occupied = Array(repeating: false, count: words.count)
        }

        /// Two neighbours of one sentence, or of a line that is broken between them.
        func isTogether(_ first: Int, _ second: Int) -> Bool {
            if clauses.sentence[first] == clauses.sentence[second] { return true }
            let gap = gap(after: first)
            return gap.count <= 2 && gap.allSatisfy { $0 == 10 || $0 == 32 || $0 == 13 }
                && gap.count { $0 == 10 } == 1
        }

        func gap(after index: Int) -> ArraySlice<UInt8> {
            guard index + 1 < words.count else { return [] }
            return bytes[words[index].place.upperBound..<words[index + 1].place.lowerBound]
        }
    }

    /// Takes what begins at this word; gives the index of the word to go on with.
    private func met(at index: Int, _ run: inout Run) -> Int {
        if let (phrase, end) = phrase(at: index, run) {
            take(
                WordMeeting.Met(
                    targets: [phrase], meeting: phrase.isAbbreviation ? .abbreviation : .exact),
                index..<end, &run)
            return end
        }
        if let joined = apart(at: index, run) {
            take(joined, index..<index + 2, &run)
            return index + 2
        }
        let word = run.words[index]
        if words.small.contains(word.text) { return index + 1 }
        // A "VVS-firma" is an employer and no skill.
        if run.gap(after: index).elementsEqual([45]), words.isEmployer(run.words[index + 1].text) {
            return index + 2
        }
        if word.leansOnLater, let later = later(than: index, run),
            let met = meeting.hanging(word.text, later)
        {
            take(met, index..<index + 1, &run)
            return index + 1
        }
        if isVerb(at: index, run) {
            if let verb = verb(at: index, run) { take(verb, index..<index + 1, &run) }
        } else if let met = meeting.exact(word.text) ?? meeting.inflected(word.text)
            ?? meeting.compound(word.text) ?? meeting.slip(word.text)
        {
            take(met, index..<index + 1, &run)
        }
        return index + 1
    }

    /// "Vi bager" and "du lapper og sælger" tell what is done, "vores bager" who does it.
    private func isVerb(at index: Int, _ run: Run) -> Bool {
        guard language == .da, run.words[index].text.hasSuffix("er") else { return false }
        var at = index
        while at > 0, index - at < 5 {
            let before = run.words[at - 1].text
            guard run.clauses.sentence[at - 1] == run.clauses.sentence[index] else { return false }
            if ["vi", "jeg", "du", "i", "der"].contains(before) { return true }
            // A verb beside a verb: "lapper og sælger", "potter, vander".
            let isListed =
                before == "og" || run.words[at].text == "og"
                || run.clauses.part[at - 1] != run.clauses.part[at]
            guard isListed, before == "og" || before.hasSuffix("er") && before != "er" else {
                return false
            }
            at -= 1
        }
        return false
    }

    private func verb(at index: Int, _ run: Run) -> WordMeeting.Met? {
        let skills = (vocabulary.single[String(run.words[index].text.dropLast())] ?? [])
            .filter { !$0.isOccupation }
        return skills.isEmpty ? nil : WordMeeting.Met(targets: skills, meeting: .inflected)
    }

    /// A colleague, a manager or whom to write to is not whom the text seeks.
    private func isAside(_ index: Int, _ run: Run) -> Bool {
        for pattern in words.aside {
            for gap in 0...1 {
                let start = index - gap - pattern.count
                guard start >= 0 else { continue }
                if zip(pattern, run.words[start...]).allSatisfy({ $0 == $1.text }) { return true }
            }
        }
        return false
    }

    // MARK: Several words

    /// The longest phrase that begins at this word.
    private func phrase(at index: Int, _ run: Run) -> (Vocabulary.Target, end: Int)? {
        var best: (Vocabulary.Target, end: Int)?
        let first = run.words[index].text
        for base in [first] + forms.bases(of: first) {
            for phrase in vocabulary.phrases[base] ?? [] {
                guard let end = end(of: phrase, after: index, run) else { continue }
                let isBetter =
                    best.map { best in
                        end > best.end
                            || end == best.end && phrase.target.isOccupation
                                && (phrase.target.isLabel || !best.0.isOccupation)
                    } ?? true
                if isBetter { best = (phrase.target, end) }
            }
        }
        return best
    }

    private func end(of phrase: Vocabulary.Phrase, after index: Int, _ run: Run) -> Int? {
        var at = index
        for wanted in phrase.rest {
            var gap = 0
            while true {
                at += 1
                guard at < run.words.count, run.isTogether(at - 1, at) else { return nil }
                let word = run.words[at].text
                if word == wanted || forms.bases(of: word).contains(wanted) { break }
                gap += 1
                guard gap <= Self.longestGap, words.small.contains(word), !phrase.target.isExact,
                    !phrase.target.isOccupation
                else { return nil }
            }
        }
        return at + 1
    }

    /// Two words that are usually written as one.
    private func apart(at index: Int, _ run: Run) -> WordMeeting.Met? {
        guard index + 1 < run.words.count else { return nil }
        let (first, second) = (run.words[index], run.words[index + 1])
        guard second.place.lowerBound - first.place.upperBound == 1, first.text.utf8.count >= 2,
            second.text.utf8.count >= 3, !words.small.contains(first.text),
            !words.small.contains(second.text),
            [32, 45].contains(run.bytes[first.place.upperBound])
        else { return nil }
        // "Butiksbestyrer inden for" is no "butiksbestyrerinde".
        if vocabulary.single[first.text]?.contains(where: \.isOccupation) == true { return nil }
        let whole = first.text + second.text
        guard let met = meeting.exact(whole) ?? meeting.inflected(whole) else { return nil }
        let targets = met.targets.filter { !$0.isExact }
        return targets.isEmpty ? nil : WordMeeting.Met(targets: targets, meeting: .writtenApart)
    }

    /// The word whose end a hanging hyphen leans on.
    private func later(than index: Int, _ run: Run) -> String? {
        run.words[(index + 1)...].prefix(4).first {
            !$0.leansOnLater && !words.links.contains($0.text)
        }?.text
    }

    // MARK: Taking what was met

    private func take(_ met: WordMeeting.Met, _ span: Range<Int>, _ run: inout Run) {
        let titles = met.targets.filter(\.isOccupation)
        if !titles.isEmpty, isAside(span.lowerBound, run) { return }
        // A word that is a title and a skill is the title.
        let targets = Self.nearest(titles.isEmpty ? met.targets : titles, taxonomy)
        let place =
            run.words[span.lowerBound].place
            .lowerBound..<run.words[span.upperBound - 1].place
            .upperBound
        let text = run.words[span].map(\.text).joined(separator: " ")
        for index in span { run.occupied[index] = true }
        for target in targets {
            let found = Found(
                id: target.isOccupation
                    ? taxonomy.occupations[target.index].id : taxonomy.skills[target.index].id,
                place: place, words: text, wording: target.wording,
                meeting: target.isAbbreviation && met.meeting == .inflected
                    ? .abbreviation : met.meeting,
                demand: .stated, alternatives: Array(target.meanings.dropFirst()))
            if target.isOccupation {
                run.occupations.append(found)
            } else {
                run.skills.append(found)
                run.skillWords.append(span)
            }
        }
    }

    /// An entry's own label is nearer than another's wording, and titles that are equally near
    /// are meanings of one.
    private static func nearest(
        _ targets: [Vocabulary.Target], _ taxonomy: Taxonomy
    ) -> [Vocabulary.Target] {
        guard targets.count > 1, var first = targets.first else { return targets }
        let labels = targets.filter(\.isLabel)
        let near = labels.isEmpty ? targets : labels
        guard near.count > 1, first.isOccupation else { return near }
        first = near[0]
        first.meanings = near.map { taxonomy.occupations[$0.index].id }
        return [first]
    }

    /// Chooses among the meanings of a title by the skills named beside it.
    private func settle(_ coding: inout Coding) {
        let named = Set(coding.skills.map(\.id))
        for index in coding.occupations.indices
        where !coding.occupations[index].alternatives.isEmpty {
            let found = coding.occupations[index]
            let meanings = [found.id] + found.alternatives
            let counts = meanings.map { id -> Int in
                guard let occupation = taxonomy.occupation(id) else { return 0 }
                return (occupation.essential + occupation.certificates).filter(named.contains).count
            }
            guard let most = counts.max(), let chosen = counts.firstIndex(of: most) else {
                continue
            }
            coding.occupations[index].id = meanings[chosen]
            coding.occupations[index].alternatives = meanings.filter { $0 != meanings[chosen] }
        }
    }
}
