import Exchange
import Parameters
import Testing

@Suite("CSV")
struct CSVReaderTests {
    @Test(
        "Rows and fields",
        arguments: [
            ("a,b\n1,2\n", [["1", "2"]]),
            ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
            ("a;b;c\n1,5;2;3\n", [["1,5", "2", "3"]]),
            ("a\tb\n1\t\"x\ty\"\n", [["1", "x\ty"]]),
            ("a,b\n\"x \"\"y\"\", z\",\"line\nbreak\"\n", [["x \"y\", z", "line\nbreak"]]),
            ("a,b\n\n1,\n\n", [["1", ""]]), ("a,b\r1,2\r", [["1", "2"]]),
            ("\u{FEFF}a;b\nø;æ\n", [["ø", "æ"]]), ("\"a,b,c\";b\n1;2\n", [["1", "2"]]),
            ("a\n\"\"\n", [[""]]), ("a,b\n", []),
        ] as [(String, [[String]])])
    func rows(text: String, expected: [[String]]) throws {
        #expect(try CSVReader.rows(bytes(text)).rows.map(\.fields) == expected)
    }

    @Test("The mark of UTF-8 is not part of the first column's name")
    func byteOrderMark() throws {
        #expect(try CSVReader.rows(bytes("\u{FEFF}cpr;x\n")).header.fields == ["cpr", "x"])
    }

    @Test("Rows are numbered as a spreadsheet numbers them")
    func numbers() throws {
        let rows = try CSVReader.rows(bytes("a,b\n\n\"1\n2\",x\n3,4\n")).rows
        #expect(rows.map(\.number) == [3, 4])
    }

    @Test(
        "What is refused, and where",
        arguments: [
            ("", ",,emptyFile"), ("\n\n", ",,emptyFile"), ("a,b\n1\n2,3\n", "2,,fieldCount"),
            ("a,b\n1,2\n3", "3,,truncatedRow"), ("a,b\n1,2,3", "2,,fieldCount"),
            ("a,b\n1,\"2\n3,4\n", "2,2,unclosedQuote"), ("a,b\n1,2\"3\n", "2,2,strayQuote"),
            ("a,b\n\"1\"x,2\n", "2,1,textAfterQuote"), ("a,b\n1,\u{0}\n", "2,,notText"),
            ("\"a,b\n", "1,1,unclosedQuote"),
        ])
    func refused(text: String, expected: String) throws {
        let found = try problems { _ = try CSVReader.rows(bytes(text)) }
        #expect(outline(found) == [expected])
    }

    @Test(
        "UTF-16 is refused with the remedy", arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
    func utf16(mark: [UInt8]) throws {
        let found = try problems { _ = try CSVReader.rows(mark + [97, 0, 10, 0]) }
        #expect(outline(found) == [",,utf16"])
        let texts = try TextCatalogue.bundled()
        #expect(found.lines(texts, .da)[0].contains("Gem den som CSV UTF-8"))
    }

    @Test("Latin-1 is refused with row and column, or converted when asked")
    func latin1() throws {
        let file = bytes("by;beløb\n").filter { $0 < 0x80 } + [75, 248, 98, 59, 0x80, 53, 10]
        let found = try problems { _ = try CSVReader.rows(file) }
        #expect(outline(found) == ["2,1,notUTF8", "2,2,notUTF8"])
        #expect(found.listed[0].found == "Køb")
        let read = try CSVReader.rows(file, CSVFormat(encoding: .latin1))
        #expect(read.rows.map(\.fields) == [["Køb", "€5"]])
    }

    @Test("A header that is no UTF-8 does not make the next row the header")
    func latin1Header() throws {
        let file: [UInt8] = [98, 248, 59, 98, 10] + bytes("1;2\n3;4\n")
        let found = try problems { _ = try CSVReader.rows(file) }
        #expect(outline(found) == ["1,1,notUTF8"])
    }

    @Test("An open quote does not eat the memory")
    func longRow() throws {
        let file = bytes("a,b\n1,\"") + [UInt8](repeating: 120, count: 5_000)
        let format = CSVFormat(longestRow: 1_000)
        let found = try problems { _ = try CSVReader.rows(file, format) }
        #expect(outline(found) == ["2,,rowTooLong"])
    }

    @Test("The list of problems is bounded, the count is not")
    func bounded() throws {
        let file = bytes("a,b\n" + String(repeating: "1\n", count: 50))
        let found = try problems { _ = try CSVReader.rows(file, CSVFormat(problemLimit: 3)) }
        #expect(found.listed.count == 3)
        #expect(found.total == 50)
        let texts = try TextCatalogue.bundled()
        #expect(found.lines(texts, .en).last?.contains("47") == true)
    }

    @Test("Rejected rows come back with their reasons, in UTF-8")
    func rejected() throws {
        let file: [UInt8] = bytes("a;b\n1;2\n3\n") + [248, 59, 52, 10]
        let found = try problems { _ = try CSVReader.rows(file) }
        let back = String(decoding: found.rejectedRows(try .bundled(), .da), as: UTF8.self)
        let lines = back.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "række;årsag;a;b")
        #expect(lines[1].hasPrefix("3;Række 3:") && lines[1].hasSuffix(";3"))
        #expect(lines[2].hasPrefix("4;") && lines[2].hasSuffix(";ø;4"))
    }

