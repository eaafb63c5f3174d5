import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Registry
import Simulation

/// Every indicator of the catalogue, monthly for five years, for every
/// municipality at once.
struct IndicatorBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators", abstract: "Every indicator by month and municipality.")

    @Option(help: "Residents in all.") var citizens = 1_000_000
    @Option(help: "Timed runs.") var runs = 5
    @Option(help: "The seed of the country.") var seed: UInt64 = 1
    @Option(parsing: .upToNextOption, help: "Only these.") var only: [String] = []
    @Option(help: "Where the peers' tables and ours.csv go; none are written without it.")
    var folder: String?

    /// Spells of these continue one another, which the peers' queries leave out.
    private static let joined: Set<Benefit> = [.cashBenefit, .educationAid, .selfSupportAllowance]
    private static func isOfSpells(_ id: IndicatorID) -> Bool {
        ["spells-", "exit-to-", "ended-spells-"].contains { id.name.hasPrefix($0) }
            || ["mean-duration-ended", "passive-share", "timely-conversations"].contains(id.name)
    }

    func run() throws {
        let catalogue = try Catalogue.bundled()
        let (seconds, cpu, register) = try Measuring.seconds { try country(catalogue) }
        try Line(
            what: "register", seconds: seconds, cpuSeconds: cpu, rows: citizens,
            resident: Measuring.peak()
        ).write()
        Measuring.forgetPeak()
        guard let first = Month(year: 2021, month: 1) else { return }
        let periods = (0..<60).map { Period.month(first + $0) }
        var csv = "indicator,municipality,month,value\n"
        let wanted = catalogue.all.filter { only.isEmpty || only.contains($0.id.name) }
        for definition in wanted {
            let id = definition.id
            var filter = PopulationFilter.everyone
            if Self.isOfSpells(id) {
                filter.benefits = Set(Benefit.allCases).subtracting(Self.joined)
            }
            let request = FigureRequest(
                id, periods: periods, filter: filter, groupBy: [.municipality],
                asOf: SimulationConfiguration.lastDay)
            for threads in [1, 2] {
                for run in 0..<runs {
                    let (seconds, cpu, cells) = try Measuring.seconds {
                        try register.figures(request, threads: threads)
                    }
                    try Line(
                        what: id.name, threads: threads, run: run, seconds: seconds,
                        cpuSeconds: cpu,
                        cells: cells.count
                    ).write()
                    if threads == 2 && run == runs - 1 { csv += rows(id, cells, first) }
                }
            }
        }
        try Line(
            what: "memory", seconds: 0, rows: citizens, resident: Measuring.peak()
        ).write()
        if let folder { try ColumnFolder(folder).write("ours.csv", text: csv) }
    }

    private func country(_ catalogue: Catalogue) throws -> Register {
        let data = try SimulationData.bundled()
        let all = data.municipalities.reduce(0) { $0 + (data.population(of: $1) ?? 0) }
        var builder = RegisterBuilder()
        var tables = PeerTables()
        for code in data.municipalities {
            let own = data.population(of: code) ?? 0
            var facts: [Fact] = []
            try SimulatedFacts.each(
                of: code, population: max(100, own * citizens / all), seed: seed, data: data
            ) { facts.append($0) }
            for fact in facts { builder.add(fact, in: MunicipalityCode(number: code)) }
            if folder != nil { tables.add(facts, UInt16(code)) }
        }
        if let folder { try tables.write(to: ColumnFolder(folder)) }
        return Register(consume builder, catalogue: catalogue)
    }

    private func rows(_ id: IndicatorID, _ cells: [FigureCell], _ first: Month) -> String {
        var text = ""
        for cell in cells {
            guard let value = cell.figure.value, let place = cell.labels.first.flatMap({ Int($0) })
            else { continue }
            text += "\(id),\(place),\(cell.period.range.start.month - first),\(value)\n"
        }
        return text
    }
}
