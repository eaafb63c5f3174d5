import Chronology
import Registry

/// The days of each rule of the catalogue that asks for more than the atoms, worked
/// out once. They do not depend on a request: its filter picks among the pieces by
/// their atoms, and days after the day as of never count.
struct Prepared: Sendable {
    struct Table: Sendable {
        let offsets: Column<Int32>
        let start: Column<Int32>
        let end: Column<Int32>
        let minutes: Column<Int32>
        let atom: Column<Int32>
        let isOffer: Column<Bool>
        let id: Column<Int64>

        @inline(__always)
        func rows(of person: Int) -> Range<Int> {
            Int(offsets[person])..<Int(offsets[person + 1])
        }

        @inline(__always)
        func piece(_ row: Int) -> Piece {
            Piece(
                start: start[row], end: end[row], minutes: minutes[row], atom: Int(atom[row]),
                origin: Origin(isOffer[row] ? .offer : .benefitSpell, id[row]))
        }
    }

    private var tables: [DayRule: Table] = [:]
    private var forces: [LabourForceRule: PersonTable] = [:]
    private var ladders: [LadderRule: Ladder] = [:]

    init() {}

    /// What the rules of the register's catalogue need.
    init(_ register: Register, _ arena: Arena) {
        let everyone = FigureRequest("", periods: [], asOf: .openEnd)
        let run = Run(register, everyone, periods: [], arena)
        for definition in register.catalogue.all {
            if let rule = definition.measure.ladderRule, ladders[rule] == nil {
                ladders[rule] = run.ladder(rule, arena)
            }
            guard let rule = definition.measure.dayRule else { continue }
            let days = CompiledDays(rule, .everyone)
            if !days.isPlain && !days.capped && tables[rule] == nil {
                tables[rule] = Prepared.pieces(days, run, arena)
            }
            if case .unemploymentRate(let rule) = definition.measure, forces[rule] == nil {
                forces[rule] = Prepared.force(rule, tables[rule.unemployed], run, arena)
            }
        }
    }

    subscript(_ rule: DayRule) -> Table? { tables[rule] }

    /// Days in the labour force at a place of residence, in runs that do not overlap.
    subscript(_ rule: LabourForceRule) -> PersonTable? { forces[rule] }

    /// Weeks on the ladder of state reimbursement.
    subscript(_ rule: LadderRule) -> Ladder? { ladders[rule] }

    private static func pieces(_ days: CompiledDays, _ run: Run, _ arena: Arena) -> Table {
        var offsets: [Int32] = [0]
        var all: [Piece] = []
        var own: [Piece] = []
        for person in 0..<run.register.persons {
            own.removeAll(keepingCapacity: true)
            run.collect(days, person, into: &own)
            all.append(contentsOf: own)
            offsets.append(Int32(all.count))
        }
        return Table(
            offsets: arena.column(offsets),
            start: arena.column(count: all.count) { all[$0].start },
            end: arena.column(count: all.count) { all[$0].end },
            minutes: arena.column(count: all.count) { all[$0].minutes },
            atom: arena.column(count: all.count) { Int32(all[$0].atom) },
            isOffer: arena.column(count: all.count) { all[$0].origin.kind == .offer },
            id: arena.column(count: all.count) { all[$0].origin.id })
    }

    /// Residents who are unemployed, on one of the benefits alongside, or at work.
    private static func force(
        _ rule: LabourForceRule, _ unemployed: Table?, _ run: Run, _ arena: Arena
    ) -> PersonTable {
        let register = run.register
        let (atoms, work, homes) = (register.atoms, register.employments, register.residences)
        let alongside = Run.bits(rule.alongside)
        let days = CompiledDays(rule.unemployed, .everyone)
        var rows: [StagedRow] = []
        var pieces: [Piece] = []
        for person in 0..<register.persons where !homes.rows(of: person).isEmpty {
            pieces.removeAll(keepingCapacity: true)
            if let unemployed {
                for row in unemployed.rows(of: person) { pieces.append(unemployed.piece(row)) }
            } else {
                run.collect(days, person, into: &pieces)
            }
            var spans = pieces.map { ($0.start, $0.end) }
            for atom in atoms.table.rows(of: person)
            where alongside & (1 << UInt32(atoms.benefit[atom])) != 0 {
                spans.append((atoms.start[atom], atoms.end[atom]))
            }
            for row in work.rows(of: person) { spans.append((work.start[row], work.end[row])) }
            if spans.isEmpty { continue }
            let first = rows.count
            for (start, end) in Run.union(spans) {
                for home in homes.rows(of: person) {
                    let from = max(start, homes.start[home])
                    let to = min(end, homes.end[home])
                    if from > to { continue }
                    rows.append(
                        StagedRow(
                            person: Int32(person), start: from, end: to,
                            municipality: homes.municipality[home], code: 0, id: homes.id[home]))
                }
            }
            rows[first...].sort(by: StagedRow.inOrder)
        }
        return PersonTable(.residence, sorted: rows, persons: register.persons, arena)
    }
}

extension Measure {
    /// The days that the measure is about.
    fileprivate var dayRule: DayRule? {
        switch self {
        case .fullTime(let rule), .persons(let rule), .ageShare(let rule, _),
            .longTermShare(let rule, _, _), .longTermUnbroken(let rule, _, _, _):
            rule
        case .unemploymentRate(let rule): rule.unemployed
        default: nil
        }
    }

    fileprivate var ladderRule: LadderRule? {
        switch self {
        case .ladderShare(let rule, _), .ladderCost(let rule, _): rule
        default: nil
        }
    }
}
