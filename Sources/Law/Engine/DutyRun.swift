import Chronology
import Registry

/// One duty against one citizen's facts as they stand on a day.
struct DutyRun {
    let duty: CompiledDuty
    let index: Int
    let person: Int
    let table: Column<CaseColumns>
    let today: Int32

    @inline(__always)
    var cases: CaseColumns { table[0] }

    func obligations(into found: inout [Obligation]) {
        eachInstance { add($0, into: &found) }
    }

    /// The obligations under one version as if it had been in force all along.
    func obligations(of version: Int, into found: inout [Obligation]) {
        eachInstance { add($0, under: version, isAlways: true, until: nil, into: &found) }
    }

    private func add(_ instance: DutyInstance, into found: inout [Obligation]) {
        var current: Int?
        for index in duty.versions.indices where governs(duty.versions[index], instance) {
            if let current {
                let next = duty.versions[index].from
                add(instance, under: current, isAlways: false, until: next, into: &found)
            }
            current = index
        }
        if let current {
            add(instance, under: current, isAlways: false, until: nil, into: &found)
        }
    }

    /// Whether a version governs what was set off, or takes it over.
    private func governs(_ version: CompiledRule, _ instance: DutyInstance) -> Bool {
        guard version.isLaw else { return false }
        if version.from <= instance.start { return instance.start <= version.to }
        return version.takesOver && version.from <= min(instance.end, today)
    }

    /// The obligations of one version; `until` is the day on which another takes over
    /// what is still open.
    private func add(
        _ instance: DutyInstance, under version: Int, isAlways: Bool, until next: Int32?,
        into found: inout [Obligation]
    ) {
        let rule = duty.versions[version]
        guard applies(rule, on: instance.start, in: instance) else { return }
        var anchor = instance.start
        var span = rule.due
        var number = 1
        // What was done late for one obligation is not done for the next as well.
        var settled = Int32.min
        let last = rule.repeats?.until.flatMap { day($0, from: anchor, in: instance) }
        while anchor <= instance.end {
            var opens = number == 1 ? anchor : max(anchor, settled) + 1
            if number == 1, let span = rule.opens {
                opens = day(span, from: anchor, in: instance) ?? opens
            }
            // What is asked for ahead of its trigger is shown from then.
            guard min(anchor, opens) <= today,
                let due = day(span, from: anchor, in: instance)
            else { return }
            if number > 1, let last, due > last { return }
            var obligation = Obligation(
                duty: index, version: version, trigger: Day(number: instance.start),
                origin: instance.origin, until: Day(number: instance.end),
                continuation: instance.change.flatMap {
                    $0.day <= due ? Int($0.continuation) : nil
                },
                anchor: Day(number: anchor), number: number,
                opens: Day(number: opens),
                due: Day(number: due), status: .notYetDue, settled: nil, done: 0)
            judge(&obligation, rule, instance)
            // What was due under the new version's time belongs to the new version.
            if let next, due >= next, obligation.settled.map({ $0.number >= next }) ?? true {
                return
            }
            // What the earlier version saw fulfilled is not owed again.
            if isAlways || rule.from <= instance.start || due >= rule.from {
                found.append(obligation)
            }
            guard let repeats = rule.repeats else { return }
            if obligation.status == .fulfilledLate {
                settled = obligation.settled?.number ?? settled
            }
            // A time of nothing would ask for the same act for ever. An act ahead of the
            // trigger counts for the first, and the next is counted from it.
            guard let next = self.anchor(after: obligation, rule, repeats.from),
                number == 1 || next > anchor, repeats.every.count > 0
            else { return }
            anchor = next
            span = repeats.every
            number += 1
        }
    }

    /// The day the next deadline is counted from; nil while that has not come.
    private func anchor(
        after obligation: Obligation, _ rule: CompiledRule, _ origin: Repetition.Origin
    ) -> Int32? {
        if origin == .due { return obligation.due.number }
        guard obligation.status == .fulfilled || obligation.status == .fulfilledLate,
            let settled = obligation.settled
        else { return nil }
        if origin == .fulfilled { return settled.number }
        let last = evidence(rule, from: obligation.opens.number).first { $0.day == settled.number }
        return last.map { cases.offers.end[Int($0.fact.row)] }
    }

