/// Two sides made alike and compared.
struct Fitted {
    /// Those who began and have comparable others.
    let starters: [TrialEntry]
    let others: [TrialEntry]
    let overlap: TrialOverlap
    let comparison: WeightedComparison

    /// Nil when nobody is left on one of the sides.
    init?(
        _ candidates: [TrialEntry], _ others: [TrialEntry], _ trial: TrialProtocol,
        _ limits: TrialLimits
    ) {
        guard !candidates.isEmpty, others.count >= limits.comparable else { return nil }
        var pair = Pair(candidates, others, trial.traits)
        let comparable = pair.comparable(limits.comparable)
        guard !comparable.isEmpty else { return nil }
        // Left out, they change the weights of all others.
        if comparable.count < candidates.count { pair = Pair(comparable, others, trial.traits) }
        starters = pair.starters
        self.others = others
        comparison = WeightedComparison(
            starters: pair.starters, others: others, pair.balancing, pair.starterDesign,
            pair.otherDesign)
        overlap = TrialOverlap(
            withoutComparable: 0, effectiveOthers: pair.balancing.effectiveCount,
            balance: BalanceLine.lines(
                pair.starters, others, pair.balancing.weights, trial.traits))
    }

    /// Two sides with their weights.
    private struct Pair {
        let starters: [TrialEntry]
        let starterDesign: Design
        let otherDesign: Design
        let balancing: Balancing

        init(_ starters: [TrialEntry], _ others: [TrialEntry], _ traits: [TrialTrait]) {
            self.starters = starters
            let code = DesignCode(traits, starters + others)
            starterDesign = Design(starters, code)
            otherDesign = Design(others, code)
            balancing = Balancing(starters: starterDesign, others: otherDesign)
        }

        /// Those for whom as many as `count` of the others were at least half as likely to
        /// begin, by odds.
        func comparable(_ count: Int) -> [TrialEntry] {
            let reach = 0.693
            let scores = balancing.otherScores.sorted()
            guard scores.count >= count else { return [] }
            let bound = scores[scores.count - count] + reach
            return zip(starters, balancing.starterScores).filter { $0.1 <= bound }.map(\.0)
        }
    }
}

extension BalanceLine {
    /// A line for every level that somebody has, in the order of the traits.
    static func lines(
        _ starters: [TrialEntry], _ others: [TrialEntry], _ weights: [Double],
        _ traits: [TrialTrait]
    ) -> [BalanceLine] {
        let ones = Array(repeating: 1.0, count: max(starters.count, others.count))
        return traits.indices.flatMap { trait in
            let here = shares(starters, ones, trait)
            let before = shares(others, ones, trait)
            let after = shares(others, weights, trait)
            return Set(here.keys).union(before.keys).sorted().map { level in
                let (a, b, c) = (here[level] ?? 0, before[level] ?? 0, after[level] ?? 0)
                let spread = ((a * (1 - a) + b * (1 - b)) / 2).squareRoot()
                return BalanceLine(
                    trait: traits[trait], level: traits[trait].name(level),
                    count: Int((a * Double(starters.count)).rounded()), starters: a,
                    othersBefore: b, othersAfter: c,
                    differenceBefore: spread > 0 ? (a - b) / spread : 0,
                    differenceAfter: spread > 0 ? (a - c) / spread : 0)
            }
        }
    }

    private static func shares(
        _ entries: [TrialEntry], _ weights: [Double], _ trait: Int
    ) -> [Int: Double] {
        var sums: [Int: Double] = [:]
        var all = 0.0
        for (entry, weight) in zip(entries, weights) {
            sums[entry.levels[trait], default: 0] += weight
            all += weight
        }
        return all > 0 ? sums.mapValues { $0 / all } : sums
    }
}
