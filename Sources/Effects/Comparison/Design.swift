/// The traits of entries as columns of zeros and ones. Each entry has a one in as many
/// columns, so only their places are kept.
struct Design: Sendable {
    /// The number of columns; the first is one for everybody.
    let columns: Int
    /// Ones in each row.
    let width: Int
    private(set) var places: [Int32] = []

    init(_ entries: [TrialEntry], _ code: DesignCode) {
        columns = code.count
        width = code.width
        places.reserveCapacity(entries.count * width)
        for entry in entries { places += code.places(entry.levels) }
    }

    var count: Int { places.count / max(1, width) }

    /// Sums of the rows' columns, each row with its weight.
    func sums(_ weights: [Double]) -> [Double] {
        var sums = Array(repeating: 0.0, count: columns)
        let (count, width) = (count, width)
        sums.withUnsafeMutableBufferPointer { sums in
            places.withUnsafeBufferPointer { places in
                weights.withUnsafeBufferPointer { weights in
                    for row in 0..<count {
                        for index in row * width..<(row + 1) * width {
                            sums[Int(places[index])] += weights[row]
                        }
                    }
                }
            }
        }
        return sums
    }

    /// Each row times the coefficients.
    func products(_ coefficients: [Double]) -> [Double] {
        let width = width
        return coefficients.withUnsafeBufferPointer { coefficients in
            places.withUnsafeBufferPointer { places in
                (0..<count).map { row in
                    var sum = 0.0
                    for index in row * width..<(row + 1) * width {
                        sum += coefficients[Int(places[index])]
                    }
                    return sum
                }
            }
        }
    }

    /// Adds the weighted sum of each row times itself to the lower half.
    func addCrossProducts(_ weights: [Double], to matrix: inout SymmetricMatrix) {
        let (count, width, columns) = (count, width, columns)
        matrix.values.withUnsafeMutableBufferPointer { values in
            places.withUnsafeBufferPointer { places in
                weights.withUnsafeBufferPointer { weights in
                    for row in 0..<count {
                        let weight = weights[row]
                        for a in row * width..<(row + 1) * width {
                            let line = Int(places[a]) * columns
                            // Places rise within a row, so this is the lower half.
                            for b in row * width...a { values[line + Int(places[b])] += weight }
                        }
                    }
                }
            }
        }
    }

    /// x·M·x for each row.
    func quadratic(_ matrix: [Double]) -> [Double] {
        let (width, columns) = (width, columns)
        return matrix.withUnsafeBufferPointer { matrix in
            places.withUnsafeBufferPointer { places in
                (0..<count).map { row in
                    var sum = 0.0
                    for a in row * width..<(row + 1) * width {
                        let line = Int(places[a]) * columns
                        for b in row * width..<(row + 1) * width {
                            sum += matrix[line + Int(places[b])]
                        }
                    }
                    return sum
                }
            }
        }
    }
}

/// Which column each level of each trait has. Levels that nobody has get none.
struct DesignCode: Sendable {
    /// By trait: the level's column.
    private var columns: [[Int: Int32]] = []
    /// Traits whose levels together make a cell with columns of its own, since the way out of
    /// a benefit falls with time on it in a way of its own in each group.
    private let crossed: [Int]
    private let weeks: Int?
    private var cells: [[Int]: Int32] = [:]
    private(set) var count = 1
    /// Ones in each row.
    let width: Int

    init(_ traits: [TrialTrait], _ entries: [TrialEntry]) {
        let crossing: [TrialTrait] = [.benefit, .category, .weeks]
        crossed =
            traits.contains(.weeks) ? traits.indices.filter { crossing.contains(traits[$0]) } : []
        weeks = traits.firstIndex(of: .weeks)
        width = 1 + traits.count + (crossed.count > 1 ? 1 : 0)
        for trait in traits.indices {
            var codes: [Int: Int32] = [:]
            for level in Set(entries.map { $0.levels[trait] }).sorted() {
                codes[level] = Int32(count)
                count += 1
            }
            columns.append(codes)
        }
        guard crossed.count > 1 else { return }
        let found = Set(entries.map { cell($0.levels) })
        for cell in found.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            cells[cell] = Int32(count)
            count += 1
        }
    }

    private func cell(_ levels: [Int]) -> [Int] {
        crossed.map { $0 == weeks ? TrialTrait.wideWeeks(levels[$0]) : levels[$0] }
    }

    /// The columns of a row, in rising order.
    func places(_ levels: [Int]) -> [Int32] {
        var places: [Int32] = [0]
        for (trait, level) in levels.enumerated() { places.append(columns[trait][level] ?? 0) }
        if crossed.count > 1 { places.append(cells[cell(levels)] ?? 0) }
        return places
    }
}
