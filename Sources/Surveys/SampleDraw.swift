import Registry

/// Draws a stratified random sample (stratificeret stikprøve).
public struct SampleDraw: Sendable {
    /// Cells of the frame with fewer are joined, so that an answer fits at least so many.
    public static let leastInFrame = 20
    /// So many are drawn of each stratum, or all.
    public static let leastDrawn = 10

    /// With how many there are and how many were drawn.
    public let strata: SurveyStrata
    /// Those drawn and the place of their stratum, in an order that says nothing.
    public let drawn: [(citizen: CitizenID, stratum: Int)]

    /// The same frame, number and seed give the same sample, in whatever order the frame comes.
    /// O(n log n).
    public init(frame: [CitizenID: SurveyCell], wanted: Int, seed: Int64) {
        var members: [SurveyCell: [CitizenID]] = [:]
        for (citizen, cell) in frame { members[cell, default: []].append(citizen) }
        let groups = Joining.joined(
            members.keys.sorted().map { (cells: [$0], count: members[$0]?.count ?? 0) },
            least: Self.leastInFrame)
        let counts = groups.map(\.count)
        let shares = Self.allocated(wanted, among: counts)
        var numbers = SeededNumbers(seed: UInt64(bitPattern: seed))
        var drawn: [(citizen: CitizenID, stratum: Int)] = []
        for (place, group) in groups.enumerated() {
            let own = group.cells.flatMap { members[$0] ?? [] }.sorted()
            drawn += own.shuffled(using: &numbers).prefix(shares[place])
                .map { (citizen: $0, stratum: place) }
        }
        self.drawn = drawn.shuffled(using: &numbers)
        strata = SurveyStrata(
            zip(groups, shares).map {
                SurveyStratum(cells: $0.cells, frame: $0.count, drawn: $1)
            })
    }

    /// In proportion to the counts, by the largest remainders, but at least `least` of each
    /// or all; so it may be some more than `wanted` in all.
    static func allocated(
        _ wanted: Int, among counts: [Int], least: Int = leastDrawn
    ) -> [Int] {
        let all = counts.reduce(0, +)
        guard all > 0 else { return counts.map { _ in 0 } }
        let wanted = min(max(0, wanted), all)
        var shares = counts.map { $0 * wanted / all }
        let rests = counts.indices.sorted {
            let (a, b) = (counts[$0] * wanted % all, counts[$1] * wanted % all)
            return a == b ? $0 < $1 : a > b
        }
        for place in rests.prefix(wanted - shares.reduce(0, +)) { shares[place] += 1 }
        return zip(shares, counts).map { max($0, min($1, least)) }
    }
}
