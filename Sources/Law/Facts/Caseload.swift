import Chronology
import Registry

/// The facts of many citizens in columns, person by person.
public final class Caseload: Sendable {
    /// A fact of a citizen: its table and its row there.
    public struct Reference: Hashable, Sendable {
        public var table: Table
        public var row: Int32
    }

    public enum Table: UInt8, CaseIterable, Sendable {
        case benefits, groups, categories, states, employments, offers, acts
        /// Not rows: the day of birth, the first qualifying education, the first permit.
        case born, qualified, permit
    }

    public let ids: [String]
    /// One, in memory where all runs find it.
    let table: Column<CaseColumns>
    var columns: CaseColumns { table[0] }
    /// The memory of the columns.
    private let arena: Arena

    public var count: Int { ids.count }

    public init(_ builder: CaseloadBuilder) {
        ids = builder.ids
        arena = Arena()
        table = arena.column([CaseColumns(builder, arena)])
    }

    /// Facts recorded after `knownAt` are left out; nil for all.
    public convenience init(_ citizens: [CitizenFacts], knownAt: Day? = nil) {
        var builder = CaseloadBuilder()
        for citizen in citizens { builder.add(citizen, knownAt: knownAt) }
        self.init(builder)
    }

    /// The position of the citizen with an id; nil when there is none. O(citizens).
    public func position(of id: String) -> Int? { ids.firstIndex(of: id) }

    /// The target group registered for a citizen on a day.
    public func group(of person: Int, on day: Day) -> TargetGroup? {
        let groups = columns.groups
        return groups.rows(of: person).last {
            groups.start[$0] <= day.number && groups.end[$0] >= day.number
        }.map { TargetGroup.allCases[Int(groups.code[$0])] }
    }

    /// All facts of a citizen that have a row, table by table in the order of their starts.
    public func facts(of person: Int) -> [Fact] {
        Table.allCases.flatMap { table in
            (rows(table)?.rows(of: person) ?? 0..<0).map {
                fact(Reference(table: table, row: Int32($0)), of: person)
            }
        }
    }

    /// The fact behind a reference, of the citizen in a position.
    public func fact(_ reference: Reference, of person: Int) -> Fact {
        let day: Int32
        switch reference.table {
        case .born: day = columns.born[person]
        case .qualified: day = columns.qualified[person]
        case .permit: day = columns.permit[person]
        default:
            guard let rows = rows(reference.table) else { return Fact(table: reference.table) }
            let row = Int(reference.row)
            return Fact(
                table: reference.table, code: Caseload.names(reference.table)[Int(rows.code[row])],
                start: Day(number: rows.start[row]),
                end: rows.end[row] == Day.openEnd.number ? nil : Day(number: rows.end[row]))
        }
        return Fact(table: reference.table, start: Day(number: day), end: Day(number: day))
    }

    /// A fact as it is told: `Kontanthjælp` from a day.
    public struct Fact: Hashable, Sendable {
        public var table: Table
        /// The raw value of the benefit, group and so on; empty for the day of birth,
        /// the first qualifying education and the first permit.
        public var code = ""
        public var start = Day.openEnd
        public var end: Day?
    }

    private static func names(_ table: Table) -> [String] {
        switch table {
        case .benefits: Benefit.allCases.map(\.rawValue)
        case .groups: TargetGroup.allCases.map(\.rawValue)
        case .categories: MatchCategory.allCases.map(\.rawValue)
        case .states: LawState.allCases.map(\.rawValue)
        case .employments: EmploymentKind.allCases.map(\.rawValue)
        case .offers: OfferKind.allCases.map(\.rawValue)
        case .acts: ActKind.allCases.map(\.rawValue)
        case .born, .qualified, .permit: []
        }
    }

    func rows(_ table: Table) -> CaseRows? {
        switch table {
        case .benefits: columns.benefits
        case .groups: columns.groups
        case .categories: columns.categories
        case .states: columns.states
        case .employments: columns.employments
        case .offers: columns.offers
        case .acts: columns.acts
        case .born, .qualified, .permit: nil
        }
    }
}

/// The columns of a caseload.
struct CaseColumns: Sendable, BitwiseCopyable {
    let born: Column<Int32>
    let qualified: Column<Int32>
    let permit: Column<Int32>
    let benefits: CaseRows
    let groups: CaseRows
    let categories: CaseRows
    let states: CaseRows
    let employments: CaseRows
    let offers: CaseRows
    let acts: CaseRows

    init(_ builder: CaseloadBuilder, _ arena: Arena) {
        born = arena.column(builder.born)
        qualified = arena.column(builder.qualified)
        permit = arena.column(builder.permit)
        benefits = CaseRows(builder.benefits, arena)
        groups = CaseRows(builder.groups, arena)
        categories = CaseRows(builder.categories, arena)
        states = CaseRows(builder.states, arena)
        employments = CaseRows(builder.employments, arena)
        offers = CaseRows(builder.offers, arena)
        acts = CaseRows(builder.acts, arena)
    }
}

/// Positions of enumeration cases as the columns keep them, and sets of them as bits.
enum LawCodes {
    static func position<Value: CaseIterable & Equatable>(_ value: Value) -> UInt8 {
        UInt8(Array(Value.allCases).firstIndex(of: value) ?? 0)
    }

    static func bits<Value: CaseIterable & Hashable>(_ values: Set<Value>) -> UInt64 {
        values.reduce(0) { $0 | 1 << UInt64(position($1)) }
    }
}
