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

/// The periods in a row that a span of days shares days with, and the days of the
/// first and of the last that lie outside of it.
struct PeriodSpan {
    var periods: Range<Int>
    var before: Int64
    var after: Int64
}

/// Where kernels put what they find. The same kernel adds up figures or records
/// single contributions, depending on its sink.
///
/// All that is about one `entity` (person, company or order) comes in a row. A cell is
/// a group times the number of periods plus a period.
protocol Sink {
    /// Adds to a cell's numerator and denominator.
    mutating func add(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ denominator: Int64, _ origin: Origin)
    /// Adds 1 to one side unless this entity was already counted there.
    mutating func once(_ cell: Int, _ entity: Int, _ side: Side, _ origin: Origin)
    /// Adds to the numerator of a cell to which something about the entity was added
    /// before.
    mutating func addWithin(
        _ cell: Int, _ entity: Int, _ numerator: Int64, _ origin: Origin)
    /// As `once` on the numerator, in a cell to which something about the entity was
    /// added before.
    mutating func onceWithin(_ cell: Int, _ entity: Int, _ origin: Origin)

    // What comes by rows of periods comes, for one entity and group, in the order of
    // the rows' first periods, and nothing else about them by `add` and `once`.

    /// Adds 1 to the numerator in each of the periods.
    mutating func addEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ origin: Origin)
    /// Adds 1 to one side in each of the periods in which it was not yet counted there.
    mutating func onceEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ side: Side, _ origin: Origin)
    /// Adds the span's days in each of its periods, times `minutes`, to one side.
    mutating func addDays(
        _ span: PeriodSpan, of group: Int, _ entity: Int, _ side: Side, minutes: Int64,
        _ origin: Origin)
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
    private let days: Column<Int64>

    /// `days` has the days of each period.
    init(days: Column<Int64>) { self.days = days }

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

    mutating func addWithin(_ cell: Int, _ entity: Int, _ numerator: Int64, _ origin: Origin) {
        add(cell, entity, numerator, 0, origin)
    }

    mutating func onceWithin(_ cell: Int, _ entity: Int, _ origin: Origin) {
        once(cell, entity, .numerator, origin)
    }

    mutating func addEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ origin: Origin
    ) {
        for period in periods { add(group * days.count + period, entity, 1, 0, origin) }
    }

    mutating func onceEach(
        _ periods: Range<Int>, of group: Int, _ entity: Int, _ side: Side, _ origin: Origin
    ) {
        for period in periods { once(group * days.count + period, entity, side, origin) }
    }

    mutating func addDays(
        _ span: PeriodSpan, of group: Int, _ entity: Int, _ side: Side, minutes: Int64,
        _ origin: Origin
    ) {
        for period in span.periods {
            let work = span.days(in: period, of: days[period]) * minutes
            add(
                group * days.count + period, entity, side == .numerator ? work : 0,
                side == .denominator ? work : 0, origin)
        }
    }
}

extension PeriodSpan {
    /// The span's days in one of its periods, which has `all` days.
    @inline(__always)
    func days(in period: Int, of all: Int64) -> Int64 {
        all &- (period == periods.lowerBound ? before : 0)
            &- (period == periods.upperBound &- 1 ? after : 0)
    }
}
