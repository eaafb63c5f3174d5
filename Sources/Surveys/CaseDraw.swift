/// Draws cases at random without replacement, in proportion from each part of the frame
/// (proportional stratificeret stikprøve).
public struct CaseDraw: Hashable, Sendable {
    /// The numbers of those drawn, in an order that says nothing.
    public let drawn: [Int64]
    /// The parts in the order of their names, with how many there are and how many were drawn.
    public let strata: [(name: String, frame: Int, drawn: Int)]

    /// The same frame, number and seed give the same sample, in whatever order the frame comes.
    /// `frame`: the part that each case belongs to, by its number. At least one case of each
    /// part is drawn, so it may be some more than `wanted` in all. O(n log n).
    public init(frame: [Int64: String], wanted: Int, seed: Int64) {
        var members: [String: [Int64]] = [:]
        for (number, name) in frame { members[name, default: []].append(number) }
        let names = members.keys.sorted()
        let counts = names.map { members[$0]?.count ?? 0 }
        let shares = SampleDraw.allocated(wanted, among: counts, least: 1)
        var numbers = SeededNumbers(seed: UInt64(bitPattern: seed))
        var drawn: [Int64] = []
        for (place, name) in names.enumerated() {
            let own = (members[name] ?? []).sorted()
            drawn += own.shuffled(using: &numbers).prefix(shares[place])
        }
        self.drawn = drawn.shuffled(using: &numbers)
        strata = names.indices.map { (names[$0], counts[$0], shares[$0]) }
    }

    public static func == (a: CaseDraw, b: CaseDraw) -> Bool {
        a.drawn == b.drawn && a.strata.elementsEqual(b.strata, by: ==)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(drawn) }
}
