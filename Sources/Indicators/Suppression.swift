import Chronology

/// A figure after the rule about small counts (diskretion).
public enum Shown: Hashable, Sendable {
    case value(Figure)
    case hidden

    public var figure: Figure? {
        if case .value(let figure) = self { figure } else { nil }
    }
}

/// A cell of an answer as it may be shown.
public struct ShownCell: Hashable, Sendable {
    public var labels: [String]
    public var period: Period
    public var shown: Shown

    public init(labels: [String], period: Period, shown: Shown) {
        self.labels = labels
        self.period = period
        self.shown = shown
    }
}

/// Hides figures about few people, and as many others as it takes that no hidden
/// one follows by subtraction.
public struct Suppression: Sendable {
    /// Figures about 1 to k - 1 persons are hidden.
    public var k: Int
    /// Percentages of fewer than these are hidden.
    public var leastDenominator: Int

    public init(k: Int = 5, leastDenominator: Int = 10) {
        self.k = k
        self.leastDenominator = leastDenominator
    }

    /// The label of a cell that is the total over one of its dimensions.
    public static let total = "total"

    /// The cells of one table, hidden where they must be. A cell labelled `total` in
    /// a dimension is taken as the sum over the others; quarters, years, rolling
    /// years and years to date as the sums of shorter periods in the table.
    public func shown(_ cells: [FigureCell], unit: Unit) -> [ShownCell] {
        let relations = SuppressionRelations(cells).all
        let hidden = hidden(cells.map(\.figure), unit: unit, relations: relations)
        return cells.enumerated().map { index, cell in
            ShownCell(
                labels: cell.labels, period: cell.period,
                shown: hidden.contains(index) ? .hidden : .value(cell.figure))
        }
    }

    /// Positions of figures of which one is the sum of the others.
    public struct Relation: Hashable, Sendable {
        public var total: Int
        public var parts: [Int]

        public init(total: Int, parts: [Int]) {
            self.total = total
            self.parts = parts
        }

        var members: [Int] { parts + [total] }
    }

    /// The positions to hide, when the figures are related as `relations` say.
    public func hidden(
        _ figures: [Figure], unit: Unit, relations: [Relation]
    ) -> Set<Int> {
        var hidden = Set(figures.indices.filter { isSmall(figures[$0], unit) })
        while let open = weakness(hidden, figures, relations) {
            guard let next = complement(open, hidden, figures, relations) else { break }
            hidden.insert(next)
        }
        return hidden
    }

    private func isSmall(_ figure: Figure, _ unit: Unit) -> Bool {
        if figure.persons > 0 && figure.persons < k { return true }
        guard unit == .percent, let denominator = figure.denominator, denominator > 0 else {
            return false
        }
        let few = { (count: Double) in count > 0 && count < Double(k) }
        return denominator < Double(leastDenominator) || few(figure.numerator)
            || few(denominator - figure.numerator)
    }

    /// A hidden figure that can still be worked out: one that the relations
    /// determine, or one of a shown total's hidden parts that are few together.
    private func weakness(
        _ hidden: Set<Int>, _ figures: [Figure], _ relations: [Relation]
    ) -> Int? {
        for relation in relations where !hidden.contains(relation.total) {
            let parts = relation.parts.filter { hidden.contains($0) }
            if let part = parts.first, parts.reduce(0, { $0 + figures[$1].persons }) < k,
                relation.parts.contains(where: { !hidden.contains($0) && figures[$0].persons > 0 })
            {
                return part
            }
        }
        return LinearSystem(relations, unknown: hidden).determined.first
    }

    /// The smallest shown figure that shares a relation with `open`; a part rather
    /// than a total, and one that stands for somebody rather than a zero.
    private func complement(
        _ open: Int, _ hidden: Set<Int>, _ figures: [Figure], _ relations: [Relation]
    ) -> Int? {
        let totals = Set(relations.map(\.total))
        let candidates = Set(
            relations.filter { $0.members.contains(open) }.flatMap(\.members)
        ).subtracting(hidden)
        return candidates.min { a, b in
            let left = (figures[a].persons == 0 ? 1 : 0, totals.contains(a) ? 1 : 0)
            let right = (figures[b].persons == 0 ? 1 : 0, totals.contains(b) ? 1 : 0)
            return (left.0, left.1, figures[a].persons, a)
                < (right.0, right.1, figures[b].persons, b)
        }
    }
}

/// Which unknowns a set of sums determines: Gaussian elimination over the integers
/// modulo a prime, so that nothing is lost to rounding.
struct LinearSystem {
    /// The unknowns that follow, in order.
    let determined: [Int]

    private static let prime: Int64 = 2_147_483_647

