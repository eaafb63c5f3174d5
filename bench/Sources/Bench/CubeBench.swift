import ArgumentParser
import Chronology
import Foundation
import Indicators
import Registry

/// Person-days by benefit, municipality and month over many made-up spells.
struct CubeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cube", abstract: "The cube of full-time persons over seeded spells.")

    @Option(help: "Spells.") var rows = 20_000_000
    @Option(help: "Months from January 2015 on.") var months = 120
    @Option(help: "Timed runs.") var runs = 5
    @Option(help: "The seed of the spells.") var seed: UInt64 = 1
    @Option(help: "Where the peers' columns go; none are written without it.")
    var folder: String?

    func run() throws {
        guard let first = Month(year: 2015, month: 1) else { return }
        let spells = MadeUpSpells(rows, first, months, seed: seed)
        if let folder { try spells.write(to: ColumnFolder(folder)) }
        for threads in [1, 2] {
            for run in 0..<runs {
                Measuring.forgetPeak()
                let (seconds, cpu, cube) = Measuring.seconds {
                    spells.withColumns { columns in
                        Cube(
                            columns, first: first, months: months,
                            benefits: MadeUpSpells.benefits,
                            municipalities: MadeUpSpells.municipalities,
                            asOf: (first + (months - 1)).last, threads: threads)
                    }
                }
                try Line(
                    what: "cube", threads: threads, run: run, seconds: seconds, cpuSeconds: cpu,
                    rows: rows,
                    cells: cube.minuteDays.count, checksum: checksum(cube),
                    resident: Measuring.peak()
                ).write()
            }
        }
    }

    /// The sum of the cells, and a sum in which every cell has its own weight.
    private func checksum(_ cube: Cube) -> String {
        var sum: UInt64 = 0
        var weighted: UInt64 = 0
        for benefit in 0..<cube.benefits {
            for place in 0..<cube.municipalities {
                for month in 0..<cube.months {
                    let cell = (benefit * cube.municipalities + place) * cube.months + month
                    let days = UInt64(bitPattern: cube.minuteDays[cell])
                    sum &+= days
                    weighted &+= days &* UInt64(1 + month + 1_009 * place + 1_000_003 * benefit)
                }
            }
        }
        let digits = String(weighted, radix: 16)
        return "\(sum):" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Spells with starts spread evenly from two years before the window to its end,
/// and lengths from days to years. Every weight is one minute, so that the cube
/// holds person-days.
struct MadeUpSpells {
    static let benefits = Benefit.allCases.count
    static let municipalities = 98

    private var start: [Int32] = []
    private var end: [Int32] = []
    private var benefit: [UInt8] = []
    private var municipality: [UInt8] = []
    private let minutes: [Int16]

    init(_ rows: Int, _ first: Month, _ months: Int, seed: UInt64) {
        var random = SplitMix(state: seed)
        let low = first.first.number - 730
        let days = Int((first + months).first.number - low)
        minutes = [Int16](repeating: 1, count: rows)
        start.reserveCapacity(rows)
        end.reserveCapacity(rows)
        benefit.reserveCapacity(rows)
        municipality.reserveCapacity(rows)
        for _ in 0..<rows {
            let from = low + Int32(random.below(days))
            let length = 1 + random.below(1 << (3 + random.below(9)))
            start.append(from)
            end.append(random.below(20) == 0 ? Day.openEnd.number : from + Int32(length))
            benefit.append(UInt8(random.below(MadeUpSpells.benefits)))
            municipality.append(UInt8(random.below(MadeUpSpells.municipalities)))
        }
    }

    func write(to folder: ColumnFolder) throws {
        try folder.write("start", start)
        try folder.write("end", end)
        try folder.write("kind", benefit)
        try folder.write("municipality", municipality.map { UInt16($0) })
    }

    func withColumns<Result>(_ body: (CubeColumns) -> Result) -> Result {
        start.withUnsafeBufferPointer { start in
            end.withUnsafeBufferPointer { end in
                benefit.withUnsafeBufferPointer { benefit in
                    municipality.withUnsafeBufferPointer { municipality in
                        minutes.withUnsafeBufferPointer { minutes in
                            body(
                                CubeColumns(
                                    start: start, end: end, benefit: benefit,
                                    municipality: municipality, minutes: minutes))
                        }
                    }
                }
            }
        }
    }
}

/// SplitMix64: the same seed gives the same spells everywhere.
struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)).multipliedFullWidth(by: UInt64(bound)).high)
    }
}
