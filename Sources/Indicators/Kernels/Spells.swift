import Chronology
import Registry

extension Run {
    /// Nil when the spell had not begun.
    @inline(__always)
    func state(_ spell: Int) -> SpellState? {
        let whole = register.spells.states[spell]
        guard whole.latestStart <= asOf else { return partialState(spell) }
        var state = whole
        if state.end > asOf { state.end = openEnd }
        return confirmed(state, spell)
    }

    /// The next month is over after 62 days at the latest, so the calendar is asked
    /// about the newest ends only.
    @inline(__always)
    private func confirmed(_ state: SpellState, _ spell: Int) -> SpellState {
        guard !state.isOpen, asOf &- state.end < 62, !register.spells.contiguous[spell],
            SpellRule.lastContinuation(after: state.end) > asOf
        else { return state }
        var open = state
        open.end = openEnd
        return open
    }

    /// The state without the atoms that begin after the day as of.
    private func partialState(_ spell: Int) -> SpellState? {
        let spells = register.spells
        let atoms = register.atoms
        let first = Int(spells.atoms[Int(spells.offsets[spell])])
        guard atoms.start[first] <= asOf else { return nil }
        var state = SpellState(of: register.spells.states[spell].person)
        var isCutOff = false
        for index in Int(spells.offsets[spell])..<Int(spells.offsets[spell + 1]) {
            let atom = Int(spells.atoms[index])
            if atoms.start[atom] <= asOf {
                state.append(atom, atoms)
            } else if atoms.start[atom] == asOf + 1 {
                // An atom may end on the day as of only because the category or the
                // group changes on the next: the registration runs on.
                isCutOff = isCutOff || continues(atom, spell)
            }
        }
        if isCutOff || state.end > asOf { state.end = openEnd }
        return confirmed(state, spell)
    }

    /// Whether an earlier atom of the spell is of the same registration.
    private func continues(_ atom: Int, _ spell: Int) -> Bool {
        let (spells, atoms) = (register.spells, register.atoms)
        return (Int(spells.offsets[spell])..<Int(spells.offsets[spell + 1])).contains { index in
            let other = Int(spells.atoms[index])
            return atoms.start[other] <= asOf && atoms.id[other] == atoms.id[atom]
        }
    }

    /// Calls `body` with every spell of the population that began by the last period
    /// and ended no earlier than on a day, and its group number.
    @inline(__always)
    func eachSpell(
        _ mask: PairMask, endingFrom earliest: Int32 = Int32.min,
        _ body: (_ person: Int, _ group: Int, SpellState) -> Void
    ) {
        let held = register.atoms.held
        let states = register.spells.states
        if ignoresPersons {
            let offsets = register.spells.personOffsets
            let spells = offsets[part.persons.lowerBound]..<offsets[part.persons.upperBound]
            for spell in Int(spells.lowerBound)..<Int(spells.upperBound)
            where states[spell].end >= earliest && states[spell].start <= grid.high {
                guard let state = state(spell), holds(state, mask) else { continue }
                body(Int(state.person), group(state), state)
            }
            return
        }
        eachPerson(in: register.atoms.table) { person, base in
            guard held[person] & mask.benefits != 0 else { return }
            for spell in register.spells.spells(of: person) {
                // A spell ended no later than with all of its atoms.
                guard states[spell].end >= earliest, states[spell].start <= grid.high,
                    let state = state(spell), holds(state, mask)
                else { continue }
                body(person, base &+ group(state), state)
            }
        }
    }

    @inline(__always)
    func holds(_ state: SpellState, _ mask: PairMask) -> Bool {
        mask.contains(Int(state.benefit), state.category) && selection.holds(group: state.group)
            && holds(place: state.place)
    }

    @inline(__always)
    func group(_ state: SpellState) -> Int {
        group(Int(state.benefit), state.category, state.group) &+ group(place: state.place)
    }

