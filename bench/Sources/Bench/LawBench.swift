import ArgumentParser
import Chronology
import Foundation
import Law
import Registry
import Simulation

/// Everything owed to every citizen of a made-up country, one citizen by itself, and a
/// what-if between two regimes.
struct LawBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "law", abstract: "All obligations of a country's citizens.")

    @Option(help: "Residents in all.") var citizens = 1_000_000
    @Option(help: "Residents of the what-if.") var whatIfCitizens = 50_000
    @Option(help: "Timed runs.") var runs = 5
    @Option(help: "The seed of the country.") var seed: UInt64 = 1
    @Option(help: "Where the peer's tables and ours.csv go; none are written without it.")
    var folder: String?

    func run() throws {
        let engine = LawEngine(try RuleBook.bundled())
        let today = SimulationConfiguration.lastDay
        let (seconds, cpu, cases) = try Measuring.seconds { try country(citizens) }
        try Line(
            what: "caseload", seconds: seconds, cpuSeconds: cpu, rows: cases.count,
            resident: Measuring.peak()
        ).write()
        for threads in [1, 2] {
            for run in 0..<runs {
                let (seconds, cpu, owed) = Measuring.seconds {
                    engine.tally(in: cases, on: today, threads: threads).all
                }
                try Line(
                    what: "obligations", threads: threads, run: run, seconds: seconds,
                    cpuSeconds: cpu, rows: cases.count, cells: owed
                ).write()
            }
        }
        try one(engine, cases, today)
        try peer(engine.book, cases, today)
        let few = try country(whatIfCitizens)
        guard let before = Day(iso: "2026-06-30"), let after = Day(iso: "2026-07-01") else {
            return
        }
        let whatIf = WhatIf(engine, from: .inForce(before), to: .inForce(after))
        for run in 0..<runs {
            let (seconds, cpu, changes) = Measuring.seconds {
                whatIf.changes(in: few, on: today).count
            }
            try Line(
                what: "what-if", threads: 2, run: run, seconds: seconds, cpuSeconds: cpu,
                rows: few.count, cells: changes
            ).write()
        }
    }

    /// The citizen to whom most is owed, a thousand times over.
    private func one(_ engine: LawEngine, _ cases: Caseload, _ today: Day) throws {
        let busiest = (0..<min(cases.count, 100_000)).max {
            engine.obligations(of: $0, in: cases, on: today).count
                < engine.obligations(of: $1, in: cases, on: today).count
        }
        guard let busiest else { return }
        for run in 0..<runs {
            let (seconds, cpu, count) = Measuring.seconds {
                (0..<1_000).reduce(0) { sum, _ in
                    sum + engine.obligations(of: busiest, in: cases, on: today).count
                }
            }
            try Line(
                what: "one citizen", threads: 1, run: run, seconds: seconds / 1_000,
                cpuSeconds: cpu / 1_000, rows: 1, cells: count / 1_000
            ).write()
        }
    }

    /// The small rule set that is written for the peer as well, and its tables.
    private func peer(_ book: RuleBook, _ cases: Caseload, _ today: Day) throws {
        let small = LawEngine(
            RuleBook(duties: book.duties.filter { LawTables.duties.contains($0.id) }))
        let tables = LawTables(small, cases, today)
        // The peer holds these citizens only, and so does ours.
        let same = try country(citizens, only: Set(tables.persons.map { cases.ids[$0] }))
        for run in 0..<runs {
            let (seconds, cpu, owed) = Measuring.seconds {
                var owed = 0
                small.eachCitizen(of: 0..<same.count, in: same, on: today) { owed += $1.count }
                return owed
            }
            try Line(
                what: "law-contact-offers", threads: 1, run: run, seconds: seconds,
                cpuSeconds: cpu, rows: same.count, cells: owed
            ).write()
        }
        for run in 0..<runs {
            let (seconds, cpu, owed) = Measuring.seconds {
                small.tally(in: same, on: today, threads: 2).all
            }
            try Line(
                what: "law-contact-offers", threads: 2, run: run, seconds: seconds,
                cpuSeconds: cpu, rows: same.count, cells: owed
            ).write()
        }
        if let folder { try tables.write(to: ColumnFolder(folder)) }
    }

    /// `only` nil for everybody.
    private func country(_ citizens: Int, only: Set<String>? = nil) throws -> Caseload {
        let data = try SimulationData.bundled()
        let all = data.municipalities.reduce(0) { $0 + (data.population(of: $1) ?? 0) }
        var builder = CaseloadBuilder()
        for code in data.municipalities {
            let own = data.population(of: code) ?? 0
            var facts: [Fact] = []
            try SimulatedFacts.each(
                of: code, population: max(100, own * citizens / all), seed: seed, data: data
            ) { facts.append($0) }
            var gathered = RegisteredFacts()
            for case .citizen(let citizen) in facts {
                gathered.add(citizen.id, born: citizen.born, permitFrom: citizen.permitFrom)
            }
            for fact in facts { gathered.add(fact) }
            for citizen in gathered.all where only?.contains(citizen.id) ?? true {
                builder.add(citizen)
            }
        }
        return Caseload(builder)
    }
}
