import Matching
import Parameters
import Testing

@Suite struct TitleTableTests {
    @Test func readsIdsAndTexts() throws {
        let text = "\u{FEFF}id\tlabel\r\nC1_da_0\tsmed\r\n\r\nC1_da_1\t klejnsmed \nC2\tbager"
        let table = try TitleTable(Array(text.utf8), file: "a.tsv")
        #expect(table.rows.map(\.text) == ["smed", "klejnsmed", "bager"])
        #expect(table.labels(separator: "_").map(\.concept) == ["C1", "C1", "C2"])
        #expect(table.labels(separator: "").map(\.concept) == ["C1_da_0", "C1_da_1", "C2"])
    }

    @Test func allMistakesAreToldAtOnce() {
        let text = "a\tsmed\nb\n\nc\t \na\tbager\nd\tx\ty\n"
        let problems = #expect(throws: FileProblems.self) {
            try TitleTable(Array(text.utf8), file: "a.tsv")
        }
        #expect(problems?.all.map(\.line) == [2, 4, 5, 6])
        #expect(
            problems?.all.map(\.problem.rawValue)
                == ["notTwoColumns", "noText", "duplicateId", "notTwoColumns"])
    }

    @Test(arguments: [([UInt8](), "noRows"), ([0xFF, 0xFE, 0x00], "unreadable")])
    func anUnusableFileIsTold(bytes: [UInt8], kind: String) {
        let problems = #expect(throws: FileProblems.self) { try TitleTable(bytes, file: "a.tsv") }
        #expect(problems?.all.map(\.problem.rawValue) == [kind])
    }

    @Test func everyMistakeHasItsWords() throws {
        let texts = try TextCatalogue.bundled()
        for kind in FileProblem.Kind.ofTitles { #expect(texts.has("file.problem.\(kind)")) }
    }
}
