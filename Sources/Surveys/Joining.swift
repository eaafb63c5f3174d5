import Registry

/// Cells that are looked at together, with how many are in them.
public struct JoinedCells: Hashable, Sendable {
    /// In the order of their codes.
    public var cells: [SurveyCell]
    public var count: Int
    /// The places of what was joined, in the order in which it was given.
    public var places: [Int]
}

/// Joins cells with few in them to the nearest ones (sammenlægning af små celler).
public enum Joining {
    /// Joins, until each has at least `least` or all are one: the one with the fewest goes to
    /// the nearest, which is the other sex, then the next age, then other benefits; among those
    /// as near the one with the fewest. By these rules nobody has a choice, and the same counts
    /// are joined the same way.
    ///
    /// O(groups³), for the 24 cells there are.
    public static func joined(
        _ groups: [(cells: [SurveyCell], count: Int)], least: Int
    ) -> [JoinedCells] {
        var all = groups.enumerated().map { place, group in
            JoinedCells(cells: group.cells.sorted(), count: group.count, places: [place])
        }
        while all.count > 1 {
            guard let few = all.indices.min(by: { comes(all[$0], before: all[$1]) }),
                all[few].count < least
            else { break }
            let one = all.remove(at: few)
            guard
                let other = all.indices.min(by: {
                    let (a, b) = (distance(one, all[$0]), distance(one, all[$1]))
                    return a == b ? comes(all[$0], before: all[$1]) : a < b
                })
            else { break }
            all[other].cells = (all[other].cells + one.cells).sorted()
            all[other].count += one.count
            all[other].places = (all[other].places + one.places).sorted()
        }
        return all.sorted { $0.cells.lexicographicallyPrecedes($1.cells) }
    }

    private static func comes(_ a: JoinedCells, before b: JoinedCells) -> Bool {
        a.count == b.count ? a.cells.lexicographicallyPrecedes(b.cells) : a.count < b.count
    }

    private static func distance(_ a: JoinedCells, _ b: JoinedCells) -> Int {
        var nearest = Int.max
        for one in a.cells {
            for other in b.cells { nearest = min(nearest, distance(one, other)) }
        }
        return nearest
    }

    private static func distance(_ a: SurveyCell, _ b: SurveyCell) -> Int {
        (a.benefits == b.benefits ? 0 : 100) + 10 * abs(place(a.ages) - place(b.ages))
            + (a.sex == b.sex ? 0 : 1)
    }

    private static func place(_ ages: SurveyAges) -> Int {
        SurveyAges.allCases.firstIndex(of: ages) ?? 0
    }
}
