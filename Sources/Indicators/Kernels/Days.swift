import Chronology
import Registry

/// A run of days that counts, with the minutes a week it counts for.
struct Piece {
    var start: Int32
    var end: Int32
    var minutes: Int32
    /// The atom it belongs to, or continues.
    var atom: Int
    var origin: Origin
}

/// A `DayRule` compiled for one run.
struct CompiledDays {
    let mask: PairMask
    /// Every day of the rule's own population counts, whatever the request asks
    /// for; the kernel picks persons by the request afterwards.
    let isWide: Bool
    let whole: Bool
    let capped: Bool
    /// The most minutes a week that an atom counts for.
    let most: Int32
    let outside: UInt32
    let including: UInt32
    let bridge: (mask: PairMask, from: Int32, underAge: Int)?

    init(_ rule: DayRule, _ filter: PopulationFilter, isWide: Bool = false) {
        let filter = isWide ? .everyone : filter
        self.isWide = isWide
        mask = PairMask(rule.population, filter)
        whole = rule.whole
        capped = rule.capped
        most = rule.capped ? WeeklyTime.full.minutes : Int32.max
        outside = Run.bits(rule.outside)
        including = Run.bits(rule.including)
        bridge = rule.bridge.map {
            (
                PairMask([PopulationClause(benefits: [$0.benefit])], filter), $0.from.number,
                $0.underAge
            )
        }
    }

    /// Atoms count on all of their days, and nothing else does.
    var isOfAtoms: Bool { outside == 0 && including == 0 && bridge == nil }

    /// Atoms count as they are.
    var isPlain: Bool { !capped && isOfAtoms }
}

extension Run {
    /// Full-time persons (fuldtidspersoner): days times degree.
    func fullTime<S: Sink>(_ rule: DayRule, into sink: inout S) {
        eachPiece(rule) { person, base, piece in
            guard holds(place: register.atoms.municipality[piece.atom]) else { return }
            addDays(
                piece.start, piece.end, minutes: Int64(piece.minutes), .numerator, person,
                base &+ group(atom: piece.atom), piece.origin, into: &sink)
        }
    }

    /// Persons with at least one day.
    func persons<S: Sink>(_ rule: DayRule, into sink: inout S) {
        eachPiece(rule) { person, base, piece in
            countOnce(
                piece.start, piece.end, .numerator, person, base &+ group(atom: piece.atom),
                piece.origin, into: &sink)
        }
    }

    /// The part of the full-time persons who are of an age.
    func ageShare<S: Sink>(_ rule: DayRule, _ ages: ClosedRange<Int>, into sink: inout S) {
        let span = AgeSpan(grid.periods, ages, arena)
        eachPiece(rule) { person, base, piece in
            let group = base &+ group(atom: piece.atom)
            let born = register.born[person]
            let minutes = Int64(piece.minutes)
            addDays(
                piece.start, piece.end, minutes: minutes, .denominator, person, group,
                piece.origin, into: &sink)
            guard span.mayContain(born: born) else { return }
            if span.alwaysContains(born: born) {
                return addDays(
                    piece.start, piece.end, minutes: minutes, .numerator, person, group,
                    piece.origin, into: &sink)
            }
            grid.overlaps(piece.start, piece.end) { period, count in
                guard span.contains(born: born, period), let cell = cell(person, period, group)
                else { return }
                sink.addWithin(cell, person, count &* minutes, piece.origin)
            }
        }
    }

