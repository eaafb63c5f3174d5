import Registry

/// The two sides of a fraction, for measures that count someone once on each.
enum Side { case numerator, denominator }

/// The registration behind a contribution.
struct Origin {
    var kind: FactKind
    var id: Int64

    @inline(__always)
    init(_ kind: FactKind, _ id: Int64) {
        self.kind = kind
        self.id = id
    }
}

/// Where kernels put what they find. The same kernel adds up figures or records
/// single contributions, depending on its sink.
protocol Sink {
    /// Adds to a cell's numerator and denominator. `entity` is the person (or
    /// company, or order) it is about; all that is about one entity comes in a
    /// row.
    mutating func add(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ denominator: Int64, _ origin: Origin)
    /// Adds 1 to one side unless this entity was already counted there.
    mutating func once(_ cell: Int, _ entity: Int, _ side: Side, _ origin: Origin)
    /// Adds 1 to the numerator of every cell in a row of cells, to none of which
    /// anything about this entity has been or will be added.
    mutating func onceEach(_ cells: Range<Int>, _ entity: Int, _ origin: Origin)
}

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

    /// Memory without the checks of an array, because every day of every benefit
    /// ends up here.
    private final class Memory {
        let slots: UnsafeMutablePointer<Slot>
        /// How many more entities each cell has than the one before it, of those
        /// that came by rows of cells.
        let steps: UnsafeMutablePointer<Int32>
        init(_ count: Int) {
            slots = .allocate(capacity: count)
            slots.initialize(repeating: Slot(), count: count)
            steps = .allocate(capacity: count + 1)
            steps.initialize(repeating: 0, count: count + 1)
        }
        deinit {
            slots.deallocate()
            steps.deallocate()
        }
    }

    private let memory: Memory
    private let slots: UnsafeMutablePointer<Slot>
    private let steps: UnsafeMutablePointer<Int32>
    private var hasSteps = false
    private let count: Int
    /// The cells when there are too many of them to lie side by side.
    private var sparse: [Int: Slot] = [:]

    static let denseLimit = 1 << 22

    init(cells: Int) {
        count = cells > SummingSink.denseLimit ? 0 : cells
        memory = Memory(max(1, count))
        slots = memory.slots
        steps = memory.steps
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
    mutating func onceEach(_ cells: Range<Int>, _ entity: Int, _ origin: Origin) {
        if cells.isEmpty { return }
        guard count > 0 else {
            for cell in cells { once(cell, entity, .numerator, origin) }
            return
        }
        assert(cells.lowerBound >= 0 && cells.upperBound <= count)
        hasSteps = true
        steps[cells.lowerBound] &+= 1
        steps[cells.upperBound] &-= 1
    }

    /// Puts what came by rows of cells into the cells; before the sums are read.
    mutating func settle() {
        guard hasSteps else { return }
        hasSteps = false
        var running: Int32 = 0
        for cell in 0..<count {
            running &+= steps[cell]
            steps[cell] = 0
            slots[cell].numerator &+= Int64(running)
            slots[cell].entities &+= running
        }
        steps[count] = 0
    }

    @inline(__always)
    private static func see(_ entity: Int, _ slot: inout Slot) {
        let mark = Int32(truncatingIfNeeded: entity)
        if slot.seen != mark {
            slot.seen = mark
            slot.entities &+= 1
        }
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

/// Records what each fact contributes.
struct RecordingSink: Sink {
    struct Entry {
        var cell: Int
        var entity: Int
        var numerator: Int64
        var denominator: Int64
        var kind: FactKind
        var id: Int64
    }

    private struct Mark: Hashable {
        var cell: Int
        var side: Side
    }

    private(set) var entries: [Entry] = []
    private var marks: [Mark: Int] = [:]

    mutating func add(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ denominator: Int64, _ origin: Origin
    ) {
        entries.append(
            Entry(
                cell: cell, entity: entity, numerator: numerator, denominator: denominator,
                kind: origin.kind, id: origin.id))
    }

    mutating func once(_ cell: Int, _ entity: Int, _ side: Side, _ origin: Origin) {
        let mark = Mark(cell: cell, side: side)
        if marks[mark] == entity { return }
        marks[mark] = entity
        add(cell, entity, side == .numerator ? 1 : 0, side == .denominator ? 1 : 0, origin)
    }

    mutating func onceEach(_ cells: Range<Int>, _ entity: Int, _ origin: Origin) {
        for cell in cells { once(cell, entity, .numerator, origin) }
    }
}
