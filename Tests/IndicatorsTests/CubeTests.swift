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
}
