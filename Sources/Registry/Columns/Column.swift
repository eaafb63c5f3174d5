/// Memory for columns. Columns point into it, so whoever keeps columns keeps their arena.
///
/// Shared between threads safely because nothing is added once it is handed out.
public final class Arena: @unchecked Sendable {
    @usableFromInline var blocks: [UnsafeMutableRawPointer] = []

    public init() {}

    deinit { for block in blocks { block.deallocate() } }

    /// A column of `count` values, each given by its position.
    @inlinable @inline(__always)
    public func column<Element: BitwiseCopyable & Sendable>(
        count: Int, _ value: (Int) -> Element
    ) -> Column<Element> {
        let base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
        blocks.append(UnsafeMutableRawPointer(base))
        for index in 0..<count { (base + index).initialize(to: value(index)) }
        return Column(base: base, count: count)
    }

    public func column<Element: BitwiseCopyable & Sendable>(
        _ values: [Element]
    ) -> Column<Element> {
        values.withUnsafeBufferPointer { source in
            column(count: source.count) { source[$0] }
        }
    }
}

/// A column of values that never changes.
///
/// Columns are read billions of times, so this is a bare pointer: no bounds check (an
/// assertion in debug builds) and no reference counting. Its arena must live as long as
/// it is read.
@frozen
public struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable, BitwiseCopyable {
    @usableFromInline let base: UnsafePointer<Element>
    public let count: Int

    @inlinable
    init(base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = UnsafePointer(base)
        self.count = count
    }

    @inlinable @inline(__always)
    public subscript(_ index: Int) -> Element {
        assert(index >= 0 && index < count)
        return base[index]
    }

    public var indices: Range<Int> {
        @inlinable @inline(__always) get { 0..<count }
    }
}

extension Column<Int32> {
    /// The position of the first value that is not below `value`; the column is in
    /// ascending order.
    public func position(of value: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
