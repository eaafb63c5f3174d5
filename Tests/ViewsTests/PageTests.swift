import Foundation
import Indicators
import Parameters
import Reporting
import Testing

@testable import Views

@Suite struct PageTests {
    @Test(arguments: Language.allCases)
    func everyPageIsAsRecorded(_ language: Language) throws {
        for page in Samples.all(language) {
            try expectSnapshot(page.bytes, named: "\(page.name).\(language.rawValue).html")
        }
    }

    @Test(arguments: Language.allCases)
    func everyPageIsWellFormed(_ language: Language) {
        for page in Samples.all(language) {
            let found = faults(inDocument: String(decoding: page.bytes, as: UTF8.self))
            #expect(found.isEmpty, "\(page.name): \(found)")
        }
    }

    @Test(arguments: Language.allCases)
    func noTextIsMissing(_ language: Language) {
        for page in Samples.all(language) {
            let html = String(decoding: page.bytes, as: UTF8.self)
            #expect(!html.contains("[views."), "\(page.name)")
            #expect(!html.contains("[reporting."), "\(page.name)")
            #expect(html.firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "\(page.name): an argument")
        }
    }

    @Test func everyPageSaysItsLanguageAndHasItsLandmarks() {
        for language in Language.allCases {
            for page in Samples.all(language) {
                let html = String(decoding: page.bytes, as: UTF8.self)
                #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(language.rawValue)\">"))
                #expect(html.contains("<main id=\"main\""))
                #expect(html.components(separatedBy: "<h1>").count == 2)
                #expect(html.contains("class=\"skip\" href=\"#main\""))
                #expect(html.contains("href=\"/accessibility\""))
            }
        }
    }

    @Test func theCheckerSeesFaults() {
        #expect(faults(inDocument: "<p><b></p></b>").count == 2)
        #expect(faults(inDocument: "<p>") == ["<p> is never closed"])
        #expect(faults(inDocument: "<h1>a</h1><h3>b</h3>") == ["h3 after h1"])
        #expect(faults(inDocument: "<p id=\"a\"></p><p id=\"a\"></p>").count == 1)
        #expect(faults(inDocument: "<p style=\"x\"></p>").count == 1)
        #expect(faults(inDocument: "<label for=\"q\"></label>") == ["nothing has the id q"])
    }

    @Test func verdictsAreSaidInWords() throws {
        let page = try #require(Samples.all(.da).first { $0.name == "plan" })
        let html = String(decoding: page.bytes, as: UTF8.self)
        for word in ["Nået", "På vej", "I fare", "Ikke nået", "Ingen tal", "Uden måltal"] {
            #expect(html.contains("<span>\(word)</span>"))
        }
        #expect(html.contains("<h1>2 af 6 resultatmål er nået eller på vej</h1>"))
    }

    @Test func noWholeNumberOfACitizenIsShown() throws {
        let page = try #require(Samples.all(.da).first { $0.name == "people" })
        let html = String(decoding: page.bytes, as: UTF8.self)
        #expect(html.contains("650585-xxxx"))
        #expect(!html.contains("1234"))
        #expect(!html.contains("4321"))
        #expect(html.contains("Bo Prøve &amp; Søn"))
    }

    @Test func suppressedCellsAreSaidAndNotShownAsZero() throws {
        let page = try #require(Samples.all(.da).first { $0.name == "indicator" })
        let html = String(decoding: page.bytes, as: UTF8.self)
        #expect(html.contains("Uddannelsesparat</th><td class=\"number quiet\">vises ikke</td>"))
    }

    @Test func whatWasTypedStaysAndIsEscaped() throws {
        let page = try #require(Samples.all(.da).first { $0.name == "purpose-missing" })
        let html = String(decoding: page.bytes, as: UTF8.self)
        #expect(html.contains("value=\"&lt;b&gt;hvorfor&lt;/b&gt;\""))
        #expect(html.contains("href=\"#purpose-0\""))
        #expect(html.contains("name=\"_token\" value=\"t0ken\""))
    }

    @Test func thePlanAsATableHasOneRowPerTarget() {
        let wording = Site(Samples.catalogue).wording(.da)
        let table = Samples.plan.table(wording)
        #expect(table.rows.count == 6)
        #expect(table.rows.allSatisfy { $0.cells.count == table.columns.count - 1 })
        let file = String(decoding: CSVWriter.standard.bytes(table, wording), as: UTF8.self)
        #expect(
            file.contains(
                "Borgere i fleksjob,Ministerens mål 4,I fare,371.40,fuldtidspersoner,januar–juni 2024,mindst 380,358.00,Egne registreringer\r\n"
            ))
    }

    @Test(arguments: [
        (Demand.atLeast(380), "mindst 380"), (.atMost(29.5), "højst 29,5 %"),
        (.moreThan(1_234), "flere end 1.234"), (.lessThan(75), "færre end 75 %"),
        (.words("to gange"), "to gange"), (.none, "uden tal"),
    ])
    func demandsInWords(_ demand: Demand, _ expected: String) {
        let wording = Site(Samples.catalogue).wording(.da)
        let unit: Indicators.Unit = expected.hasSuffix("%") ? .percent : .persons
        #expect(demand.text(unit, nil, wording) == expected)
    }

    @Test func assetsAreSmall() throws {
        let style = try #require(Asset.stylesheet.bytes())
        #expect((1..<20_000).contains(style.count))
        let script = try #require(Asset.script.bytes())
        #expect((1..<10_000).contains(script.count))
    }

    @Test func coloursOfTextHaveContrast() throws {
        let style = String(decoding: try #require(Asset.stylesheet.bytes()), as: UTF8.self)
        func token(_ name: String) throws -> Double {
            let match = try #require(
                style.firstMatch(of: try Regex("--\(name): #([0-9a-f]{6});")), "\(name)")
            let value = try #require(match.output[1].substring.flatMap { UInt32($0, radix: 16) })
            return luminance(value)
        }
        let pairs = [
            ("ink", "paper"), ("ink", "shade"), ("quiet", "paper"), ("quiet", "shade"),
            ("accent", "paper"), ("accent", "shade"), ("accent", "info-fill"),
            ("visited", "shade"), ("met", "met-fill"), ("risk", "risk-fill"),
            ("missed", "missed-fill"), ("ink", "risk-fill"), ("ink", "info-fill"),
        ]
        for (front, back) in pairs {
            let (a, b) = (try token(front), try token(back))
            let contrast = (max(a, b) + 0.05) / (min(a, b) + 0.05)
            #expect(contrast >= 4.5, "\(front) on \(back): \(contrast)")
        }
    }

    /// Relative luminance as WCAG 2.1 defines it.
    private func luminance(_ colour: UInt32) -> Double {
        func channel(_ shift: UInt32) -> Double {
            let value = Double(colour >> shift & 0xFF) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }
}
