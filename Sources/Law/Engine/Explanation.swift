import Chronology
import Registry

/// Why an obligation is what it is: steps, each with exactly the facts it rests on.
public struct Explanation: Hashable, Sendable {
    public enum Step: Hashable, Sendable {
        /// What set the duty off.
        case trigger
        /// A change of benefit did not begin a new period.
        case continued(Continuation)
        /// The citizen was one of those it applies to.
        case appliesTo
        /// The version in force on the trigger's day, or the one that took over.
        case version(tookOver: Bool)
        /// How the due day was counted, and from which day; nil when unemployment never
        /// added up to it.
        case deadline(TimeSpan, from: Day, due: Day?)
        /// A state covered the due day, and the deadline moved to the end of it and on.
        case moved(TimeSpan, due: Day)
        /// What was done in time, and of how many.
        case counted(done: Int, of: Int)
        /// Enough had been done on a day.
        case reached(Day)
        case exempt
        /// The period ended, or the citizen left those it applies to.
        case ended(Day), left(Day)
        /// A right was not used in its time.
        case unused(Day)
    }

    public var step: Step
    public var facts: [Caseload.Reference]
}

extension LawEngine {
    /// Why an obligation stands as it does on a day. The same facts and the same steps as
    /// `obligations(of:in:on:)`.
    public func explanation(
        of obligation: Obligation, person: Int, in cases: Caseload, on day: Day
    ) -> [Explanation] {
        DutyRun(
            duty: duties[obligation.duty], index: obligation.duty, person: person,
            table: cases.table,
            today: day.number
        ).explanation(of: obligation, continuations: book.continuations)
    }
}

extension DutyRun {
    func explanation(
        of obligation: Obligation, continuations: [Continuation]
    ) -> [Explanation] {
        let rule = duty.versions[obligation.version]
        guard
            let instance = instances().first(where: {
                $0.start == obligation.trigger.number && $0.origin == obligation.origin
            })
        else { return [] }
        var steps = [
            Explanation(step: .trigger, facts: [instance.origin]),
            Explanation(
                step: .version(tookOver: rule.from > instance.start), facts: []),
        ]
        if let change = instance.change, let index = obligation.continuation {
            steps.append(
                Explanation(
                    step: .continued(continuations[index]),
                    facts: [reference(.benefits, Int(change.row))]))
        }
        // A condition that asks only for what is not so has no fact to show.
        let facts = reasons(rule, on: instance.start, in: instance)
        if !facts.isEmpty { steps.append(Explanation(step: .appliesTo, facts: facts)) }
        steps += deadline(obligation, rule, instance)
        steps += outcome(obligation, rule, instance)
        return steps
    }

    private func deadline(
        _ obligation: Obligation, _ rule: CompiledRule, _ instance: DutyInstance
    ) -> [Explanation] {
        var span = rule.due
        if obligation.number > 1, let repeats = rule.repeats { span = repeats.every }
        let facts =
            [.accumulatedMonths, .accumulatedHours].contains(span.unit)
            ? benefitRows(since: instance.start, until: obligation.due.number) : []
        let counted = day(span, from: obligation.anchor.number, in: instance)
        var steps = [
            Explanation(
                step: .deadline(
                    span, from: obligation.anchor, due: counted.map { Day(number: $0) }),
                facts: facts)
        ]
        if let counted, counted != obligation.due.number, let after = rule.afterExemption,
            let state = row(in: cases.states, rule.exempt, on: counted)
        {
            steps.append(
                Explanation(
                    step: .moved(after, due: obligation.due), facts: [reference(.states, state)]))
        }
        return steps
    }

    private func outcome(
        _ obligation: Obligation, _ rule: CompiledRule, _ instance: DutyInstance
    ) -> [Explanation] {
        let done = evidence(rule, from: obligation.opens.number)
        let inTime = done.filter { $0.day <= obligation.due.number }
        var steps = [
            Explanation(
                step: .counted(done: inTime.count, of: rule.count),
                facts: inTime.prefix(rule.count).map(\.fact))
        ]
        switch obligation.status {
        case .fulfilled, .fulfilledLate:
            let settled = obligation.settled ?? obligation.due
            steps.append(
                Explanation(
                    step: .reached(settled),
                    facts: done.prefix(rule.count).map(\.fact)))
        case .exempt:
            let state = row(in: cases.states, rule.exempt, on: obligation.due.number)
            steps.append(
                Explanation(step: .exempt, facts: state.map { [reference(.states, $0)] } ?? []))
        case .lapsed:
            steps.append(lapse(obligation, rule, instance))
        case .notYetDue, .due, .overdue: break
        }
        return steps
    }

    private func lapse(
        _ obligation: Obligation, _ rule: CompiledRule, _ instance: DutyInstance
    ) -> Explanation {
        let day = obligation.settled ?? obligation.due
        // The same order in which an obligation is judged: first a period that has ended.
        if instance.end < obligation.due.number, instance.end == day.number {
            return Explanation(step: .ended(day), facts: [instance.origin])
        }
        if !applies(rule, on: day.number, in: instance) {
            return Explanation(step: .left(day), facts: [instance.origin])
        }
        return Explanation(step: .unused(day), facts: [])
    }

    func reference(_ table: Caseload.Table, _ row: Int) -> Caseload.Reference {
        Caseload.Reference(table: table, row: Int32(row))
    }

    private func benefitRows(since start: Int32, until due: Int32) -> [Caseload.Reference] {
        let rows = cases.benefits
        return rows.rows(of: person).filter {
            duty.benefits & (1 &<< UInt64(rows.code[$0])) != 0 && rows.start[$0] >= start
                && rows.start[$0] <= min(today, due)
        }.map { reference(.benefits, $0) }
    }
}
