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
        var byMember: [Int: [Relation]] = [:]
        for relation in relations {
            for member in relation.members { byMember[member, default: []].append(relation) }
        }
        let totals = Set(relations.map(\.total))
        // The plain gaps first, because looking for hidden systems of sums costs more.
        while true {
            var gaps = relations.compactMap { gap(in: $0, hidden, figures) }
            if gaps.isEmpty { gaps = LinearSystem(relations, unknown: hidden).determined }
            var isClosed = false
            for gap in gaps {
                let near = byMember[gap] ?? []
                let wider = near.flatMap(\.members).flatMap { byMember[$0] ?? [] }
                let next =
                    complement(near, hidden, figures, totals)
                    ?? complement(wider, hidden, figures, totals)
                if let next { isClosed = hidden.insert(next).inserted || isClosed }
            }
            if !isClosed { return hidden }
        }
    }

    private func isSmall(_ figure: Figure, _ unit: Unit) -> Bool {
        if figure.persons > 0 && figure.persons < k { return true }
        guard unit == .percent, var denominator = figure.denominator, denominator > 0 else {
            return false
        }
        var numerator = figure.numerator
        if figure.isMeanOfMonths {
            // In persons, as many as there were in the month with most.
            numerator *= Double(figure.persons) / denominator
            denominator = Double(figure.persons)
        }
        let few = { (count: Double) in count > 0 && count < Double(k) }
        return denominator < Double(leastDenominator) || few(numerator)
            || few(denominator - numerator)
    }

    /// A hidden figure that this sum alone gives away: its only unknown, or one of a
    /// shown total's hidden parts that are few even together.
    private func gap(in relation: Relation, _ hidden: Set<Int>, _ figures: [Figure]) -> Int? {
        let unknown = relation.members.filter { hidden.contains($0) }
        if unknown.count == 1 { return unknown[0] }
        guard let first = unknown.first, !hidden.contains(relation.total),
            unknown.reduce(0, { $0 + figures[$1].persons }) < k
        else { return nil }
        let isShown = { (part: Int) in !hidden.contains(part) && figures[part].persons > 0 }
        return relation.parts.contains(where: isShown) ? first : nil
    }

    /// The smallest shown figure of the sums; a part rather than a total, and one that
    /// stands for somebody rather than a zero.
    private func complement(
        _ relations: [Relation], _ hidden: Set<Int>, _ figures: [Figure], _ totals: Set<Int>
    ) -> Int? {
        let rank = { (index: Int) in
            (
                figures[index].persons == 0 ? 1 : 0, totals.contains(index) ? 1 : 0,
                figures[index].persons, index
            )
        }
        return relations.flatMap(\.members).filter { !hidden.contains($0) }
            .min { rank($0) < rank($1) }
    }
}

/// Which unknowns a set of sums determines: Gaussian elimination over the integers
/// modulo a prime, so that nothing is lost to rounding.
struct LinearSystem {
    /// The unknowns that follow, in order.
    let determined: [Int]

    private static let prime: Int64 = 2_147_483_647

    init(_ relations: [Suppression.Relation], unknown: Set<Int>) {
        var rows: [[Int: Int64]] = []
        for relation in relations {
            var row: [Int: Int64] = [:]
            if unknown.contains(relation.total) { row[relation.total] = LinearSystem.prime - 1 }
            for part in relation.parts where unknown.contains(part) { row[part] = 1 }
            if !row.isEmpty { rows.append(row) }
        }
        determined = LinearSystem.reduced(rows).compactMap { row in
            row.count == 1 ? row.keys.first : nil
        }.sorted()
    }

    /// Reduced rows: every row has an unknown that no other row has.
    private static func reduced(_ rows: [[Int: Int64]]) -> [[Int: Int64]] {
        var pivots: [Int: [Int: Int64]] = [:]
        for row in rows.sorted(by: { $0.count < $1.count }) {
            var row = row
            for unknown in row.keys.sorted() {
                if let pivot = pivots[unknown], let value = row[unknown] {
                    subtract(pivot, value, from: &row)
                }
            }
            guard let unknown = row.keys.min(), let value = row[unknown] else { continue }
            let scale = inverse(value)
            let pivot = row.mapValues { $0 * scale % prime }
            for (other, var known) in pivots {
                guard let value = known[unknown] else { continue }
                subtract(pivot, value, from: &known)
                pivots[other] = known
            }
            pivots[unknown] = pivot
        }
        return Array(pivots.values)
    }

    private static func subtract(
        _ pivot: [Int: Int64], _ value: Int64, from row: inout [Int: Int64]
    ) {
        for (unknown, factor) in pivot {
            let left = ((row[unknown] ?? 0) + (prime - value) * factor) % prime
            row[unknown] = left == 0 ? nil : left
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
