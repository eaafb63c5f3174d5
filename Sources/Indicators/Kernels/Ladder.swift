import Chronology
import Registry

/// A stretch of days on one step of the ladder, and the step (0 is the first).
struct Rung: BitwiseCopyable, Sendable {
    var start: Int32
    var end: Int32
    var step: Int
}

/// All rungs, person by person.
struct Ladder: Sendable {
    let rungs: Column<Rung>
    let offsets: Column<Int32>

    @inline(__always)
    func rungs(of person: Int) -> Range<Int> {
        Int(offsets[person])..<Int(offsets[person + 1])
    }
}

extension Run {
    /// The part of the full-time persons who are on a step of the ladder.
    func ladderShare<S: Sink>(_ rule: LadderRule, step: Int, into sink: inout S) {
        eachRung(rule) { person, base, atom, rung in
            let atoms = register.atoms
            let group = base &+ group(atom: atom)
            let origin = Origin(.benefitSpell, atoms.id[atom])
            grid.overlaps(rung.start, rung.end) { period, days in
                guard let cell = cell(person, period, group) else { return }
                let work = days &* Int64(atoms.minutes[atom])
                sink.add(cell, person, rung.step == step ? work : 0, work, origin)
            }
        }
    }

    /// What the municipality pays when the state's part is taken off: kroner a
    /// month times percent times weekly minutes times days.
    func ladderCost<S: Sink>(_ rule: LadderRule, _ rates: [DatedRate], into sink: inout S) {
        let dated = Dictionary(grouping: rates, by: { Codes.position($0.benefit) })
        let tables = (0..<Benefit.allCases.count).map { benefit in
            (dated[benefit] ?? []).sorted { $0.from < $1.from }
        }
        eachRung(rule) { person, base, atom, rung in
            let atoms = register.atoms
            let group = base &+ group(atom: atom)
            let origin = Origin(.benefitSpell, atoms.id[atom])
            let table = tables[Int(atoms.benefit[atom])]
            let part = Int64(100 - rule.percents[rung.step])
            for (index, rate) in table.enumerated() {
                let next = index + 1 < table.count ? table[index + 1].from : Day.openEnd
                let from = max(rung.start, rate.from.number)
                let to = min(rung.end, next.number - 1)
                if from > to { continue }
                grid.overlaps(from, to) { period, days in
                    guard let cell = cell(person, period, group) else { return }
                    let work = days &* Int64(atoms.minutes[atom])
                    let cost = Int64(rate.kroner) &* part &* work
                    sink.add(cell, person, cost, 0, origin)
                }
            }
        }
    }

    @inline(__always)
    private func eachRung(_ rule: LadderRule, _ body: (Int, Int, Int, Rung) -> Void) {
        guard let ladder = register.prepared[rule] else { return }
        let asked = PairMask([PopulationClause(benefits: rule.benefits)], filter)
        let atoms = register.atoms
        eachPerson(in: atoms.table) { person, base in
            for atom in atoms.table.rows(of: person) where holds(atom, asked) {
                if atoms.start[atom] > asOf { break }
                for index in ladder.rungs(of: person) {
                    let rung = ladder.rungs[index]
                    let start = max(rung.start, atoms.start[atom])
                    let end = min(rung.end, atoms.end[atom])
                    if start <= end {
                        body(person, base, atom, Rung(start: start, end: end, step: rung.step))
                    }
                }
            }
        }
    }

    /// The rungs of every person.
    func ladder(_ rule: LadderRule, _ arena: Arena) -> Ladder {
        let everyone = PairMask([PopulationClause(benefits: rule.benefits)], .everyone)
        let supported = Run.bits(rule.supported)
        var offsets: [Int32] = [0]
        var all: [Rung] = []
        for person in 0..<register.persons {
            all.append(contentsOf: rungs(person, rule, everyone, supported))
            offsets.append(Int32(all.count))
        }
        return Ladder(rungs: arena.column(all), offsets: arena.column(offsets))
    }

    /// A person's benefit weeks (Monday to Sunday with any paid benefit) laid out
    /// on the ladder. The count goes on over breaks and starts again when whole
    /// weeks of self-support within the last three years are enough.
    private func rungs(
        _ person: Int, _ rule: LadderRule, _ everyone: PairMask, _ supported: UInt32
    ) -> [Rung] {
        let atoms = register.atoms
        var spans: [(Int32, Int32)] = []
        for atom in atoms.table.rows(of: person)
        where atoms.start[atom] <= asOf
            && everyone.contains(Int(atoms.benefit[atom]), atoms.category[atom])
        {
            spans.append((Run.week(atoms.start[atom]), Run.week(min(atoms.end[atom], asOf))))
        }
        var rungs: [Rung] = []
        var free: [(first: Int32, last: Int32)] = []
        var used = 0
        var previous: Int32?
        for (first, last) in Run.union(spans) {
            if let previous {
                free.append(contentsOf: freeWeeks(person, previous + 1, first - 1, supported))
                let horizon = first - Int32(rule.restartWithin)
                let count = free.reduce(0) {
                    $0 + max(0, Int($1.last - max($1.first, horizon)) + 1)
                }
                if count >= rule.restartWeeks {
                    used = 0
                    free.removeAll()
                }
            }
            climb(first, last, from: used, rule, into: &rungs)
            used += Int(last - first) + 1
            previous = last
        }
        return rungs
    }

    private func climb(
        _ first: Int32, _ last: Int32, from used: Int, _ rule: LadderRule, into rungs: inout [Rung]
    ) {
        var week = first
        var count = used
        for (step, limit) in (rule.lastWeeks + [Int.max]).enumerated() where week <= last {
            if count >= limit { continue }
            let room = limit == Int.max ? Int(last - week) + 1 : limit - count
            let end = min(last, week + Int32(room) - 1)
            rungs.append(Rung(start: Run.monday(week), end: Run.monday(end) + 6, step: step))
            count += Int(end - week) + 1
            week = end + 1
        }
    }

    /// The weeks of a break without wage-supported work.
    private func freeWeeks(
        _ person: Int, _ first: Int32, _ last: Int32, _ supported: UInt32
    ) -> [(first: Int32, last: Int32)] {
        let work = register.employments
        var free = first <= last ? [(first: first, last: last)] : []
        for row in work.rows(of: person)
        where supported & (1 << UInt32(work.code[row])) != 0 && work.start[row] <= asOf {
            let start = Run.week(work.start[row])
            let end = Run.week(min(work.end[row], asOf))
            free = free.flatMap { span -> [(first: Int32, last: Int32)] in
                [(span.first, min(span.last, start - 1)), (max(span.first, end + 1), span.last)]
                    .filter { $0.0 <= $0.1 }.map { (first: $0.0, last: $0.1) }
            }
        }
        return free
    }

    /// Weeks from Monday to Sunday, numbered from the one of 1969-12-29.
    private static func week(_ day: Int32) -> Int32 { (day + 3 + 70_000) / 7 - 10_000 }
    private static func monday(_ week: Int32) -> Int32 { week * 7 - 3 }
}
