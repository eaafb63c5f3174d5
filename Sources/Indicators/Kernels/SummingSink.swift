import Registry

/// Adds up. Cells lie side by side in memory as long as they are few enough, else
/// they are looked up.
struct SummingSink: Sink, @unchecked Sendable {
    /// One cell; all of it fits in half a cache line.
    fileprivate struct Slot {
        var numerator: Int64 = 0
        var denominator: Int64 = 0
        /// Distinct entities seen.
        var entities: Int32 = 0
        /// The entity seen last, at all and on each side.
        var seen: Int32 = -1
        var seenAbove: Int32 = -1
        var seenBelow: Int32 = -1

        mutating func add(_ other: Slot) {
            numerator &+= other.numerator
            denominator &+= other.denominator
            entities &+= other.entities
        }
    }

    /// What a cell has more than the one before it, of that which came by rows of
    /// periods: so a row costs the same however long it is.
    fileprivate struct Step {
        /// Minutes that count on all of the period's days.
        var minutes: Int64 = 0
        /// Minutes times days that belong to this cell alone.
        var own: Int64 = 0
        var count: Int32 = 0
        var entities: Int32 = 0
    }

    /// How far the rows of the latest entity reach in a group: the period after the
    /// last, at all and on each side.
    fileprivate struct Reach {
        var entity: Int32 = -1
        var all: Int32 = 0
        var above: Int32 = 0
        var below: Int32 = 0
    }

    /// Memory without the checks of an array, because every day of every benefit
    /// ends up here.
    private final class Memory {
        let slots: UnsafeMutablePointer<Slot>
        let reaches: UnsafeMutablePointer<Reach>
        /// One more than the cells, and the denominators' after the numerators'.
        let steps: UnsafeMutablePointer<Step>
        init(_ cells: Int, groups: Int) {
            slots = .allocate(capacity: cells)
            slots.initialize(repeating: Slot(), count: cells)
            reaches = .allocate(capacity: groups)
            reaches.initialize(repeating: Reach(), count: groups)
            steps = .allocate(capacity: 2 * (cells + 1))
            steps.initialize(repeating: Step(), count: 2 * (cells + 1))
        }
        deinit {
            slots.deallocate()
            reaches.deallocate()
            steps.deallocate()
        }
    }

    private let memory: Memory
    private let slots: UnsafeMutablePointer<Slot>
    private let reaches: UnsafeMutablePointer<Reach>
    private let above: UnsafeMutablePointer<Step>
    private let below: UnsafeMutablePointer<Step>
    private var hasSteps = false
    private let days: Column<Int64>
    private let count: Int
    /// The cells when there are too many of them to lie side by side.
    private var sparse: [Int: Slot] = [:]

    static let denseLimit = 1 << 22

    /// `days` has the days of each period.
    init(groups: Int, days: Column<Int64>) {
        let cells = groups * days.count
        let isDense = cells <= SummingSink.denseLimit
        count = isDense ? cells : 0
        self.days = days
        memory = Memory(max(1, count), groups: isDense ? max(1, groups) : 1)
        slots = memory.slots
        reaches = memory.reaches
        above = memory.steps
        below = memory.steps + max(1, count) + 1
    }

    @inline(__always)
    private mutating func with(_ cell: Int, _ body: (inout Slot) -> Void) {
        if count > 0 {
            assert(cell >= 0 && cell < count)
            body(&slots[cell])
        } else {
            body(&sparse[cell, default: Slot()])
        }
    }

    @inline(__always)
    mutating func add(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ denominator: Int64, _ origin: Origin
    ) {
        with(cell) { slot in
            slot.numerator &+= numerator
            slot.denominator &+= denominator
            SummingSink.see(entity, &slot)
        }
    }

    @inline(__always)
    mutating func once(_ cell: Int, _ entity: Int, _ side: Side, _ origin: Origin) {
        let mark = Int32(truncatingIfNeeded: entity)
        with(cell) { slot in
            switch side {
            case .numerator:
                if slot.seenAbove == mark { return }
                slot.seenAbove = mark
                slot.numerator &+= 1
            case .denominator:
                if slot.seenBelow == mark { return }
                slot.seenBelow = mark
                slot.denominator &+= 1
            }
            SummingSink.see(entity, &slot)
        }
    }

    @inline(__always)
    mutating func addWithin(_ cell: Int, _ entity: Int, _ numerator: Int64, _ origin: Origin) {
        with(cell) { $0.numerator &+= numerator }
    }

    @inline(__always)
    mutating func onceWithin(_ cell: Int, _ entity: Int, _ origin: Origin) {
        let mark = Int32(truncatingIfNeeded: entity)
        with(cell) { slot in
            if slot.seenAbove == mark { return }
            slot.seenAbove = mark
            slot.numerator &+= 1
        }
    }

