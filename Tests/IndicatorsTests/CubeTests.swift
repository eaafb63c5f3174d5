import Chronology
import Identifiers
import Registry
import Testing

@testable import Indicators

@Suite struct CubeTests {
    /// Rows of the columns a cube reads.
    struct Rows {
        var start: [Int32] = []
        var end: [Int32] = []
        var benefit: [UInt8] = []
        var municipality: [UInt8] = []
        var minutes: [Int16] = []

        func cube(_ first: Month, _ months: Int, asOf: Day, threads: Int) -> Cube {
            start.withUnsafeBufferPointer { start in
                end.withUnsafeBufferPointer { end in
                    benefit.withUnsafeBufferPointer { benefit in
                        municipality.withUnsafeBufferPointer { municipality in
                            minutes.withUnsafeBufferPointer { minutes in
                                Cube(
                                    CubeColumns(
                                        start: start, end: end, benefit: benefit,
                                        municipality: municipality, minutes: minutes),
                                    first: first, months: months,
                                    benefits: Benefit.allCases.count, municipalities: 3,
                                    asOf: asOf, threads: threads)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The cube and the kernel give the same figures, to the last digit.
    @Test(arguments: [1, 2, 3], ["2025-03-31", "2024-02-10"])
    func cubeIsTheKernel(_ threads: Int, _ asOf: String) throws {
        let facts = RandomFacts(seed: 7, citizens: 300)
        let register = facts.register
        var rows = Rows()
        for (fact, place) in facts.facts {
            guard case .benefitSpell(let spell) = fact, spell.start <= day(asOf) else { continue }
            rows.start.append(spell.start.number)
            rows.end.append((spell.end ?? .openEnd).number)
            rows.benefit.append(UInt8(spell.benefit.index))
            rows.municipality.append(
                UInt8(register.municipalities.firstIndex(of: place)!))
            rows.minutes.append(Int16(spell.degree.minutes))
        }
        let first = Month(year: 2021, month: 6)!
        let cube = rows.cube(first, 36, asOf: day(asOf), threads: threads)
        let request = FigureRequest(
            "full-time-persons", periods: (0..<36).map { .month(first + $0) },
            groupBy: [.benefit, .municipality], asOf: day(asOf))
        let cells = try register.figures(request)
        #expect(cells.count > 500)
        var seen = 0
        for cell in cells {
            guard case .month(let month) = cell.period else { continue }
            let benefit = Benefit(rawValue: cell.labels[0])!.index
            let place = register.municipalities.firstIndex { $0.description == cell.labels[1] }!
            let value = cube.fullTime(
                benefit: benefit, municipality: place, month: month - first)
            #expect(value == cell.figure.numerator)
            seen += value > 0 ? 1 : 0
        }
        #expect(cube.minuteDays.count { $0 > 0 } == seen)
    }

    /// Alike spells, and the minutes times days they come to in a month.
    struct Spells {
        let from: Int32
        let to: Int32
        var benefit: UInt8 = 0
        var municipality: UInt8 = 0
        var minutes = Int16.max
        let count: Int

        func minuteDays(in month: Month, asOf: Day) -> Int64 {
            let first = max(from, month.first.number)
            let last = min(to, month.last.number, asOf.number)
            guard first <= last else { return 0 }
            return Int64(count) * Int64(minutes) * Int64(last - first + 1)
        }
    }

    /// Sums that outgrow a packed cell many times, at both ends of the window.
    @Test(arguments: [1, 3], [1, 24, 2_100])
    func extremes(_ threads: Int, _ months: Int) throws {
        let first = Month(year: 1900, month: 2)!
        let window = first.first...(first + (months - 1)).last
        let (low, high) = (window.lowerBound.number, window.upperBound.number)
        let (early, late) = (Int32.min, Int32.max)
        let spells = [
            Spells(from: low + 9, to: low + 9, count: 20_000),
            Spells(from: high, to: high, count: 20_000),
            Spells(from: low, to: high, count: 5_000),
            Spells(from: early, to: late, benefit: 13, municipality: 2, count: 5_000),
            Spells(from: high - 3, to: Day.openEnd.number, municipality: 1, count: 5_000),
            Spells(from: low + 3, to: Day.openEnd.number, minutes: 1, count: 700),
            // Rows that do not count: out of the window, ending before they begin,
            // and of no benefit or municipality.
            Spells(from: early, to: low - 1, count: 3_000),
            Spells(from: high + 1, to: late, count: 3_000),
            Spells(from: late, to: late, count: 300),
            Spells(from: early, to: early, count: 300),
            Spells(from: high, to: low, count: 300),
            Spells(from: low, to: high, benefit: 14, count: 300),
            Spells(from: low, to: high, municipality: 3, count: 300),
            Spells(from: low, to: high, benefit: 255, municipality: 255, count: 300),
        ]
        var rows = Rows()
        for spell in spells {
            rows.start += repeatElement(spell.from, count: spell.count)
            rows.end += repeatElement(spell.to, count: spell.count)
            rows.benefit += repeatElement(spell.benefit, count: spell.count)
            rows.municipality += repeatElement(spell.municipality, count: spell.count)
            rows.minutes += repeatElement(spell.minutes, count: spell.count)
        }
        for asOf in [
            window.upperBound, window.upperBound + 400, window.upperBound - 14,
            window.lowerBound + 9, window.lowerBound, window.lowerBound - 1,
        ] {
            let cube = rows.cube(first, months, asOf: asOf, threads: threads)
            var expected = [Int64](repeating: 0, count: cube.minuteDays.count)
            for spell in spells where spell.benefit < 14 && spell.municipality < 3 {
                let series = Int(spell.benefit) * 3 + Int(spell.municipality)
                for month in 0..<months {
                    expected[series * months + month] += spell.minuteDays(
                        in: first + month, asOf: asOf)
                }
            }
            #expect(cube.minuteDays == expected, "as of \(asOf)")
        }
    }
}
