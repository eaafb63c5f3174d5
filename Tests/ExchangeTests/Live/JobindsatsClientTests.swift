import Chronology
import Exchange
import Indicators
import Parameters
import Testing

@Suite("The client of jobindsats.dk")
struct JobindsatsClientTests {
    let municipalities: MunicipalityList
    init() throws { municipalities = try MunicipalityList.bundled() }

    static let description = """
        {"periods": [{"periodtype_id": "M", "values": [{"period_id": "2026M08"},
            {"period_id": "2026M07"}]},
            {"periodtype_id": "Y", "values": []}],
         "dimensions": [
            {"dimension_id": "_omrade", "hierarchies": [
                {"hierarchy_id": "_region", "levels": [{"level_id": "0", "values": [
                    {"value_id": "/", "value_name": "Hele landet"}]}]},
                {"hierarchy_id": "_nykom", "levels": [{"level_id": "0", "values": [
                    {"value_id": "/", "value_name": "Hele landet"},
                    {"value_id": "/1/", "value_name": "Herlev"},
                    {"value_id": "/2/", "value_name": "Region Nord"}]}]}]},
            {"dimension_id": "_kon", "dimension_name": "Køn", "hierarchies": [
                {"hierarchy_id": "_kon", "levels": [{"level_id": "0", "values": [
                    {"value_id": "/", "value_name": "Køn i alt"},
                    {"value_id": "/1/", "value_name": "Kvinder"}]}]}]}],
         "mgroups": [{"mgroup_id": "g1", "measures": [{"measure_name": "Personer"}]},
            {"mgroup_id": "g2", "measures": [{"measure_name": "Fuldtid"}]}]}
        """

    private func fetch(
        _ question: JobindsatsQuestion, _ data: String, description: String = Self.description
    ) async throws -> (Retrieved, ScriptedTransport) {
        let transport = ScriptedTransport([good("\u{FEFF}" + description), good("\u{FEFF}" + data)])
        let client = try JobindsatsClient(
            base: "https://a.example/v3/", token: AccessToken("secret"),
            transport: transport.patient(), municipalities: municipalities)
        return (try await client.data(question), transport)
    }

