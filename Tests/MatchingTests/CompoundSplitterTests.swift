import Matching
import Testing

@Suite struct CompoundSplitterTests {
    static let vocabulary = [
        "skovarbejder", "havnearbejder", "metalarbejder", "arbejder", "skovfoged", "havnefoged",
        "sundhedsplejerske", "sundhedshjælper", "sundhed", "hjemmehjælper", "hjælper",
        "plejerske", "metalsliber", "glassliber", "glasarbejder", "abfallsortierer",
        "abfall", "postsortierer", "sortierer", "metalsortierer",
    ]
    let splitter = CompoundSplitter(vocabulary: vocabulary)

    @Test(arguments: [
        ("sundhedshjælper", ["sundhed", "hjælper"]), ("metalarbejder", ["metal", "arbejder"]),
        ("sundhedsarbejder", ["sundhed", "arbejder"]), ("arbejder", ["arbejder"]),
        ("abfallsortierer", ["abfall", "sortierer"]), ("sko", ["sko"]), ("", []),
    ])
    func splits(word: String, parts: [String]) {
        #expect(splitter.parts(of: word).map(\.text) == parts)
    }

    @Test func tellsTheLinkAndWhatIsUnknown() {
        let linked = splitter.parts(of: "sundhedshjælper")
        #expect(linked.map(\.link) == ["s", ""])
        let halfKnown = splitter.parts(of: "kvartsarbejder")
        #expect(halfKnown.map(\.isKnown) == [false, true])
    }

    @Test(arguments: vocabulary + ["ukendtord", "æøåæøåæøå", "aaaaaaaaaaaaaaaaaaaa"])
    func thePartsMakeTheWord(word: String) {
        let parts = splitter.parts(of: word)
        #expect(parts.map { $0.text + $0.link }.joined() == word)
    }

    @Test func theOrderOfTheVocabularyTellsNothing() {
        let other = CompoundSplitter(vocabulary: Self.vocabulary.reversed())
        for word in Self.vocabulary + ["skovsliber", "glasplejerske"] {
            #expect(splitter.parts(of: word) == other.parts(of: word))
        }
    }

    @Test func aVocabularyOfNothingSplitsNothing() {
        let empty = CompoundSplitter(vocabulary: [String]())
        #expect(empty.parts(of: "skovarbejder").map(\.text).joined() == "skovarbejder")
    }
}

@Suite struct InflectionTests {
    @Test(arguments: [
        ["lærer", "lærere", "læreren", "lærerne", "lærerinde"],
        ["butik", "butikker", "butikkerne"],
        ["frisør", "frisører", "frisørens"], ["arbetare", "arbetarna"], ["bager", "bagere"],
    ])
    func oneStem(words: [String]) {
        #expect(Set(words.map { Inflection.stem($0) }).count == 1)
    }

    @Test(arguments: ["is", "smed", "sø", "", "x"])
    func aShortWordStays(word: String) {
        #expect(Inflection.stem(word) == word)
    }

    @Test func gendersMeetWhereTheVocabularyHasBoth() {
        let forms = GenderForms(vocabulary: ["syerske", "formand", "medizin", "koch", "kochin"])
        #expect(forms.common("kochin") == "koch")
        #expect(forms.common("forkvinde") == "formand")
        #expect(forms.common("medizin") == "medizin")
        #expect(forms.common("malerin") == "maler")
    }
}
