import Chronology

/// Answers protocols from a register's facts. The same facts give the same answer.
///
/// Nobody gets a score: the weights say how those compared are counted, are thrown away with
/// the comparison, and no answer holds anything about one person.
public struct TrialEngine: Sendable {
    public var limits: TrialLimits

    public init(limits: TrialLimits = TrialLimits()) { self.limits = limits }

    /// The answer with what happened up to `asOf`. O(entries × traits²).
    public func answer(_ trial: TrialProtocol, _ facts: TrialFacts, asOf: Day) -> TrialAnswer {
        let cohort = TrialCohort(trial, facts, asOf: asOf)
        var flow = TrialFlow(cohort)
        var overlap = TrialOverlap(withoutComparable: 0, effectiveOthers: 0, balance: [])
        if let reason = tooFew(cohort) {
            return TrialAnswer(
                trial: trial, asOf: asOf, flow: flow, overlap: overlap, result: nil,
                verdict: .cannotTell(reason))
        }
        let all = cohort.starters.count
        let known = withComparableLevels(cohort, trial.traits)
        let others = likeSomebody(cohort.others, known, trial.traits)
        guard let fitted = Fitted(known, others, trial, limits) else {
            flow.withoutComparable = all
            overlap.withoutComparable = 1
            return TrialAnswer(
                trial: trial, asOf: asOf, flow: flow, overlap: overlap, result: nil,
                verdict: .cannotTell(.tooLittleOverlap))
        }
        flow.withoutComparable = all - fitted.starters.count
        flow.others = Set(others.map(\.person)).count
        flow.otherEntries = others.count
        overlap = fitted.overlap
        overlap.withoutComparable = Double(flow.withoutComparable) / Double(all)
        let comparison = fitted.comparison
        let result = TrialResult(
            starters: comparison.starters, expected: comparison.expected,
            difference: comparison.estimate,
            unadjusted: TrialEngine.mean(cohort.starters) - TrialEngine.mean(cohort.others))
        let doubt = doubt(fitted, overlap, trial)
        return TrialAnswer(
            trial: trial, asOf: asOf, flow: flow, overlap: overlap, result: result,
            verdict: doubt.map { .cannotTell($0) }
                ?? TrialVerdict(comparison.estimate, smallest: trial.smallestDifference))
    }

    private func tooFew(_ cohort: TrialCohort) -> CannotTell? {
        let persons = Set(cohort.starters.map(\.person)).count
        if persons == 0 { return cohort.waiting > 0 ? .followUpRunning : .nobodyBegan }
        return persons < limits.starters ? .tooFewStarters : nil
    }

    /// Those who began, less those with a level that hardly any of the others has.
    private func withComparableLevels(
        _ cohort: TrialCohort, _ traits: [TrialTrait]
    ) -> [TrialEntry] {
        var counts = Array(repeating: [Int: Int](), count: traits.count)
        for entry in cohort.others {
            for (trait, level) in entry.levels.enumerated() {
                counts[trait][level, default: 0] += 1
            }
        }
        return cohort.starters.filter { entry in
            entry.levels.enumerated().allSatisfy { trait, level in
                counts[trait][level] ?? 0 >= limits.comparable
            }
        }
    }

    /// The others, less those with a level that none of those who began has: they would count
    /// for nothing, and the weights' penalty lets them count for a little.
    private func likeSomebody(
        _ others: [TrialEntry], _ starters: [TrialEntry], _ traits: [TrialTrait]
    ) -> [TrialEntry] {
        let levels = traits.indices.map { trait in Set(starters.map { $0.levels[trait] }) }
        return others.filter { entry in
            entry.levels.enumerated().allSatisfy { levels[$0].contains($1) }
        }
    }

    /// What stands in the way of an answer, if anything.
    private func doubt(
        _ fitted: Fitted, _ overlap: TrialOverlap, _ trial: TrialProtocol
    ) -> CannotTell? {
        let persons = Set(fitted.starters.map(\.person)).count
        if overlap.withoutComparable > limits.withoutComparable
            || overlap.effectiveOthers < limits.effectiveOthers
        {
            return .tooLittleOverlap
        }
        if persons < limits.starters { return .tooFewStarters }
        if trial.outcome.isShare {
            for side in [fitted.starters, fitted.others] {
                let with = side.count { $0.outcome > 0 }
                if min(with, side.count - with) < limits.outcomes { return .tooFewOutcomes }
            }
        }
        return overlap.largestDifference > limits.difference ? .notAlike : nil
    }

    private static func mean(_ entries: [TrialEntry]) -> Double {
        entries.reduce(0) { $0 + $1.outcome } / Double(max(1, entries.count))
    }
}

extension TrialVerdict {
    /// What an interval says beside the smallest difference of interest.
    init(_ estimate: TrialEstimate, smallest: Double) {
        if estimate.low > -smallest, estimate.high < smallest {
            self = .noDifferenceThatMatters
        } else if estimate.low > 0 {
            self = .higher
        } else if estimate.high < 0 {
            self = .lower
        } else {
            self = .cannotTell(.tooUncertain)
        }
    }
}

extension TrialFlow {
    init(_ cohort: TrialCohort) {
        self.init(
            starters: Set(cohort.starters.map(\.person)).count,
            starterEntries: cohort.starters.count, others: Set(cohort.others.map(\.person)).count,
            otherEntries: cohort.others.count, lostStarters: cohort.lostStarters,
            lostOthers: cohort.lostOthers, waiting: cohort.waiting, withoutComparable: 0)
    }
}
