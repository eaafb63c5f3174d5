import Chronology

/// An answer as it may be shown: nil where few persons stand behind a number.
public struct ShownTrial: Hashable, Sendable {
    public var trial: TrialProtocol
    public var asOf: Day
    public var verdict: TrialVerdict
    public var starters: Count
    public var starterEntries: Count
    public var others: Count
    public var otherEntries: Count
    public var lost: Count
    public var waiting: Count
    public var withoutComparable: Count
    public var effectiveOthers: Double?
    public var result: TrialResult?
    public var balance: [Line]

    /// A number of persons or entries.
    public enum Count: Hashable, Sendable {
        case shown(Int)
        case hidden

        /// Hidden from 1 up to, but not including, `least`.
        init(_ count: Int, least: Int) {
            self = 1..<max(2, least) ~= count ? .hidden : .shown(count)
        }

        public var number: Int? { if case .shown(let number) = self { number } else { nil } }
    }

    /// A line of the balance.
    public enum Line: Hashable, Sendable {
        case shown(BalanceLine)
        /// Known, but few have it.
        case hidden(TrialTrait, level: String)
    }

    /// `hidingBelow`: numbers of fewer than this are hidden, and what would tell them; 1 hides
    /// nothing.
    public init(_ answer: TrialAnswer, hidingBelow least: Int) {
        let count = { (number: Int) in
            least <= 1 ? Count.shown(number) : Count(number, least: least)
        }
        let flow = answer.flow
        trial = answer.trial
        asOf = answer.asOf
        verdict = answer.verdict
        starters = count(flow.starters)
        starterEntries = count(flow.starterEntries)
        others = count(flow.others)
        otherEntries = count(flow.otherEntries)
        lost = count(flow.lostStarters + flow.lostOthers)
        waiting = count(flow.waiting)
        withoutComparable = count(flow.withoutComparable)
        effectiveOthers = answer.result == nil ? nil : answer.overlap.effectiveOthers
        let entries = flow.starterEntries - flow.withoutComparable
        result = answer.result.flatMap { result in
            guard least > 1, answer.trial.outcome.isShare else { return result }
            let with = Int((result.starters * Double(entries)).rounded())
            let few = 1..<least
            return few ~= with || few ~= entries - with ? nil : result
        }
        balance = ShownTrial.lines(answer.overlap.balance, least)
    }

    private static func lines(_ lines: [BalanceLine], _ least: Int) -> [Line] {
        var hidden = Set(lines.indices.filter { least > 1 && 1..<least ~= lines[$0].count })
        for trait in TrialTrait.allCases {
            let here = lines.indices.filter { lines[$0].trait == trait }
            guard here.count(where: { hidden.contains($0) }) == 1 else { continue }
            // A single hidden level would follow from the others.
            let next = here.filter { !hidden.contains($0) && lines[$0].count > 0 }
                .min { lines[$0].count < lines[$1].count }
            if let next { hidden.insert(next) }
        }
        return lines.enumerated().map { index, line in
            hidden.contains(index) ? .hidden(line.trait, level: line.level) : .shown(line)
        }
    }
}
