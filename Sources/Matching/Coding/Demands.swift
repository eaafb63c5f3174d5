/// What a text says of the skills it names: the words around them that ask, wish or deny.
struct Demands {
    private struct Cue {
        var demand: Demand
        /// The words that it is written with.
        var words: Range<Int>
        var direction: Direction
    }

    private enum Direction {
        /// What comes after it in the stretch between commas: "uden kørekort".
        case after
        /// What comes before it: "kørekort er ikke et krav".
        case before
        /// The stretch between commas that it stands in, or the whole stretch up to "men".
        case around
    }

    private let words: [Word]
    private let clauses: Clauses
    /// In the order of the text.
    private var cues: [Cue] = []
    /// By stretch between commas: its first word, and whether a skill or title stands in it.
    private var firstWord: [Int] = []
    private var hasItem: [Bool] = []
    /// How many words away a cue may be.
    private static let reach = 40

    /// `occupied` are the words that skills and titles were found in. O(words).
    init(_ words: [Word], _ clauses: Clauses, occupied: [Bool]) {
        self.words = words
        self.clauses = clauses
        var taken = Array(repeating: false, count: words.count)
        for index in words.indices {
            while firstWord.count <= clauses.part[index] {
                firstWord.append(index)
                hasItem.append(false)
            }
            if occupied[index] { hasItem[clauses.part[index]] = true }
        }
        for (pattern, demand, direction) in Self.patterns {
            for start in words.indices where matches(pattern, at: start) {
                let range = start..<start + pattern.count
                if range.contains(where: { taken[$0] }) { continue }
                for index in range { taken[index] = true }
                cues.append(Cue(demand: demand, words: range, direction: direction))
            }
        }
        cues.sort { $0.words.lowerBound < $1.words.lowerBound }
    }

    /// Longer patterns first: a word belongs to one cue only.
    private static let patterns: [([String], Demand, Direction)] = {
        let texts: [(String, Demand, Direction)] = [
            ("en fordel men ikke et krav", .nice, .around),
            ("en fordel men ikke nødvendigt", .nice, .around),
            ("en fordel men ingen betingelse", .nice, .around),
            ("fordel men ikke krav", .nice, .around),
            ("ikke et krav men en fordel", .nice, .around),
            ("ikke et krav men et plus", .nice, .around),
            ("er ikke et krav", .negated, .before), ("er ikke noget krav", .negated, .before),
            ("er ikke krav", .negated, .before), ("ikke et krav", .negated, .before),
            ("er ikke et must", .negated, .before), ("er ikke nødvendigt", .negated, .before),
            ("er ikke nødvendig", .negated, .before), ("ikke nødvendigt", .negated, .before),
            ("ikke nødvendig", .negated, .before), ("er ingen betingelse", .negated, .before),
            ("ingen betingelse", .negated, .before), ("kræves ikke", .negated, .before),
            ("er ikke en betingelse", .negated, .before), ("ikke påkrævet", .negated, .before),
            ("er ikke afgørende", .negated, .before), ("er nødvendig i", .must, .around),
            ("behøver du ikke", .negated, .before), ("har jeg ikke", .negated, .before),
            ("har ikke", .negated, .after), ("kan ikke", .negated, .after),
            ("kræver ikke", .negated, .after), ("kræver vi ikke", .negated, .after),
            ("behøver ikke", .negated, .after), ("forventer ikke", .negated, .after),
            ("stiller ikke krav om", .negated, .after), ("ingen krav om", .negated, .after),
            ("ikke krav om", .negated, .after), ("ikke krav til", .negated, .after),
            ("ingen krav til", .negated, .after), ("uden", .negated, .after),
            ("ingen", .negated, .after), ("hverken", .negated, .after),
            ("mistet", .negated, .after), ("mangler", .negated, .after),
            ("fordel", .nice, .around), ("plus", .nice, .around), ("bonus", .nice, .around),
            ("gerne med", .nice, .after), ("gerne", .nice, .after),
            ("ønskeligt", .nice, .around), ("ønskelig", .nice, .around),
            ("optimalt", .nice, .around), ("vægtes højt", .nice, .around),
            ("interesse for", .nice, .after), ("velkommen", .nice, .around),
            ("krav", .must, .around), ("must", .must, .around), ("skal", .must, .after),
            ("kræver", .must, .after), ("kræves", .must, .around),
            ("nødvendig", .must, .around), ("nødvendigt", .must, .around),
            ("påkrævet", .must, .around), ("forudsætning", .must, .around),
            ("betingelse", .must, .around), ("forventer", .must, .after),
            ("forventes", .must, .around), ("obligatorisk", .must, .around),
        ]
        return texts.map { ($0.split(separator: " ").map { Folding.folded($0) }, $1, $2) }
            .sorted { $0.0.count > $1.0.count }
    }()

    private func matches(_ pattern: [String], at start: Int) -> Bool {
        guard start + pattern.count <= words.count else { return false }
        return pattern.indices.allSatisfy { words[start + $0].text == pattern[$0] }
            && clauses.sentence[start] == clauses.sentence[start + pattern.count - 1]
    }

    /// What the text says of the words from `start` to `end`. O(log cues).
    func demand(from start: Int, to end: Int) -> Demand {
        var strongest: Demand = .stated
        var index = firstCue(atOrAfter: start - Self.reach)
        while index < cues.count, cues[index].words.lowerBound <= end + Self.reach {
            let cue = cues[index]
            index += 1
            guard reaches(cue, start, end) else { continue }
            switch cue.demand {
            case .negated: return .negated
            case .nice: strongest = .nice
            case .must: if strongest == .stated { strongest = .must }
            case .stated: break
            }
        }
        return strongest
    }

    private func firstCue(atOrAfter word: Int) -> Int {
        var (low, high) = (0, cues.count)
        while low < high {
            let middle = (low + high) / 2
            if cues[middle].words.lowerBound < word { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func reaches(_ cue: Cue, _ start: Int, _ end: Int) -> Bool {
        let at = cue.words.lowerBound
        guard clauses.turn[at] == clauses.turn[start] else { return false }
        let samePart =
            clauses.part[cue.words.upperBound - 1] == clauses.part[start]
            || clauses.part[at] == clauses.part[start]
        let isBare = !hasItem[clauses.part[at]]
        switch cue.direction {
        case .after: return start >= cue.words.upperBound && (samePart || cue.demand == .must)
        case .before: return end <= at && (samePart || isBare)
        case .around: return samePart || isBare && isLinked(cue, start)
        }
    }

    /// A stretch without an item of its own speaks of its neighbour: of the next one, when
    /// that begins with "hvis" or "at", or else of the one before.
    private func isLinked(_ cue: Cue, _ start: Int) -> Bool {
        let part = clauses.part[cue.words.upperBound - 1]
        if part + 1 < firstWord.count {
            let next = firstWord[part + 1]
            if clauses.turn[next] == clauses.turn[cue.words.lowerBound],
                ["hvis", "at", "om", "naar"].contains(words[next].text)
            {
                return clauses.part[start] == part + 1
            }
        }
        return clauses.part[start] == part - 1
            && ["det", "men", "hvilket", "som", "dette", "er"].contains(words[firstWord[part]].text)
    }
}
