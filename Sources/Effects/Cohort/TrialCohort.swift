import Chronology
import Registry

/// One entry into one of the monthly trials.
struct TrialEntry: Sendable {
    /// The place of the person among the facts: entries of one person are no independent
    /// observations.
    var person: Int
    var day: Day
    /// In the unit of the outcome.
    var outcome: Double
    /// The level of each trait of the protocol, in its order.
    var levels: [Int]
}

/// Everybody who enters, by one rule for both sides.
///
/// Those who begin enter on the day they begin. The others get a day too: one of the days
/// on which somebody began in the same month. They enter when they are eligible on that
/// day and do not begin on it; what they do later does not matter. Had they been asked
/// about the month as a whole, one who left the benefit on the third could not have
/// begun on the twentieth and would count as a success of doing nothing (immortal time).
struct TrialCohort: Sendable {
    private(set) var starters: [TrialEntry] = []
    private(set) var others: [TrialEntry] = []
    /// Entries whose outcome will not be known, since the person moved away or died.
    private(set) var lostStarters = 0
    private(set) var lostOthers = 0
    /// Entries of those who began and whose follow-up is not over.
    private(set) var waiting = 0

    private let trial: TrialProtocol
    private let asOf: Day

    init(_ trial: TrialProtocol, _ facts: TrialFacts, asOf: Day) {
        self.trial = trial
        self.asOf = asOf
        var startDays: [Month: [Day]] = [:]
        let histories = facts.people.map { TrialHistory($0, trial) }
        for (person, history) in histories.enumerated() {
            for day in history.starts where day <= asOf && history.isEligible(day) {
                guard day.adding(months: trial.followUpMonths) <= asOf else {
                    waiting += 1
                    continue
                }
                startDays[day.month, default: []].append(day)
                enter(person, history, day, begins: true)
            }
        }
        for month in startDays.keys { startDays[month]?.sort() }
        for (person, history) in histories.enumerated() {
            for month in history.months {
                guard let days = startDays[month] else { continue }
                let day = days[TrialCohort.choice(history.person.id, month, of: days.count)]
                guard history.isEligible(day), !history.starts.contains(day) else { continue }
                enter(person, history, day, begins: false)
            }
        }
    }

    private mutating func enter(
        _ person: Int, _ history: TrialHistory, _ day: Day, begins: Bool
    ) {
        guard let levels = history.levels(day) else { return }
        guard let outcome = history.outcome(from: day) else {
            if begins { lostStarters += 1 } else { lostOthers += 1 }
            return
        }
        let entry = TrialEntry(person: person, day: day, outcome: outcome, levels: levels)
        if begins { starters.append(entry) } else { others.append(entry) }
    }

    /// Spread evenly, the same each time, and blind to everything about the person:
    /// SplitMix64 (Steele, Lea and Flood 2014) of the two numbers.
    private static func choice(_ citizen: CitizenID, _ month: Month, of count: Int) -> Int {
        let seed = UInt64(bitPattern: citizen.number) &* 0xD1B5_4A32_D192_ED03
        var z = seed &+ UInt64(UInt32(bitPattern: month.index)) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Int(z.multipliedFullWidth(by: UInt64(max(1, count))).high)
    }
}
