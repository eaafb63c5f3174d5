/// Memory for the columns of one register or of one run. Columns point into it, so
/// whoever keeps columns keeps their arena.
///
/// Shared between threads safely because nothing is added once it is handed out.
final class Arena: @unchecked Sendable {
    private var blocks: [UnsafeMutableRawPointer] = []

    deinit { for block in blocks { block.deallocate() } }

    /// A column of `count` values, each given by its position.
    @inline(__always)
    func column<Element: BitwiseCopyable & Sendable>(
        count: Int, _ value: (Int) -> Element
    ) -> Column<Element> {
        let base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
        blocks.append(UnsafeMutableRawPointer(base))
        for index in 0..<count { (base + index).initialize(to: value(index)) }
        return Column(base: base, count: count)
    }

    func column<Element: BitwiseCopyable & Sendable>(_ values: [Element]) -> Column<Element> {
        values.withUnsafeBufferPointer { source in
            column(count: source.count) { source[$0] }
        }
    }
}

/// `Day.openEnd` as a number, here because kernels compare with it all the time.
let openEnd = Int32.max / 2

/// A column of values that never changes.
///
/// Kernels read columns billions of times, so this is a bare pointer: no bounds
/// check (an assertion in debug builds) and no reference counting. Its arena must
/// live as long as it is read.
struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    fileprivate let base: UnsafePointer<Element>
    let count: Int

    fileprivate init(base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = UnsafePointer(base)
        self.count = count
    }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        assert(index >= 0 && index < count)
        return base[index]
    }
}

extension Column<Int32> {
    /// The position of the first value that is not below `value`; the column is in
    /// ascending order.
    func position(of value: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