    /// Calls `body` with every piece of every person, a person's in the order of their
    /// starts. Plain rules run straight over the atoms, as do capped ones where no two
    /// share a day, others over what was prepared of them.
    @inline(__always)
    func eachPiece(_ rule: DayRule, _ body: (Int, Int, Piece) -> Void) {
        let days = CompiledDays(rule, filter)
        let atoms = register.atoms
        let plain = days.isPlain
        let isOfAtoms = days.isOfAtoms
        let prepared = register.prepared[rule]
        var pieces: [Piece] = []
        if plain, ignoresPersons {
            let isWanted = { (atom: Int) in
                // The smallest column first: most rules are about few benefits.
                days.mask.benefits &>> UInt16(atoms.benefit[atom]) & 1 != 0
                    && grid.touches(atoms.start[atom], atoms.end[atom])
                    && counts(atom, days, days.mask)
            }
            return eachRow(in: atoms.table, where: isWanted) { body($0, 0, piece($1, days)) }
        }
        eachPerson(in: atoms.table) { person, base in
            if plain || isOfAtoms && areApart(atoms.table, person) {
                guard atoms.held[person] & days.mask.benefits != 0 else { return }
                for atom in atoms.table.rows(of: person)
                where grid.touches(atoms.start[atom], atoms.end[atom])
                    && counts(atom, days, days.mask)
                {
                    body(person, base, piece(atom, days))
                }
            } else if let prepared {
                for row in prepared.rows(of: person)
                where grid.touches(prepared.start[row], prepared.end[row]) {
                    let atom = Int(prepared.atom[row])
                    guard
                        counts(atom, days, days.mask)
                            || days.bridge.map({ counts(atom, days, $0.mask) }) ?? false
                    else { continue }
                    body(person, base, prepared.piece(row))
                }
            } else {
                pieces.removeAll(keepingCapacity: true)
                collect(days, person, into: &pieces)
                for piece in pieces { body(person, base, piece) }
            }
        }
    }

    /// True when no two rows of a person share a day.
    @inline(__always)
    private func areApart(_ table: PersonTable, _ person: Int) -> Bool {
        let rows = table.rows(of: person)
        for row in rows.dropFirst() where table.end[row &- 1] >= table.start[row] { return false }
        return true
    }

    /// Whether an atom is collected. A cap and a wide rule look at all places, so
    /// that a place's figure is the same filtered and cut out.
    @inline(__always)
    private func counts(_ atom: Int, _ days: CompiledDays, _ mask: PairMask) -> Bool {
        let atoms = register.atoms
        guard mask.contains(Int(atoms.benefit[atom]), atoms.category[atom]) else { return false }
        if days.isWide { return true }
        return selection.holds(group: atoms.group[atom])
            && (days.capped || holds(place: atoms.municipality[atom]))
    }

    @inline(__always)
    private func piece(_ atom: Int, _ days: CompiledDays) -> Piece {
        let atoms = register.atoms
        return Piece(
            start: atoms.start[atom], end: atoms.end[atom],
            minutes: days.whole ? WeeklyTime.full.minutes : min(days.most, atoms.minutes[atom]),
            atom: atom, origin: Origin(.benefitSpell, atoms.id[atom]))
    }

    /// The pieces of one person under a rule, in the order of their starts.
    func collect(_ days: CompiledDays, _ person: Int, into pieces: inout [Piece]) {
        let atoms = register.atoms
        for atom in atoms.table.rows(of: person) {
            if atoms.start[atom] > asOf { break }
            if counts(atom, days, days.mask) { pieces.append(piece(atom, days)) }
        }
        if let bridge = days.bridge {
            collectBridge(bridge.mask, bridge.from, bridge.underAge, days, person, into: &pieces)
        }
        if days.including != 0 { collectUncovered(days, person, into: &pieces) }
        if days.outside != 0 {
            pieces = subtract(offers(of: person, days.outside), from: pieces)
        }
        if days.capped {
            let benefits = atoms.benefit
            pieces = Run.capped(pieces) { Int(benefits[$0.atom]) }
        }
        let isSorted = pieces.indices.dropFirst().allSatisfy {
            pieces[$0 - 1].start <= pieces[$0].start
        }
        if !isSorted { pieces.sort { ($0.start, $0.end, $0.atom) < ($1.start, $1.end, $1.atom) } }
    }

