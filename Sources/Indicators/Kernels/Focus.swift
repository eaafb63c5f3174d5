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
        eachPerson { person, base in
            for run in longRuns(person, mask) {
                grid.overlaps(run.start, run.end) { period, _ in
                    let end = grid.ends[period]
                    guard run.end >= end, run.start <= windows[period],
                        let atom = atom(
                            of: person, on: end, orBefore: true, where: { isOf(mask, $0) }),
                        holds(atom, asked),
                        let cell = cell(person, period, base &+ group(atom: atom))
                    else { return }
                    let lacks = lacks(rule.lack, person, atom, windows[period], end)
                    sink.add(
                        cell, person, lacks ? 1 : 0, 1, Origin(.benefitSpell, atoms.id[atom]))
                }
            }
        }
    }

    /// Runs of days on any benefit of the population without a whole empty month.
    private func longRuns(_ person: Int, _ mask: PairMask) -> [(start: Int32, end: Int32)] {
        let atoms = register.atoms
        var runs: [(start: Int32, end: Int32)] = []
        for atom in atoms.table.rows(of: person) where isOf(mask, atom) {
            if atoms.start[atom] > asOf { break }
            let end = atoms.end[atom] > asOf ? Day.openEnd.number : atoms.end[atom]
            if let last = runs.last,
                last.end == Day.openEnd.number
                    || atoms.start[atom] <= SpellRule.lastContinuation(after: last.end)
            {
                runs[runs.count - 1].end = max(last.end, end)
            } else {
                runs.append((atoms.start[atom], end))
            }
        }
        return runs
    }

    private func isOf(_ mask: PairMask, _ atom: Int) -> Bool {
        mask.contains(Int(register.atoms.benefit[atom]), register.atoms.category[atom])
    }

    private func lacks(
        _ lack: FocusRule.Lack, _ person: Int, _ atom: Int, _ from: Int32, _ to: Int32
    ) -> Bool {
        switch lack {
        case .conversations(let least):
            let talks = register.conversations
            let held = talks.rows(of: person).reduce(0) {
                $0 + (talks.start[$1] >= from && talks.start[$1] <= to ? 1 : 0)
            }
            return held < least
        case .offersAndHours(let kinds, let narrowKinds, let narrowTo, let hours):
            var wanted = Run.bits(kinds)
            let narrow = PairMask(narrowTo, .everyone)
            if narrow.contains(
                Int(register.atoms.benefit[atom]), register.atoms.category[atom])
            {
                wanted |= Run.bits(narrowKinds)
            }
            if hasOffer(person, wanted, from: from, to: to) { return false }
            let limit = hours.last { $0.from.number <= to }?.hours ?? 0
            return ordinaryWork(of: person, from: from, to: to)
                < Int64(limit) * minuteDaysPerHour
        }
    }
}
