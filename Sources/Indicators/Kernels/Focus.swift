import Chronology
import Registry

extension Run {
    /// One of the two national focus targets (fokusmål), on a grid of months: of
    /// those on the benefits for a year or more on the month's last day, the part
    /// who lack offers or hours, or conversations, in that year.
    func focus<S: Sink>(_ rule: FocusRule, into sink: inout S) {
        let mask = PairMask(rule.population, .everyone)
        let asked = PairMask(rule.population, filter)
        let windows = windowStarts(months: rule.months)
        let atoms = register.atoms
        let lack = CompiledLack(rule.lack)
        eachPerson(in: atoms.table) { person, base in
            guard atoms.held[person] & mask.benefits != 0 else { return }
            eachLongRun(person, mask, days: Int32(rule.months) * 28) { start, last in
                grid.eachEnd(start, last) { period in
                    let end = grid.ends[period]
                    guard start <= windows[period],
                        let atom = atom(
                            of: person, on: end, orBefore: true, where: { isOf(mask, $0) }),
                        holds(atom, asked),
                        let cell = cell(person, period, base &+ group(atom: atom))
                    else { return }
                    let lacks = lacks(lack, person, atom, windows[period], end)
                    sink.add(
                        cell, person, lacks ? 1 : 0, 1, Origin(.benefitSpell, atoms.id[atom]))
                }
            }
        }
    }

    /// Runs of days on any benefit of the population without a whole empty month,
    /// those of at least `days` days.
    @inline(__always)
    private func eachLongRun(
        _ person: Int, _ mask: PairMask, days: Int32, _ body: (_ start: Int32, _ end: Int32) -> Void
    ) {
        let atoms = register.atoms
        var start = Int32.max
        var last = Int32.min
        for atom in atoms.table.rows(of: person) where isOf(mask, atom) {
            if atoms.start[atom] > asOf { break }
            let end = atoms.end[atom] > asOf ? openEnd : atoms.end[atom]
            if start != Int32.max,
                last == openEnd || SpellRule.continues(atoms.start[atom], after: last)
            {
                last = max(last, end)
                continue
            }
            if start != Int32.max, last &- start >= days &- 1 { body(start, last) }
            (start, last) = (atoms.start[atom], end)
        }
        if start != Int32.max, last &- start >= days &- 1 { body(start, last) }
    }

    @inline(__always)
    private func isOf(_ mask: PairMask, _ atom: Int) -> Bool {
        mask.contains(Int(register.atoms.benefit[atom]), register.atoms.category[atom])
    }

    private func lacks(
        _ lack: CompiledLack, _ person: Int, _ atom: Int, _ from: Int32, _ to: Int32
    ) -> Bool {
        if let least = lack.conversations {
            let talks = register.conversations
            var held = 0
            for row in talks.rows(of: person)
            where talks.start[row] >= from && talks.start[row] <= to { held += 1 }
            return held < least
        }
        let wanted = isOf(lack.narrow, atom) ? lack.narrowKinds : lack.kinds
        if hasOffer(person, wanted, from: from, to: to) { return false }
        let limit = lack.hours.last { $0.from <= to }?.hours ?? 0
        return ordinaryWork(of: person, from: from, to: to) < Int64(limit) * minuteDaysPerHour
    }
}

/// A `FocusRule.Lack` compiled for one run.
private struct CompiledLack {
    var conversations: Int?
    var kinds: UInt32 = 0
    /// The kinds that count for those in `narrow`.
    var narrowKinds: UInt32 = 0
    var narrow = PairMask([], .everyone)
    var hours: [(from: Int32, hours: Int)] = []

    init(_ lack: FocusRule.Lack) {
        switch lack {
        case .conversations(let least): conversations = least
        case .offersAndHours(let kinds, let narrowKinds, let narrowTo, let hours):
            self.kinds = Run.bits(kinds)
            self.narrowKinds = self.kinds | Run.bits(narrowKinds)
            narrow = PairMask(narrowTo, .everyone)
            self.hours = hours.map { ($0.from.number, $0.hours) }
        }
    }
}