    func day(_ span: TimeSpan, from anchor: Int32, in instance: DutyInstance) -> Int32? {
        switch span.unit {
        case .accumulatedMonths:
            return accumulated(DutyRun.minuteDays(months: span.count), since: instance.start)
        case .accumulatedHours:
            return accumulated(DutyRun.minuteDays(hours: span.count), since: instance.start)
                .map { Month(containing: Day(number: $0)).last.number }
        default: break
        }
        return span.day(from: Day(number: anchor))?.number
    }

    private func judge(
        _ obligation: inout Obligation, _ rule: CompiledRule, _ instance: DutyInstance
    ) {
        let (inTime, reached) = acts(rule, from: obligation.opens.number, by: obligation.due.number)
        obligation.done = inTime
        if let reached, reached <= obligation.due.number {
            obligation.status = .fulfilled
            obligation.settled = Day(number: reached)
            return
        }
        if let state = row(in: cases.states, rule.exempt, on: obligation.due.number) {
            let end = cases.states.end[state]
            guard let after = rule.afterExemption, end != Day.openEnd.number,
                let due = after.day(from: Day(number: end)), due.number > end
            else {
                obligation.status = .exempt
                obligation.settled = Day(number: cases.states.start[state])
                return
            }
            obligation.due = due
            return judge(&obligation, rule, instance)
        }
        if instance.end < obligation.due.number, instance.end <= today {
            obligation.status = .lapsed
            obligation.settled = Day(number: instance.end)
            return
        }
        let asked = min(obligation.due.number, today)
        if !applies(rule, on: asked, in: instance) {
            obligation.status = .lapsed
            obligation.settled = Day(number: asked)
            return
        }
        if rule.isRight, today > obligation.due.number {
            obligation.status = .lapsed
            obligation.settled = obligation.due
        } else if let reached {
            obligation.status = .fulfilledLate
            obligation.settled = Day(number: reached)
        } else if today > obligation.due.number {
            obligation.status = .overdue
        } else if Int(obligation.due.number) - Int(today) <= LawEngine.notice {
            obligation.status = .due
        }
    }

    /// How many of the acts asked for were done from one day to another, and the day on
    /// which enough had been done, however late.
    private func acts(
        _ rule: CompiledRule, from opens: Int32, by due: Int32
    ) -> (inTime: Int, reached: Int32?) {
        var inTime = 0
        var all = 0
        var reached: Int32?
        eachAct(rule, from: opens) { day, _ in
            all += 1
            if day <= due { inTime += 1 }
            if all == rule.count { reached = day }
        }
        return (inTime, reached)
    }

    /// The acts asked for that were done from a day on, in order.
    func evidence(
        _ rule: CompiledRule, from opens: Int32
    ) -> [(day: Int32, fact: Caseload.Reference)] {
        var found: [(day: Int32, fact: Caseload.Reference)] = []
        let table = rule.acts != 0 ? Caseload.Table.acts : .offers
        eachAct(rule, from: opens) { found.append(($0, reference(table, $1))) }
        return found
    }

    @inline(__always)
    private func eachAct(
        _ rule: CompiledRule, from opens: Int32, _ body: (_ day: Int32, _ row: Int) -> Void
    ) {
        let isAct = rule.acts != 0
        let rows = isAct ? cases.acts : cases.offers
        let wanted = isAct ? rule.acts : rule.offers
        for row in rows.rows(of: person)
        where wanted & (1 &<< UInt64(rows.code[row])) != 0 && rows.start[row] >= opens
            && rows.start[row] <= today
            && (isAct || rows.end[row] - rows.start[row] + 1 >= rule.offerDays)
        { body(rows.start[row], row) }
    }
}

extension DutyRun {
    /// Those with an employer; work on a social allowance card may have none.
    private static let jobs = LawCodes.bits([
        EmploymentKind.ordinary, .flexJob, .wageSubsidy, .apprenticeship,
    ])

    /// The row that covers a day and began last, of those with one of the codes.
    @inline(__always)
    func row(in rows: CaseRows, _ codes: UInt64, on day: Int32) -> Int? {
        if codes == 0 { return nil }
        var found: Int?
        for row in rows.rows(of: person) {
            if rows.start[row] > day { break }
            if rows.end[row] >= day, codes & (1 &<< UInt64(rows.code[row])) != 0,
                rows.start[row] <= today
            {
                found = row
            }
        }
        return found
    }

