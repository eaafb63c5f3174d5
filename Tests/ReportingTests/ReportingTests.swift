import Chronology
import Indicators
import Markup
import Parameters
import Testing

@testable import Reporting

private let danish = Wording(try! TextCatalogue.bundled(), .da)
private let english = Wording(try! TextCatalogue.bundled(), .en)

private func months(_ count: Int) -> [Period] {
    let first = Month(year: 2024, month: 1)!
    return (0..<count).map { .month(first + $0) }
}

private func chart(_ values: [Double?], references: [LineChart.Reference] = []) -> LineChart {
    LineChart(
        id: "c", title: "Ledige", unit: .persons, periods: months(values.count),
        series: [.init(name: "I år", role: .main, values: values)], references: references)
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct AxisTests {
    @Test(arguments: [
        ([0.0, 97], 0.0, 100.0), ([380, 412], 380, 420), ([3.1, 3.4], 3.1, 3.4),
        ([5, 5], 5, 10), ([], 0, 1), ([-4, 10], -5, 10), ([0, 0], 0, 1),
    ])
    func endsHoldTheValues(_ values: [Double], _ lower: Double, _ upper: Double) {
        let axis = Axis(holding: values)
        #expect(abs(axis.lower - lower) < 1e-9)
        #expect(abs(axis.upper - upper) < 1e-9)
    }

    @Test(arguments: 0..<200)
    func everyValueLiesBetweenTheEnds(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let scale = [0.01, 1, 50, 1e6].randomElement(using: &random)!
        let values = (0..<Int.random(in: 1...20, using: &random)).map { _ in
            Double.random(in: -1...1, using: &random) * scale
        }
        let axis = Axis(holding: values)
        for value in values {
            #expect((-1e-9...1.000000001).contains(axis.share(value)))
        }
        #expect((2...12).contains(axis.ticks.count))
        #expect(axis.ticks == axis.ticks.sorted())
    }

    @Test func barsStartAtZero() {
        #expect(Axis(holding: [380, 412], fromZero: true).lower == 0)
    }
}

/// SplitMix64.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct LineGeometryTests {
    @Test func aGapEndsALineAndIsNotZero() {
        let geometry = LineGeometry(chart([10, 12, nil, 14]), danish)
        #expect(geometry.stretches[0].map(\.count) == [2, 1])
        let zero = geometry.y(0)
        #expect(geometry.stretches[0].joined().allSatisfy { $0.y < zero })
    }

    @Test func anEmptySeriesDrawsNothing() {
        let empty = chart([nil, nil])
        #expect(LineGeometry(empty, danish).stretches == [[]])
        #expect(LineGeometry(chart([]), danish).stretches == [[]])
        #expect(empty.sentence(danish) == "Der er ingen tal at vise endnu.")
        #expect(!text(empty.drawing(danish).bytes).contains("<circle"))
    }

    @Test func onePointIsAMarkerInTheMiddle() {
        let one = chart([7])
        let geometry = LineGeometry(one, danish)
        #expect(geometry.stretches[0].map(\.count) == [1])
        #expect(geometry.stretches[0][0][0].x == (geometry.left + geometry.right) / 2)
        let drawing = text(one.drawing(danish).bytes)
        #expect(drawing.contains("<circle"))
        #expect(!drawing.contains("<path"))
    }

    @Test func largerValuesStandHigher() {
        let geometry = LineGeometry(chart([10, 30, 20]), danish)
        let ys = geometry.stretches[0][0].map(\.y)
        #expect(ys[1] < ys[2] && ys[2] < ys[0])
        let xs = geometry.stretches[0][0].map(\.x)
        #expect(xs == xs.sorted())
        #expect(abs((xs[1] - xs[0]) - (xs[2] - xs[1])) < 1e-9)
    }

    @Test func labelsNeverOverlap() {
        let close = chart(
            [400, 401],
            references: [
                .init(kind: .target, label: "Mål", value: 401),
                .init(kind: .baseline, label: "Udgangspunkt", value: 400.5),
            ])
        let labels = LineGeometry(close, danish).labels
        #expect(labels.count == 3)
        for (upper, lower) in zip(labels, labels.dropFirst()) {
            #expect(lower.y - upper.y >= LineGeometry.lineHeight)
        }
        #expect(labels.allSatisfy { $0.y <= LineGeometry.height })
    }

    @Test func theTargetIsInsideTheAxis() {
        let high = chart([10, 12], references: [.init(kind: .target, label: "Mål", value: 60)])
        #expect(LineGeometry(high, danish).axis.upper >= 60)
    }

    @Test func aCutAxisIsSaid() {
        #expect(text(chart([380, 412]).drawing(danish).bytes).contains("aksen begynder ved 380"))
        #expect(!text(chart([3, 412]).drawing(danish).bytes).contains("aksen begynder"))
    }
}

