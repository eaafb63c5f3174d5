import Chronology
import Registry

/// The facts of many citizens in columns, person by person.
public struct Caseload: Sendable {
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

    /// Spans or days with a code, person by person in the order of their starts.
    struct Rows: Sendable {
        private(set) var offsets: [Int32] = [0]
        private(set) var start: [Int32] = []
        private(set) var end: [Int32] = []
        private(set) var code: [UInt8] = []
        private(set) var minutes: [Int32] = []

        @inline(__always)
        func rows(of person: Int) -> Range<Int> {
            Int(offsets[person])..<Int(offsets[person + 1])
        }

        mutating func add(_ rows: [(start: Int32, end: Int32, code: UInt8, minutes: Int32)]) {
            for row in rows.sorted(by: { ($0.start, $0.end, $0.code) < ($1.start, $1.end, $1.code) }
            ) {
                start.append(row.start)
                end.append(row.end)
                code.append(row.code)
                minutes.append(row.minutes)
            }
            offsets.append(Int32(start.count))
        }
    }

    public private(set) var ids: [String] = []
    private(set) var born: [Int32] = []
    private(set) var qualified: [Int32] = []
    private(set) var permit: [Int32] = []
    private(set) var benefits = Rows()
    private(set) var groups = Rows()
    private(set) var categories = Rows()
    private(set) var states = Rows()
    private(set) var employments = Rows()
    private(set) var offers = Rows()
    private(set) var acts = Rows()

    public var count: Int { ids.count }

    /// Facts recorded after `knownAt` are left out; nil for all.
    public init(_ citizens: [CitizenFacts] = [], knownAt: Day? = nil) {
        for citizen in citizens { add(citizen, knownAt: knownAt) }
    }

    public mutating func add(_ citizen: CitizenFacts, knownAt: Day? = nil) {
        func known(_ recorded: Day?, _ start: Day) -> Bool {
            knownAt.map { (recorded ?? start) <= $0 } ?? true
        }
        func rows<Value: CaseIterable & Hashable>(
            _ spans: [FactSpan<Value>]
        ) -> [(start: Int32, end: Int32, code: UInt8, minutes: Int32)] {
            spans.filter { known($0.recorded, $0.start) }.map {
                (
                    $0.start.number, ($0.end ?? .openEnd).number, LawCodes.position($0.value),
                    $0.minutes
                )
            }
        }
        ids.append(citizen.id)
        born.append(citizen.born.number)
        qualified.append((citizen.qualifiedFrom ?? .openEnd).number)
        permit.append((citizen.permitFrom ?? .openEnd).number)
        benefits.add(rows(citizen.benefits))
        groups.add(rows(citizen.groups))
        categories.add(rows(citizen.categories))
        states.add(rows(citizen.states))
        employments.add(rows(citizen.employments))
        offers.add(rows(citizen.offers))
        acts.add(
            citizen.acts.filter { known($0.recorded, $0.day) }.map {
                ($0.day.number, $0.day.number, LawCodes.position($0.kind), 0)
            })
    }

    /// The fact behind a reference, of the citizen in a position.
    public func fact(_ reference: Reference, of person: Int) -> Fact {
        let day: Int32
        switch reference.table {
        case .born: day = born[person]
        case .qualified: day = qualified[person]
        case .permit: day = permit[person]
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

    func rows(_ table: Table) -> Rows? {
        switch table {
        case .benefits: benefits
        case .groups: groups
        case .categories: categories
        case .states: states
        case .employments: employments
        case .offers: offers
        case .acts: acts
        case .born, .qualified, .permit: nil
        }
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
