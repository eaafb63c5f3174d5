/// The middle, or the mean of the two middle ones. NaN for none.
func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/// Linear between the order statistics.
func quantile(_ values: [Double], _ p: Double) -> Double {
    let sorted = values.sorted()
    guard sorted.count > 1 else { return sorted.first ?? .nan }
    let place = p * Double(sorted.count - 1)
    let below = min(Int(place), sorted.count - 2)
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// For each of `levels` the least value at which the weights of it and those below reach that
/// share of all. O(n log n).
func weightedQuantiles(
    _ values: [Double], _ weights: [Double], _ levels: [Double]
) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var sums: [Double] = []
    sums.reserveCapacity(order.count)
    var sum = 0.0
    for index in order {
        sum += weights[index]
        sums.append(sum)
    }
    return levels.map { level in
        var (low, high) = (0, sums.count)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < level * sum { low = middle + 1 } else { high = middle }
        }
        return values[order[min(low, order.count - 1)]]
    }
}

/// The solution of `matrix x = right` for a small matrix, row after row, by elimination.
func solve(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let n = right.count
    var a = matrix
    var b = right
    for column in 0..<n {
        var pivot = column
        for row in column..<n where abs(a[row * n + column]) > abs(a[pivot * n + column]) {
            pivot = row
        }
        if pivot != column {
            for k in 0..<n { a.swapAt(column * n + k, pivot * n + k) }
            b.swapAt(column, pivot)
        }
        let lead = a[column * n + column]
        guard lead != 0 else { continue }
        for row in (column + 1)..<max(n, column + 1) {
            let factor = a[row * n + column] / lead
            guard factor != 0 else { continue }
            for k in column..<n { a[row * n + k] -= factor * a[column * n + k] }
            b[row] -= factor * b[column]
        }
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
        var sum = b[row]
        for k in (row + 1)..<max(n, row + 1) { sum -= a[row * n + k] * b[k] }
        b[row] = a[row * n + row] == 0 ? 0 : sum / a[row * n + row]
    }
    return b
}

/// The ends of the values a count may have of which `mean` is expected and which varies by
/// `variance` times its mean, or times `most` where that is less: 1 where each one comes by
/// itself. Solved for the mean, so that something may come where nothing is expected.
func countBounds(
    _ mean: Double, variance: Double, most: Double, _ z: Double
) -> (low: Double, high: Double) {
    let half = variance * z * z / 2
    let reach = (2 * half * min(mean, most) + half * half).squareRoot()
    return (max(mean + half - reach, 0), mean + half + reach)
}
