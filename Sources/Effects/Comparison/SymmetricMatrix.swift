/// A symmetric positive definite matrix, its lower half by rows, and what is solved with it.
struct SymmetricMatrix {
    let size: Int
    var values: [Double]

    init(diagonal: [Double]) {
        size = diagonal.count
        values = Array(repeating: 0, count: size * size)
        for index in diagonal.indices { values[index * size + index] = diagonal[index] }
    }

    /// The factor L of L·Lᵀ (Cholesky). O(size³).
    func factor() -> CholeskyFactor {
        var lower = values
        let size = size
        lower.withUnsafeMutableBufferPointer { lower in
            for i in 0..<size {
                for j in 0...i {
                    var sum = lower[i * size + j]
                    for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
                    // The penalty keeps pivots positive; the bound guards against rounding.
                    lower[i * size + j] =
                        i == j ? max(sum, 1e-12).squareRoot() : sum / lower[j * size + j]
                }
            }
        }
        return CholeskyFactor(size: size, lower: lower)
    }
}

struct CholeskyFactor {
    let size: Int
    let lower: [Double]

    /// The solution of L·Lᵀ·x = b. O(size²).
    func solve(_ right: [Double]) -> [Double] {
        var x = right
        let size = size
        lower.withUnsafeBufferPointer { lower in
            x.withUnsafeMutableBufferPointer { x in
                for i in 0..<size {
                    for k in 0..<i { x[i] -= lower[i * size + k] * x[k] }
                    x[i] /= lower[i * size + i]
                }
                for i in (0..<size).reversed() {
                    for k in i + 1..<max(i + 1, size) { x[i] -= lower[k * size + i] * x[k] }
                    x[i] /= lower[i * size + i]
                }
            }
        }
        return x
    }

    /// The whole inverse, by rows. O(size³).
    func inverse() -> [Double] {
        var rows: [Double] = []
        rows.reserveCapacity(size * size)
        for index in 0..<size {
            var unit = Array(repeating: 0.0, count: size)
            unit[index] = 1
            rows += solve(unit)
        }
        return rows
    }
}