    @Test("Areas, a region that is passed over, and what is not shown")
    func reads() async throws {
        let (retrieved, transport) = try await fetch(
            JobindsatsQuestion(table: "T1", periods: 99),
            """
            {"columns": ["Periode", "Område", "Køn", "Personer", "Fuldtid"], "rows": [
                ["2026M07", "Herlev", "Køn i alt", 10, null],
                ["2026M07", "Region Nord", "Køn i alt", 90, 80],
                ["2026M07", "Uoplyst område", "Køn i alt", 1, 1],
                ["2026M07", "Hele landet", "Køn i alt", "1.234,5", ".."]]}
            """)
        #expect(
            transport.asked.map(\.address) == [
                "https://a.example/v3/table/t1?format=json",
                "https://a.example/v3/data/t1?mgroup.*=*&hierarchy._nykom=*&hierarchy._kon=/"
                    + "&period.M=latest:2&format=json",
            ])
        #expect(retrieved.question == "mgroup.*=*&hierarchy._nykom=*&hierarchy._kon=/")
        #expect(retrieved.columns == ["Periode", "Område", "Køn", "Personer", "Fuldtid"])
        #expect(
            retrieved.content.skippedAreas == ["Region Nord": 1, "Uoplyst område": 1])
        let july = Period.month(Month(index: 2026 * 12 + 6))
        let table = PublishedTable(retrieved.content.figures)
        func value(_ measure: String, _ area: Int32) -> Double?? {
            table.published(table: "t1", measure: measure, area: area, period: july)?.value
        }
        #expect(value("Personer", 163) == .some(10))
        #expect(value("Fuldtid", 163) == .some(nil))
        #expect(value("Personer", 0) == .some(1234.5))
        #expect(retrieved.content.read == 4 && retrieved.content.notShown == 2)
    }

    @Test("One measure group, one member, and names")
    func chosen() async throws {
        let (retrieved, transport) = try await fetch(
            JobindsatsQuestion(
                table: "t1", periods: 1, groups: ["g2"], members: ["Køn": "Kvinder"],
                measures: [:]),
            """
            {"columns": ["Periode", "Område", "Køn", "Fuldtid"],
             "rows": [["2026M08", "Herlev", "Kvinder", 7]]}
            """)
        #expect(
            transport.asked.last?.address
                == "https://a.example/v3/data/t1?mgroup.g2=*&hierarchy._nykom=*"
                + "&hierarchy._kon=/1/&period.M=latest:1&format=json")
        #expect(retrieved.content.figures.map(\.measure) == ["Fuldtid · Kvinder"])
    }

    @Test("A description without titles promises no columns")
    func untold() async throws {
        let (retrieved, _) = try await fetch(
            JobindsatsQuestion(table: "t1", measures: ["Anything": "a"]),
            """
            {"columns": ["Periode", "Område", "Køn", "Anything"],
             "rows": [["2026M08", "Herlev", "Køn i alt", 7]]}
            """,
            description: Self.description.replacing("measure_name", with: "title"))
        #expect(retrieved.content.figures.map(\.measure) == ["a"])
    }

    @Test(
        "What the answer may not be",
        arguments: [
            (#"["Periode", "Område", "Køn", "Personer"]"#, "changedColumns –: Fuldtid"),
            (
                #"["Periode", "Område", "Køn", "Personer", "Fuld tid"]"#,
                "changedColumns Fuld tid: Fuldtid"
            ),
            (
                #"["Periode", "Område", "Køn", "Personer", "Fuldtid", "Ny"]"#,
                "changedColumns Ny: –"
            ),
            (#"["Periode", "Kommune", "Køn", "Personer", "Fuldtid"]"#, "changedColumns –: Område"),
        ])
    func changed(columns: String, told: String) async throws {
        let row = #"["2026M08", "Herlev", "Køn i alt", 1, 2, 3]"#
        let found = try await problem {
            _ = try await fetch(
                JobindsatsQuestion(table: "t1"), "{\"columns\": \(columns), \"rows\": [\(row)]}")
        }
        #expect(
            "\(found.kind) \(found.found): \(found.accepted.joined(separator: ", "))" == told)
    }

    @Test("Rows about another member, an area that is new, and a row twice")
    func contents() async throws {
        func kinds(_ rows: String) async throws -> String {
            let found = try await problem {
                _ = try await fetch(
                    JobindsatsQuestion(table: "t1"),
                    """
                    {"columns": ["Periode", "Område", "Køn", "Personer", "Fuldtid"],
                     "rows": [\(rows)]}
                    """)
            }
            return ([found.kind.rawValue] + found.contents.map(\.kind.rawValue)).joined(
                separator: " ")
        }
        #expect(try await kinds(#"["2026M08", "Herlev", "Kvinder", 1, 2]"#) == "otherMember")
        #expect(
            try await kinds(#"["2026M08", "Nyby", "Køn i alt", 1, 2]"#)
                == "contents unknownMunicipality")
        let row = #"["2026M08", "Herlev", "Køn i alt", 1, 2]"#
        #expect(try await kinds("\(row), \(row)") == "contents duplicateRow duplicateRow")
        #expect(try await kinds(#"["2026X08", "Herlev", "Køn i alt", 1, 2]"#) == "contents period")
    }

    @Test("Questions that the table cannot answer are never asked")
    func unanswerable() async throws {
        func told(_ question: JobindsatsQuestion, _ description: String = Self.description)
            async throws -> SourceProblem
        {
            let transport = ScriptedTransport([good(description)])
            let client = try JobindsatsClient(
                token: AccessToken("secret"), transport: transport.patient(),
                municipalities: municipalities)
            let found = try await problem { _ = try await client.data(question) }
            #expect(transport.asked.count == 1)
            return found
        }
        let kind = try await told(JobindsatsQuestion(table: "t1", periodKind: "Y"))
        #expect(kind.kind == .noPeriods && kind.accepted == ["M"])
        let group = try await told(JobindsatsQuestion(table: "t1", groups: ["g9"]))
        #expect(group.kind == .unknownSelection)
        let member = try await told(JobindsatsQuestion(table: "t1", members: ["_kon": "/9/"]))
        #expect(member.kind == .unknownMember && member.found == "_kon=/9/")
        let dimension = try await told(JobindsatsQuestion(table: "t1", members: ["_alder": "/"]))
        #expect(dimension.kind == .unknownSelection && dimension.accepted == ["_kon"])
        let measure = try await told(JobindsatsQuestion(table: "t1", measures: ["X": "x"]))
        #expect(measure.kind == .unknownMeasure && measure.accepted == ["Personer", "Fuldtid"])
        let areas = try await told(
            JobindsatsQuestion(table: "t1"),
            Self.description.replacing("Herlev", with: "Region Syd"))
        #expect(areas.kind == .noAreas)
        let shape = try await told(JobindsatsQuestion(table: "t1"), #"{"Area": []}"#)
        #expect(shape.kind == .unreadable)
    }

    @Test("Tables are found by words of their name, subject or id")
    func search() async throws {
        let transport = ScriptedTransport([
            good(
                """
                [{"subject_name": "Ledighed", "table_groups": [{"table_group_name": "G", "tables": [
                    {"table_id": "y25i01", "table_name": "Ledige", "update_next": "2026-11-02"}]}]}]
                """)
        ])
        let client = try JobindsatsClient(
            token: AccessToken("secret"), transport: transport.patient(),
            municipalities: municipalities)
        let all = try await client.tables()
        #expect(all.first?.next == "2026-11-02")
        #expect(all.first?.matches("LEDIGE ledighed") == true)
        #expect(all.first?.matches("y25") == true)
        #expect(all.first?.matches("ledige job") == false)
    }
}