    /// Days after the bridge's start, before the birthday and before a qualifying
    /// education.
    private func collectBridge(
        _ mask: PairMask, _ from: Int32, _ underAge: Int, _ days: CompiledDays, _ person: Int,
        into pieces: inout [Piece]
    ) {
        let born = register.born[person]
        guard born != Int32.max else { return }
        var last = Day(number: born).adding(months: 12 * underAge).number - 1
        let educations = register.educations
        for row in educations.rows(of: person)
        where educations.amount[row] == 1 && educations.start[row] <= asOf {
            last = min(last, educations.start[row] - 1)
        }
        let atoms = register.atoms
        for atom in atoms.table.rows(of: person) where counts(atom, days, mask) {
            if atoms.start[atom] > asOf { break }
            var piece = piece(atom, days)
            piece.start = max(piece.start, from)
            piece.end = min(piece.end, last)
            if piece.start <= piece.end { pieces.append(piece) }
        }
    }

    /// Days in offers that no benefit covers, as a continuation of the benefit
    /// before them.
    private func collectUncovered(
        _ days: CompiledDays, _ person: Int, into pieces: inout [Piece]
    ) {
        let offers = register.offers
        let atoms = register.atoms
        for row in offers.rows(of: person) where days.including & (1 << offers.code[row]) != 0 {
            if offers.start[row] > asOf { break }
            guard let atom = atom(of: person, on: offers.start[row], orBefore: true),
                counts(atom, days, days.mask)
            else { continue }
            let whole = Piece(
                start: offers.start[row], end: offers.end[row],
                minutes: min(WeeklyTime.full.minutes, offers.amount[row]), atom: atom,
                origin: Origin(.offer, offers.id[row]))
            let covered = atoms.table.rows(of: person).filter { atoms.start[$0] <= asOf }
                .map { (atoms.start[$0], atoms.end[$0]) }
            pieces.append(contentsOf: subtract(covered, from: [whole]))
        }
    }

    /// The days of a person's offers of these kinds.
    func offers(of person: Int, _ kinds: UInt32) -> [(Int32, Int32)] {
        let offers = register.offers
        var spans: [(Int32, Int32)] = []
        for row in offers.rows(of: person) where kinds & (1 << UInt32(offers.code[row])) != 0 {
            if offers.start[row] > asOf { break }
            spans.append((offers.start[row], offers.end[row]))
        }
        return spans
    }

    private func subtract(_ spans: [(Int32, Int32)], from pieces: [Piece]) -> [Piece] {
        var left = pieces
        for (start, end) in spans {
            var next: [Piece] = []
            for piece in left {
                guard piece.start <= end, start <= piece.end else {
                    next.append(piece)
                    continue
                }
                if piece.start < start {
                    var before = piece
                    before.end = start - 1
                    next.append(before)
                }
                if piece.end > end {
                    var after = piece
                    after.start = end + 1
                    next.append(after)
                }
            }
            left = next
        }
        return left
    }

    /// Lowers minutes so that no day has more than a full-time week in all; the
    /// pieces of the lowest rank keep theirs.
    static func capped(_ pieces: [Piece], rank: (Piece) -> Int) -> [Piece] {
        let full = WeeklyTime.full.minutes
        // Most people have one benefit at a time, in order.
        var isApart = true
        for index in pieces.indices.dropFirst() where isApart {
            isApart = pieces[index - 1].end < pieces[index].start
        }
        if isApart {
            var capped = pieces
            for index in capped.indices { capped[index].minutes = min(full, capped[index].minutes) }
            return capped
        }
        let sorted = pieces.sorted { $0.start < $1.start }
        let edges = Set(sorted.flatMap { [$0.start, $0.end + 1] }).sorted()
        var capped: [Piece] = []
        for (edge, next) in zip(edges, edges.dropFirst()) {
            var room = full
            let here = sorted.filter { $0.start <= edge && edge <= $0.end }
                .sorted { (rank($0), $0.atom) < (rank($1), $1.atom) }
            for piece in here where room > 0 {
                var part = piece
                part.start = edge
                part.end = next - 1
                part.minutes = min(room, piece.minutes)
                room -= part.minutes
                capped.append(part)
            }
        }
        return capped
    }
}
