import Chronology
import Registry

/// An official spell as it stands on the day the figures are as of.
struct SpellState {
    var start: Int32
    /// The last day when the spell has ended, which a whole empty month must
    /// confirm; else `Day.openEnd`.
    var end: Int32
    /// The atom that began last.
    var atom: Int
    /// As they stood last.
    var benefit: Int
    var category: UInt8
    var group: UInt8
    var place: UInt16
    var id: Int64

    var isOpen: Bool { end == Day.openEnd.number }
}

extension Run {
    /// Nil when the spell had not begun.
    func state(_ spell: Int) -> SpellState? {
        let spells = register.spells
        let atoms = register.atoms
        let first = Int(spells.atoms[Int(spells.offsets[spell])])
        guard atoms.start[first] <= asOf else { return nil }
        var state = SpellState(
            start: atoms.start[first], end: 0, atom: first, benefit: 0,
            category: Atoms.noCategory, group: Atoms.noGroup, place: atoms.municipality[first],
            id: 0)
        state.end = Int32.min
        for index in Int(spells.offsets[spell])..<Int(spells.offsets[spell + 1]) {
            let atom = Int(spells.atoms[index])
            if atoms.start[atom] > asOf { break }
            let end = atoms.end[atom] > asOf ? Day.openEnd.number : atoms.end[atom]
            state.end = max(state.end, end)
            state.atom = atom
            if atoms.category[atom] != Atoms.noCategory { state.category = atoms.category[atom] }
            if atoms.group[atom] != Atoms.noGroup { state.group = atoms.group[atom] }
        }
        state.benefit = Int(atoms.benefit[state.atom])
        state.id = atoms.id[state.atom]
        // The next month is over after 62 days at the latest, so the calendar is asked
        // about the newest ends only.
        if !state.isOpen, asOf &- state.end < 62, !spells.contiguous[spell],
            SpellRule.lastContinuation(after: state.end) > asOf
        {
            state.end = Day.openEnd.number
        }
        return state
    }

    /// Calls `body` with every spell of the population and its group number.
    @inline(__always)
    func eachSpell(_ mask: PairMask, _ body: (_ person: Int, _ group: Int, SpellState) -> Void) {
        eachPerson { person, base in
            for spell in register.spells.spells(of: person) {
                guard let state = state(spell), holds(state, mask) else { continue }
                body(person, base &+ group(state), state)
            }
        }
    }

    @inline(__always)
    func holds(_ state: SpellState, _ mask: PairMask) -> Bool {
        mask.contains(state.benefit, state.category) && selection.holds(group: state.group)
            && holds(place: state.place)
    }

    @inline(__always)
    func group(_ state: SpellState) -> Int {
        group(state.benefit, state.category, state.group) &+ group(place: state.place)
    }

    func spells<S: Sink>(
        _ count: SpellCount, _ population: [PopulationClause]?, into sink: inout S
    ) {
        let mask = PairMask(population, filter)
        eachSpell(mask) { person, group, state in
            let origin = Origin(.benefitSpell, state.id)
            switch count {
            case .begun:
                grid.overlaps(state.start, state.start) { period, _ in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            case .ended, .meanWeeks:
                if state.isOpen { return }
                let days = Int(state.end - state.start) + 1
                let band = Codes.position(DurationBand(days: days)) &* cells.duration
                grid.overlaps(state.end, state.end) { period, _ in
                    guard let cell = cell(person, period, group &+ band) else { return }
                    if case .ended = count {
                        sink.add(cell, person, 1, 0, origin)
                    } else {
                        sink.add(cell, person, Int64(days), 1, origin)
                    }
                }
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
                grid.overlaps(state.start, state.end) { period, _ in
                    let end = grid.ends[period]
                    guard end < state.end, Int(end - state.start) > weeks * 7,
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, 1, 0, origin)
                }
            }
        }
    }

    /// The part of the ended spells that led to a status some days later. Spells
    /// whose day has not come yet are left out.
    func exits<S: Sink>(_ rule: ExitRule, into sink: inout S) {
        let mask = PairMask(nil, filter)
        eachSpell(mask) { person, group, state in
            if state.isOpen { return }
            let day = state.end + Int32(rule.days)
            if day > asOf { return }
            let hit = rule.statuses.contains(status(of: person, on: day)) ? Int64(1) : 0
            let band =
                Codes.position(DurationBand(days: Int(state.end - state.start) + 1))
                &* cells.duration
            grid.overlaps(state.end, state.end) { period, _ in
                guard let cell = cell(person, period, group &+ band) else { return }
                sink.add(cell, person, hit, 1, Origin(.benefitSpell, state.id))
            }
        }
    }

    /// One status by the order of jobindsats.dk: benefits, education, wage work in
    /// the month, other (leave, old age, moved away), self-support.
    func status(of person: Int, on day: Int32) -> ExitStatus {
        let atoms = register.atoms
        var isOther = false
        for atom in atoms.table.rows(of: person) {
            if atoms.start[atom] > day { break }
            guard atoms.end[atom] >= day else { continue }
            switch Benefit.allCases[Int(atoms.benefit[atom])] {
            case .parentalLeave, .oldAgePension: isOther = true
            default: return .benefit
            }
        }
        if covers(register.enrolments, person, day, day) { return .education }
        let month = Day(number: day).month
        let last = min(month.last.number, asOf)
        if covers(register.employments, person, month.first.number, last) { return .work }
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
