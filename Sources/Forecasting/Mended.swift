import Chronology
import Foundation

/// A block as it is learned from: single months that are far off are left out, and what lies
/// before a break is restated on the level after it.
struct Mended {
    private(set) var block: SeriesBlock
    private(set) var breaks: [SeriesBreak] = []
    /// By area: known months since its latest break; nil for none.
    private(set) var settled: [Int?]
    /// By area: how many times the level before the one at the end is, where the last months
    /// do not tell yet whether it stays; nil elsewhere.
    private(set) var unsettled: [Double?]
    private let tuning: Tuning
    private var finder: ShiftFinder

    private var areas: Int { block.codes.count }
    private var months: Int { block.months }

    init(_ block: SeriesBlock, _ tuning: Tuning) {
        self.block = block
        self.tuning = tuning
        finder = ShiftFinder(tuning: tuning, after: tuning.shiftMonths)
        unsettled = [Double?](repeating: nil, count: block.codes.count)
        settled = [Int?](repeating: nil, count: block.codes.count)
        for area in block.codes.indices { dropStrays(area) }
        for after in [tuning.shiftMonths, 1] {
            finder = ShiftFinder(tuning: tuning, after: after)
            restate()
        }
        let order = Dictionary(
            uniqueKeysWithValues: Set(block.codes).sorted().enumerated().map { ($1, $0 + 1) })
        breaks.sort {
            (order[$0.area ?? ""] ?? 0, $0.month) < (order[$1.area ?? ""] ?? 0, $1.month)
        }
    }

    private func row(_ area: Int) -> ArraySlice<Double> {
        block.values[(area * months)..<((area + 1) * months)]
    }

    /// Logarithms on the scale of the series' own middle.
    private func path(_ area: Int) -> [Double] {
        let row = self.row(area)
        let middle = median(row.filter { $0 > 0 })
        let scale = middle > 0 ? middle : 1
        return row.map { $0.isNaN ? .nan : log(max($0, 0) / scale + tuning.offset) }
    }

    /// Whether two values differ by more than small counts do from month to month.
    private func isMore(_ a: Double, _ b: Double, _ times: Double) -> Bool {
        block.most.isFinite || abs(a - b) > times * max(a, b, 0).squareRoot()
    }

    // MARK: Single months

    /// A month far from those on both sides of it, which are alike, is taken for an error.
    private mutating func dropStrays(_ area: Int) {
        let path = self.path(area)
        guard let usual = finder.usual(path) else { return }
        let least = max(tuning.strayLeast, tuning.strayNoises * usual)
        let strays = path.indices.filter { isStray(area, path, $0, least) }
        // What is often far off is so by nature.
        guard strays.count * MeasureSeries.year <= path.filter({ !$0.isNaN }).count else { return }
        for month in strays { block.values[area * months + month] = .nan }
    }

    private func isStray(_ area: Int, _ path: [Double], _ t: Int, _ least: Double) -> Bool {
        func known(_ range: Range<Int>) -> [Int] {
            range.clamped(to: path.indices).filter { !path[$0].isNaN }
        }
        let before = known((t - 3)..<t)
        let after = known((t + 1)..<(t + 4))
        // The first month has nothing before it; the last may be the start of something.
        guard !path[t].isNaN, !after.isEmpty, !before.isEmpty || t == 0 && after.count == 3 else {
            return false
        }
        let next = median(after.map { path[$0] })
        let previous = before.isEmpty ? next : median(before.map { path[$0] })
        let off = [path[t] - previous, path[t] - next]
        guard off[0] * off[1] > 0, let nearest = off.map(abs).min(), nearest > least,
            abs(previous - next) < 0.5 * nearest
        else { return false }
        let values = row(area)
        let around = median((before + after).map { values[values.startIndex + $0] })
        return isMore(values[values.startIndex + t], around, tuning.strayCounts)
    }

    // MARK: Breaks

    private mutating func restate() {
        var rounds = 0
        while rounds < tuning.mostBreaks, restateCommon() { rounds += 1 }
        let common = self.common()
        let usual = (0..<areas).compactMap { finder.usual(own($0, common)) }
        let pooled = usual.isEmpty ? 0 : median(usual)
        for area in 0..<areas {
            var rounds = 0
            while rounds < tuning.mostBreaks, restateOwn(area, common, pooled) { rounds += 1 }
        }
    }

