import Foundation
import Matching
import Testing

@Suite struct SearchTests {
    /// Documents made up from a seed, of few words so that many scores are equal.
    static func documents(_ seed: Int, _ count: Int, words: Int) -> [[String]] {
        var random = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...30, using: &random)).map { _ in
                // Low numbers are met more often than high ones.
                let bound = Int.random(in: 1...words, using: &random)
                return "w\(Int.random(in: 0..<bound, using: &random))"
            }
        }
    }

    /// BM25 as it is written in books, over all documents.
    static func score(
        _ query: [String], _ documents: [[String]], _ scoring: Scoring
    ) -> [Double] {
        let mean = Double(documents.reduce(0) { $0 + $1.count }) / Double(documents.count)
        var scores = [Double](repeating: 0, count: documents.count)
        for word in query {
            let holding = documents.count { $0.contains(word) }
            guard holding > 0 else { continue }
            let (all, n) = (Double(documents.count), Double(holding))
            let odds = (all - n + 0.5) / (n + 0.5)
            let weight = scoring.weight == .alwaysPositive ? log(1 + odds) : max(log(odds), 1e-6)
            for (index, document) in documents.enumerated() {
                let tf = Double(document.count { $0 == word })
                let length = Double(document.count) / mean
                let norm =
                    scoring.saturation * (1 - scoring.lengths + scoring.lengths * length)
                scores[index] += tf > 0 ? weight * tf / (tf + norm) : 0
            }
        }
        return scores
    }

    @Test(
        "The best are those of the formula, whatever is passed over",
        arguments: [(1, 40, 12), (2, 300, 50), (3, 2_000, 30), (4, 2_000, 900), (5, 700, 5)])
    func best(seed: Int, count: Int, words: Int) {
        let documents = Self.documents(seed, count, words: words)
        for scoring in [
            Scoring(), Scoring(saturation: 2, lengths: 0.3, weight: .rareOnly),
            Scoring(saturation: 0, lengths: 0),
        ] {
            var builder = TextIndex.Builder(scoring)
            for document in documents { builder.add(words: document) }
            let index = builder.finish()
            var random = SeededGenerator(seed: UInt64(seed))
            for size in [1, 2, 3, 5, 8, 20] {
                let query = (0..<size).map { _ in
                    "w\(Int.random(in: 0..<words + 2, using: &random))"
                }
                for top in [1, 10, 37, 100, 150, count] {
                    check(index, query, documents, scoring, top)
                }
            }
        }
    }

    private func check(
        _ index: TextIndex, _ query: [String], _ documents: [[String]], _ scoring: Scoring,
        _ top: Int
    ) {
        let hits = index.search(words: query, top: top)
        let scores = Self.score(query, documents, scoring)
        let right = scores.filter { $0 > 0 }.sorted(by: >).prefix(top)
        #expect(hits.count == right.count)
        for (hit, score) in zip(hits, right) {
            #expect(abs(Double(hit.score) - score) < 1e-4 * max(1, score), "\(query) \(top)")
            #expect(abs(Double(hit.score) - scores[hit.document]) < 1e-4 * max(1, score))
        }
        for (one, next) in zip(hits, hits.dropFirst()) {
            #expect(
                one.score > next.score
                    || (one.score == next.score && one.document < next.document))
        }
        // What a smaller search finds is the beginning of a larger one.
        #expect(
            index.search(words: query, top: 5) == Array(hits.prefix(min(5, top)))
                || top < 5)
    }

    @Test("The contributions add up to the score and name each word")
    func explains() throws {
        let index = TextIndex([
            "Lager og truck, truck med certifikat", "Truck på havnen", "Pædagog i vuggestue",
        ])
        let hit = try #require(index.search("truck lager LAGER ukendt").first)
        #expect(hit.document == 0)
        let parts = index.explain("truck lager LAGER ukendt", document: 0)
        #expect(parts.map(\.word) == ["truck", "lager"])
        #expect(parts.map(\.occurrences) == [2, 1])
        #expect(parts.map(\.timesInQuery) == [1, 2])
        #expect(parts.map(\.documents) == [2, 1])
        #expect(abs(parts.reduce(0) { $0 + $1.score } - hit.score) < 1e-5)
        #expect(index.explain("truck", document: 2).isEmpty)
        #expect(index.explain("truck", document: 99).isEmpty)
    }

    @Test("Texts are read into the same words as elsewhere")
    func words() {
        let texts = [
            "Social- og sundhedshjælper (SOSU), Ålborg", "C++, C# og F#", "Café Ørsted ÆØÅ",
            "IT-supporter 37 t/uge", "", " \n-", "kon\u{AD}tor a\u{30A}", "Łukasz – fuld tid",
        ]
        for text in texts {
            let words = Words.of(text).map(\.text)
            var byWords = TextIndex.Builder()
            byWords.add(words: words)
            let (one, other) = (TextIndex([text]), byWords.finish())
            #expect(one.wordCount == Set(words).count, "\(text)")
            #expect(one.search(text) == other.search(words: words))
            for word in words { #expect(one.documents(holding: word) == 1, "\(text) \(word)") }
        }
    }

    @Test("Nothing to find is no hit")
    func nothing() {
        #expect(TextIndex([]).search("noget").isEmpty)
        let index = TextIndex(["et", "to", ""])
        #expect(index.search("").isEmpty)
        #expect(index.search("tre").isEmpty)
        #expect(index.search("et", top: 0).isEmpty)
        #expect(index.search("et to", top: 9).map(\.document) == [0, 1])
        #expect(index.documentCount == 3 && index.wordCount == 2 && index.postingCount == 2)
    }
}
