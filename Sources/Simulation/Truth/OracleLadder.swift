import Chronology
import Registry

extension Oracle {
    /// The part of the full-time persons on a step of the reimbursement ladder,
    /// and what the municipality pays.
    func ladder(_ id: String, _ days: [Day], _ filter: Filter) -> Expected? {
        if id == "reimbursement-net-cost" {
            guard !readings.rates.isEmpty else { return nil }
            return .count(cost(days, filter))
        }
        let prefix = "reimbursement-share-step-"
        guard id.hasPrefix(prefix), let step = Int(id.dropFirst(prefix.count)) else { return nil }
        var onStep = 0
        var all = 0
        eachStep(days, filter) { _, found, minutes, _ in
            all += minutes
            if found == step { onStep += minutes }
        }
        let scale = 2_220 * Double(days.count)
        return .share(Double(onStep) / scale, of: Double(all) / scale)
    }

    private func cost(_ days: [Day], _ filter: Filter) -> Double {
        let state = [1: 80.0, 2: 40, 3: 30, 4: 20]
        var kroner = 0.0
        eachStep(days, filter) { benefit, step, minutes, day in
            let rate = readings.rates.filter { $0.benefit == benefit && $0.from <= day }
                .max { $0.from < $1.from }
            let share = 1 - (state[step] ?? 0) / 100
            kroner += Double(rate?.kronerPerMonth ?? 0) * 12 / 365 * Double(minutes) / 2_220 * share
        }
        return kroner
    }

    private func eachStep(
        _ days: [Day], _ filter: Filter, _ body: (Benefit, Int, Int, Day) -> Void
    ) {
        for life in lives where !life.spells.isEmpty {
            let steps = weeklySteps(life, through: days[days.count - 1])
            for day in days {
                for spell in life.paid(day, filter) where readings.ladder.contains(spell.benefit) {
                    guard let step = steps[Self.week(day)] else { continue }
                    body(spell.benefit, step, Int(spell.degree.minutes), day)
                }
            }
        }
    }

    /// Monday to Sunday, numbered from the one of 1969-12-29.
    static func week(_ day: Day) -> Int { (Int(day.number) + 3 + 70_000) / 7 - 10_000 }

    /// Week by week from the first benefit on: a week with any paid day counts; 52
    /// weeks of self-support within the last three years start the ladder again.
    private func weeklySteps(_ life: Life, through last: Day) -> [Int: Int] {
        let spells = life.spells.filter { readings.ladder.contains($0.benefit) }
        guard let first = spells.map(\.start).min(), first <= last else { return [:] }
        var steps: [Int: Int] = [:]
        var free: Set<Int> = []
        var used = 0
        for week in Self.week(first)...Self.week(last) {
            let isPaid = spells.contains {
                Self.week($0.start) <= week && week <= Self.week($0.end ?? .openEnd)
            }
            if isPaid {
                let recent = free.count { $0 >= week - 156 }
                if recent >= 52 {
                    used = 0
                    free.removeAll()
                }
                used += 1
                steps[week] = used <= 4 ? 1 : used <= 26 ? 2 : used <= 52 ? 3 : 4
            } else if !isSupported(life, week) {
                free.insert(week)
            }
        }
        return steps
    }

    private func isSupported(_ life: Life, _ week: Int) -> Bool {
        life.employments.contains {
            ($0.kind == .wageSubsidy || $0.kind == .flexJob) && Self.week($0.start) <= week
                && week <= Self.week($0.end ?? .openEnd)
        }
    }
}
