import Chronology
import Registry

extension Run {
    /// Persons unemployed for a part of the weeks that end with the period.
    func longTermShare<S: Sink>(
        _ rule: DayRule, percent: Int, weeks: Int, into sink: inout S
    ) {
        let days = CompiledDays(rule, filter, isWide: true)
        let asked = PairMask(rule.population, filter)
        let needed = Int64(percent) * Int64(WeeklyTime.full.minutes) * Int64(weeks * 7)
        eachPieces(days) { person, base, pieces in
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
        let days = CompiledDays(rule, filter, isWide: true)
        let asked = PairMask(rule.population, filter)
        eachPieces(days) { person, base, pieces in
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

    /// Calls `body` once for each person who has pieces, with all of them.
    @inline(__always)
    func eachPieces(_ days: CompiledDays, _ body: (Int, Int, [Piece]) -> Void) {
        var pieces: [Piece] = []
        eachPerson { person, base in
            pieces.removeAll(keepingCapacity: true)
            collect(days, person, into: &pieces)
            if !pieces.isEmpty { body(person, base, pieces) }
        }
    }

    /// Gross unemployment in percent of the registered labour force. Both sides
    /// are the period's average; the labour force is not narrowed by benefit.
    func unemploymentRate<S: Sink>(_ rule: LabourForceRule, into sink: inout S) {
        let days = CompiledDays(rule.unemployed, filter, isWide: true)
        let span = AgeSpan(grid.periods, rule.ages)
        let alongside = Set(rule.alongside.map { UInt8(Codes.position($0)) })
        let atoms = register.atoms
        let work = register.employments
        let homes = register.residences
        var pieces: [Piece] = []
        eachPerson { person, base in
            pieces.removeAll(keepingCapacity: true)
            collect(days, person, into: &pieces)
            let born = register.born[person]
            for piece in pieces where holds(place: atoms.municipality[piece.atom]) {
                let group = base &+ group(place: atoms.municipality[piece.atom])
                grid.overlaps(piece.start, piece.end) { period, count in
                    guard span.contains(born: born, period),
                        let cell = cell(person, period, group)
                    else { return }
                    sink.add(cell, person, count &* Int64(piece.minutes), 0, piece.origin)
                }
            }
            var spans = pieces.map { ($0.start, $0.end) }
            for atom in atoms.table.rows(of: person)
            where alongside.contains(atoms.benefit[atom]) && atoms.start[atom] <= asOf {
                spans.append((atoms.start[atom], atoms.end[atom]))
            }
            for row in work.rows(of: person) where work.start[row] <= asOf {
                spans.append((work.start[row], work.end[row]))
            }
            for (start, end) in Run.union(spans) {
                for row in homes.rows(of: person)
                where homes.start[row] <= asOf && holds(place: homes.municipality[row]) {
                    let group = base &+ group(place: homes.municipality[row])
                    let from = max(start, homes.start[row])
                    let to = min(end, homes.end[row])
                    if from > to { continue }
                    grid.overlaps(from, to) { period, count in
                        guard span.contains(born: born, period),
                            let cell = cell(person, period, group)
                        else { return }
                        sink.add(cell, person, 0, count, Origin(.residence, homes.id[row]))
                    }
                }
            }
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
