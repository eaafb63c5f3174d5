import Chronology
import Registry

/// One time a duty was set off: the period it runs in, and the fact that began it.
struct DutyInstance: Hashable, Sendable {
    var start: Int32
    /// The last day, or `Day.openEnd` while it goes on.
    var end: Int32
    var origin: Caseload.Reference
    /// The latest change of benefit that did not begin it anew.
    var change: BenefitChange?
}

/// A change of benefit that did not begin a new period.
struct BenefitChange: Hashable, Sendable, BitwiseCopyable {
    /// The continuation's position in the rule book.
    var continuation: Int32
    /// The spell that began.
    var row: Int32
    var day: Int32
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
    func lastDay(_ rows: CaseRows, _ row: Int) -> Int32 {
        rows.end[row] > today ? Day.openEnd.number : rows.end[row]
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
