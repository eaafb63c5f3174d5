import Identifiers
import Registry
import Storage
import Testing

@testable import Jobcenter

@Suite("Finding names while somebody types")
struct NameIndexTests {
    private static func named(_ id: Int64, _ name: String) -> CitizenName {
        CitizenName(id: CitizenID(id), sortKey: DanishSortKey.key(for: name))
    }

    private let index = NameIndex([
        named(1, "Ærø-Jensen Åse"), named(2, "Jensen Asger"), named(3, "Hansen Aase"),
    ])

    private func found(_ typed: String..., limit: Int = 10) -> [Int64] {
        index.citizens(named: typed.flatMap { CitizenName.words(of: $0) }, limit: limit)
            .map(\.number)
    }

    @Test("by the beginning of any word, in the Danish order of names")
    func words() {
        #expect(found("jens") == [2, 1])
        #expect(found("JENS", "åse") == [1])
        #expect(found("aas") == [3, 1])
        #expect(found("ærø") == [1])
        #expect(found("ærø-jens") == [1])
        #expect(found("jens", "jens") == [2, 1])
        #expect(found("jens", limit: 1) == [2])
        for none in ["ensen", "%", "", "jensenn", "\u{1}"] { #expect(found(none) == [], "\(none)") }
    }

    @Test("agrees with looking at every name", arguments: 1...20)
    func everyName(seed: Int) {
        var state = UInt64(seed)
        func next(_ count: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % count)
        }
        let syllables = ["an", "ne", "bo", "ør", "sen", "aa", "li", "æ"]
        func word() -> String { (0...next(2)).map { _ in syllables[next(8)] }.joined() }
        let names = (1...200).map { Self.named(Int64($0), "\(word()) \(word())") }
        let index = NameIndex(names)
        for _ in 0..<40 {
            let typed = (0...next(2)).flatMap { _ in CitizenName.words(of: word()) }
            let expected = names.filter { name in
                typed.allSatisfy { part in name.words.contains { $0.hasPrefix(part) } }
            }.sorted { ($0.sortKey, $0.id) < ($1.sortKey, $1.id) }.map(\.id)
            #expect(index.citizens(named: typed, limit: 500) == expected, "\(typed)")
        }
    }
}
