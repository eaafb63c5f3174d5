import Chronology
import Exchange
import Indicators
import Parameters
import Testing

@Suite("The client of Statistikbanken")
struct StatBankTests {
    let municipalities: MunicipalityList
    init() throws { municipalities = try MunicipalityList.bundled() }

    static let description = """
        {"id": "T1", "text": "Made up", "updated": "2026-10-01", "variables": [
            {"id": "OMRÅDE", "elimination": true, "values": [{"id": "000", "text": "Hele landet"},
                {"id": "084", "text": "Region Hovedstaden"}, {"id": "163", "text": "Herlev"}]},
            {"id": "TYPE", "elimination": false, "values": [{"id": "A", "text": "a"},
                {"id": "B", "text": "b"}]},
            {"id": "KØN", "elimination": true, "values": [{"id": "TOT", "text": "I alt"},
                {"id": "M", "text": "Mænd"}]},
            {"id": "Tid", "time": true, "values": [{"id": "2025K4", "text": "2025K4"},
                {"id": "2026K1", "text": "2026K1"}]}]}
        """

    private func fetch(
        _ question: StatBankQuestion, _ data: String, description: String = Self.description
    ) async throws -> (Retrieved, ScriptedTransport) {
        let transport = ScriptedTransport([good(description), good(data)])
        let client = try StatBankClient(
            base: "https://a.example/v1", transport: transport.patient(),
            municipalities: municipalities)
        return (try await client.data(question), transport)
    }

    /// Two areas, two types, two quarters; the time runs fastest.
    private func cube(_ value: String, time: String = #"{"2025K4": 0, "2026K1": 1}"#) -> String {
        """
        {"dataset": {"dimension": {"id": ["OMRÅDE", "TYPE", "ContentsCode", "Tid"],
            "size": [2, 2, 1, 2],
            "OMRÅDE": {"category": {"index": {"000": 0, "163": 1}}},
            "TYPE": {"category": {"index": ["A", "B"]}},
            "ContentsCode": {"category": {"label": {"T1": "Made up"}}},
            "Tid": {"category": {"index": \(time)}}},
         "value": \(value)}}
        """
    }

    private func table(_ retrieved: Retrieved) -> PublishedTable {
        PublishedTable(retrieved.content.figures)
    }

    private let quarter = Period.quarter(Quarter(index: 2026 * 4))

    @Test("Row by row, the last dimension running fastest")
    func rowMajor() async throws {
        let (retrieved, transport) = try await fetch(
            StatBankQuestion(table: "t1", values: ["TYPE": ["A", "B"]], measures: ["B": "named"]),
            cube("[1, 2, 3, 4, 5, 6, null, 8]"))
        #expect(retrieved.table == "T1")
        #expect(retrieved.question == "TYPE=A,B")
        let body = String(decoding: transport.asked[1].body, as: UTF8.self)
        #expect(
            body == #"{"format":"JSONSTAT","lang":"da","table":"T1","variables":["#
                + #"{"code":"OMRÅDE","values":["000","163"]},"#
                + #"{"code":"TYPE","values":["A","B"]},"#
                + #"{"code":"Tid","values":["2025K4","2026K1"]}]}"#)
        #expect(transport.asked.allSatisfy { $0.token == nil })
        let figures = table(retrieved)
        func value(_ measure: String, _ area: Int32, _ period: Period) -> Double?? {
            figures.published(table: "T1", measure: measure, area: area, period: period)?.value
        }
        let before = Period.quarter(Quarter(index: 2025 * 4 + 3))
        #expect(value("A", 0, before) == .some(1))
        #expect(value("A", 163, quarter) == .some(6))
        #expect(value("named", 163, before) == .some(nil))
        #expect(value("named", 163, quarter) == .some(8))
        #expect(retrieved.content.read == 8 && retrieved.content.notShown == 1)
    }

