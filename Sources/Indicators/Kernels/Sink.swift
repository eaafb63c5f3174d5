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
}

/// Adds up. Cells are dense arrays as long as they are few enough, else looked up.
struct SummingSink: Sink {
    private(set) var numerators: [Int64]
    private(set) var denominators: [Int64]
    /// Distinct entities seen in each cell.
    private(set) var entities: [Int32]
    private var seen: [Int32]
    private var seenAbove: [Int32]
    private var seenBelow: [Int32]
    /// Cell numbers of the slots when there are too many cells for arrays.
    private var slots: [Int: Int] = [:]
    private let isSparse: Bool

    static let denseLimit = 1 << 22

    init(cells: Int) {
        isSparse = cells > SummingSink.denseLimit
        let count = isSparse ? 0 : cells
        numerators = Array(repeating: 0, count: count)
        denominators = numerators
        entities = Array(repeating: 0, count: count)
        seen = Array(repeating: -1, count: count)
        seenAbove = seen
        seenBelow = seen
    }

    @inline(__always)
    private mutating func slot(_ cell: Int) -> Int { isSparse ? sparseSlot(cell) : cell }

    @inline(never)
    private mutating func sparseSlot(_ cell: Int) -> Int {
        if let slot = slots[cell] { return slot }
        let slot = numerators.count
        slots[cell] = slot
        numerators.append(0)
        denominators.append(0)
        entities.append(0)
        seen.append(-1)
        seenAbove.append(-1)
        seenBelow.append(-1)
        return slot
    }

    @inline(__always)
    mutating func add(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ denominator: Int64, _ origin: Origin
    ) {
        let slot = slot(cell)
        numerators[slot] &+= numerator
        denominators[slot] &+= denominator
        if seen[slot] != Int32(truncatingIfNeeded: entity) {
            seen[slot] = Int32(truncatingIfNeeded: entity)
            entities[slot] &+= 1
        }
    }

    @inline(__always)
    mutating func once(_ cell: Int, _ entity: Int, _ side: Side, _ origin: Origin) {
        let slot = slot(cell)
        switch side {
        case .numerator:
            if seenAbove[slot] == Int32(truncatingIfNeeded: entity) { return }
            seenAbove[slot] = Int32(truncatingIfNeeded: entity)
            numerators[slot] &+= 1
        case .denominator:
            if seenBelow[slot] == Int32(truncatingIfNeeded: entity) { return }
            seenBelow[slot] = Int32(truncatingIfNeeded: entity)
            denominators[slot] &+= 1
        }
        if seen[slot] != Int32(truncatingIfNeeded: entity) {
            seen[slot] = Int32(truncatingIfNeeded: entity)
            entities[slot] &+= 1
        }
    }

    struct Sum {
        var numerator: Int64 = 0
        var denominator: Int64 = 0
        var entities = 0
    }

    /// The cells that anything was added to.
    func filled() -> [Int: Sum] {
        var sums: [Int: Sum] = [:]
        let fill = { (cell: Int, slot: Int) in
            if entities[slot] > 0 {
                sums[cell] = Sum(
                    numerator: numerators[slot], denominator: denominators[slot],
                    entities: Int(entities[slot]))
            }
        }
        if isSparse {
            for (cell, slot) in slots { fill(cell, slot) }
        } else {
            for cell in numerators.indices { fill(cell, cell) }
        }
        return sums
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
}
