import Foundation
import Plans
import Testing
import Yams

@Suite("Cutting a plan's text into sentences")
struct SplitterTests {
    struct Example: Codable, CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var sentences: [String]
        var testDescription: String { name }
    }

    static func examples() throws -> [Example] {
        let text = try String(contentsOf: Examples.url("sentences.yaml"), encoding: .utf8)
        return try YAMLDecoder().decode([Example].self, from: text)
    }

    @Test("examples", arguments: try examples())
    func example(_ example: Example) {
        let found = SentenceSplitter.sentences(of: example.text)
        #expect(found.map(\.text) == example.sentences)
        #expect(found.map(\.number) == Array(1..<found.count + 1))
    }

    @Test("cutting the sentences again changes nothing")
    func stable() throws {
        var seeded = Seeded(state: 7)
        let all = try SplitterTests.examples().flatMap(\.sentences)
        for _ in 0..<200 {
            let some = (0..<5).compactMap { _ in all.randomElement(using: &seeded) }
            let again = SentenceSplitter.sentences(of: some.joined(separator: "\n\n"))
            #expect(again.map(\.text) == some)
        }
    }

    @Test("a fingerprint does not see spaces and capitals, and sees everything else")
    func fingerprints() {
        #expect(Fingerprint.of("Et  job\n") == Fingerprint.of("et job"))
        #expect(Fingerprint.of("Et job") != Fingerprint.of("Et job."))
        // The published test value of FNV-1a for the letter a.
        #expect(Fingerprint.of("a") == "af63dc4c8601ec8c")
        #expect(Fingerprint.of("") == "cbf29ce484222325")
    }
}
