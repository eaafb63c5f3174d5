import Exchange
import Parameters
import Testing

@Suite("The list of what is fetched")
struct FetchListTests {
    @Test("Questions with everything, and with nothing but the table")
    func reads() throws {
        let list = try FetchList(
            """
            format: 1
            fetch:
              - source: jobindsats
                table: Y25I01
                periodKind: QMAT
                periods: 8
                groups: [g1, g2]
                members: [{of: _kon, is: /1/}]
                measures: [{column: "Antal", measure: persons}]
              - {source: statbank, table: aus08, values: [{of: SAESONFAK, are: ["9", "10"]}]}
            """, file: "sources.yaml")
        #expect(
            list.entries == [
                .jobindsats(
                    JobindsatsQuestion(
                        table: "y25i01", periodKind: "QMAT", periods: 8, groups: ["g1", "g2"],
                        members: ["_kon": "/1/"], measures: ["Antal": "persons"])),
                .statbank(
                    StatBankQuestion(
                        table: "AUS08", periods: 12, values: ["SAESONFAK": ["9", "10"]])),
            ])
    }

    @Test(
        "What may not stand in it",
        arguments: [
            ("{source: jobindsats}", "missingKey"), ("{source: star, table: t}", "notAWord"),
            ("{source: statbank, table: t, groups: [g]}", "unknownKey"),
            ("{source: jobindsats, table: t, values: [{of: a, are: [b]}]}", "unknownKey"),
            ("{source: jobindsats, table: t, periodKind: W}", "notAWord"),
            ("{source: jobindsats, table: t, periods: 0}", "outOfRange"),
            ("{source: jobindsats, table: t, token: secret}", "unknownKey"),
        ])
    func wrong(entry: String, kind: String) throws {
        let problems = try #require(throws: FileProblems.self) {
            try FetchList("format: 1\nfetch:\n  - \(entry)\n", file: "sources.yaml")
        }
        #expect(problems.all.map(\.problem.rawValue) == [kind])
        #expect(problems.all.map(\.line) == [3])
    }
}