    init(_ relations: [Suppression.Relation], unknown: Set<Int>) {
        let columns = unknown.sorted()
        let position = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        var rows: [[Int64]] = []
        for relation in relations {
            var row = [Int64](repeating: 0, count: columns.count)
            if let column = position[relation.total] { row[column] = LinearSystem.prime - 1 }
            for part in relation.parts {
                if let column = position[part] { row[column] = 1 }
            }
            if row.contains(where: { $0 != 0 }) { rows.append(row) }
        }
        LinearSystem.reduce(&rows, columns.count)
        determined = rows.compactMap { row in
            let filled = row.indices.filter { row[$0] != 0 }
            return filled.count == 1 ? columns[filled[0]] : nil
        }.sorted()
    }

    private static func reduce(_ rows: inout [[Int64]], _ columns: Int) {
        var pivot = 0
        for column in 0..<columns {
            guard let found = (pivot..<rows.count).first(where: { rows[$0][column] != 0 }) else {
                continue
            }
            rows.swapAt(pivot, found)
            let scale = inverse(rows[pivot][column])
            for index in 0..<columns { rows[pivot][index] = rows[pivot][index] * scale % prime }
            for row in rows.indices where row != pivot && rows[row][column] != 0 {
                let factor = prime - rows[row][column]
                for index in 0..<columns where rows[pivot][index] != 0 {
                    rows[row][index] = (rows[row][index] + rows[pivot][index] * factor) % prime
                }
            }
            pivot += 1
            if pivot == rows.count { return }
        }
    }

    /// By Fermat's little theorem.
    private static func inverse(_ value: Int64) -> Int64 {
        var result: Int64 = 1
        var base = value % prime
        var exponent = prime - 2
        while exponent > 0 {
            if exponent & 1 == 1 { result = result * base % prime }
            base = base * base % prime
            exponent >>= 1
        }
        return result
    }
}

/// The sums inside a table of cells, over labels and over time.
struct SuppressionRelations {
    private(set) var all: [Suppression.Relation] = []

    private struct Key: Hashable {
        var labels: [String]
        var period: Period
    }

    init(_ cells: [FigureCell]) {
        addTotals(cells)
        addPeriods(cells)
    }

    private mutating func addTotals(_ cells: [FigureCell]) {
        let width = cells.map(\.labels.count).max() ?? 0
        for dimension in 0..<width {
            var totals: [Key: Int] = [:]
            var parts: [Key: [Int]] = [:]
            for (index, cell) in cells.enumerated() where dimension < cell.labels.count {
                var labels = cell.labels
                labels[dimension] = ""
                let key = Key(labels: labels, period: cell.period)
                if cell.labels[dimension] == Suppression.total {
                    totals[key] = index
                } else {
                    parts[key, default: []].append(index)
                }
            }
            for (key, total) in totals.sorted(by: { $0.value < $1.value }) {
                if let parts = parts[key] { all.append(.init(total: total, parts: parts)) }
            }
        }
    }

    /// A period is the sum of shorter ones when all of those are in the table; a
    /// cell that is left out of the answer is a zero.
    private mutating func addPeriods(_ cells: [FigureCell]) {
        let periods = Set(cells.map(\.period))
        var index: [Key: Int] = [:]
        for (position, cell) in cells.enumerated() {
            index[Key(labels: cell.labels, period: cell.period)] = position
        }
        for (position, cell) in cells.enumerated() {
            for parts in SuppressionRelations.splits(of: cell.period)
            where parts.allSatisfy(periods.contains) {
                let known = parts.compactMap {
                    index[Key(labels: cell.labels, period: $0)]
                }
                all.append(.init(total: position, parts: known))
            }
        }
    }

    /// The ways in which a period is made of shorter ones, or of the same days.
    private static func splits(of period: Period) -> [[Period]] {
        let months = period.months
        let quarters = stride(from: 0, to: months.count, by: 3).map {
            Period.quarter(months[$0].quarter)
        }
        var splits: [[Period]] = []
        switch period {
        case .month(let month):
            if month.number == 1 { splits.append([.yearToDate(month)]) }
        case .quarter(let quarter):
            splits.append(months.map { .month($0) })
            if quarter.number == 1 { splits.append([.yearToDate(quarter.lastMonth)]) }
        case .year(let year):
            splits.append(months.map { .month($0) })
            splits.append(quarters)
            splits.append([.yearToDate(Month(index: Int32(year * 12 + 11)))])
            splits.append([.rollingFourQuarters(Quarter(index: Int32(year * 4 + 3)))])
        case .rollingFourQuarters:
            splits.append(months.map { .month($0) })
            splits.append(quarters)
        case .yearToDate(let month):
            if months.count > 1 {
                splits.append(months.map { .month($0) })
                splits.append([.yearToDate(month - 1), .month(month)])
            }
            if months.count % 3 == 0, months.count > 3 {
                splits.append(quarters)
                splits.append([.yearToDate(month - 3), .quarter(month.quarter)])
            }
        }
        return splits
    }
}
