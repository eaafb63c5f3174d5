/// A column of values that never changes once it is filled.
///
/// Kernels read columns billions of times, so the subscript reads memory without
/// the bounds check of an array; an assertion still checks it in debug builds.
/// Safe to share between threads because nothing can write to it.
struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private final class Owner {
        let base: UnsafeMutablePointer<Element>
        init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
        deinit { base.deallocate() }
    }

    private let owner: Owner
    private let base: UnsafePointer<Element>
    let count: Int

    init(_ values: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, values.count))
        values.withUnsafeBufferPointer { source in
            if let first = source.baseAddress {
                memory.initialize(from: first, count: source.count)
            }
        }
        owner = Owner(memory)
        base = UnsafePointer(memory)
        count = values.count
    }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        assert(index >= 0 && index < count)
        return base[index]
    }
}