    @Test("The chunks do not matter", arguments: 0..<200)
    func chunks(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let file = CSVReaderTests.randomFile(&random)
        var whole = CSVReader()
        let expected = whole.feed(file) + whole.finish()
        var pieces = CSVReader()
        var rows: [CSVRow] = []
        var start = 0
        while start < file.count {
            let end = min(file.count, start + Int.random(in: 1...9, using: &random))
            rows += pieces.feed(file[start..<end])
            start = end
        }
        rows += pieces.finish()
        #expect(rows == expected)
        #expect(pieces.problems == whole.problems)
    }

    @Test("What is written quoted is read back", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet: [Character] = ["a", "ø", ",", ";", "\"", "\n", "\r", "\t", "1", "€"]
        let table = (0..<4).map { _ in
            (0..<3).map { _ in
                "x" + String((0..<6).compactMap { _ in alphabet.randomElement(using: &random) })
                    + "x"
            }
        }
        let text =
            (["a,b,c"]
            + table.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }).joined(separator: "\r\n")
        #expect(try CSVReader.rows(bytes(text)).rows.map(\.fields) == table)
    }

    /// Bytes that look like CSV often enough to reach every state.
    static func randomFile(_ random: inout SeededGenerator) -> [UInt8] {
        let likely: [UInt8] = [10, 13, 34, 44, 59, 9, 48, 49, 97, 195, 184, 248, 46, 45]
        return (0..<Int.random(in: 0...300, using: &random)).map { _ in
            let odd = Int.random(in: 0..<20, using: &random) == 0
            return odd
                ? UInt8.random(in: 0...255, using: &random)
                : likely.randomElement(using: &random) ?? 0
        }
    }
}

@Suite("Numbers")
struct NumberTests {
    @Test(
        "Danish and English numbers",
        arguments: [
            ("1.234,5", 1234.5, nil), ("1,234.5", nil, 1234.5), ("1.234", 1234, 1.234),
            ("1,234", 1.234, 1234), ("12", 12, 12), ("-0,5", -0.5, nil), ("1.23,4", nil, nil),
            ("12.345.678", 12_345_678, nil), ("1234,5", 1234.5, nil), ("", nil, nil),
            (",5", nil, nil), ("5,", nil, nil), ("1e5", nil, nil), ("nan", nil, nil),
            ("+1", nil, nil), ("1234.567", nil, 1234.567), ("1..234", nil, nil), ("-", nil, nil),
        ] as [(String, Double?, Double?)])
    func numbers(text: String, danish: Double?, english: Double?) {
        #expect(NumberStyle.danish.number(text) == danish)
        #expect(NumberStyle.english.number(text) == english)
    }

    @Test("Not shown is not nought", arguments: ["", "-", ".."])
    func notShown(text: String) {
        #expect(NumberStyle.danish.cell(text) == .notShown)
        #expect(NumberStyle.danish.cell("0") == .value(0))
    }
}
