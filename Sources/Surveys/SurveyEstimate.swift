import Registry

/// What a wave's answers say about everybody who could have been asked.
public struct SurveyEstimate: Hashable, Sendable {
    /// No figure rests on fewer answers.
    public static let leastAnswers = 10
    /// No words are shown where fewer have answered.
    public static let leastForWords = 20
    /// Strata with fewer answers are joined before they are weighted.
    public static let leastInWeight = 20

    /// One answer: the place of its stratum, and the scores by theme, nil for "do not know".
    public struct Answer: Hashable, Sendable {
        public var stratum: Int
        public var scores: [Int?]
        public init(stratum: Int, scores: [Int?]) {
            self.stratum = stratum
            self.scores = scores
        }
    }

    /// A share with its interval of 95 per cent, all from 0 to 1.
    public struct Share: Hashable, Sendable {
        public var value: Double
        public var low: Double
        public var high: Double

        public init(value: Double, low: Double, high: Double) {
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The satisfied of one theme: scores 4 and 5 of those who gave one.
    public struct Theme: Hashable, Sendable {
        public var theme: SurveyTheme
        /// Those who gave a score.
        public var scored: Int
        /// Those who said they do not know.
        public var unknown: Int
        /// Weighted and as answered; nil below `leastAnswers`.
        public var weighted: Share?
        public var unweighted: Share?
        /// How many answers that all weigh the same would say as much: (Σw)²/Σw².
        public var effective: Double
    }

    /// Strata that are weighted together.
    public struct Group: Hashable, Sendable {
        public var cells: [SurveyCell]
        public var frame: Int
        public var drawn: Int
        public var answered: Int
        /// How many of the frame each answer stands for, on average.
        public var weight: Double { answered == 0 ? 0 : Double(frame) / Double(answered) }
    }

    public let frame: Int
    public let invited: Int
    public let answered: Int
    /// In the order of `SurveyTheme`.
    public let themes: [Theme]
    public let groups: [Group]

    /// Answers are weighted by how many were asked of how many, and up to the frame within the
    /// groups that they are joined to (efterstratificering). O(answers).
    public init(_ strata: SurveyStrata, _ answers: [Answer]) {
        let answers = answers.filter { strata.all.indices.contains($0.stratum) }
        var counts = [Int](repeating: 0, count: strata.all.count)
        for answer in answers { counts[answer.stratum] += 1 }
        let joined = Joining.joined(
            zip(strata.all, counts).map { (cells: $0.cells, count: $1) },
            least: Self.leastInWeight)
        groups = joined.map { group in
            Group(
                cells: group.cells, frame: group.places.reduce(0) { $0 + strata.all[$1].frame },
                drawn: group.places.reduce(0) { $0 + strata.all[$1].drawn },
                answered: group.count)
        }
        let weights = Self.weights(strata, counts, joined)
        let frame = strata.all.reduce(0) { $0 + $1.frame }
        self.frame = frame
        invited = strata.all.reduce(0) { $0 + $1.drawn }
        answered = answers.count
        themes = SurveyTheme.allCases.enumerated().map { place, theme in
            Self.theme(theme, place, answers, weights, frame)
        }
    }

    /// The weight of an answer by its stratum: the design weight, raised to the frame of the
    /// group.
    private static func weights(
        _ strata: SurveyStrata, _ counts: [Int], _ joined: [JoinedCells]
    ) -> [Double] {
        let design = strata.all.map { $0.drawn == 0 ? 0 : Double($0.frame) / Double($0.drawn) }
        var weights = [Double](repeating: 0, count: strata.all.count)
        for group in joined {
            let frame = group.places.reduce(0.0) { $0 + Double(strata.all[$1].frame) }
            let stood = group.places.reduce(0.0) { $0 + design[$1] * Double(counts[$1]) }
            guard stood > 0 else { continue }
            for place in group.places { weights[place] = design[place] * frame / stood }
        }
        return weights
    }

    private static func theme(
        _ theme: SurveyTheme, _ place: Int, _ answers: [Answer], _ weights: [Double], _ frame: Int
    ) -> Theme {
        var scored = 0
        var satisfied = 0
        var (sum, squares, content) = (0.0, 0.0, 0.0)
        for answer in answers {
            guard answer.scores.indices.contains(place), let score = answer.scores[place] else {
                continue
            }
            let weight = weights[answer.stratum]
            scored += 1
            sum += weight
            squares += weight * weight
            guard score >= 4 else { continue }
            satisfied += 1
            content += weight
        }
        let effective = squares > 0 ? sum * sum / squares : 0
        var found = Theme(
            theme: theme, scored: scored, unknown: answers.count - scored, effective: effective)
        guard scored >= leastAnswers else { return found }
        found.weighted = share(content / sum, effective, of: frame)
        found.unweighted = share(
            Double(satisfied) / Double(scored), Double(scored), of: frame)
        return found
    }

    /// Wilson's interval of 95 per cent with the correction for a finite population: `n` answers
    /// of `population` say as much as n(N−1)/(N−n) of an endless one.
    public static func share(_ value: Double, _ n: Double, of population: Int) -> Share {
        let all = Double(population)
        guard n > 0, n < all else { return Share(value: value, low: value, high: value) }
        let effective = n * (all - 1) / (all - n)
        let z = 1.959963984540054
        let middle = (value + z * z / (2 * effective)) / (1 + z * z / effective)
        let half =
            z / (1 + z * z / effective)
            * (value * (1 - value) / effective + z * z / (4 * effective * effective))
            .squareRoot()
        return Share(value: value, low: max(0, middle - half), high: min(1, middle + half))
    }
}