    @Test("Values as an object, times as a list, and a cube of version 2")
    func otherShapes() async throws {
        let sparse = cube(#"{"0": 1, "5": 6, "7": "8"}"#, time: #"["2025K4", "2026K1"]"#)
        let question = StatBankQuestion(table: "T1", values: ["TYPE": ["A", "B"]])
        let (one, _) = try await fetch(question, sparse)
        #expect(
            table(one).published(table: "T1", measure: "A", area: 163, period: quarter)?.value == 6)
        #expect(one.content.notShown == 5)
        let second = """
            {"version": "2.0", "class": "dataset", "id": ["OMRÅDE", "TYPE", "Tid"], "size": [1, 1, 1],
             "dimension": {"OMRÅDE": {"category": {"index": ["163"]}},
                "TYPE": {"category": {"index": ["A"]}}, "Tid": {"category": {"index": ["2026K1"]}}},
             "value": [4.5]}
            """
        let (two, _) = try await fetch(question, second)
        #expect(two.content.figures.map(\.value) == [4.5])
    }

    @Test(
        "Codes of time",
        arguments: [
            ("2024M01", "2024M01"), ("2024K1", "2024Q01"), ("2024Q1", "2024Q01"),
            ("2024", "2024Y01"),
        ])
    func times(code: String, period: String) async throws {
        let (retrieved, _) = try await fetch(
            StatBankQuestion(table: "T1", values: ["TYPE": ["A"]]),
            """
            {"dataset": {"dimension": {"id": ["OMRÅDE", "TYPE", "Tid"], "size": [1, 1, 1],
                "OMRÅDE": {"category": {"index": {"163": 0}}},
                "TYPE": {"category": {"index": {"A": 0}}},
                "Tid": {"category": {"index": {"\(code)": 0}}}}, "value": [1]}}
            """,
            description: Self.description.replacing("2026K1", with: code))
        #expect(retrieved.content.figures.map(\.period.description) == [period])
    }