    /// What holds of an attribute on a day: the row that covers it and began last. An
    /// attribute that is registered later than the period began is taken from its first
    /// row in the period.
    func attribute(_ rows: CaseRows, on day: Int32, in instance: DutyInstance) -> Int? {
        if let row = row(in: rows, .max, on: day) { return row }
        return rows.rows(of: person).first {
            rows.start[$0] > day && rows.start[$0] <= min(instance.end, today)
        }
    }

    func applies(_ rule: CompiledRule, on day: Int32, in instance: DutyInstance) -> Bool {
        if rule.conditions.count == 0 { return true }
        var nothing = NoFacts()
        return rule.conditions.indices.contains {
            holds(rule.conditions[$0], on: day, in: instance, &nothing)
        }
    }

    /// The facts that make one of the rule's conditions hold.
    func reasons(
        _ rule: CompiledRule, on day: Int32, in instance: DutyInstance
    ) -> [Caseload.Reference] {
        for index in rule.conditions.indices {
            var list = FactList()
            if holds(rule.conditions[index], on: day, in: instance, &list) { return list.facts }
        }
        return []
    }

    private func holds<Facts: FactRecorder>(
        _ condition: CompiledCondition, on day: Int32, in instance: DutyInstance,
        _ facts: inout Facts
    ) -> Bool {
        // Several benefits and states may hold on one day, and one group and category.
        hasAttribute(condition.groups, .groups, cases.groups, day, instance, &facts)
            && hasAttribute(
                condition.categories, .categories, cases.categories, day, instance, &facts)
            && has(condition.benefits, .benefits, cases.benefits, day, &facts)
            && has(condition.states, .states, cases.states, day, &facts)
            && row(in: cases.states, condition.without, on: day) == nil
            && row(in: cases.benefits, condition.withoutBenefits, on: day) == nil
            && holdsPerson(condition, on: day, &facts)
    }

    private func hasAttribute<Facts: FactRecorder>(
        _ codes: UInt64?, _ table: Caseload.Table, _ rows: CaseRows, _ day: Int32,
        _ instance: DutyInstance, _ facts: inout Facts
    ) -> Bool {
        guard let codes else { return true }
        guard let row = attribute(rows, on: day, in: instance),
            codes & (1 &<< UInt64(rows.code[row])) != 0
        else { return false }
        facts.add(reference(table, row))
        return true
    }

    private func has<Facts: FactRecorder>(
        _ codes: UInt64?, _ table: Caseload.Table, _ rows: CaseRows, _ day: Int32,
        _ facts: inout Facts
    ) -> Bool {
        guard let codes else { return true }
        guard let row = row(in: rows, codes, on: day) else { return false }
        facts.add(reference(table, row))
        return true
    }

    /// Age, education, work and permit.
    private func holdsPerson<Facts: FactRecorder>(
        _ asked: CompiledCondition, on day: Int32, _ facts: inout Facts
    ) -> Bool {
        if asked.ageFrom != nil || asked.ageUnder != nil {
            let age = Day(number: cases.born[person]).age(on: Day(number: day))
            if age < asked.ageFrom ?? 0 || age >= asked.ageUnder ?? .max { return false }
            facts.add(reference(.born, 0))
        }
        if let isQualified = asked.isQualified {
            guard (cases.qualified[person] <= day) == isQualified else { return false }
            if cases.qualified[person] != Day.openEnd.number {
                facts.add(reference(.qualified, 0))
            }
        }
        if let isEmployed = asked.isEmployed {
            let job = row(in: cases.employments, DutyRun.jobs, on: day)
            guard (job != nil) == isEmployed else { return false }
            if let job { facts.add(reference(.employments, job)) }
        }
        if asked.permitYearsFrom != nil || asked.permitYearsUnder != nil {
            let permit = cases.permit[person]
            guard permit <= day else { return false }
            let years = Day(number: permit).age(on: Day(number: day))
            if years < asked.permitYearsFrom ?? 0 || years >= asked.permitYearsUnder ?? .max {
                return false
            }
            facts.add(reference(.permit, 0))
        }
        return true
    }
}

/// Takes the facts that were met on the way to an answer.
private protocol FactRecorder {
    mutating func add(_ fact: Caseload.Reference)
}

/// Where only the answer is asked for.
private struct NoFacts: FactRecorder {
    mutating func add(_ fact: Caseload.Reference) {}
}

private struct FactList: FactRecorder {
    var facts: [Caseload.Reference] = []
    mutating func add(_ fact: Caseload.Reference) { facts.append(fact) }
}