    func spells<S: Sink>(
        _ count: SpellCount, _ population: [PopulationClause]?, into sink: inout S
    ) {
        let mask = PairMask(population, filter)
        eachSpell(mask, endingFrom: grid.low) { person, group, state in
            let origin = Origin(.benefitSpell, state.id)
            switch count {
            case .begun:
                grid.eachPeriod(of: state.start) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            case .begunFromOther(let days):
                guard grid.holds(state.start),
                    hasOther(person, state, state.start - Int32(days), state.start - 1)
                else { return }
                grid.eachPeriod(of: state.start) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            case .endedToOther(let days):
                guard !state.isOpen, grid.holds(state.end),
                    hasOther(person, state, state.end + 1, state.end + Int32(days))
                else { return }
                grid.eachPeriod(of: state.end) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            case .ended, .meanWeeks:
                if state.isOpen || !grid.holds(state.end) { return }
                let days = Int(state.end - state.start) + 1
                let band = band(state)
                grid.eachPeriod(of: state.end) { period in
                    guard let cell = cell(person, period, group &+ band) else { return }
                    if case .ended = count {
                        sink.add(cell, person, 1, 0, origin)
                    } else {
                        sink.add(cell, person, Int64(days), 1, origin)
                    }
                }
            case .openStart where countsRows:
                guard let span = grid.span(state.start, state.end) else { return }
                let first = span.periods.lowerBound
                let lower = grid.starts[first] > state.start ? first : first &+ 1
                guard lower < span.periods.upperBound else { return }
                sink.addEach(lower..<span.periods.upperBound, of: group, person, origin)
            case .openStart:
                grid.overlaps(state.start, state.end) { period, _ in
                    let start = grid.starts[period]
                    guard state.start < start, start <= state.end,
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            case .openEnd, .openOver:
                var weeks = -1
                if case .openOver(let limit) = count { weeks = limit }
                if countsRows,
                    let periods = grid.ends(
                        in: state.start &+ Int32(max(0, weeks &* 7 &+ 1)), state.end &- 1)
                {
                    if !periods.isEmpty { sink.addEach(periods, of: group, person, origin) }
                    return
                }
                grid.eachEnd(state.start, state.end - 1) { period in
                    guard Int(grid.ends[period] - state.start) > weeks * 7,
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            }
        }
    }

    /// Whether the person had another benefit than those the spell is made of on a day of a
    /// span, as far as was known on the day as of.
    private func hasOther(_ person: Int, _ state: SpellState, _ from: Int32, _ to: Int32) -> Bool {
        let atoms = register.atoms
        for atom in atoms.table.rows(of: person) {
            if atoms.start[atom] > min(to, asOf) { break }
            if atoms.end[atom] >= from, state.held & (1 << UInt32(atoms.benefit[atom])) == 0 {
                return true
            }
        }
        return false
    }

    /// The part of the group number that is the length's.
    private func band(_ state: SpellState) -> Int {
        if cells.duration == 0 { return 0 }
        let band = DurationBand(days: Int(state.end - state.start) + 1)
        return Codes.position(band) &* cells.duration
    }

    /// The part of the ended spells that led to a status some days later. Spells
    /// whose day has not come yet are left out.
    func exits<S: Sink>(_ rule: ExitRule, into sink: inout S) {
        let mask = PairMask(nil, filter)
        let wanted = rule.statuses.reduce(UInt32(0)) { $0 | $1.bit }
        let leave = Run.bits([Benefit.parentalLeave, .oldAgePension])
        let calendar = MonthsByDay(
            grid.low &+ Int32(rule.days), grid.high &+ Int32(rule.days), arena)
        eachSpell(mask, endingFrom: grid.low) { person, group, state in
            if state.isOpen || !grid.holds(state.end) { return }
            let day = state.end + Int32(rule.days)
            if day > asOf { return }
            let status = status(of: person, on: day, in: calendar, leave: leave)
            let hit = wanted & status.bit != 0 ? Int64(1) : 0
            let band = band(state)
            grid.eachPeriod(of: state.end) { period in
                guard let cell = cell(person, period, group &+ band) else { return }
                sink.add(cell, person, hit, 1, Origin(.benefitSpell, state.id))
            }
        }
    }

    /// One status by the order of jobindsats.dk: benefits, education, wage work in
    /// the month, other (leave, old age, moved away), self-support.
    private func status(
        of person: Int, on day: Int32, in calendar: MonthsByDay, leave: UInt32
    ) -> ExitStatus {
        let atoms = register.atoms
        var isOther = false
        for atom in atoms.table.rows(of: person) {
            if atoms.start[atom] > day { break }
            guard atoms.end[atom] >= day else { continue }
            if leave & (1 << UInt32(atoms.benefit[atom])) == 0 { return .benefit }
            isOther = true
        }
        if covers(register.enrolments, person, day, day) { return .education }
        let last = min(calendar.last(day), asOf)
        if covers(register.employments, person, calendar.first(day), last) { return .work }
        if isOther { return .other }
        let hasResidence = !register.residences.rows(of: person).isEmpty
        return hasResidence && residence(of: person, on: day) == nil ? .other : .selfSupport
    }

    func covers(_ table: PersonTable, _ person: Int, _ from: Int32, _ to: Int32) -> Bool {
        for row in table.rows(of: person) {
            if table.start[row] > to { break }
            if table.end[row] >= from { return true }
        }
        return false
    }
}

/// The first and last day of the month of each day in a span.
private struct MonthsByDay {
    private let low: Int32
    private let firsts: Column<Int32>
    private let lasts: Column<Int32>

    init(_ low: Int32, _ high: Int32, _ arena: Arena) {
        self.low = low
        let months = (low...max(low, high)).map { Day(number: $0).month }
        firsts = arena.column(months.map(\.first.number))
        lasts = arena.column(months.map(\.last.number))
    }

    @inline(__always)
    func first(_ day: Int32) -> Int32 { firsts[Int(day &- low)] }

    @inline(__always)
    func last(_ day: Int32) -> Int32 { lasts[Int(day &- low)] }
}
