import Chronology
import Exchange
import Indicators
import Parameters
import Testing

@Suite("Published figures")
struct PublishedTests {
    let municipalities: MunicipalityList
    init() throws { municipalities = try MunicipalityList.bundled() }

    private func small() throws -> PublishedImport {
        try PublishedCSV(municipalities: municipalities).read(example("published-small.csv"))
    }

    private let january = Period.month(Month(index: 2024 * 12))
    private let march = Period.month(Month(index: 2024 * 12 + 2))
    private let firstQuarter = Period.quarter(Quarter(index: 2024 * 4))

    @Test("The long file: read, not shown, skipped")
    func longFile() throws {
        let result = try small()
        #expect(result.read == 12)
        #expect(result.notShown == 2)
        #expect(result.skippedAreas == ["Uoplyst område": 1])
        let table = PublishedTable(result.figures)
        let hidden = table.published(
            table: "y99x01", measure: "persons", area: 165, period: march)
        #expect(hidden != nil)
        #expect(hidden?.value == nil)
        #expect(
            table.published(table: "y99x01", measure: "persons", area: 163, period: march) == nil)
        #expect(
            table.published(table: "y99x01", measure: "persons", area: 201, period: firstQuarter)?
                .value == 13)
    }

    private func series(_ text: String) throws -> PublishedImport {
        try PublishedSeries(
            .init(id: "y01a02", measures: ["fulltime": "y25i01/full"]), area: 0
        ).read(Array(text.utf8))
    }

    @Test("A file with a column for each measure: its area, its tables, what is not shown")
    func columnsForMeasures() throws {
        let result = try series("period,persons,fulltime\n2016M08,108957,77822\n2016M09,,..\n")
        #expect(result.read == 4)
        #expect(result.notShown == 2)
        let table = PublishedTable(result.figures)
        let august = Period.month(Month(index: 2016 * 12 + 7))
        #expect(
            table.published(table: "y01a02", measure: "persons", area: 0, period: august)?.value
                == 108_957)
        #expect(
            table.published(table: "y25i01", measure: "full", area: 0, period: august)?.value
                == 77_822)
        #expect(
            table.published(table: "y01a02", measure: "full", area: 0, period: august) == nil)
    }

    @Test("A file with a column for each measure: every mistake with its place")
    func wrongColumnsForMeasures() throws {
        let wrong = "period,persons,fulltime\n2016X08,1,2\n2016M09,x,2\n2016M10,1,2\n2016M10,1,2\n"
        let problems = try #require(throws: ImportProblems.self) { try series(wrong) }
        #expect(problems.listed.map(\.kind) == [.period, .number, .duplicateRow])
        #expect(problems.listed.map(\.row) == [2, 3, 5])
        #expect(problems.listed[1].column?.name == "persons")
        let missing = try #require(throws: ImportProblems.self) { try series("period,persons\n") }
        #expect(missing.listed.map(\.kind) == [.missingColumn])
        #expect(missing.listed.first?.accepted == ["fulltime"])
    }

    @Test("Sums and means know what is not shown")
    func groups() throws {
        let table = PublishedTable(try small().figures)
        let both: Set<Int32> = [165, 201]
        let sum = table.sum(table: "y99x01", measure: "persons", areas: both, period: january)
        #expect(sum?.exact == 110)
        let open = table.sum(table: "y99x01", measure: "persons", areas: both, period: march)
        #expect(open == Combined(low: 12, high: 14, shown: 1, notShown: 1))
        #expect(open?.exact == nil)
        let mean = table.mean(table: "y99x01", measure: "persons", areas: both, period: march)
        #expect(mean?.low == 6)
        #expect(mean?.high == 7)
        #expect(
            table.mean(
                table: "y99x01", measure: "share", areas: both, period: january, notShown: nil)
                == nil)
        #expect(
            table.sum(table: "y99x01", measure: "persons", areas: [163, 201], period: january)
                == nil)
    }

    @Test("The mean of a longer period's months")
    func monthlyMeans() throws {
        let table = PublishedTable(try small().figures)
        func mean(_ area: Int32) -> Combined? {
            table.monthlyMean(
                table: "y99x01", measure: "persons", area: area, over: firstQuarter)
        }
        #expect(mean(201)?.exact == 11)
        #expect(mean(165) == Combined(low: 70, high: 212.0 / 3, shown: 2, notShown: 1))
        #expect(
            table.monthlyMean(table: "y99x01", measure: "persons", area: 201, over: .year(2024))
                == nil)
        #expect(
            table.months(table: "y99x01", measure: "persons", area: 201).map(\.number) == [1, 2, 3])
    }

    @Test(
        "What a row may not say",
        arguments: [
            ("0411,Christiansø,t,m,2024M01,1", "2,1,unknownMunicipality"),
            ("0163,Hillerød,t,m,2024M01,1", "2,2,otherMunicipalityName"),
            ("0163,Herlev,t,m,2024M13,1", "2,5,period"),
            ("0163,Herlev,t,m,2024M01,\"1,5\"", "2,6,number"),
            ("0163,Herlev,,m,2024M01,1", "2,3,empty"),
            ("0231,Skævinge,t,m,2007M01,1", "2,1,mergedMunicipality"),
            ("0231,Skibby,t,m,2006M01,1", "2,2,otherMunicipalityName"),
        ])
    func badRows(row: String, expected: String) throws {
        let found = try problems {
            _ = try PublishedCSV(municipalities: municipalities).read(
                bytes("code,area,table,measure,period,value\n\(row)\n"))
        }
        #expect(outline(found) == [expected])
    }

    @Test("Figures by the borders of the time are not joined with those of today")
    func formerBorders() throws {
        let reader = PublishedCSV(municipalities: municipalities)
        let header = "code,area,table,measure,period,value\n"
        let today =
            "0219,Hillerød,t,m,2006M12,30\n0219,Hillerød,t,m,2007M01,40\n"
            + "0163,Herlev,t,m,2006M12,20\n0000,Hele landet,t,m,2006M12,500\n"
        let byTheTime = try reader.read(
            bytes(header + today + "0231,Skævinge,t,m,2006M12,8\n0231,Skævinge,t,m,2006M11,-\n"))
        #expect(
            byTheTime.figures.map { "\($0.area) \($0.period)" }
                == ["219 2007M01", "163 2006M12", "0 2006M12"])
        #expect(byTheTime.formerAreas == ["Skævinge": 2, "Hillerød": 1])
        #expect(byTheTime.notShown == 0 && byTheTime.skipped == 3)
        // A file without former municipalities is taken as it stands.
        let asToday = try reader.read(bytes(header + today))
        #expect(asToday.read == 4 && asToday.formerAreas.isEmpty)
    }

    @Test("An answer of jobindsats.dk about a former municipality")
    func formerAnswer() throws {
        func read(_ rows: String) throws(ImportProblems) -> PublishedImport {
            let text = #"{"columns":["Periode","Område","Antal"],"rows":["# + rows + "]}"
            return try JobindsatsReader(municipalities: municipalities)
                .read(bytes(text), table: JobindsatsReader.Table(id: "t"))
        }
        let old = #"["2006M12","Skævinge",8],["2006M12","Hillerød",30],["2007M01","Hillerød",40]"#
        let result = try read(old)
        #expect(result.figures.map(\.value) == [40])
        #expect(result.formerAreas == ["Skævinge": 1, "Hillerød": 1])
        let found = try problems { _ = try read(#"["2008M01","Skævinge",8]"#) }
        #expect(outline(found) == ["1,2,mergedMunicipality"])
        #expect(found.listed[0].accepted == ["0219 Hillerød (2007)"])
    }

    @Test("A figure may not stand twice, a column may not be missing")
    func structure() throws {
        let header = "code,area,table,measure,period,value\n"
        let row = "0163,Herlev,t,m,2024M01,1\n"
        let reader = PublishedCSV(municipalities: municipalities)
        let twice = try problems { _ = try reader.read(bytes(header + row + row)) }
        #expect(outline(twice) == ["3,,duplicateRow"])
        #expect(twice.listed[0].otherRow == 2)
        let missing = try problems { _ = try reader.read(bytes("code,area,table,period\n")) }
        #expect(outline(missing) == ["1,,missingColumn", "1,,missingColumn"])
    }

    // MARK: The interface's answer

    private let table = JobindsatsReader.Table(
        id: "y60a02", measures: ["Fuldtidspersoner": "ft"],
        members: ["Ydelsesgrupper": "Ydelser i alt"])

    @Test("An answer of jobindsats.dk")
    func answer() throws {
        let result = try JobindsatsReader(municipalities: municipalities)
            .read(example("jobindsats.json"), table: table)
        #expect(result.read == 10)
        #expect(result.notShown == 2)
        #expect(result.skippedMembers == 1)
        #expect(result.skippedAreas == ["Uoplyst område": 1])
        #expect(result.skipped == 2)
        let figures = PublishedTable(result.figures)
        func value(_ measure: String, _ area: Int32, _ period: String) throws -> Double? {
            let period = try #require(Period(period))
            return try #require(
                figures.published(table: "y60a02", measure: measure, area: area, period: period)
            ).value
        }
        #expect(try value("ft", 0, "2026M04") == 11_686.5)
        #expect(try value("ft", 163, "2024Q01") == 1_234.5)
        #expect(try value("ft", 163, "2023QMAT02") == 153)
        #expect(try value("Antal personer", 163, "2026M04") == 366)
        #expect(try value("Antal personer", 825, "2026M04") == nil)
    }

    @Test(
        "Answers that cannot be used",
        arguments: [
            ("nonsense", [",,notJSON"]), ("{\"columns\": [], \"rows\": [[true]]}", [",,notJSON"]),
            (
                "{\"code\":422,\"cause\":\"Unknown period type: M\",\"request_id\":\"1\"}",
                [",,refusedByPublisher"]
            ),
            (
                "{\"columns\":[\"Periode\",\"Antal\"],\"rows\":[]}",
                [",,missingColumn", ",,missingColumn", ",,missingColumn"]
            ),
        ])
    func unusable(text: String, expected: [String]) throws {
        let found = try problems {
            _ = try JobindsatsReader(municipalities: municipalities).read(bytes(text), table: table)
        }
        #expect(outline(found) == expected)
    }

    @Test("Rows that cannot be used, all at once")
    func badAnswerRows() throws {
        let text = """
            {"columns":["Periode","Område","Antal"],"rows":[
            ["2024M01","Herlev",1],["2024M01","Atlantis",2],["snart","Herlev",3],
            ["2024M02","Herlev","mange"],["2024M02","Herlev"],["2024M01","Herlev",1]]}
            """
        let found = try problems {
            _ = try JobindsatsReader(municipalities: municipalities)
                .read(bytes(text), table: JobindsatsReader.Table(id: "t"))
        }
        #expect(
            outline(found) == [
                "2,2,unknownMunicipality", "3,1,period", "4,3,number", "5,,fieldCount",
                "6,,duplicateRow",
            ])
    }

    @Test("A dimension must be chosen, or its members would be mixed")
    func dimension() throws {
        let found = try problems {
            _ = try JobindsatsReader(municipalities: municipalities)
                .read(example("jobindsats.json"), table: JobindsatsReader.Table(id: "y60a02"))
        }
        #expect(outline(found) == [",3,undeclaredDimension"])
    }

    // MARK: Real figures

    @Test("North Zealand is eleven municipalities")
    func northZealand() {
        #expect(municipalities.codes(inPart: 3).count == 11)
        #expect(municipalities.codes(inPart: 3).isSuperset(of: [219, 201, 223]))
    }

    @Test("The means of the real months are those of the facts")
    func realMeans() throws {
        guard let file = shared("data/jobindsats/municipal_2021M08_2025M07.csv") else {
            print("skipped: 1 file of published figures is not here")
            return
        }
        let result = try PublishedCSV(municipalities: municipalities).read(file)
        #expect(result.read == 64_254)
        #expect(result.notShown == 273)
        let table = PublishedTable(result.figures)
        let expected = try CSVReader.rows(example("published-means.csv")).rows
        #expect(expected.count == 91)
        for row in expected {
            let area = try #require(Int32(row[2]))
            let period = try #require(Period(row[3]))
            let mean = try #require(
                table.monthlyMean(table: row[0], measure: row[1], area: area, over: period)?.exact)
            let given = try #require(Double(row[4]))
            #expect(abs(mean - given) <= 0.5, "\(row.fields)")
        }
        let places = municipalities.codes(inPart: 3)
        let sum = table.sum(
            table: "y25i01", measure: "ledige_ft_total", areas: places, period: january)
        #expect(sum?.shown == 11)
    }
}
