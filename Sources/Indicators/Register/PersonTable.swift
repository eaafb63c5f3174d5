import Registry

/// `Day.openEnd` as a number, here because kernels compare with it all the time.
let openEnd = Int32.max / 2

/// One registered row about a person while the register is being filled.
struct StagedRow {
    var person: Int32
    var start: Int32
    /// `Day.openEnd` while it goes on.
    var end: Int32
    var municipality: UInt16
    /// Position of the fact's kind, benefit or category in its `allCases`.
    var code: UInt8
    /// Weekly minutes, a status or a mark, depending on the table.
    var amount: Int32 = 0
    var unit: Int64 = 0
    var id: Int64

    static func inOrder(_ a: StagedRow, _ b: StagedRow) -> Bool {
        (a.start, a.end, a.code, a.municipality, a.id)
            < (b.start, b.end, b.code, b.municipality, b.id)
    }
}

/// All rows of one kind, person by person and inside a person by start.
struct PersonTable: Sendable {
    let kind: FactKind
    let offsets: Column<Int32>
    let start: Column<Int32>
    let end: Column<Int32>
    let municipality: Column<UInt16>
    let code: Column<UInt8>
    let amount: Column<Int32>
    let unit: Column<Int64>
    let id: Column<Int64>
    /// The persons with rows of each municipality, in order: those of place `p` are
    /// `holders[holderOffsets[p]..<holderOffsets[p + 1]]`.
    let holders: Column<Int32>
    private let holderOffsets: Column<Int32>
    /// All persons with rows, in order; nil where most have some.
    let few: Column<Int32>?
    /// The person of each row, where few persons have rows.
    let person: Column<Int32>?

    /// `rows` must be in the order that `sorted` gives.
    init(_ kind: FactKind, sorted rows: [StagedRow], persons: Int, _ arena: Arena) {
        self.kind = kind
        var counts = [Int32](repeating: 0, count: persons + 1)
        for row in rows { counts[Int(row.person) + 1] += 1 }
        for person in 0..<persons { counts[person + 1] += counts[person] }
        offsets = arena.column(counts)
        let some = (0..<persons).filter { counts[$0] < counts[$0 + 1] }
        let isFew = some.count * 2 < persons
        few = isFew ? arena.column(some.map { Int32($0) }) : nil
        person = isFew ? arena.column(count: rows.count) { rows[$0].person } : nil
        start = arena.column(count: rows.count) { rows[$0].start }
        end = arena.column(count: rows.count) { rows[$0].end }
        municipality = arena.column(count: rows.count) { rows[$0].municipality }
        code = arena.column(count: rows.count) { rows[$0].code }
        amount = arena.column(count: rows.count) { rows[$0].amount }
        unit = arena.column(count: rows.count) { rows[$0].unit }
        id = arena.column(count: rows.count) { rows[$0].id }
        (holders, holderOffsets) = PersonTable.holders(rows, arena)
    }

    private static func holders(
        _ rows: [StagedRow], _ arena: Arena
    ) -> (Column<Int32>, Column<Int32>) {
        let places = (rows.map(\.municipality).max().map { Int($0) } ?? -1) + 1
        var last = [Int32](repeating: -1, count: places)
        var offsets = [Int32](repeating: 0, count: places + 1)
        for row in rows where last[Int(row.municipality)] != row.person {
            last[Int(row.municipality)] = row.person
            offsets[Int(row.municipality) + 1] += 1
        }
        for place in 0..<places { offsets[place + 1] += offsets[place] }
        var persons = [Int32](repeating: 0, count: Int(offsets[places]))
        var next = offsets
        last = [Int32](repeating: -1, count: places)
        for row in rows where last[Int(row.municipality)] != row.person {
            let place = Int(row.municipality)
            last[place] = row.person
            persons[Int(next[place])] = row.person
            next[place] += 1
        }
        return (arena.column(persons), arena.column(offsets))
    }

    /// The persons with rows of a municipality, as a range of `holders`.
    func holders(of place: Int) -> Range<Int> {
        place + 1 < holderOffsets.count
            ? Int(holderOffsets[place])..<Int(holderOffsets[place + 1]) : 0..<0
    }

    @inline(__always)
    func rows(of person: Int) -> Range<Int> {
        Int(offsets[person])..<Int(offsets[person + 1])
    }

    /// Person by person (a counting sort), and inside a person by start.
    static func sorted(_ rows: [StagedRow], persons: Int) -> [StagedRow] {
        guard let first = rows.first else { return [] }
        var next = [Int](repeating: 0, count: persons + 1)
        for row in rows { next[Int(row.person) + 1] += 1 }
        for person in 0..<persons { next[person + 1] += next[person] }
        let offsets = next
        var sorted = [StagedRow](repeating: first, count: rows.count)
        for row in rows {
            sorted[next[Int(row.person)]] = row
            next[Int(row.person)] += 1
        }
        for person in 0..<persons where offsets[person + 1] - offsets[person] > 1 {
            sorted[offsets[person]..<offsets[person + 1]].sort(by: StagedRow.inOrder)
        }
        return sorted
    }
}
