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
        /// The best label by the beginnings of words, and all labels by the parts
        /// that stand in for the title's.
        public var beginningsInLabel: Float = 0.5
        public var relatedParts: Float = 0.5
        /// How steeply rarity tells; beginnings are weighed as letters are.
        public var rarityOfLetters: Float = 1.5
        public var rarityOfParts: Float = 1
        /// How steeply it tells that a concept's other names have a feature, too.
        public var stayingOfLetters: Float = 0.75
        public var stayingOfParts: Float = 0
        /// How many concepts found first the second step looks at.
        public var secondStep = 5

        public init() {}

        /// The score of what is like the title in all these ways.
        var whole: Float {
            lettersInLabel + partsInLabel + lettersInConcept + partsInConcept
                + lettersInSecondStep + partsInSecondStep + beginningsInLabel + relatedParts
        }
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
    private let beginnings: FeatureSpace
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
            concepts: concepts.count, rarity: weights.rarityOfParts,
            staying: weights.stayingOfParts, related: true)
        beginnings = FeatureSpace(
            features: readings.map(TitleIndex.beginnings), concept: conceptOf,
            concepts: concepts.count, rarity: weights.rarityOfLetters,
            staying: weights.stayingOfLetters)
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

    /// The first three to eleven letters of each word: what comes first in a compound
    /// tells trades apart, and what comes last is the same for many.
    private static func beginnings(_ reading: TitleReading) -> [UInt64] {
        var keys: [UInt64] = []
        for word in reading.words {
            let letters = Array(word.unicodeScalars)
            for end in 3..<max(3, min(12, letters.count + 1)) {
                let key = PartKey.of(letters[..<end])
                if !keys.contains(key) { keys.append(key) }
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
        let (scores, best) = scored(title, reading)
        return TitleIndex.nearest(max(0, top), scores).enumerated().map { place, concept in
            let label = labels[best[concept]]
            return Ranked(
                concept: concepts[concept], element: label.id, label: label.text,
                rank: place + 1, score: Double(scores[concept]),
                reasons: explained ? reasons(reading, readings[best[concept]], concept) : [])
        }
    }

    /// Each concept's score and its best label.
    private func scored(
        _ title: String, _ reading: TitleReading
    ) -> (scores: [Float], best: [Int]) {
        var (scores, best) = likeness(reading)
        for concept in scores.indices where repeats.contains(concepts[concept]) {
            scores[concept] /= 10
        }
        let named = exact[Folding.folded(title)] ?? []
        for concept in reading.stems.isEmpty ? [] : Set(sameTitle[reading.sameTitle] ?? []) {
            guard !repeats.contains(concepts[concept]) else { continue }
            scores[concept] += several.contains(concepts[concept]) ? 3 : 1
            scores[concept] += named.contains(concepts[concept]) ? 1 : 0
        }
        return (scores, best)
    }

    /// The concepts with the highest scores above 0, the highest first, at most `count`.
    private static func nearest(_ count: Int, _ scores: [Float]) -> [Int] {
        guard count <= 50 else {
            let found = scores.indices.filter { scores[$0] > 0 }
            let order = found.sorted {
                scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 > $1
            }
            return Array(order.prefix(count))
        }
        // A few are found without sorting all.
        var first: [Int] = []
        for concept in scores.indices where scores[concept] > 0 {
            if first.count == count, let last = first.last, scores[last] > scores[concept] {
                continue
            }
            let place = first.firstIndex { scores[$0] <= scores[concept] } ?? first.count
            first.insert(concept, at: place)
            if first.count > count { first.removeLast() }
        }
        return first
    }

    /// How like a title each concept is, 0 to 1, and which of its labels is most like it.
    private func likeness(_ reading: TitleReading) -> (scores: [Float], best: [Int]) {
        let letterKeys = TitleIndex.runsOfLetters(reading)
        let partKeys = TitleIndex.stemKeys(reading)
        let letters = self.letters.similarities(toLabels: letterKeys)
        let parts = self.parts.similarities(toLabels: partKeys)
        let beginnings = self.beginnings.similarities(
            toLabels: TitleIndex.beginnings(reading))
        var best = labelsOf.map { $0[0] }
        var bestLetters = [Float](repeating: 0, count: concepts.count)
        var bestParts = bestLetters
        var bestBeginnings = bestLetters
        var bestLabel = [Float](repeating: -1, count: concepts.count)
        for label in labels.indices {
            let concept = conceptOf[label]
            bestLetters[concept] = max(bestLetters[concept], letters[label])
            bestParts[concept] = max(bestParts[concept], parts[label])
            bestBeginnings[concept] = max(bestBeginnings[concept], beginnings[label])
            let both =
                weights.lettersInLabel * letters[label] + weights.partsInLabel * parts[label]
            if both > bestLabel[concept] {
                bestLabel[concept] = both
                best[concept] = label
            }
        }
        let lettersOfAll = self.letters.similarities(toConcepts: letterKeys)
        let partsOfAll = self.parts.similarities(toConcepts: partKeys)
        var scores = concepts.indices.map { concept in
            weights.lettersInLabel * bestLetters[concept] + weights.partsInLabel
                * bestParts[concept]
                + weights.lettersInConcept * lettersOfAll[concept]
                + weights.partsInConcept * partsOfAll[concept]
        }
        addSecondStep(&scores)
        let related = self.parts.similarities(toRelated: partKeys)
        for concept in scores.indices {
            scores[concept] += weights.beginningsInLabel * bestBeginnings[concept]
            scores[concept] += weights.relatedParts * related[concept]
            scores[concept] /= weights.whole
        }
        return (scores, best)
    }

    /// The concepts found first lend their other names: what is like them is
    /// likelier to be meant.
    private func addSecondStep(_ scores: inout [Float]) {
        guard weights.lettersInSecondStep > 0 || weights.partsInSecondStep > 0 else { return }
        let first = TitleIndex.nearest(weights.secondStep, scores)
            .map { (concept: $0, weight: scores[$0] * scores[$0] * scores[$0]) }
        guard !first.isEmpty else { return }
        let letters = self.letters.similarities(toFound: first)
        let parts = self.parts.similarities(toFound: first)
        for concept in scores.indices {
            scores[concept] +=
                weights.lettersInSecondStep * letters[concept]
                + weights.partsInSecondStep * parts[concept]
        }
    }
}
