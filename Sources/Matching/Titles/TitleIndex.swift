import Foundation

/// The labels of a taxonomy, ready to be ranked for job titles.
///
/// Nothing but the labels is known: their words, the parts of their words, which
/// labels name the same concept, and how rare each of these is.
public struct TitleIndex: Sendable {
    /// A label of the taxonomy.
    public struct Label: Hashable, Sendable {
        /// The label's own id.
        public var id: String
        /// The id of the concept that it names.
        public var concept: String
        public var text: String

        public init(id: String, concept: String, text: String) {
            self.id = id
            self.concept = concept
            self.text = text
        }
    }

    /// What counts how much. All languages share the same.
    public struct Weights: Hashable, Sendable {
        /// The best label and all labels together, by runs of letters and by parts of words.
        public var lettersInLabel: Float = 1
        public var partsInLabel: Float = 0.5
        public var lettersInConcept: Float = 1
        public var partsInConcept: Float = 0.5
        /// Likeness to the concepts found first.
        public var lettersInSecondStep: Float = 0.5
        public var partsInSecondStep: Float = 0.25
        /// How steeply rarity tells.
        public var rarityOfLetters: Float = 1.5
        public var rarityOfParts: Float = 1
        /// How steeply it tells that a concept's other names have a feature, too.
        public var stayingOfLetters: Float = 0.75
        public var stayingOfParts: Float = 0
        /// How many concepts found first the second step looks at.
        public var secondStep = 5

        public init() {}
    }

    let labels: [Label]
    let concepts: [String]
    let labelsOf: [[Int]]
    let readings: [TitleReading]
    private let conceptOf: [Int]
    private let repeats: Set<String>
    /// The concepts with more than one name, those that read alike counted apart.
    private let several: Set<String>
    private let exact: [String: Set<String>]
    private let sameTitle: [[String]: [Int]]
    private let letters: FeatureSpace
    private let parts: FeatureSpace
    private let weights: Weights
    let reader: TitleReader

    /// Reads the labels. Their order makes no difference. O(n · l) for n labels of
    /// l letters; 20,000 labels take about a second.
    public init(labels: [Label], weights: Weights = Weights()) {
        self.weights = weights
        // In the order of their texts within a concept, so that no file's order tells.
        let all = labels.sorted { ($0.concept, $0.text, $0.id) < ($1.concept, $1.text, $1.id) }
        reader = TitleReader(labels: all.map(\.text))
        (repeats, exact) = TitleIndex.names(all)
        several = Set(
            zip(all, all.dropFirst()).filter { $0.concept == $1.concept }.map(\.0.concept))
        var labels: [Label] = []
        var readings: [TitleReading] = []
        // Names of one concept that read alike ("Lehrer", "Lehrerin") count once.
        var met: Set<[String]> = []
        for label in all {
            if labels.last?.concept != label.concept { met = [] }
            let reading = reader.read(label.text)
            guard met.insert(reading.words.sorted()).inserted else { continue }
            labels.append(label)
            readings.append(reading)
        }
        self.labels = labels
        self.readings = readings
        var concepts: [String] = []
        var conceptOf: [Int] = []
        var labelsOf: [[Int]] = []
        for (place, label) in labels.enumerated() {
            if concepts.last != label.concept {
                concepts.append(label.concept)
                labelsOf.append([])
            }
            conceptOf.append(concepts.count - 1)
            labelsOf[concepts.count - 1].append(place)
        }
        self.concepts = concepts
        self.conceptOf = conceptOf
        self.labelsOf = labelsOf
        var sameTitle: [[String]: [Int]] = [:]
        for (place, reading) in readings.enumerated() {
            sameTitle[reading.sameTitle, default: []].append(conceptOf[place])
        }
        self.sameTitle = sameTitle
        letters = FeatureSpace(
            features: readings.map(TitleIndex.runsOfLetters), concept: conceptOf,
            concepts: concepts.count, rarity: weights.rarityOfLetters,
            staying: weights.stayingOfLetters)
        parts = FeatureSpace(
            features: readings.map(TitleIndex.stemKeys), concept: conceptOf,
            concepts: concepts.count, rarity: weights.rarityOfParts, staying: weights.stayingOfParts
        )
    }

    /// The concepts whose names all stand at a later concept, too (in a taxonomy
    /// that goes from the wide to the narrow, the same heading once more), and the
    /// concepts with each name.
    private static func names(_ labels: [Label]) -> (Set<String>, [String: Set<String>]) {
        var names: [String: Set<String>] = [:]
        var exact: [String: Set<String>] = [:]
        for label in labels {
            let name = Folding.folded(label.text)
            names[label.concept, default: []].insert(name)
            exact[name, default: []].insert(label.concept)
        }
        var seen: Set<Set<String>> = []
        var repeats: Set<String> = []
        for (concept, own) in names.sorted(by: { $0.key > $1.key }) {
            if !seen.insert(own).inserted { repeats.insert(concept) }
        }
        return (repeats, exact)
    }
}