    @inline(__always)
    private static func see(_ entity: Int, _ slot: inout Slot) {
        let mark = Int32(truncatingIfNeeded: entity)
        if slot.seen != mark {
            slot.seen = mark
            slot.entities &+= 1
        }
    }
}

extension SummingSink {
    @inline(__always)
    mutating func addEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ origin: Origin
    ) {
        guard count > 0 else {
            for period in periods { add(group &* days.count &+ period, entity, 1, 0, origin) }
            return
        }
        let cell = group &* days.count
        above[cell &+ periods.lowerBound].count &+= 1
        above[cell &+ periods.upperBound].count &-= 1
        see(periods, of: group, entity)
    }

    @inline(__always)
    mutating func onceEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ side: Side, _ origin: Origin
    ) {
        guard count > 0 else {
            for period in periods { once(group &* days.count &+ period, entity, side, origin) }
            return
        }
        see(periods, of: group, entity)
        let upper = Int32(truncatingIfNeeded: periods.upperBound)
        let lower = Int32(truncatingIfNeeded: periods.lowerBound)
        let steps = side == .numerator ? above : below
        let from = max(lower, side == .numerator ? reaches[group].above : reaches[group].below)
        guard from < upper else { return }
        if side == .numerator { reaches[group].above = upper } else { reaches[group].below = upper }
        let cell = group &* days.count
        steps[cell &+ Int(from)].count &+= 1
        steps[cell &+ Int(upper)].count &-= 1
    }

    @inline(__always)
    mutating func addDays(
        _ span: PeriodSpan, of group: Int, _ entity: Int, _ side: Side, minutes: Int64,
        _ origin: Origin
    ) {
        let cell = group &* days.count
        guard count > 0 else {
            for period in span.periods {
                let work = span.days(in: period, of: days[period]) &* minutes
                add(
                    cell &+ period, entity, side == .numerator ? work : 0,
                    side == .denominator ? work : 0, origin)
            }
            return
        }
        let steps = side == .numerator ? above : below
        let (first, next) = (cell &+ span.periods.lowerBound, cell &+ span.periods.upperBound)
        steps[first].minutes &+= minutes
        steps[first].own &-= span.before &* minutes
        steps[next &- 1].own &-= span.after &* minutes
        steps[next].minutes &-= minutes
        see(span.periods, of: group, entity)
    }

    /// Counts the entity in the periods in which it has not been. Because rows come in
    /// the order of their first periods, those are the ones behind all before.
    @inline(__always)
    private mutating func see(_ periods: Range<Int>, of group: Int, _ entity: Int) {
        assert(!periods.isEmpty && group >= 0 && (group + 1) * days.count <= count)
        hasSteps = true
        let mark = Int32(truncatingIfNeeded: entity)
        if reaches[group].entity != mark { reaches[group] = Reach(entity: mark) }
        let from = max(Int32(truncatingIfNeeded: periods.lowerBound), reaches[group].all)
        let upper = Int32(truncatingIfNeeded: periods.upperBound)
        guard from < upper else { return }
        reaches[group].all = upper
        let cell = group &* days.count
        above[cell &+ Int(from)].entities &+= 1
        above[cell &+ Int(upper)].entities &-= 1
    }

    /// Puts what came by rows of periods into the cells; before the sums are read.
    mutating func settle() {
        guard hasSteps else { return }
        hasSteps = false
        var (higher, lower) = (Step(), Step())
        for cell in 0..<count {
            let all = days[cell % days.count]
            slots[cell].numerator &+= SummingSink.take(&above[cell], all, &higher)
            slots[cell].denominator &+= SummingSink.take(&below[cell], all, &lower)
            slots[cell].entities &+= higher.entities
        }
    }

    /// What the cell has of one side, after the steps up to it.
    private static func take(_ step: inout Step, _ days: Int64, _ sum: inout Step) -> Int64 {
        sum.minutes &+= step.minutes
        sum.count &+= step.count
        sum.entities &+= step.entities
        return sum.minutes &* days &+ step.own &+ Int64(sum.count)
    }

    struct Sum {
        var numerator: Int64
        var denominator: Int64
        var entities: Int

        fileprivate init(_ slot: Slot) {
            numerator = slot.numerator
            denominator = slot.denominator
            entities = Int(slot.entities)
        }
    }

    /// Adds the sums of other entities.
    mutating func merge(_ other: SummingSink) {
        for cell in 0..<count where other.slots[cell].entities > 0 {
            slots[cell].add(other.slots[cell])
        }
        for (cell, slot) in other.sparse { sparse[cell, default: Slot()].add(slot) }
    }

    /// Calls `body` with the cells that anything was added to, in ascending order.
    func eachFilled(_ body: (_ cell: Int, Sum) -> Void) {
        for cell in 0..<count where slots[cell].entities > 0 { body(cell, Sum(slots[cell])) }
        for (cell, slot) in sparse.sorted(by: { $0.key < $1.key }) { body(cell, Sum(slot)) }
    }
}
