import Chronology
import Registry

/// One time a duty was set off: the period it runs in, and the fact that began it.
struct DutyInstance: Hashable, Sendable {
    var start: Int32
    /// The last day, or `Day.openEnd` while it goes on.
    var end: Int32
    var origin: Caseload.Reference
}

extension DutyRun {
    /// Every time the duty was set off by the day of the run, in order.
    func instances() -> [DutyInstance] {
        switch duty.trigger {
        case .benefitPeriod: return benefitPeriods().flatMap(cutByGroups)
        case .accumulation: return accumulations()
        case .monthsOn(_, let count, let months): return monthsOn(count, of: months)
        case .weeksOn(_, let weeks, let months, let days):
            return weeksOn(over: weeks, of: months, after: days)
        case .qualification:
            let day = cases.qualified[person]
            guard day <= today else { return [] }
            return [
                DutyInstance(
                    start: day, end: Day.openEnd.number, origin: reference(.qualified, 0))
            ]
        case .birthday(let age): return birthday(age).map { [$0] } ?? []
        case .stateBegins: return spans(of: .states)
        case .groupBegins: return joined(spans(of: .groups))
        case .stateEnds:
            return spans(of: .states).filter { $0.end != Day.openEnd.number }.map {
                DutyInstance(start: $0.end, end: Day.openEnd.number, origin: $0.origin)
            }
        case .act, .offerBegins:
            return spans(of: duty.trigger.isOffer ? .offers : .acts).map {
                DutyInstance(start: $0.start, end: Day.openEnd.number, origin: $0.origin)
            }
        }
    }

    private func spans(of table: Caseload.Table) -> [DutyInstance] {
        guard let rows = cases.rows(table) else { return [] }
        return rows.rows(of: person).compactMap { row in
            guard duty.codes & (1 << UInt64(rows.code[row])) != 0, rows.start[row] <= today else {
                return nil
            }
            return DutyInstance(
                start: rows.start[row], end: rows.end[row],
                origin: Caseload.Reference(table: table, row: Int32(row)))
        }
    }

    /// Spans that touch or overlap are one.
    private func joined(_ spans: [DutyInstance]) -> [DutyInstance] {
        spans.reduce(into: []) { joined, span in
            if let last = joined.last, span.start <= last.end + 1 {
                joined[joined.count - 1].end = max(last.end, span.end)
            } else {
                joined.append(span)
            }
        }
    }

    /// Periods on one benefit: only a whole calendar month without it ends one.
    private func benefitPeriods() -> [DutyInstance] {
        let rows = cases.benefits
        var open: [UInt8: Int] = [:]
        var periods: [DutyInstance] = []
        for row in rows.rows(of: person)
        where duty.benefits & (1 << UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            let end = rows.end[row] > today ? Day.openEnd.number : rows.end[row]
            if let known = open[rows.code[row]],
                DutyRun.continues(rows.start[row], after: periods[known].end)
            {
                periods[known].end = max(periods[known].end, end)
                continue
            }
            open[rows.code[row]] = periods.count
            periods.append(
                DutyInstance(
                    start: rows.start[row], end: end,
                    origin: Caseload.Reference(table: .benefits, row: Int32(row))))
        }
        return periods
    }

    static func continues(_ start: Int32, after end: Int32) -> Bool {
        // The end of the next month is 28 to 62 days away.
        if end == Day.openEnd.number || start <= end + 28 { return true }
        return start <= end + 62 && start <= (Month(containing: Day(number: end)) + 1).last.number
    }

    /// A period begins anew where the citizen goes from one set of groups to another.
    private func cutByGroups(_ period: DutyInstance) -> [DutyInstance] {
        if duty.between.isEmpty { return [period] }
        let groups = cases.groups
        var parts = [period]
        var current: Int?
        for row in groups.rows(of: person)
        where groups.start[row] <= min(period.end, today) && groups.end[row] >= period.start {
            let bit = UInt64(1) << UInt64(groups.code[row])
            guard let set = duty.between.firstIndex(where: { $0 & bit != 0 }) else { continue }
            if let before = current, before != set, groups.start[row] > period.start {
                parts[parts.count - 1].end = groups.start[row] - 1
                parts.append(
                    DutyInstance(
                        start: groups.start[row], end: period.end,
                        origin: Caseload.Reference(table: .groups, row: Int32(row))))
            }
            current = set
        }
        return parts
    }

    /// From the first day of unemployment; five years without begin it anew.
    private func accumulations() -> [DutyInstance] {
        let rows = cases.benefits
        var found: [DutyInstance] = []
        for row in rows.rows(of: person)
        where duty.benefits & (1 << UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            let end = rows.end[row] > today ? Day.openEnd.number : rows.end[row]
            if let last = found.last,
                last.end == Day.openEnd.number
                    || rows.start[row] < Day(number: last.end).adding(months: 60).number
            {
                found[found.count - 1].end = max(last.end, end)
            } else {
                found.append(
                    DutyInstance(
                        start: rows.start[row], end: end,
                        origin: Caseload.Reference(table: .benefits, row: Int32(row))))
            }
        }
        return found
    }

    /// Months of 160.33 hours, and hours, as minutes a week times days, so that all stays
    /// whole: 160.33 hours are 9,619.8 minutes, and a week's minutes fall on seven days.
    static func minuteDays(months: Int) -> Int64 { Int64(months) * 96_198 * 7 / 10 }
    static func minuteDays(hours: Int) -> Int64 { Int64(hours) * 60 * 7 }

    /// The day on which the benefits since `start` have come to so many minutes a week
    /// times days; a benefit that goes on is taken to go on at its degree. Nil when they
    /// end before that.
    func accumulated(_ minuteDays: Int64, since start: Int32) -> Int32? {
        var left = minuteDays
        let rows = cases.benefits
        for row in rows.rows(of: person)
        where duty.benefits & (1 << UInt64(rows.code[row])) != 0 && rows.start[row] >= start
            && rows.start[row] <= today
        {
            let degree = Int64(max(1, rows.minutes[row]))
            let end = rows.end[row] > today ? Day.openEnd.number : rows.end[row]
            let days = Int64(end - rows.start[row]) + 1
            if days * degree >= left {
                return rows.start[row] + Int32((left + degree - 1) / degree) - 1
            }
            left -= days * degree
        }
        return nil
    }
}

extension Trigger {
    fileprivate var isOffer: Bool {
        if case .offerBegins = self { true } else { false }
    }
}
