import Registry

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

    /// `rows` must be in the order that `sorted` gives.
    init(_ kind: FactKind, sorted rows: [StagedRow], persons: Int) {
        self.kind = kind
        var counts = [Int32](repeating: 0, count: persons + 1)
        for row in rows { counts[Int(row.person) + 1] += 1 }
        for person in 0..<persons { counts[person + 1] += counts[person] }
        offsets = Column(counts)
        start = Column(rows.map(\.start))
        end = Column(rows.map(\.end))
        municipality = Column(rows.map(\.municipality))
        code = Column(rows.map(\.code))
        amount = Column(rows.map(\.amount))
        unit = Column(rows.map(\.unit))
        id = Column(rows.map(\.id))
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
