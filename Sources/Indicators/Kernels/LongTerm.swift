import Chronology
import Registry

extension Run {
    /// Persons unemployed for a part of the weeks that end with the period.
    func longTermShare<S: Sink>(
        _ rule: DayRule, percent: Int, weeks: Int, into sink: inout S
    ) {
        let asked = PairMask(rule.population, filter)
        let needed = Int64(percent) * Int64(WeeklyTime.full.minutes) * Int64(weeks * 7)
        let earliest = grid.low - Int32(weeks * 7) + 1
        eachPieces(rule) { person, base, pieces in
            // Most have too few days in all the windows together.
            let most = pieces.reduce(Int64(0)) {
                let days = Int64(min(grid.high, $1.end) &- max(earliest, $1.start)) + 1
                return $0 + max(0, days) * Int64($1.minutes)
            }
            if most * 100 < needed { return }
            for period in 0..<grid.count where grid.days[period] > 0 {
                let to = grid.ends[period]
                let from = to - Int32(weeks * 7) + 1
                var sum: Int64 = 0
                var latest: Piece?
                for piece in pieces {
                    let shared = min(to, piece.end) &- max(from, piece.start) &+ 1
                    if shared <= 0 { continue }
                    sum &+= Int64(shared) &* Int64(piece.minutes)
                    if latest.map({ $0.start <= piece.start }) ?? true { latest = piece }
                }
                guard let latest, sum * 100 >= needed, holds(latest.atom, asked),
                    let cell = cell(person, period, base &+ group(atom: latest.atom))
                else { continue }
                sink.add(cell, person, 1, 0, latest.origin)
            }
        }
    }

    /// Persons unemployed without a break for so many weeks at the period's end.
    /// Short gaps do not break when there was little ordinary work in them.
    func longTermUnbroken<S: Sink>(
        _ rule: DayRule, weeks: Int, gapDays: Int, gapHours: Int, into sink: inout S
    ) {
        let asked = PairMask(rule.population, filter)
        eachPieces(rule) { person, base, pieces in
            for run in runs(pieces, person, gapDays, gapHours) {
                let first = run.start + Int32(weeks * 7) - 1
                if first > run.end { continue }
                grid.overlaps(first, run.end) { period, _ in
                    let end = grid.ends[period]
                    guard first <= end, end <= run.end,
                        let latest = pieces.filter({ $0.start <= end }).max(by: {
                            $0.start < $1.start
                        }), holds(latest.atom, asked),
                        let cell = cell(person, period, base &+ group(atom: latest.atom))
                    else { return }
                    sink.add(cell, person, 1, 0, latest.origin)
                }
            }
        }
    }

    private func runs(
        _ pieces: [Piece], _ person: Int, _ gapDays: Int, _ gapHours: Int
    ) -> [(start: Int32, end: Int32)] {
        var runs: [(start: Int32, end: Int32)] = []
        for piece in pieces.sorted(by: { $0.start < $1.start }) {
            if let last = runs.last, bridges(last.end, piece.start, person, gapDays, gapHours) {
                runs[runs.count - 1].end = max(last.end, piece.end)
            } else {
                runs.append((piece.start, piece.end))
            }
        }
        return runs
    }

    private func bridges(
        _ end: Int32, _ start: Int32, _ person: Int, _ gapDays: Int, _ gapHours: Int
    ) -> Bool {
        if start <= end + 1 { return true }
        if Int(start - end) - 1 > gapDays { return false }
        let work = ordinaryWork(of: person, from: end + 1, to: start - 1)
        return work <= Int64(gapHours) * minuteDaysPerHour
    }

    /// Calls `body` once for each person who has pieces, with all of them: every day
    /// of the rule counts, whatever the request asks for.
    @inline(__always)
    private func eachPieces(_ rule: DayRule, _ body: (Int, Int, [Piece]) -> Void) {
        let days = CompiledDays(rule, filter, isWide: true)
        let prepared = register.prepared[rule]
        var pieces: [Piece] = []
        eachPerson(in: register.atoms.table) { person, base in
            pieces.removeAll(keepingCapacity: true)
            if let prepared {
                for row in prepared.rows(of: person) where prepared.start[row] <= asOf {
                    pieces.append(prepared.piece(row))
                }
            } else {
                collect(days, person, into: &pieces)
            }
            if !pieces.isEmpty { body(person, base, pieces) }
        }
    }

    /// Gross unemployment in percent of the registered labour force. Both sides
    /// are the period's average; the labour force is not narrowed by benefit.
    func unemploymentRate<S: Sink>(_ rule: LabourForceRule, into sink: inout S) {
        guard let force = register.prepared[rule], let pieces = register.prepared[rule.unemployed]
        else { return }
        let span = AgeSpan(grid.periods, rule.ages, arena)
        let atoms = register.atoms
        func unemployed(_ person: Int, _ base: Int) {
            let born = register.born[person]
            guard span.mayContain(born: born) else { return }
            for row in pieces.rows(of: person)
            where grid.touches(pieces.start[row], pieces.end[row]) {
                let place = atoms.municipality[Int(pieces.atom[row])]
                guard holds(place: place) else { continue }
                let piece = pieces.piece(row)
                let group = base &+ group(place: place)
                grid.overlaps(piece.start, piece.end) { period, count in
                    guard span.contains(born: born, period),
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, count &* Int64(piece.minutes), 0, piece.origin)
                }
            }
        }
        eachPerson(in: force) { person, base in
            let born = register.born[person]
            guard span.mayContain(born: born) else { return }
            let isOfAge = span.alwaysContains(born: born)
            unemployed(person, base)
            for row in force.rows(of: person)
            where grid.touches(force.start[row], force.end[row])
                && holds(place: force.municipality[row])
            {
                let group = base &+ group(place: force.municipality[row])
                let origin = Origin(.residence, force.id[row])
                grid.overlaps(force.start[row], force.end[row]) { period, count in
                    guard isOfAge || span.contains(born: born, period),
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, 0, count, origin)
                }
            }
        }
        eachPerson(in: atoms.table) { person, base in
            let isCounted = force.rows(of: person).contains {
                holds(place: force.municipality[$0])
            }
            if !isCounted { unemployed(person, base) }
        }
    }

    /// The same days as runs that neither touch nor overlap.
    static func union(_ spans: [(Int32, Int32)]) -> [(Int32, Int32)] {
        var runs: [(Int32, Int32)] = []
        for span in spans.sorted(by: { $0 < $1 }) {
            if let last = runs.last, span.0 <= last.1 + 1 {
                runs[runs.count - 1].1 = max(last.1, span.1)
            } else {
                runs.append(span)
            }
        }
        return runs
    }
}