    /// The sum of the middles of all areas' steps; nothing where there are too few of them.
    private func common() -> [Double] {
        var sums = [Double](repeating: 0, count: months)
        guard areas >= tuning.commonAreas else { return sums }
        let paths = (0..<areas).map { path($0) }
        for month in stride(from: 1, to: months, by: 1) {
            let steps = paths.map { $0[month] - $0[month - 1] }.filter { !$0.isNaN }
            sums[month] = sums[month - 1] + (steps.isEmpty ? 0 : median(steps))
        }
        return sums
    }

    private func own(_ area: Int, _ common: [Double]) -> [Double] {
        zip(path(area), common).map { $0 - $1 }
    }

    private mutating func restateCommon() -> Bool {
        guard areas >= tuning.commonAreas else { return false }
        let common = self.common()
        guard let usual = finder.usual(common) else { return false }
        let paths = (0..<areas).map { path($0) }
        // With less than two years behind it, a shift of all may be their season.
        guard months >= 2 * MeasureSeries.year,
            let found = finder.largest(
                common, noise: usual, least: tuning.commonLeast,
                isKept: { t, jump in
                    let steps = paths.map { $0[t] - $0[t - 1] }.filter { !$0.isNaN }
                    let along = steps.count { $0 / jump > 0.5 }
                    return Double(along) >= tuning.commonShare * Double(steps.count)
                })
        else { return false }
        let ratios = (0..<areas).compactMap { moved($0, found.month) }
        let ratio = ratios.isEmpty ? exp(found.jump) : median(ratios)
        for area in 0..<areas { restate(area, found.month, ratio) }
        keep(SeriesBreak(area: nil, month: block.first + found.month, ratio: ratio))
        return true
    }

    private mutating func keep(_ found: SeriesBreak) {
        if finder.isSettled { breaks.append(found) }
    }

    private mutating func restateOwn(_ area: Int, _ common: [Double], _ pooled: Double) -> Bool {
        let path = self.own(area, common)
        guard let usual = finder.usual(path) else { return false }
        let found = finder.largest(
            path, noise: max(usual, pooled / 2), least: tuning.ownLeast
        ) { t, _ in
            guard let ends = self.ends(area, t) else { return false }
            return isMore(ends.before, ends.after, tuning.shiftCounts)
        }
        guard let found, let ends = self.ends(area, found.month) else { return false }
        let moved =
            median(window(common, found.month, after: true))
            - median(window(common, found.month, after: false))
        let ratio = ends.after / ends.before / exp(moved)
        guard ratio.isFinite, ratio > 0 else { return false }
        restate(area, found.month, ratio)
        keep(
            SeriesBreak(area: block.codes[area], month: block.first + found.month, ratio: ratio))
        return true
    }

    private func window(_ path: [Double], _ t: Int, after: Bool) -> [Double] {
        let range = after ? t..<(t + tuning.shiftWindow) : (t - tuning.shiftWindow)..<t
        return path[range.clamped(to: path.indices)].filter { !$0.isNaN }
    }

    private func ends(_ area: Int, _ t: Int) -> (before: Double, after: Double)? {
        let row = Array(row(area))
        let (before, after) = (window(row, t, after: false), window(row, t, after: true))
        return before.isEmpty || after.isEmpty ? nil : (median(before), median(after))
    }

    private func moved(_ area: Int, _ t: Int) -> Double? {
        guard let ends = self.ends(area, t), ends.before > 0, ends.after > 0 else { return nil }
        return ends.after / ends.before
    }

    private mutating func restate(_ area: Int, _ t: Int, _ ratio: Double) {
        let base = area * months
        for month in 0..<t {
            block.values[base + month] = min(block.values[base + month] * ratio, block.most)
        }
        let known = (t..<months).count { !block.values[base + $0].isNaN }
        settled[area] = min(settled[area] ?? known, known)
        if !finder.isSettled { unsettled[area] = (unsettled[area] ?? 1) / ratio }
    }
}
