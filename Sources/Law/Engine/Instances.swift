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
        var found: [DutyInstance] = []
        eachInstance { found.append($0) }
        return found
    }

    /// Calls `body` with every time the duty was set off by the day of the run, in order.
    @inline(__always)
    func eachInstance(_ body: (DutyInstance) -> Void) {
        switch duty.kind {
        case .benefitPeriod: eachBenefitPeriod(body)
        case .accumulation: eachAccumulation(body)
        case .monthsOn(let count, let months):
            monthsOn(count, of: months).forEach { body(whenItApplies($0)) }
        case .weeksOn(let weeks, let months, let days):
            weeksOn(over: weeks, of: months, after: days).forEach { body(whenItApplies($0)) }
        case .qualification:
            let day = cases.qualified[person]
            if day <= today { body(openEnded(day, reference(.qualified, 0))) }
        case .birthday(let age): if let day = birthday(age) { body(day) }
        case .stateBegins: eachSpan(of: .states, cases.states, body)
        case .groupBegins: eachJoinedSpan(of: .groups, cases.groups, body)
        case .stateEnds:
            eachSpan(of: .states, cases.states) { span in
                if span.end != Day.openEnd.number { body(openEnded(span.end, span.origin)) }
            }
        case .act:
            eachSpan(of: .acts, cases.acts) { body(openEnded($0.start, $0.origin)) }
        case .offerBegins:
            eachSpan(of: .offers, cases.offers) { body(openEnded($0.start, $0.origin)) }
        }
    }

    private func openEnded(_ start: Int32, _ origin: Caseload.Reference) -> DutyInstance {
        DutyInstance(start: start, end: Day.openEnd.number, origin: origin)
    }

    /// Rows of the duty's codes that have begun.
    @inline(__always)
    private func eachSpan(
        of table: Caseload.Table, _ rows: CaseRows, _ body: (DutyInstance) -> Void
    ) {
        for row in rows.rows(of: person)
        where duty.codes & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            body(
                DutyInstance(
                    start: rows.start[row], end: rows.end[row],
                    origin: Caseload.Reference(table: table, row: Int32(row))))
        }
    }

    /// The same, where spans that touch or overlap are one.
    @inline(__always)
    private func eachJoinedSpan(
        of table: Caseload.Table, _ rows: CaseRows, _ body: (DutyInstance) -> Void
    ) {
        var open: DutyInstance?
        eachSpan(of: table, rows) { span in
            if let last = open, span.start <= last.end + 1 {
                open?.end = max(last.end, span.end)
            } else {
                if let last = open { body(last) }
                open = span
            }
        }
        if let last = open { body(last) }
    }

    /// The last day of a benefit, without end while it goes on.
    @inline(__always)
    private func lastDay(_ rows: CaseRows, _ row: Int) -> Int32 {
        rows.end[row] > today ? Day.openEnd.number : rows.end[row]
    }

    /// Periods on one benefit: only a whole calendar month without it ends one. Going
    /// between groups of different sets begins one anew.
    @inline(__always)
    private func eachBenefitPeriod(_ body: (DutyInstance) -> Void) {
        let rows = cases.benefits
        let own = rows.rows(of: person)
        for row in own
        where duty.benefits & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            // The latest end on the benefit before this; citizens have few rows.
            var before = Int32.min
            for earlier in own.lowerBound..<row where rows.code[earlier] == rows.code[row] {
                before = max(before, lastDay(rows, earlier))
            }
            if before != Int32.min, DutyRun.continues(rows.start[row], after: before) { continue }
            var period = DutyInstance(
                start: rows.start[row], end: lastDay(rows, row),
                origin: Caseload.Reference(table: .benefits, row: Int32(row)))
            if duty.asked != 0 { begin(&period) }
            for later in row + 1..<own.upperBound
            where rows.code[later] == rows.code[row] && rows.start[later] <= today
                && DutyRun.continues(rows.start[later], after: period.end)
            {
                period.end = max(period.end, lastDay(rows, later))
            }
            cutByGroups(period, body)
        }
    }

    /// Moves a period's first day back to when the citizen asked for the benefit.
    private func begin(_ period: inout DutyInstance) {
        let benefits = cases.benefits
        let first = period.start
        // What was asked for before an earlier benefit, or long ago, came to nothing.
        var after = Day(number: first).adding(months: -3).number
        for row in benefits.rows(of: person)
        where duty.benefits & (1 &<< UInt64(benefits.code[row])) != 0
            && benefits.end[row] < first
        { after = max(after, benefits.end[row]) }
        let acts = cases.acts
        for row in acts.rows(of: person)
        where duty.asked & (1 &<< UInt64(acts.code[row])) != 0 && acts.start[row] > after
            && acts.start[row] < first
        {
            period = DutyInstance(
                start: acts.start[row], end: period.end, origin: reference(.acts, row))
            after = acts.start[row]
        }
    }

    static func continues(_ start: Int32, after end: Int32) -> Bool {
        // The end of the next month is 28 to 62 days away.
        if end == Day.openEnd.number || start <= end + 28 { return true }
        return start <= end + 62 && start <= (Month(containing: Day(number: end)) + 1).last.number
    }

    @inline(__always)
    private func cutByGroups(_ period: DutyInstance, _ body: (DutyInstance) -> Void) {
        if duty.between.count == 0 { return body(period) }
        let groups = cases.groups
        var part = period
        var current: Int?
        for row in groups.rows(of: person)
        where groups.start[row] <= min(period.end, today) && groups.end[row] >= period.start {
            let bit = UInt64(1) &<< UInt64(groups.code[row])
            guard let set = duty.between.indices.first(where: { duty.between[$0] & bit != 0 })
            else { continue }
            if let before = current, before != set, groups.start[row] > period.start {
                part.end = groups.start[row] - 1
                body(part)
                part = DutyInstance(
                    start: groups.start[row], end: period.end,
                    origin: Caseload.Reference(table: .groups, row: Int32(row)))
            }
            current = set
        }
        body(part)
    }

    /// From the first day of unemployment; five years without begin it anew.
    @inline(__always)
    private func eachAccumulation(_ body: (DutyInstance) -> Void) {
        let rows = cases.benefits
        var open: DutyInstance?
        for row in rows.rows(of: person)
        where duty.benefits & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] <= today {
            let end = lastDay(rows, row)
            if let last = open, isRemembered(last.end, on: rows.start[row]) {
                open?.end = max(last.end, end)
            } else {
                if let last = open { body(last) }
                open = DutyInstance(
                    start: rows.start[row], end: end,
                    origin: Caseload.Reference(table: .benefits, row: Int32(row)))
            }
        }
        if let last = open { body(last) }
    }

    /// Whether less than five years have passed without the benefit or a job with wage
    /// subsidy.
    private func isRemembered(_ end: Int32, on day: Int32) -> Bool {
        func isNear(_ end: Int32, _ day: Int32) -> Bool {
            end == Day.openEnd.number || day < Day(number: end).adding(months: 60).number
        }
        if isNear(end, day) { return true }
        var last = end
        for (rows, codes) in [
            (cases.offers, DutyRun.subsidisedOffers),
            (cases.employments, LawCodes.bits([EmploymentKind.wageSubsidy])),
        ] {
            for row in rows.rows(of: person)
            where codes & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] < day
                && isNear(last, rows.start[row])
            { last = max(last, rows.end[row]) }
        }
        return isNear(last, day)
    }

    private static let subsidisedOffers = LawCodes.bits([
        OfferKind.wageSubsidyPrivate, .wageSubsidyPublic,
    ])

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
        where duty.benefits & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] >= start
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