    @Test(
        "Cubes that do not add up",
        arguments: [
            ("[1, 2, 3]", "unreadable value (3 ≠ 8)"), (#""x""#, "unreadable value"),
            (#"{"8": 1}"#, "unreadable value.8"),
            (#"[1, 2, 3, 4, "x", 6, 7, 8]"#, "unreadable value.4"),
        ])
    func wrong(value: String, told: String) async throws {
        let found = try await problem {
            _ = try await fetch(
                StatBankQuestion(table: "T1", values: ["TYPE": ["A", "B"]]), cube(value))
        }
        #expect("\(found.kind) \(found.found)" == told)
    }

    @Test("A table that tells of former municipalities follows the borders of the time")
    func formerBorders() async throws {
        let description = Self.description.replacing("163", with: "219")
            .replacing("Herlev", with: "Hillerød").replacing("2025K4", with: "2006K4")
        let data = cube("[1, 2, 3, 4, 5, 6, 7, 8]", time: #"{"2006K4": 0, "2026K1": 1}"#)
            .replacing("163", with: "219")
        let question = StatBankQuestion(table: "T1", values: ["TYPE": ["A", "B"]])
        let today = try await fetch(question, data, description: description).0
        #expect(today.content.read == 8 && today.content.formerAreas.isEmpty)
        let former = #"{"id": "231", "text": "Skævinge"}, {"id": "219""#
        let byTheTime = try await fetch(
            question, data, description: description.replacing(#"{"id": "219""#, with: former)
        ).0
        #expect(byTheTime.content.read == 6)
        #expect(byTheTime.content.formerAreas == ["Hillerød": 2])
    }

    @Test("A place or a time that is unknown, and a variable too many")
    func unknown() async throws {
        let values = "[1, 2, 3, 4, 5, 6, 7, 8]"
        let question = StatBankQuestion(table: "T1", values: ["TYPE": ["A", "B"]])
        let place = try await problem {
            _ = try await fetch(question, cube(values).replacing("163", with: "999"))
        }
        #expect(place.contents.map(\.kind) == [.unknownMunicipality])
        #expect(place.contents.first?.column?.name == "OMRÅDE")
        let time = try await problem {
            _ = try await fetch(question, cube(values).replacing("2026K1", with: "2026U07"))
        }
        #expect(time.contents.map(\.kind) == [.period])
        let variable = try await problem {
            _ = try await fetch(question, cube(values).replacing("TYPE", with: "ART"))
        }
        #expect(variable.kind == .changedColumns && variable.found == "ART")
        #expect(variable.accepted == ["TYPE"])
        let name = try await problem {
            _ = try await fetch(
                StatBankQuestion(
                    table: "T1", values: ["TYPE": ["A", "B"]], measures: ["A": "x", "B": "x"]),
                cube(values))
        }
        #expect(name.contents.map(\.otherRow) == [1, 2, 5, 6])
        let index = try await problem {
            _ = try await fetch(question, cube(values, time: #"{"2025K4": 0, "2026K1": 3}"#))
        }
        #expect(index.found == "dimension.Tid.category.index (2)")
    }

    @Test("Questions that the table cannot answer are never asked")
    func unanswerable() async throws {
        func told(_ question: StatBankQuestion, _ description: String = Self.description)
            async throws -> SourceProblem
        {
            let transport = ScriptedTransport([good(description)])
            let client = try StatBankClient(
                transport: transport.patient(), municipalities: municipalities)
            let found = try await problem { _ = try await client.data(question) }
            #expect(transport.asked.count == 1)
            return found
        }
        let choose = try await told(StatBankQuestion(table: "T1"))
        #expect(choose.kind == .chooseMember && choose.accepted == ["A (a)", "B (b)"])
        let value = try await told(StatBankQuestion(table: "T1", values: ["TYPE": ["C"]]))
        #expect(value.kind == .unknownMember && value.found == "TYPE=C")
        let variable = try await told(StatBankQuestion(table: "T1", values: ["ALDER": ["1"]]))
        #expect(variable.kind == .unknownSelection && variable.accepted == ["TYPE", "KØN"])
        let areas = try await told(
            StatBankQuestion(table: "T1"), Self.description.replacing("Herlev", with: "Nord"))
        #expect(areas.kind == .noAreas)
    }

    @Test("Any cube is read as counting its cells one by one would", arguments: 0..<20)
    func anyCube(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let areas = ["000", "163", "219", "101"].shuffled(using: &random).prefix(2)
        let types = ["A", "B"].shuffled(using: &random)
        let times = ["2025K4", "2026K1", "2026K2"].shuffled(using: &random)
        var order = [("OMRÅDE", Array(areas)), ("TYPE", types), ("Tid", times)]
        order.shuffle(using: &random)
        let count = order.reduce(1) { $0 * $1.1.count }
        let values = (0..<count).map { $0 % 5 == 4 ? "null" : "\($0)" }
        let dimensions = order.map { id, codes in
            let index = codes.enumerated().map { "\"\($0.element)\": \($0.offset)" }
            return "\"\(id)\": {\"category\": {\"index\": {\(index.joined(separator: ", "))}}}"
        }
        let document = """
            {"dataset": {"dimension": {"id": \(order.map(\.0)), "size": \(order.map(\.1.count)),
                \(dimensions.joined(separator: ", "))}, "value": [\(values.joined(separator: ", "))]}}
            """
        let (retrieved, _) = try await fetch(
            StatBankQuestion(table: "T1", values: ["TYPE": ["A", "B"]]), document)
        #expect(retrieved.content.read == count)
        let read = table(retrieved)
        var position = 0
        for first in order[0].1 {
            for second in order[1].1 {
                for third in order[2].1 {
                    let codes = Dictionary(
                        uniqueKeysWithValues: zip(order.map(\.0), [first, second, third]))
                    let time = try #require(codes["Tid"]).replacing("K", with: "Q")
                    let area = try #require(codes["OMRÅDE"])
                    let found = read.published(
                        table: "T1", measure: try #require(codes["TYPE"]),
                        area: try #require(Int32(area)),
                        period: try #require(Period(time)))
                    #expect(found != nil)
                    #expect(found?.value == (position % 5 == 4 ? nil : Double(position)))
                    position += 1
                }
            }
        }
    }
}