extension TitleIndex {
    /// Runs of two to five letters, with the beginning and the end of the word.
    private static func runsOfLetters(_ reading: TitleReading) -> [UInt64] {
        var keys: [UInt64] = []
        var seen: Set<UInt64> = []
        for word in reading.words {
            let letters = [" "] + Array(word.unicodeScalars) + [" "]
            for start in letters.indices.dropLast() {
                var key = PartKey()
                key.append(letters[start])
                for end in (start + 1)..<min(start + 5, letters.count) {
                    key.append(letters[end])
                    if seen.insert(key.value).inserted { keys.append(key.value) }
                }
            }
        }
        return keys
    }

    private static func stemKeys(_ reading: TitleReading) -> [UInt64] {
        reading.stems.map { PartKey.of(Array($0.unicodeScalars)[...]) }
    }

    /// The concepts nearest to a title, the nearest first, at most `top` of them.
    ///
    /// A title that a concept has, but for inflection, gender and the order of its
    /// words, comes first; of several such concepts those with more than one name
    /// (a taxonomy's headings have one). Ties go to the later id, which is the
    /// narrower one where a taxonomy numbers from the wide to the narrow.
    /// - Parameter explained: without reasons, long lists are quicker.
    public func rank(_ title: String, top: Int, explained: Bool = true) -> [Ranked] {
        let reading = reader.read(title)
        let (order, scores, best) = order(title, reading)
        return order.prefix(max(0, top)).enumerated().map { place, concept in
            let label = labels[best[concept]]
            return Ranked(
                concept: concepts[concept], element: label.id, label: label.text,
                rank: place + 1, score: Double(scores[concept]),
                reasons: explained ? reasons(reading, readings[best[concept]], concept) : [])
        }
    }

    /// The concepts that have anything in common with a title, nearest first, with
    /// each concept's score and its best label.
    private func order(
        _ title: String, _ reading: TitleReading
    ) -> (order: [Int], scores: [Float], best: [Int]) {
        let letters = self.letters.similarities(TitleIndex.runsOfLetters(reading))
        let parts = self.parts.similarities(TitleIndex.stemKeys(reading))
        var best = labelsOf.map { $0[0] }
        var bestLetters = [Float](repeating: 0, count: concepts.count)
        var bestParts = bestLetters
        var bestLabel = [Float](repeating: -1, count: concepts.count)
        for label in labels.indices {
            let concept = conceptOf[label]
            bestLetters[concept] = max(bestLetters[concept], letters.labels[label])
            bestParts[concept] = max(bestParts[concept], parts.labels[label])
            let both =
                weights.lettersInLabel * letters.labels[label]
                + weights.partsInLabel * parts.labels[label]
            if both > bestLabel[concept] {
                bestLabel[concept] = both
                best[concept] = label
            }
        }
        var scores = concepts.indices.map { concept in
            weights.lettersInLabel * bestLetters[concept] + weights.partsInLabel
                * bestParts[concept]
                + weights.lettersInConcept * letters.concepts[concept]
                + weights.partsInConcept * parts.concepts[concept]
        }
        addSecondStep(&scores)
        let whole =
            weights.lettersInLabel + weights.partsInLabel + weights.lettersInConcept
            + weights.partsInConcept + weights.lettersInSecondStep + weights.partsInSecondStep
        for concept in scores.indices {
            scores[concept] /= whole * (repeats.contains(concepts[concept]) ? 10 : 1)
        }
        let named = exact[Folding.folded(title)] ?? []
        for concept in reading.stems.isEmpty ? [] : Set(sameTitle[reading.sameTitle] ?? []) {
            guard !repeats.contains(concepts[concept]) else { continue }
            scores[concept] += several.contains(concepts[concept]) ? 3 : 1
            scores[concept] += named.contains(concepts[concept]) ? 1 : 0
        }
        let found = concepts.indices.filter { scores[$0] > 0 }
        let order = found.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 > $1 }
        return (order, scores, best)
    }

    /// The concepts found first lend their other names: what is like them is
    /// likelier to be meant.
    private func addSecondStep(_ scores: inout [Float]) {
        guard weights.lettersInSecondStep > 0 || weights.partsInSecondStep > 0 else { return }
        let found = scores
        let first = found.indices.filter { found[$0] > 0 }
            .sorted { found[$0] != found[$1] ? found[$0] > found[$1] : $0 > $1 }
            .prefix(weights.secondStep)
            .map { (concept: $0, weight: found[$0] * found[$0] * found[$0]) }
        guard !first.isEmpty else { return }
        let letters = self.letters.similarities(toConcepts: first)
        let parts = self.parts.similarities(toConcepts: first)
        for concept in scores.indices {
            scores[concept] +=
                weights.lettersInSecondStep * letters[concept]
                + weights.partsInSecondStep * parts[concept]
        }
    }
}
