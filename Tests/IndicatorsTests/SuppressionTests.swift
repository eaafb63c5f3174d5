import Chronology
import Testing

@testable import Indicators

@Suite struct SuppressionTests {
    private func figure(_ persons: Int) -> Figure {
        Figure(
            numerator: Double(persons), denominator: nil, value: Double(persons),
            persons: persons, isProvisional: false)
    }

    private func cell(_ labels: [String], _ code: String, _ persons: Int) -> FigureCell {
        FigureCell(labels: labels, period: period(code), figure: figure(persons))
    }

    @Test func fewPersonsAreHiddenAndZeroIsNot() {
        let cells = [0, 1, 4, 5].enumerated().map { cell(["\($0)"], "2024M01", $1) }
        let shown = Suppression().shown(cells, unit: .persons)
        #expect(shown.map { $0.shown == .hidden } == [false, true, true, false])
        let lower = Suppression(k: 3).shown(cells, unit: .persons)
        #expect(lower.map { $0.shown == .hidden } == [false, true, false, false])
    }

    @Test func aPercentageOfFewIsHidden() {
        let share = { (part: Double, whole: Double) in
            FigureCell(
                labels: ["\(part)/\(whole)"], period: period("2024M01"),
                figure: Figure(
                    numerator: part, denominator: whole, value: 100 * part / whole,
                    persons: Int(whole), isProvisional: false))
        }
        let cells = [
            share(5, 9), share(5, 10), share(0, 10), share(3, 100), share(97, 100), share(50, 100),
        ]
        let shown = Suppression().shown(cells, unit: .percent)
        #expect(shown.map { $0.shown == .hidden } == [true, false, false, true, true, false])
        // A mean over few is a matter of the persons behind it only.
        #expect(Suppression().shown([cells[0]], unit: .weeks)[0].shown != .hidden)
    }

    @Test func oneHiddenPartOfATotalHidesAnother() {
        let cells = [
            cell(["a"], "2024M01", 3), cell(["b"], "2024M01", 20), cell(["c"], "2024M01", 9),
            cell(["d"], "2024M01", 0), cell([Suppression.total], "2024M01", 32),
        ]
        let shown = Suppression().shown(cells, unit: .persons)
        #expect(shown.map { $0.shown == .hidden } == [true, false, true, false, false])
    }

    @Test func aMonthDoesNotFollowFromYearsToDate() {
        let cells = [
            cell([], "2024M01", 8), cell([], "2024M02", 2), cell([], "2024M03", 9),
            cell([], "2024MYTD01", 8), cell([], "2024MYTD02", 10), cell([], "2024MYTD03", 19),
            cell([], "2024Q01", 19),
        ]
        let shown = Suppression().shown(cells, unit: .orders)
        #expect(shown[1].shown == .hidden)
        expectNothingFollows(cells, shown)
    }

    /// In random tables with totals over both sides and over time, no hidden figure
    /// is the only solution of the sums that an outsider can write down.
    @Test(arguments: 0..<30 as Range<UInt64>)
    func noHiddenFigureFollows(_ seed: UInt64) {
        var random = SeededGenerator(seed)
        var cells: [FigureCell] = []
        let months = ["2024M01", "2024M02", "2024M03"]
        var sums: [[String]: Int] = [:]
        for code in months {
            for row in ["x", "y", "z"] {
                for column in ["p", "q", "r"] {
                    let persons = Int.random(in: 0..<14, using: &random)
                    for r in [row, Suppression.total] {
                        for c in [column, Suppression.total] {
                            sums[[r, c, code], default: 0] += persons
                            sums[[r, c, "2024Q01"], default: 0] += persons
                        }
                    }
                }
            }
        }
        for (key, persons) in sums.sorted(by: { $0.key.joined() < $1.key.joined() }) {
            cells.append(cell([key[0], key[1]], key[2], persons))
        }
        let shown = Suppression().shown(cells, unit: .persons)
        for (cell, shown) in zip(cells, shown) where (1..<5).contains(cell.figure.persons) {
            #expect(shown.shown == .hidden)
        }
        #expect(shown.contains { $0.shown != .hidden })
        expectNothingFollows(cells, shown)
    }

    /// An outsider's attack written anew: as long as some sum has one unknown left,
    /// that unknown is found.
    private func expectNothingFollows(_ cells: [FigureCell], _ shown: [ShownCell]) {
        var known = shown.map { $0.shown != .hidden }
        let before = known
        func index(_ labels: [String], _ code: String) -> Int? {
            cells.firstIndex { $0.labels == labels && $0.period == period(code) }
        }
        var sums: [[Int]] = []
        let codes = Set(cells.map(\.period.description))
        for (i, cell) in cells.enumerated() {
            for position in cell.labels.indices where cell.labels[position] == Suppression.total {
                let parts = cells.indices.filter { j in
                    var labels = cells[j].labels
                    guard cells[j].period == cell.period, labels[position] != Suppression.total
                    else { return false }
                    labels[position] = Suppression.total
                    return labels == cell.labels
                }
                sums.append(parts + [i])
            }
            let code = cell.period.description
            let parts: [String] =
                switch code {
                case "2024Q01": ["2024M01", "2024M02", "2024M03"]
                case "2024MYTD01": ["2024M01"]
                case "2024MYTD02": ["2024MYTD01", "2024M02"]
                case "2024MYTD03": ["2024MYTD02", "2024M03"]
                default: []
                }
            if !parts.isEmpty, parts.allSatisfy(codes.contains) {
                sums.append(parts.compactMap { index(cell.labels, $0) } + [i])
            }
            if code == "2024MYTD03", let quarter = index(cell.labels, "2024Q01") {
                sums.append([quarter, i])
            }
        }
        var isMoving = true
        while isMoving {
            isMoving = false
            for sum in sums {
                let unknown = sum.filter { !known[$0] }
                if unknown.count == 1 {
                    known[unknown[0]] = true
                    isMoving = true
                }
            }
        }
        #expect(known == before)
    }

    @Test func aSystemOfTwoSumsDeterminesWhatNeitherDoesAlone() {
        // a + b = 7 and a + b + c = 9 give c although both sums have two unknowns.
        let relations = [
            Suppression.Relation(total: 3, parts: [0, 1]),
            Suppression.Relation(total: 4, parts: [0, 1, 2]),
        ]
        #expect(LinearSystem(relations, unknown: [0, 1, 2]).determined == [2])
        #expect(LinearSystem(relations, unknown: [0, 1, 2, 4]).determined == [])
    }
}
