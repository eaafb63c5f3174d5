import Chronology
import Registry

/// How atoms join into official spells (forløb). Read from the catalogue.
struct SpellRule: Sendable {
    /// Benefits whose spell runs from its first to its last day without a gap
    /// (sygedagpenge).
    var contiguous: Set<Benefit>
    /// Pairs of benefits where the second continues the spell of the first when
    /// there is no whole empty month between them.
    var continuations: [Continuation]

    struct Continuation: Sendable {
        var from: Benefit
        var to: Benefit
        /// Only a piece that starts on this day continues; nil for any day.
        var on: Day?
    }

    /// Whether a piece that starts on a day continues what ended before it.
    static func continues(_ start: Int32, after end: Int32) -> Bool {
        // The end of the next month is 28 to 62 days away.
        if start <= end + 28 { return true }
        return start <= end + 62 && start <= lastContinuation(after: end)
    }

    /// The last day on which a new piece still continues what ended on `day`: the
    /// last day of the next calendar month, because only a whole empty calendar
    /// month ends a spell.
    static func lastContinuation(after day: Int32) -> Int32 {
        let next = Month(containing: Day(number: day)) + 1
        return next.last.number
    }
}

/// The official spells of every person: which atoms belong together.
///
/// Atoms join in the order of their start, so the spells as of an earlier day are
/// the same ones with their later atoms left out.
struct OfficialSpells: Sendable {
    /// Spells of a person: `personOffsets[p]..<personOffsets[p + 1]`.
    let personOffsets: Column<Int32>
    /// Atoms of a spell: `offsets[s]..<offsets[s + 1]` into `atoms`.
    let offsets: Column<Int32>
    let atoms: Column<Int32>
    let contiguous: Column<Bool>
    /// Each spell with all of its atoms.
    let states: Column<SpellState>

    private struct Open {
        var atoms: [Int32]
        var municipality: UInt16
        /// Of each benefit in the spell its last day, and the last start that
        /// continues it.
        var parts: [(benefit: Int, end: Int32, limit: Int32)]
    }

    init(_ atoms: Atoms, rule: SpellRule, persons: Int, _ arena: Arena) {
        let isContiguous = Benefit.allCases.map { rule.contiguous.contains($0) }
        var personOffsets: [Int32] = [0]
        var offsets: [Int32] = [0]
        var members: [Int32] = []
        var owners: [Int32] = []
        var contiguous: [Bool] = []
        members.reserveCapacity(atoms.start.count)
        var spells: [Open] = []
        for person in 0..<persons {
            spells.removeAll(keepingCapacity: true)
            for atom in atoms.table.rows(of: person) {
                let benefit = Int(atoms.benefit[atom])
                let end = atoms.end[atom]
                let start = atoms.start[atom]
                let place = atoms.municipality[atom]
                let same = spells.lastIndex { spell in
                    spell.municipality == place
                        && spell.parts.contains { $0.benefit == benefit && start <= $0.limit }
                }
                let index =
                    same
                    ?? spells.lastIndex { spell in
                        spell.municipality == place
                            && spell.parts.contains {
                                start <= $0.limit && rule.continues($0.benefit, benefit, start)
                            }
                    }
                let part = { (end: Int32) in
                    (
                        benefit: benefit, end: end,
                        limit: end >= openEnd
                            ? Int32.max
                            : isContiguous[benefit]
                                ? end + 1 : SpellRule.lastContinuation(after: end)
                    )
                }
                guard let index else {
                    spells.append(
                        Open(atoms: [Int32(atom)], municipality: place, parts: [part(end)]))
                    continue
                }
                spells[index].atoms.append(Int32(atom))
                if let known = spells[index].parts.firstIndex(where: { $0.benefit == benefit }) {
                    let end = max(end, spells[index].parts[known].end)
                    spells[index].parts[known] = part(end)
                } else {
                    spells[index].parts.append(part(end))
                }
            }
            for spell in spells {
                members.append(contentsOf: spell.atoms)
                offsets.append(Int32(members.count))
                owners.append(Int32(person))
                contiguous.append(spell.parts.allSatisfy { isContiguous[$0.benefit] })
            }
            personOffsets.append(Int32(contiguous.count))
        }
        self.personOffsets = arena.column(personOffsets)
        self.offsets = arena.column(offsets)
        self.atoms = arena.column(members)
        states = arena.column(count: contiguous.count) { spell in
            SpellState(
                members[Int(offsets[spell])..<Int(offsets[spell + 1])].lazy.map { Int($0) }, atoms,
                of: owners[spell])
        }
        self.contiguous = arena.column(contiguous)
    }

    @inline(__always)
    func spells(of person: Int) -> Range<Int> {
        Int(personOffsets[person])..<Int(personOffsets[person + 1])
    }
}

extension SpellRule {
    fileprivate func continues(_ from: Int, _ to: Int, _ start: Int32) -> Bool {
        continuations.contains {
            $0.from.index == from && $0.to.index == to && ($0.on.map { $0.number == start } ?? true)
        }
    }
}

/// An official spell as it stands on a day.
struct SpellState: BitwiseCopyable, Sendable {
    var start = Int32.max
    /// The last day when the spell has ended, which a whole empty month must
    /// confirm; else `Day.openEnd`.
    var end = Int32.min
    /// The start of the atom that began last.
    var latestStart = Int32.min
    var person = Int32(0)
    /// As they stood last.
    var benefit = UInt8(0)
    var category = Atoms.noCategory
    var group = Atoms.noGroup
    /// Where the spell began.
    var place = UInt16(0)
    var id = Int64(0)
    /// A bit for every benefit it is made of.
    var held = UInt32(0)

    var isOpen: Bool { end == openEnd }

    init(of person: Int32) { self.person = person }

    /// `members` in the order of their starts.
    init(_ members: some Sequence<Int>, _ atoms: Atoms, of person: Int32) {
        self.person = person
        for atom in members { append(atom, atoms) }
    }

    /// Adds the atom that starts next.
    @inline(__always)
    mutating func append(_ atom: Int, _ atoms: Atoms) {
        if start == Int32.max {
            start = atoms.start[atom]
            place = atoms.municipality[atom]
        }
        end = max(end, atoms.end[atom])
        latestStart = atoms.start[atom]
        if atoms.category[atom] != Atoms.noCategory { category = atoms.category[atom] }
        if atoms.group[atom] != Atoms.noGroup { group = atoms.group[atom] }
        benefit = atoms.benefit[atom]
        held |= 1 << UInt32(atoms.benefit[atom])
        id = atoms.id[atom]
    }
}
