import ArgumentParser
import Foundation
import Matching

/// Searches over the documents of bench/peers/texts.py.
struct SearchBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Index documents.txt and answer queries.txt of a folder.")

    @Option(help: "The folder with documents.txt and queries.txt.") var folder: String
    @Option(help: "Timed runs.") var runs = 5
    @Flag(help: "Write the answers by each peer's formula beside the documents.") var answers =
        false
    @Flag(help: "Time each query by itself.") var single = false

    /// The formula of each peer.
    private static let formulas: [(peer: String, scoring: Scoring)] = [
        ("bm25s", Scoring(saturation: 1.5)), ("tantivy", Scoring()),
        ("fts5", Scoring(weight: .rareOnly)),
    ]

    func run() throws {
        let documents = try lines("documents.txt")
        let queries = try lines("queries.txt")
        Measuring.forgetPeak()
        let (seconds, cpu, index) = Measuring.seconds {
            TextIndex(documents, scoring: Scoring(saturation: 1.5))
        }
        try Line(
            what: "build", seconds: seconds, cpuSeconds: cpu, rows: documents.count,
            cells: index.postingCount, resident: Measuring.peak()
        ).write()
        let words = queries.map { $0.split(separator: " ").map(String.init) }
        for run in 0..<runs {
            try time("search", run, 1, queries.count) { index.search(queries[$0]) }
            try time("search by words", run, 1, queries.count) { index.search(words: words[$0]) }
            try time("search", run, 2, queries.count) { index.search(queries[$0]) }
        }
        if single { try timeEach(index, queries) }
        if answers {
            for (peer, scoring) in SearchBench.formulas {
                try write(TextIndex(documents, scoring: scoring), queries, "ours-\(peer).txt")
            }
        }
    }

    private func lines(_ name: String) throws -> [String] {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
            .map(String.init)
    }

    private func time(
        _ what: String, _ run: Int, _ threads: Int, _ count: Int,
        _ search: @Sendable (Int) -> [Hit]
    ) throws {
        let (seconds, cpu, _) = Measuring.seconds {
            if threads == 1 {
                for query in 0..<count { _ = search(query) }
            } else {
                DispatchQueue.concurrentPerform(iterations: threads) { thread in
                    for query in stride(from: thread, to: count, by: threads) {
                        _ = search(query)
                    }
                }
            }
        }
        try Line(
            what: what, threads: threads, run: run, seconds: seconds, cpuSeconds: cpu, rows: count
        ).write()
    }

    /// The slowest of a hundred, and the one in the middle.
    private func timeEach(_ index: TextIndex, _ queries: [String]) throws {
        let times = queries.map { query in Measuring.seconds { index.search(query) }.seconds }
            .sorted()
        for (what, share) in [("one query, p50", 0.5), ("one query, p99", 0.99)] {
            let place = min(times.count - 1, Int(Double(times.count) * share))
            try Line(what: what, seconds: times[place], rows: queries.count).write()
        }
    }

    private func write(_ index: TextIndex, _ queries: [String], _ name: String) throws {
        let rows = queries.map { query in
            index.search(query).map { "\($0.document):\($0.score)" }.joined(separator: " ") + "\n"
        }
        try rows.joined().write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
}
