import Exchange
import Foundation
import Parameters
import Testing

/// Random numbers that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

func example(_ name: String) throws -> [UInt8] {
    let url = try #require(
        Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil))
    return Array(try Data(contentsOf: url))
}

/// The bytes of a file beside the package, or nil where it is absent.
func shared(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: sharedFolder(path))).map { Array($0) }
}

/// Where a file or folder beside the package is, or would be.
func sharedFolder(_ path: String) -> URL {
    let root =
        ProcessInfo.processInfo.environment["FODFAESTE_SHARED"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared").standardized
    return root.appendingPathComponent(path)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The problems of a reading that has to fail.
func problems(_ read: () throws -> Void) throws -> ImportProblems {
    do {
        try read()
    } catch let problems as ImportProblems {
        return problems
    }
    Issue.record("the file was taken in")
    throw Unexpected()
}

struct Unexpected: Error {}

/// Row, column and kind of every listed problem.
func outline(_ problems: ImportProblems) -> [String] {
    problems.listed.map { problem in
        let row = problem.row.map(String.init) ?? ""
        let column = problem.column.map { String($0.number) } ?? ""
        return "\(row),\(column),\(problem.kind.rawValue)"
    }
}
