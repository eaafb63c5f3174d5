import Chronology
import Identifiers
import Parameters
import Registry
import Testing

@testable import Indicators

@Suite struct CatalogueTests {
    @Test func everyIndicatorIsDescribedInBothLanguages() {
        #expect(catalogue.all.count == 72)
        for definition in catalogue.all {
            let texts = [
                definition.name, definition.definition, definition.numerator,
                definition.population, definition.periodRule,
            ]
            for text in texts { #expect(!text.en.isEmpty && !text.da.isEmpty) }
            #expect(definition.definition.da != definition.definition.en)
            #expect(!definition.source.isEmpty)
            #expect(definition.dimensions.contains(.municipality))
            let isRatio = definition.measure.shape.denominator != nil
            #expect((definition.denominator != nil) == isRatio, "\(definition.id)")
            #expect((definition.unit == .percent) == (definition.measure.shape.factor == 100))
        }
    }

    @Test func everyPublishedMeasureHasAnIndicator() {
        let measures = Set(
            catalogue.all.flatMap(\.counterparts).map { "\($0.table) \($0.measure)" })
        let expected: Set = [
            "y01a02 dagpenge_personer", "y25i01 ledige_ft_dagpenge",
            "y25i01 ledige_ft_kontanthjaelp",
            "y25i01 ledige_ft_total", "y25i01 ledige_pct_arbejdsstyrke",
            "y25i09 langtidsledige_dagpenge", "y25i09 langtidsledige_kontanthjaelp",
            "y25i09 langtidsledige_total", "y60a02 kth_ft", "y60a02 kth_personer",
            "y60c07 kth_aktiveringsgrad", "y60c07 kth_andel_aktiveringsberoerte",
            "y60j01 kth_andel_ordinaere_timer", "y60j01 kth_personer_ordinaere_timer",
        ]
        #expect(measures == expected)
    }

    @Test func whatCannotBeAskedIsRefused() throws {
        let register = Register(RegisterBuilder(), catalogue: catalogue)
        let asOf = day("2024-12-31")
        let periods = [period("2024M06")]
        #expect(throws: IndicatorError.unknownIndicator("no-such")) {
            try register.figures(FigureRequest("no-such", periods: periods, asOf: asOf))
        }
        #expect(throws: IndicatorError.notCutBy(.sex, "job-orders")) {
            try register.figures(
                FigureRequest("job-orders", periods: periods, groupBy: [.sex], asOf: asOf))
        }
        #expect(throws: IndicatorError.notCutBy(.benefit, "citizens-in-work")) {
            try register.contributions(
                FigureRequest(
                    "citizens-in-work", periods: periods,
                    filter: PopulationFilter(benefits: [.cashBenefit]), asOf: asOf), limit: 1)
        }
        let none = try register.figures(FigureRequest("persons", periods: periods, asOf: asOf))
        #expect(none.map(\.figure.numerator) == [0])
    }

    private func error(_ text: String) -> IndicatorError? {
        do {
            _ = try Catalogue(files: [(name: "x.yaml", text: text)])
            return nil
        } catch { return error }
    }

    @Test func aMalformedEntryIsNamedByFileAndLine() {
        let entry = """
            indicators:
              - id: a
                name: {da: "A", en: "A"}
                definition: {da: "A", en: "A"}
                numerator: {da: "A", en: "A"}
                population: {da: "A", en: "A"}
                periodRule: {da: "A", en: "A"}
                unit: persons
                lagMonths: 1
                source: "x"
                confidence: local
                dimensions: [benefit]
                kernel: persons
            """
        #expect(error(entry) == nil)
        let cases: [(String, String, Int)] = [
            ("unit: persons", "unit: pears", 8), ("lagMonths: 1", "lagMonths: soon", 9),
            ("kernel: persons", "kernel: guess", 13), ("[benefit]", "[height]", 12),
            ("source: \"x\"", "sauce: \"x\"", 10),
            ("kernel: persons", "kernel: passive\n    parameters: {years: 3}", 14),
            ("name: {da: \"A\", en: \"A\"}", "name: {da: \"A\"}", 3),
        ]
        for (right, wrong, line) in cases {
            let text = entry.replacing(right, with: wrong)
            guard case .malformedCatalogue(let file, let found, _) = error(text) else {
                Issue.record("\(wrong) was taken")
                continue
            }
            #expect(file == "x.yaml")
            #expect(found == line, "\(wrong)")
        }
        #expect(error(entry + "\n  - id: a") != nil)
        #expect(error("indicators: [") != nil)
    }
}

@Suite struct RegisterTests {
    private func registration(_ recorded: String, _ end: String?) -> Registration {
        Registration(
            municipality: herlev, recordedOn: day(recorded),
            fact: .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: CitizenID(1), benefit: .cashBenefit,
                    start: day("2024-01-01"), end: end.map { day($0) })))
    }

    @Test func aCorrectionCountsFromTheDayItWasRecorded() throws {
        let registrations = [
            registration("2024-01-05", nil), registration("2024-03-01", "2024-01-31"),
            registration("2024-03-01", "2024-02-14"),
        ]
        let expected = [("2024-02-28", 1.0), ("2024-03-01", 14.0 / 29), ("2024-01-04", 0)]
        for (knownAt, value) in expected {
            let register = Register(
                registrations: registrations, knownAt: day(knownAt), catalogue: catalogue)
            let cells = try register.figures(
                FigureRequest(
                    "full-time-persons", periods: [period("2024M02")], asOf: day("2024-12-31")))
            #expect(cells.map(\.figure.numerator) == [value], "known at \(knownAt)")
        }
    }

    @Test func aFigureIsProvisionalUntilItsLagHasPassed() throws {
        let register = Register(RegisterBuilder(), catalogue: catalogue)
        let isProvisional = { (asOf: String) in
            try register.figures(
                FigureRequest("persons", periods: [period("2024M01")], asOf: day(asOf)))[0]
                .figure.isProvisional
        }
        #expect(try isProvisional("2024-02-28"))
        #expect(try !isProvisional("2024-02-29"))
    }

    @Test func aPublishedLabourForceTakesThePlaceOfTheRegistersOwn() throws {
        var builder = RegisterBuilder()
        builder.add(
            .citizen(
                Citizen(
                    id: CitizenID(1), cpr: try .init("6101804001"), givenName: "Test",
                    familyName: "Test", sex: .female, born: day("1980-01-01"), origin: .danish)),
            in: herlev)
        builder.add(
            .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: CitizenID(1), benefit: .unemploymentBenefit,
                    start: day("2024-01-01"), end: nil)), in: herlev)
        var register = Register(builder, catalogue: catalogue)
        register.publishedLabourForce = [
            PublishedLabourForce(municipality: herlev, year: 2024, persons: 50)
        ]
        var request = FigureRequest(
            "unemployment-percentage", periods: [period("2024M06"), period("2025M06")],
            asOf: day("2025-12-31"))
        #expect(try register.figures(request).map(\.figure.value) == [2, nil])
        request.filter.sexes = [.female]
        #expect(try register.figures(request).map(\.figure.value) == [nil, nil])
    }

    @Test func contributionsStopAtTheLimit() throws {
        let register = RandomFacts(seed: 3, citizens: 40).register
        let request = FigureRequest(
            "persons", periods: [period("2022Y01")], asOf: day("2025-03-31"))
        #expect(try register.contributions(request, limit: 5).count == 5)
        let all = try register.contributions(request, limit: .max)
        #expect(Set(all.map(\.citizen)).count == all.count)
    }
}