@Suite struct SentenceTests {
    @Test func whatTheChartSays() {
        var line = chart(
            [380, 412, 401, nil], references: [.init(kind: .target, label: "Mål: 400", value: 400)])
        line.series.append(.init(name: "Året før", role: .lastYear, values: [370, 371, 372, 373]))
        #expect(
            line.sentence(danish)
                == "Det seneste tal er 401 personer (marts 2024). På samme tid året før var det 372 personer. Mål: 400. Det laveste tal er 380 personer (januar 2024), og det højeste er 412 personer (februar 2024)."
        )
        #expect(
            line.sentence(english).hasPrefix("The latest figure is 401 persons (March 2024)."))
    }

    @Test func barsSayOwnHighestAndLowest() {
        let bars = BarChart(
            id: "b", title: "Ledige", unit: .percent,
            bars: [
                .init(name: "Herlev", value: .number(3.14), isOwn: true),
                .init(name: "Hillerød", value: .number(2.4)), .init(name: "Læsø", value: .hidden),
            ])
        #expect(
            bars.sentence(danish)
                == "Herlev har 3,1 %. Højest er Herlev med 3,1 %. Lavest er Hillerød med 2,4 %.")
        #expect(text(bars.drawing(danish).bytes).contains("vises ikke"))
        #expect(bars.table(danish).rows[2].cells == [.hidden])
    }

    @Test(arguments: [
        ("2024M06", "juni 2024", "June 2024"), ("2024Q02", "2. kvartal 2024", "quarter 2, 2024"),
        ("2024", "2024", "2024"), ("2024MYTD06", "januar–juni 2024", "January–June 2024"),
        ("2024MYTD01", "januar 2024", "January 2024"),
        (
            "2024QMAT01", "de fire kvartaler til og med 1. kvartal 2024",
            "the four quarters up to quarter 1, 2024"
        ),
    ])
    func periods(_ code: String, _ da: String, _ en: String) throws {
        let period = try #require(Period(code))
        #expect(danish.period(period) == da)
        #expect(english.period(period) == en)
    }

    @Test func argumentsAreNotReadAsTexts() {
        #expect(
            danish("reporting.chart.own", ["name": "{value}", "value": "3"]) == "{value} har 3.")
        #expect(danish("reporting.chart.own", ["name": "Herlev"]) == "Herlev har {value}.")
        #expect(danish("reporting.unknown") == "[reporting.unknown]")
    }

    @Test(arguments: [
        (380.0, Indicators.Unit.fullTimePersons, "380"), (371.44, .fullTimePersons, "371,4"),
        (75, .percent, "75 %"), (78.26, .percent, "78,3 %"),
    ])
    func briefNumbers(_ value: Double, _ unit: Indicators.Unit, _ expected: String) {
        #expect(danish.brief(value, unit, decimals: 1) == expected)
    }

    @Test func everyUnitHasWords() {
        for unit in Indicators.Unit.allCases {
            for wording in [danish, english] {
                #expect(!wording.amount(1, unit).contains("["))
                #expect(!wording.unit(unit).contains("["))
            }
        }
    }

    @Test func panelsKeepTheirGaps() throws {
        let panels = SmallMultiples(
            id: "p", title: "Ledige", unit: .persons, periods: months(3),
            panels: [
                .init(name: "Herlev", isOwn: true, values: [1, nil, 3]),
                .init(name: "Læsø", isOwn: false, values: []),
            ])
        let drawing = text(panels.drawing(danish).bytes)
        let path = try #require(drawing.firstMatch(of: /<path d="([^"]*)"/)).output.1
        #expect(path.count { $0 == "M" } == 2)
        #expect(!path.contains("L"))
        #expect(drawing.matches(of: /<circle/).count == 2)
        #expect(drawing.contains("ikke kendt"))
        #expect(panels.table(danish).rows[1].cells == [.missing, .missing])
    }
}

@Suite struct CSVTests {
    private let table = DataTable(
        id: "t", caption: "Tal",
        columns: [.init("Område"), .init("Tal", decimals: 1), .init("Note")],
        rows: [
            .init(header: "Herlev", cells: [.number(-1234.56), .text("a;b,c")]),
            .init(header: "=SUM(A1)", cells: [.hidden, .text("han sagde \"ja\"\nog gik")]),
            .init(header: "Læsø", cells: [.missing, .text("")]),
        ])

    @Test func forADanishSpreadsheet() {
        let bytes = CSVWriter.danish.bytes(table, danish)
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(
            text(Array(bytes.dropFirst(3)))
                == "Område;Tal;Note\r\nHerlev;-1234,6;\"a;b,c\"\r\n'=SUM(A1);vises ikke;\"han sagde \"\"ja\"\"\nog gik\"\r\nLæsø;;\r\n"
        )
    }

    @Test func standard() {
        #expect(
            text(CSVWriter.standard.bytes(table, english))
                == "Område,Tal,Note\r\nHerlev,-1234.6,\"a;b,c\"\r\n'=SUM(A1),not shown,\"han sagde \"\"ja\"\"\nog gik\"\r\nLæsø,,\r\n"
        )
    }
}

@Suite struct NumberWordsTests {
    @Test(arguments: PackNumber.Rule.allCases)
    func everyRuleIsToldInWords(_ rule: PackNumber.Rule) {
        for wording in [danish, english] {
            #expect(!wording("views.number.rules.\(rule.rawValue)").hasPrefix("["), "\(rule)")
        }
    }

    @Test(arguments: [
        (0, ", i dag"), (1, ", i går"), (2, ", for 2 dage siden"), (-1, ""),
        (1_000, ", for 1.000 dage siden"),
    ])
    func ageInWords(_ days: Int, _ words: String) {
        let fetched = Day(iso: "2025-11-03")!
        let newest = Period.month(Month(year: 2025, month: 7)!)
        #expect(
            danish.age(fetchedOn: fetched, newest: newest, on: fetched + days)
                == "hentet 3. november 2025\(words); nyeste måned juli 2025")
        #expect(
            danish.age(fetchedOn: fetched, newest: .year(2024), on: fetched)
                == "hentet 3. november 2025, i dag; nyeste periode 2024")
    }
}
