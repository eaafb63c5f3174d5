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
        where duty.benefits & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
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

    /// Runs of months in which `holds` is true, each beginning on the last day of its
    /// first month. The origin is the latest benefit begun by then.
    private func runs(
        _ spans: [(start: Int32, end: Int32, row: Int)], from first: Month, _ holds: [Bool]
    ) -> [DutyInstance] {
        var found: [DutyInstance] = []
        var isOn = false
        for (index, now) in holds.enumerated() where now != isOn {
            isOn = now
            let last = (first + index).last.number
            if !now {
                found[found.count - 1].end = last
            } else if let row = spans.last(where: { $0.start <= last })?.row {
                found.append(
                    DutyInstance(
                        start: last, end: Day.openEnd.number, origin: reference(.benefits, row)))
            }
        }
        return found
    }

    /// A run from the end of its first month in which a version of the duty is about the
    /// citizen: someone may come among those only after the months have added up.
    func whenItApplies(_ run: DutyInstance) -> DutyInstance {
        var month = Month(containing: Day(number: run.start))
        while month.last.number <= min(run.end, today) {
            let day = month.last.number
            let isAsked = duty.versions.indices.contains { index in
                let version = duty.versions[index]
                return version.isLaw && version.from <= day && day <= version.to
                    && applies(version, on: day, in: run)
            }
            if isAsked {
                return DutyInstance(start: day, end: run.end, origin: run.origin)
            }
            month = month + 1
        }
        return run
    }

    /// The month of the first benefit and how many months are over since; nil for none.
    private func months(
        _ spans: [(start: Int32, end: Int32, row: Int)]
    ) -> (first: Month, count: Int)? {
        guard let start = spans.first?.start else { return nil }
        let first = Month(containing: Day(number: start))
        let count = Month(containing: Day(number: today + 1)) - first
        return count > 0 ? (first, count) : nil
    }

    /// A month counts when there is one day on the benefits in it. O(months + spells).
    func monthsOn(_ count: Int, of months: Int) -> [DutyInstance] {
        let spans = benefitDays()
        guard let over = self.months(spans), over.count >= count else { return [] }
        var counts = [Bool](repeating: false, count: over.count)
        for span in spans {
            let from = Month(containing: Day(number: span.start)) - over.first
            let to = Month(containing: Day(number: span.end)) - over.first
            for month in from..<min(to + 1, over.count) where from < over.count {
                counts[month] = true
            }
        }
        var sum = 0
        let holds = counts.indices.map { month in
            if counts[month] { sum += 1 }
            if month >= months, counts[month - months] { sum -= 1 }
            return sum >= count
        }
        return runs(spans, from: over.first, holds)
    }

    func weeksOn(over weeks: Int, of months: Int, after days: Int) -> [DutyInstance] {
        let spans = benefitDays()
        guard let over = self.months(spans) else { return [] }
        var counts = [Int](repeating: 0, count: over.count)
        for span in spans where span.start + Int32(days) <= span.end {
            let start = span.start + Int32(days)
            var month = Month(containing: Day(number: start)) - over.first
            while month < over.count {
                let range = (over.first + month).range
                if range.start.number > span.end { break }
                counts[month] +=
                    Int(min(span.end, range.end.number) - max(start, range.start.number)) + 1
                month += 1
            }
        }
        var sum = 0
        let holds = counts.indices.map { month in
            sum += counts[month] - (month >= months ? counts[month - months] : 0)
            return sum > weeks * 7
        }
        return runs(spans, from: over.first, holds)
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
