import Chronology
import Foundation
import Matching
import Parameters
import Registry
import Testing
import Yams

/// An order text with what is expected of it, read from `order-texts.yaml`.
struct OrderExample: CustomTestStringConvertible, Sendable {
    var text: String
    var expected: [String: String]
    var must: [String]?
    var nice: [String]?
    var doubts: [String]

    var testDescription: String { String(text.prefix(60)) }

    static func all() throws -> [OrderExample] {
        let url = try #require(
            Bundle.module.url(forResource: "Resources/order-texts.yaml", withExtension: nil))
        let root = try #require(
            try Yams.compose(yaml: String(contentsOf: url, encoding: .utf8), .basic))
        return root.array().map { node in
            func list(_ key: String) -> [String]? { node[key]?.array().compactMap(\.string) }
            var expected: [String: String] = [:]
            for key in ["occupation", "postcode", "start", "kind", "positions", "deadline"] {
                expected[key] = node[key]?.string
            }
            expected["hours"] = list("hours")?.joined(separator: "-")
            return OrderExample(
                text: node["text"]?.string ?? "", expected: expected, must: list("must"),
                nice: list("nice"), doubts: list("doubts") ?? [])
        }
    }
}

@Suite("Reading job orders")
struct OrderReaderTests {
    static let today = Day(iso: "2026-11-23") ?? Day(number: 0)
    static let shared = Result {
        try OrderReader(coder: TextCoder(taxonomy: .starter()), postcodes: .bundled())
    }
    let reader: OrderReader

    init() throws { reader = try Self.shared.get() }

    @Test("The worked texts give what a reader would propose", arguments: try OrderExample.all())
    func examples(example: OrderExample) throws {
        let proposal = reader.read(example.text, today: Self.today)
        var found: [String: String] = [:]
        found["occupation"] = proposal.occupation?.value
        found["postcode"] = proposal.postcode.map { String($0.value.number) }
        found["kind"] = proposal.kind?.value.rawValue
        found["positions"] = proposal.positions.map { String($0.value) }
        found["deadline"] = proposal.deadline?.value.iso
        found["start"] = proposal.start.map {
            if case .on(let day) = $0.value { day.iso } else { "soonest" }
        }
        found["hours"] = proposal.hours.map {
            Self.hours($0.value.least) + "-" + Self.hours($0.value.most)
        }
        #expect(found == example.expected)
        if let must = example.must { #expect(Set(proposal.must.map(\.value)) == Set(must)) }
        if let nice = example.nice { #expect(Set(proposal.nice.map(\.value)) == Set(nice)) }
        #expect(Set(proposal.doubts.map(\.key)) == Set(example.doubts))
    }

    private static func hours(_ time: WeeklyTime) -> String {
        let minutes = Int(time.minutes)
        return minutes % 60 == 0 ? String(minutes / 60) : String(Double(minutes) / 60)
    }

    @Test("There are at least forty worked texts")
    func count() throws {
        #expect(try OrderExample.all().count >= 40)
    }

    @Test("Every place lies in the text and is where the value stands")
    func places() throws {
        let text = "Vi søger 3 kokke i 3400 Hillerød fra 1. marts, 30 timer. Frist 1. februar."
        let proposal = reader.read(text, today: Self.today)
        let bytes = Array(text.utf8)
        func words(_ place: Range<Int>?) -> String? {
            place.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(words(proposal.occupation?.place) == "kokke")
        #expect(words(proposal.postcode?.place) == "3400 Hillerød")
        #expect(words(proposal.positions?.place) == "3 kokke")
        #expect(words(proposal.start?.place) == "1. marts")
        #expect(words(proposal.deadline?.place) == "1. februar")
        #expect(words(proposal.hours?.place) == "30 timer")
    }

    @Test("The same text gives the same proposal, also when it is long and senseless")
    func stable() {
        let long = String(repeating: "Kok, 37 timer, 2730 Herlev -- 1/3 søger ", count: 2_000)
        let first = reader.read(long, today: Self.today)
        let second = reader.read(long, today: Self.today)
        #expect(first.must == second.must && first.doubts == second.doubts)
        for place in first.must.map(\.place) { #expect(place.upperBound <= long.utf8.count) }
    }

    @Test("Any text is read without harm, and every place lies in it")
    func anyText() {
        let pieces = [
            "Vi søger ", "2 ", "200 ", "kokke", "kok", " lager-", " og ", "butiksmedarbejder", "37",
            ",5", " timer", "-", "–", "1/", "31", "/12", ".", "2027", "den ", "31. februar ",
            "uge 53",
            "2630 ", "Taastrup", "21119 Malmö", "\r\n", "\n\n", "-----\n", "\u{0}", "a\u{30A}",
            "🙂", "\u{301}", "e\u{301}", "æøå", "ÆØÅ", "C++", "#", "fra ", "til ", "frist ",
            "start ",
            "ikke ", "et krav", "fordel", "men ", "uden ", "kørekort", "999999999999", "9999 By",
            "\u{2028}", "İ", "ß", "på mandag", "i morgen", "fuldtid ", "(", ")", "•", "  ",
        ]
        var state: UInt64 = 20_261_123
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<1_500 {
            let text = (0..<next(40)).map { _ in pieces[next(pieces.count)] }.joined()
            let size = text.precomposedStringWithCanonicalMapping.utf8.count
            let proposal = reader.read(text, today: Self.today)
            let coding = reader.coder.code(text)
            let places =
                coding.skills.map(\.place) + coding.occupations.map(\.place)
                + [
                    proposal.hours?.place, proposal.postcode?.place, proposal.start?.place,
                    proposal.deadline?.place, proposal.positions?.place, proposal.kind?.place,
                ].compactMap(\.self)
            for place in places {
                #expect(!place.isEmpty && place.upperBound <= max(size, text.utf8.count), "\(text)")
            }
        }
    }
}
