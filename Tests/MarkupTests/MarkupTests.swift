import Testing

@testable import Markup

/// A small generator with a seed, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private func string(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

private func unescaped(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    let entities = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
    while !rest.isEmpty {
        if let (entity, meaning) = entities.first(where: { rest.hasPrefix($0.key) }) {
            result += meaning
            rest = rest.dropFirst(entity.count)
        } else {
            result.append(rest.removeFirst())
        }
    }
    return result
}

@Suite struct MarkupTests {
    @Test func elementsNest() {
        var html = HTML()
        html(.section, class: "a") { html in
            html(.p, .id("x"), text: "1 < 2")
            html(.input, .type("text"), Attribute(flag: "required"))
        }
        #expect(
            string(html)
                == "<section class=\"a\"><p id=\"x\">1 &lt; 2</p><input type=\"text\" required></section>"
        )
    }

    @Test(arguments: 0..<200)
    func hostileTextNeverBreaksOut(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let pieces = [
            "<script>", "</p>", "\"", "'", "&", "&amp;", "<!--", "-->", "]]>", "æøå", "👩‍🦽",
            "=", "`", "\n", "a", " ", "javascript:", "\u{2028}", "%00",
        ]
        let hostile = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
        var html = HTML()
        html(.p, .value(hostile), text: hostile)
        let page = string(html)
        let open = "<p value=\""
        #expect(page.hasPrefix(open))
        #expect(page.hasSuffix("</p>"))
        let inner = page.dropFirst(open.count).dropLast(4)
        let halves = inner.split(
            separator: "\">", maxSplits: 1, omittingEmptySubsequences: false)
        #expect(halves.count == 2)
        for half in halves {
            #expect(!half.contains { "<>\"'".contains($0) })
            #expect(unescaped(String(half)) == hostile)
        }
    }

    @Test func controlCharactersAreReplaced() {
        var html = HTML()
        html.text("a\u{0}b\u{1B}c\td")
        #expect(string(html) == "a\u{FFFD}b\u{FFFD}c\td")
    }

    @Test(arguments: [
        ("/plan?a=1&b=2", "/plan?a=1&amp;b=2"), ("#main", "#main"), ("?lang=en", "?lang=en"),
        ("https://example.org", "https://example.org"), ("mailto:a@b.c", "mailto:a@b.c"),
        ("javascript:alert(1)", "#"), (" javascript:alert(1)", "#"), ("JAVASCRIPT:x", "#"),
        ("data:text/html,x", "#"), ("vbscript:x", "#"), ("", "#"),
    ])
    func linksLeadOnlyToPages(_ target: String, _ expected: String) {
        var html = HTML()
        html(.a, .href(target), text: "x")
        #expect(string(html) == "<a href=\"\(expected)\">x</a>")
    }

    @Test func absentAttributesLeaveNothing() {
        var html = HTML()
        html(.option, .when(false, Attribute(flag: "selected")), text: "x")
        #expect(string(html) == "<option>x</option>")
    }

    @Test(arguments: [
        (0, "0"), (1.005, "1"), (1.25, "1.25"), (-0.5, "-0.5"), (12.1, "12.1"), (-3, "-3"),
        (0.004, "0"), (-0.004, "0"), (99.999, "100"), (.nan, "0"), (.infinity, "0"),
    ])
    func coordinates(_ value: Double, _ expected: String) {
        var buffer = Utf8Buffer()
        buffer.append(coordinate: value)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected)
    }

    @Test func drawingsAreNamed() {
        let svg = SVG(id: "c", width: 10, height: 20, title: "A & B", description: "<x>") {
            $0(.line, Attribute("x1", coordinate: 1.5))
        }
        let text = String(decoding: svg.bytes, as: UTF8.self)
        #expect(text.contains("role=\"img\" aria-labelledby=\"c-title c-desc\""))
        #expect(text.contains("<title id=\"c-title\">A &amp; B</title>"))
        #expect(text.contains("<desc id=\"c-desc\">&lt;x&gt;</desc>"))
        #expect(text.hasSuffix("<line x1=\"1.5\"/></svg>"))
    }
}

@Suite struct NumberFormatTests {
    @Test(arguments: [
        (0.0, 0, "0", "0"), (1234.5, 1, "1.234,5", "1,234.5"),
        (1_234_567, 0, "1.234.567", "1,234,567"), (-0.04, 1, "0,0", "0.0"),
        (-1234.56, 1, "\u{2212}1.234,6", "\u{2212}1,234.6"), (0.5, 0, "1", "1"),
        (999.95, 1, "1.000,0", "1,000.0"), (2.5, 2, "2,50", "2.50"),
        (-0.5, 0, "\u{2212}1", "\u{2212}1"),
        (.nan, 1, "–", "–"), (.infinity, 0, "–", "–"), (1e300, 0, "–", "–"),
    ])
    func numbers(_ value: Double, _ decimals: Int, _ danish: String, _ english: String) {
        #expect(NumberFormat.danish.text(value, decimals: decimals) == danish)
        #expect(NumberFormat.english.text(value, decimals: decimals) == english)
    }

    @Test func wholeNumbers() {
        #expect(NumberFormat.danish.text(0) == "0")
        #expect(NumberFormat.danish.text(1_000) == "1.000")
        #expect(NumberFormat.danish.text(-12) == "\u{2212}12")
        #expect(NumberFormat.danish.text(Int.min).hasPrefix("\u{2212}9.223"))
        #expect(NumberFormat.plain(decimal: ",").text(-1234.5, decimals: 1) == "-1234,5")
    }
}
