import Chronology
import Registry

/// Benefit days cut into atoms: pieces of a spell in which match category and
/// target group do not change, so that every filter and every cut is a question
/// to the atom's own columns.
struct Atoms: Sendable {
    let table: PersonTable
    /// Position in `MatchCategory.allCases`, or `none`.
    let category: Column<UInt8>
    /// Position in `TargetGroup.allCases`, or `none`.
    let group: Column<UInt8>
    /// By person, a bit for each benefit they ever had.
    let held: Column<UInt16>

    // Constants rather than counts of the cases, because the kernels compare with them
    // all the time. A test holds them to the counts.
    @inline(__always) static var noCategory: UInt8 { 4 }
    @inline(__always) static var noGroup: UInt8 { 14 }
    @inline(__always) static var noBenefit: Int { 14 }

    /// All three arguments sorted as `PersonTable.sorted` does.
    init(
        spells: [StagedRow], categories: PersonTable, groups: PersonTable, persons: Int,
        _ arena: Arena
    ) {
        var rows: [StagedRow] = []
        var categoryCodes: [UInt8] = []
        var groupCodes: [UInt8] = []
        rows.reserveCapacity(spells.count)
        for spell in spells {
            let person = Int(spell.person)
            var start = spell.start
            while start <= spell.end {
                let category = Atoms.state(categories, person, start)
                let group = Atoms.state(groups, person, start)
                let end = min(spell.end, category.until, group.until)
                var row = spell
                row.start = start
                row.end = end
                let categoryCode = category.code ?? Atoms.noCategory
                let groupCode = group.code ?? Atoms.noGroup
                if let last = rows.last, start > spell.start, categoryCodes.last == categoryCode,
                    groupCodes.last == groupCode, last.end + 1 == start
                {
                    rows[rows.count - 1].end = end
                } else {
                    rows.append(row)
                    categoryCodes.append(categoryCode)
                    groupCodes.append(groupCode)
                }
                start = end + 1
            }
        }
        var held = [UInt16](repeating: 0, count: persons)
        for row in rows { held[Int(row.person)] |= 1 << UInt16(row.code) }
        self.held = arena.column(held)
        let order = Atoms.order(rows)
        table = PersonTable(
            .benefitSpell, sorted: order.map { rows[$0] }, persons: persons, arena)
        category = arena.column(count: order.count) { categoryCodes[order[$0]] }
        group = arena.column(count: order.count) { groupCodes[order[$0]] }
    }

    /// What holds on `day` (the period that began last wins), and the last day on
    /// which nothing new begins and nothing ends.
    private static func state(
        _ table: PersonTable, _ person: Int, _ day: Int32
    ) -> (code: UInt8?, until: Int32) {
        var code: UInt8?
        var until = Int32.max
        for row in table.rows(of: person) {
            if table.start[row] > day {
                until = min(until, table.start[row] - 1)
                break
            }
            if table.end[row] >= day {
                code = table.code[row]
                until = min(until, table.end[row])
            }
        }
        return (code, until)
    }

    /// Splitting leaves rows person by person; only overlapping spells of one
    /// person can be out of order.
    private static func order(_ rows: [StagedRow]) -> [Int] {
        var order = Array(rows.indices)
        var low = 0
        while low < rows.count {
            var high = low + 1
            while high < rows.count, rows[high].person == rows[low].person { high += 1 }
            if high - low > 1 {
                order[low..<high].sort { StagedRow.inOrder(rows[$0], rows[$1]) }
            }
            low = high
        }
        return order
    }

    @inline(__always) var start: Column<Int32> { table.start }
    @inline(__always) var end: Column<Int32> { table.end }
    @inline(__always) var benefit: Column<UInt8> { table.code }
    @inline(__always) var minutes: Column<Int32> { table.amount }
    @inline(__always) var municipality: Column<UInt16> { table.municipality }
    @inline(__always) var id: Column<Int64> { table.id }
}
