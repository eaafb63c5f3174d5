import Chronology
import Registry

// Periods on a benefit (LAB § 9).
extension DutyRun {
    /// Only a whole calendar month without the benefit ends a period, and only some changes
    /// of benefit do not.
    @inline(__always)
    func eachBenefitPeriod(_ body: (DutyInstance) -> Void) {
        // Few have been on a benefit that such a change leaves.
        if cases.benefits.held[person] & duty.leaving == 0 {
            eachPeriodOnOneBenefit(body)
        } else {
            eachContinuedPeriod(body)
        }
    }

    @inline(__always)
    private func eachPeriodOnOneBenefit(_ body: (DutyInstance) -> Void) {
        let rows = cases.benefits
        let own = rows.rows(of: person)
        for row in own where isSpell(row) {
            // The latest end on the benefit before this; citizens have few rows.
            var before = Int32.min
            for earlier in own.lowerBound..<row where rows.code[earlier] == rows.code[row] {
                before = max(before, lastDay(rows, earlier))
            }
            if before != Int32.min, DutyRun.continues(rows.start[row], after: before) { continue }
            var period = instance(row)
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

    @inline(never)
    private func eachContinuedPeriod(_ body: (DutyInstance) -> Void) {
        let rows = cases.benefits
        let own = rows.rows(of: person)
        for row in own where isSpell(row) {
            var before = BenefitEnds()
            for earlier in own.lowerBound..<row where isSpell(earlier) {
                before.add(rows.code[earlier], lastDay(rows, earlier))
            }
            if isContinued(by: row, before) != nil { continue }
            var period = instance(row)
            var ends = BenefitEnds()
            ends.add(rows.code[row], period.end)
            if duty.asked != 0 { begin(&period) }
            for later in row + 1..<own.upperBound where isSpell(later) {
                guard let joint = isContinued(by: later, ends) else { continue }
                let end = lastDay(rows, later)
                ends.add(rows.code[later], end)
                period.end = max(period.end, end)
                if case .change(let change) = joint { period.change = change }
            }
            cutByGroups(period, body)
        }
    }

    @inline(__always)
    private func instance(_ row: Int) -> DutyInstance {
        DutyInstance(
            start: cases.benefits.start[row], end: lastDay(cases.benefits, row),
            origin: Caseload.Reference(table: .benefits, row: Int32(row)))
    }

    /// Whether a row is on one of the duty's benefits and has begun.
    @inline(__always)
    private func isSpell(_ row: Int) -> Bool {
        let rows = cases.benefits
        return duty.benefits & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] <= today
    }

    private enum Joint {
        case same
        case change(BenefitChange)
    }

    /// How a spell goes on with what has been; nil where it begins anew.
    @inline(__always)
    private func isContinued(by row: Int, _ ends: BenefitEnds) -> Joint? {
        let (code, start) = (cases.benefits.code[row], cases.benefits.start[row])
        if ends.has(code), DutyRun.continues(start, after: ends[code]) { return .same }
        for index in duty.continuations.indices {
            let continuation = duty.continuations[index]
            for other in 0..<BenefitEnds.count
            where ends.has(other) && continuation.joins(other, code, on: start)
                && DutyRun.continues(start, after: ends[other])
            {
                return .change(
                    BenefitChange(continuation: Int32(index), row: Int32(row), day: start))
            }
        }
        return nil
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

    /// Going between groups of different sets begins a period anew.
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
                body(part.withItsChange())
                part = DutyInstance(
                    start: groups.start[row], end: period.end,
                    origin: Caseload.Reference(table: .groups, row: Int32(row)),
                    change: period.change)
            }
            current = set
        }
        body(part.withItsChange())
    }
}

extension DutyInstance {
    /// The same without a change of benefit that lies outside it.
    fileprivate func withItsChange() -> DutyInstance {
        guard let change, change.day <= start || change.day > end else { return self }
        var instance = self
        instance.change = nil
        return instance
    }
}

/// The latest day on each benefit.
private struct BenefitEnds {
    private var days = SIMD16<Int32>(repeating: .min)

    static let count = UInt8(Benefit.allCases.count)

    @inline(__always)
    subscript(_ code: UInt8) -> Int32 { days[Int(code)] }

    @inline(__always)
    func has(_ code: UInt8) -> Bool { days[Int(code)] != .min }

    @inline(__always)
    mutating func add(_ code: UInt8, _ day: Int32) {
        days[Int(code)] = max(days[Int(code)], day)
    }
}
