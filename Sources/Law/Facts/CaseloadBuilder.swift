import Chronology
import Registry

/// Spans or days with a code, person by person in the order of their starts.
struct CaseRows: Sendable, BitwiseCopyable {
    let offsets: Column<Int32>
    let start: Column<Int32>
    let end: Column<Int32>
    let code: Column<UInt8>
    let minutes: Column<Int32>
    /// By person, a bit for each code they have.
    let held: Column<UInt64>

    init(_ rows: CaseloadBuilder.Rows, _ arena: Arena) {
        offsets = arena.column(rows.offsets)
        start = arena.column(rows.start)
        end = arena.column(rows.end)
        code = arena.column(rows.code)
        minutes = arena.column(rows.minutes)
        held = arena.column(rows.held)
    }

    @inline(__always)
    func rows(of person: Int) -> Range<Int> {
        Int(offsets[person])..<Int(offsets[person + 1])
    }
}

/// Takes citizens' facts, one citizen after the other, and makes a `Caseload` of them.
public struct CaseloadBuilder: Sendable {
    typealias Row = (start: Int32, end: Int32, code: UInt8, minutes: Int32)

    struct Rows: Sendable {
        private(set) var offsets: [Int32] = [0]
        private(set) var start: [Int32] = []
        private(set) var end: [Int32] = []
        private(set) var code: [UInt8] = []
        private(set) var minutes: [Int32] = []
        private(set) var held: [UInt64] = []

        mutating func add(_ rows: [Row]) {
            var codes: UInt64 = 0
            let sorted = rows.sorted {
                ($0.start, $0.end, $0.code) < ($1.start, $1.end, $1.code)
            }
            for row in sorted {
                start.append(row.start)
                end.append(row.end)
                code.append(row.code)
                minutes.append(row.minutes)
                codes |= 1 << UInt64(row.code)
            }
            offsets.append(Int32(start.count))
            held.append(codes)
        }
    }

    private(set) var ids: [String] = []
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

    public init() {}

    /// Facts recorded after `knownAt` are left out; nil for all.
    public mutating func add(_ citizen: CitizenFacts, knownAt: Day? = nil) {
        ids.append(citizen.id)
        born.append(citizen.born.number)
        qualified.append((citizen.qualifiedFrom ?? .openEnd).number)
        permit.append((citizen.permitFrom ?? .openEnd).number)
        benefits.add(CaseloadBuilder.rows(citizen.benefits, knownAt))
        groups.add(CaseloadBuilder.rows(citizen.groups, knownAt))
        categories.add(CaseloadBuilder.rows(citizen.categories, knownAt))
        states.add(CaseloadBuilder.rows(citizen.states, knownAt))
        employments.add(CaseloadBuilder.rows(citizen.employments, knownAt))
        offers.add(CaseloadBuilder.rows(citizen.offers, knownAt))
        acts.add(
            citizen.acts.filter { isKnown($0.recorded ?? $0.day, knownAt) }.map {
                ($0.day.number, $0.day.number, LawCodes.position($0.kind), 0)
            })
    }

    private func isKnown(_ recorded: Day, _ knownAt: Day?) -> Bool {
        knownAt.map { recorded <= $0 } ?? true
    }

    private static func rows<Value: CaseIterable & Hashable>(
        _ spans: [FactSpan<Value>], _ knownAt: Day?
    ) -> [Row] {
        spans.filter { span in knownAt.map { span.recorded ?? span.start <= $0 } ?? true }.map {
            (
                $0.start.number, ($0.end ?? .openEnd).number, LawCodes.position($0.value),
                $0.minutes
            )
        }
    }
}
