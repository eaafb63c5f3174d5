import Chronology
import Identifiers
import Indicators
import Registry

/// How many, as it may be shown.
public enum ComplaintCount: Hashable, Sendable {
    case count(Int)
    /// Few, or something from which few would follow.
    case hidden
}

/// Counts by line and month, with the sum of the months last.
struct MonthTable<Line: Hashable> {
    let lines: [Line]
    let months: [Month]

    /// The cells of a line: its months and their sum.
    var width: Int { months.count + 1 }

    /// Every line's cells. `behind`: whom a cell counts, once for each time. `suppression`: hides
    /// few from those who may not see them, with as many others as it takes that none follows by
    /// subtraction; nil hides nothing. `relations`: what adds up beside the months.
    func counts(
        _ suppression: Suppression?, relations: [Suppression.Relation] = [],
        behind: (Line, Month) -> [CitizenID]
    ) -> [Line: [ComplaintCount]] {
        var figures: [Figure] = []
        for line in lines {
            let found = months.map { behind(line, $0) }
            figures += (found + [found.flatMap(\.self)]).map {
                Figure(
                    numerator: Double($0.count), denominator: nil, value: Double($0.count),
                    persons: Set($0).count, isProvisional: false)
            }
        }
        let sums = lines.indices.map { row in
            let first = row * width
            return Suppression.Relation(
                total: first + width - 1, parts: Array(first..<(first + width - 1)))
        }
        let unseen =
            suppression?.hidden(figures, unit: .complaints, relations: sums + relations) ?? []
        var counts: [Line: [ComplaintCount]] = [:]
        for (row, line) in lines.enumerated() {
            counts[line] = (0..<width).map { column in
                let place = row * width + column
                return unseen.contains(place) ? .hidden : .count(Int(figures[place].numerator))
            }
        }
        return counts
    }
}
