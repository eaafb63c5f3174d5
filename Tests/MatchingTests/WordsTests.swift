import Matching
import Testing

@Suite struct WordsTests {
    @Test(arguments: [
        ("Ålborg", "aalborg"), ("Aalborg", "aalborg"), ("Café", "cafe"), ("SØMAND", "sømand"),
        ("Förskollärare", "førskollærare"), ("Straße", "strasse"), ("a\u{30A}", "aa"),
        ("kon\u{AD}tor", "kontor"), ("Łukasz", "lukasz"),
    ])
    func folds(text: String, folded: String) {
        #expect(Folding.folded(text) == folded)
    }

    @Test(arguments: [
        ("Social- og sundhedshjælper (SOSU)", ["social", "og", "sundhedshjælper", "sosu"]),
        ("C++, C# og F#", ["c++", "c#", "og", "f#"]),
        ("IT-supporter 37 t/uge", ["it", "supporter", "37", "t", "uge"]),
        ("", []), ("  \n-", []),
    ])
    func words(text: String, words: [String]) {
        #expect(Words.of(text).map(\.text) == words)
    }

    @Test func aWordKnowsItsPlace() {
        let text = "Søg: Blåt lager"
        let places = Words.of(text).map {
            String(decoding: Array(text.utf8)[$0.place], as: UTF8.self)
        }
        #expect(places == ["Søg", "Blåt", "lager"])
    }

    @Test func aHangingHyphenLeansOnALaterWord() {
        #expect(Words.of("social- og sundhedshjælper").map(\.leansOnLater) == [true, false, false])
        #expect(Words.of("IT-supporter").map(\.leansOnLater) == [false, false])
    }
}
