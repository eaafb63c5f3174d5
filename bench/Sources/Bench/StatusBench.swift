import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Plans
import Simulation
import Synchronization

/// A whole plan status from a register in memory.
struct StatusBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Judge a plan over a municipality already in memory.")

    @Option(help: "Residents of the municipality.") var citizens = 50_000
    @Option(help: "Timed runs.") var runs = 11
    @Option(help: "The seed of the municipality.") var seed: UInt64 = 1
    @Option(help: "The day of the status.") var asOf = "2025-06-30"
    @Flag(help: "One question at a time, and what each indicator cost.") var byIndicator = false
    @Argument(help: "Plan files.") var plans: [String]

    func run() throws {
        guard let day = Day(iso: asOf) else { throw ValidationError("--as-of: no such day") }
        let catalogue = try Catalogue.bundled()
        let data = try SimulationData.bundled()
        let known = KnownIndicators(catalogue.all)
        for file in plans {
            let plan = try EmploymentPlan(
                yaml: String(contentsOfFile: file, encoding: .utf8), file: file, known: known)
            var builder = RegisterBuilder()
            try SimulatedFacts.each(
                of: plan.municipality.number, population: citizens, seed: seed, data: data
            ) { builder.add($0, in: plan.municipality) }
            let register = Register(consume builder, catalogue: catalogue)
            let source = TimedSource(register)
            let evaluator = PlanEvaluator(
                known: known, figures: byIndicator ? source as any FigureSource : register,
                registeredFrom: [plan.municipality: SimulationConfiguration.firstDay])
            for run in 0..<runs {
                source.forget()
                let (seconds, cpu, status) = try Measuring.seconds {
                    try evaluator.status(of: plan, asOf: day)
                }
                try Line(
                    what: "status \(plan.id)", run: run, seconds: seconds, cpuSeconds: cpu,
                    rows: citizens,
                    cells: status.goals.reduce(0) { $0 + $1.targets.count }
                ).write()
            }
            if byIndicator { try source.report() }
        }
    }
}

/// The register asked one question at a time, with the time each indicator took.
private final class TimedSource: FigureSource {
    private let register: Register
    private let spent = Mutex<[IndicatorID: (seconds: Double, calls: Int)]>([:])

    init(_ register: Register) { self.register = register }

    func forget() { spent.withLock { $0 = [:] } }

    func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell] {
        let clock = ContinuousClock()
        let start = clock.now
        let cells = try register.figures(request)
        let seconds = (clock.now - start) / .seconds(1)
        spent.withLock {
            $0[request.indicator, default: (0, 0)].seconds += seconds
            $0[request.indicator, default: (0, 0)].calls += 1
        }
        return cells
    }

    func report() throws {
        let found = spent.withLock { $0 }
        for (id, cost) in found.sorted(by: { $0.value.seconds > $1.value.seconds }) {
            try Line(what: "  \(id)", seconds: cost.seconds, cells: cost.calls).write()
        }
    }
}
