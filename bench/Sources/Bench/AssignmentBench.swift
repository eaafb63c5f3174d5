import ArgumentParser
import Foundation
import Matching

/// The assignments of bench/peers/assignment.py.
struct AssignmentBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assignment", abstract: "Solve even.txt and contested.txt of a folder.")

    @Option(help: "The folder with the instances.") var folder: String
    @Option(help: "Timed runs.") var runs = 5

    func run() throws {
        for name in ["even", "contested"] {
            for run in 0..<runs {
                var solved = 0.0
                let (whole, _, answer) = try Measuring.seconds {
                    let problem = try AssignmentBench.problem("\(folder)/\(name).txt")
                    let (seconds, _, answer) = try Measuring.seconds {
                        try AssignmentBench.best(problem)
                    }
                    solved = seconds
                    return answer
                }
                for (part, seconds) in [("solve", solved), ("from file to pairs", whole)] {
                    try Line(
                        what: "\(name): \(part)", run: run, seconds: seconds,
                        rows: answer.filled, checksum: "\(answer.value)"
                    ).write()
                }
                let (seconds, _, _) = Measuring.seconds { answer.reasons(candidate: run) }
                try Line(what: "\(name): why, of one candidate", run: run, seconds: seconds)
                    .write()
            }
        }
    }

    private static func best(_ problem: AssignmentProblem) throws -> Assignment {
        guard case .best(let answer) = try Assignment.solve(problem) else {
            throw ValidationError("The instance contradicts itself.")
        }
        return answer
    }

    /// Orders have five places each, as the peers take them to have.
    private static func problem(_ path: String) throws -> AssignmentProblem {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var edges: [AssignmentProblem.Edge] = []
        var numbers: [Int] = []
        var number: Int?
        var (candidates, openings) = (0, 0)
        for byte in bytes {
            if (48...57).contains(byte) {
                number = (number ?? 0) * 10 + Int(byte - 48)
                continue
            }
            if let found = number { numbers.append(found) }
            number = nil
            if byte == 10, numbers.count == 3 {
                edges.append(.init(numbers[0], numbers[1], value: numbers[2]))
                candidates = max(candidates, numbers[0] + 1)
                openings = max(openings, numbers[1] + 1)
                numbers.removeAll(keepingCapacity: true)
            }
        }
        return AssignmentProblem(
            candidates: Array(repeating: .init(), count: candidates),
            openings: Array(repeating: .init(maximum: 5), count: openings), edges: edges)
    }
}
