import Chronology
import Registry

/// One person's facts in the light of one protocol. Whatever is asked about a day of entry
/// rests on what began on that day or before it.
struct TrialHistory: Sendable {
    let person: TrialPerson
    /// The days on which the effort begins, in the entry months.
    let starts: [Day]
    private let trial: TrialProtocol
    /// Time on the benefits of the protocol, in order.
    private let runs: [DayRange]

    /// A pause of four weeks or less does not begin a new time on benefit, as in the official
    /// statistics.
    private static let pause = 28

    init(_ person: TrialPerson, _ trial: TrialProtocol) {
        self.person = person
        self.trial = trial
        starts = Set(
            person.offers.lazy.filter {
                trial.effort.contains($0.kind) && trial.entry.contains($0.start.month)
            }.map(\.start)
        ).sorted()
        var runs: [DayRange] = []
        let spells = person.spells.filter { trial.benefits.contains($0.benefit) }
        for spell in spells.sorted(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
            let end = spell.end ?? .openEnd
            if let last = runs.last, spell.start - last.end <= TrialHistory.pause {
                runs[runs.count - 1] = DayRange(last.start, max(last.end, end)) ?? last
            } else if let run = DayRange(spell.start, end) {
                runs.append(run)
            }
        }
        self.runs = runs
    }

    /// The entry months in which the person is on the benefits at some time.
    var months: [Month] {
        guard person.traits != nil else { return [] }
        var months: [Month] = []
        for run in runs {
            var month = max(trial.entry.lowerBound, months.last.map { $0 + 1 } ?? run.start.month)
            month = max(month, run.start.month)
            let last = min(trial.entry.upperBound.last, run.end).month
            while month <= last {
                months.append(month)
                month = month + 1
            }
        }
        return months
    }

    func isEligible(_ day: Day) -> Bool {
        guard let weeks = weeksSoFar(day), trial.weeks.contains(weeks), benefit(day) != nil,
            trial.categories.isEmpty || category(day).map(trial.categories.contains) ?? false,
            person.livesHere(day)
        else { return false }
        // One who is in an offer cannot begin another. A mentor goes along with any offer.
        return !person.offers.contains {
            $0.kind != .mentor && $0.start < day && $0.holds(on: day)
        }
    }

    /// The outcome, or nil when the person has moved away or died before the end.
    func outcome(from day: Day) -> Double? {
        let last = day.adding(months: trial.followUpMonths)
        guard person.livesHere(last) else { return nil }
        switch trial.outcome {
        case .leftBenefits: return person.isOnBenefit(last) ? 0 : 1
        case .weeksOnBenefits: return Double(person.daysOnBenefit(day + 1, last)) / 7
        }
    }

    /// The level of each trait on the day, or nil for one whose traits are unknown.
    func levels(_ day: Day) -> [Int]? {
        guard let known = person.traits else { return nil }
        return trial.traits.map { trait in
            switch trait {
            case .age: TrialTrait.age(known.born.age(on: day))
            case .sex: known.sex == .female ? 0 : 1
            case .origin: TrialTrait.origin(known.origin)
            case .benefit: benefit(day)?.index ?? 0
            case .category:
                category(day).flatMap { MatchCategory.allCases.firstIndex(of: $0) }.map { $0 + 1 }
                    ?? 0
            case .weeks: TrialTrait.weeks(weeksSoFar(day) ?? 0)
            case .history: TrialTrait.history(days: daysBefore(day))
            case .efforts: earlierEfforts(day)
            case .quarter: Int(day.month.quarter.index)
            }
        }
    }

    private func run(_ day: Day) -> DayRange? { runs.last { $0.start <= day && day <= $0.end } }

    private func weeksSoFar(_ day: Day) -> Int? { run(day).map { (day - $0.start) / 7 } }

    private func benefit(_ day: Day) -> Benefit? {
        person.spells.first { trial.benefits.contains($0.benefit) && $0.holds(on: day) }?.benefit
    }

    private func category(_ day: Day) -> MatchCategory? {
        person.categories.first { $0.holds(on: day) }?.category
    }

    /// Days on any benefit in the two years before this time on benefit.
    private func daysBefore(_ day: Day) -> Int {
        guard let run = run(day) else { return 0 }
        return person.daysOnBenefit(run.start - 730, run.start - 1)
    }

    /// 0 for no effort begun in the year before, 1 for other efforts, 2 for this one.
    private func earlierEfforts(_ day: Day) -> Int {
        var level = 0
        for offer in person.offers where offer.start < day && day - offer.start <= 365 {
            level = max(level, trial.effort.contains(offer.kind) ? 2 : 1)
        }
        return level
    }
}
