import Chronology
import Registry

/// Triggers that look back over the latest calendar months, at the end of each.
extension DutyRun {
    /// The days of the duty's benefits that have begun, cut at today; rows that follow
    /// each other without a break are one.
    private func benefitDays() -> [(start: Int32, end: Int32, row: Int)] {
        let rows = cases.benefits
        var found: [(start: Int32, end: Int32, row: Int)] = []
        for row in rows.rows(of: person)
        where duty.benefits & (1 << UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            let end = min(rows.end[row], today)
            let touching = found.lastIndex {
                rows.code[$0.row] == rows.code[row] && rows.start[row] <= $0.end + 1
            }
            if let touching {
                found[touching].end = max(found[touching].end, end)
            } else {
                found.append((rows.start[row], end, row))
            }
        }
        return found
    }

    /// The latest month that is over.
    private var latestMonth: Month { Month(containing: Day(number: today + 1)) - 1 }

    /// Runs of months in which `holds` is true, each beginning on the last day of its
    /// first month. The origin is the latest benefit begun by then.
    private func runs(
        _ spans: [(start: Int32, end: Int32, row: Int)], _ holds: (Month) -> Bool
    ) -> [DutyInstance] {
        guard let first = spans.first.map({ Month(containing: Day(number: $0.start)) }) else {
            return []
        }
        var found: [DutyInstance] = []
        var isOn = false
        var month = first
        while month <= latestMonth {
            let now = holds(month)
            let last = month.last.number
            if now, !isOn, let row = spans.last(where: { $0.start <= last })?.row {
                found.append(
                    DutyInstance(
                        start: last, end: Day.openEnd.number, origin: reference(.benefits, row)))
            }
            if !now, isOn { found[found.count - 1].end = last }
            isOn = now
            month = month + 1
        }
        return found
    }

    /// A month counts when there is one day on the benefits in it. O(months × spells).
    func monthsOn(_ count: Int, of months: Int) -> [DutyInstance] {
        let spans = benefitDays()
        return runs(spans) { month in
            let counted = (0..<months).count { back in
                let range = (month - back).range
                return spans.contains {
                    $0.start <= range.end.number && $0.end >= range.start.number
                }
            }
            return counted >= count
        }
    }

    func weeksOn(over weeks: Int, of months: Int, after days: Int) -> [DutyInstance] {
        let spans = benefitDays()
        return runs(spans) { month in
            let from = (month - (months - 1)).first.number
            let to = month.last.number
            let counted = spans.reduce(0) {
                $0 + max(0, Int(min($1.end, to)) - Int(max($1.start + Int32(days), from)) + 1)
            }
            return counted > weeks * 7
        }
    }

    /// The day someone is so old; on 1 March for one born on 29 February.
    func birthday(_ age: Int) -> DutyInstance? {
        let born = Day(number: cases.born[person])
        var day = born.adding(months: 12 * age)
        if born.age(on: day) < age { day = day + 1 }
        guard day.number <= today else { return nil }
        return DutyInstance(
            start: day.number, end: Day.openEnd.number, origin: reference(.born, 0))
    }
}
