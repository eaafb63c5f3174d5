import Chronology
import Identifiers
import Registry
import Testing

@testable import Indicators

@Suite struct PropertyTests {
    static let seeds: [UInt64] = [1, 2]
    static let asOf = day("2025-03-31")
    static let months = (0..<48).map { Period.month(Month(year: 2021, month: 1)! + $0) }
    static let mixed: [Period] =
        months + [
            period("2023Q02"), period("2022Y01"), period("2024QMAT03"), period("2023MYTD08"),
            period("2021Q01"), period("2025M03"), period("2025M06"),
        ]

    static let cuts: [[Indicators.Dimension]] = [
        [], [.benefit], [.municipality, .sex], [.ageBand], [.matchCategory],
    ]

    @Test(arguments: seeds)
    func contributionsAddUpForEveryIndicator(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 150).register
        var empty: [IndicatorID] = []
        for definition in catalogue.all {
            let request = FigureRequest(
                definition.id, periods: PropertyTests.mixed, asOf: PropertyTests.asOf)
            try expectContributionsAddUp(register, request)
            let figures = try register.figures(request)
            let isEmpty = figures.allSatisfy {
                $0.figure.numerator == 0 && ($0.figure.denominator ?? 0) == 0
            }
            if isEmpty { empty.append(definition.id) }
        }
        #expect(empty.isEmpty, "the facts leave \(empty) without any figure to test")
    }

    /// Months in a row are counted by whole rows, months among other periods one by one.
    @Test(arguments: seeds, cuts)
    func aMonthIsTheSameInWhateverCompanyItIsAskedFor(
        _ seed: UInt64, _ cut: [Indicators.Dimension]
    ) throws {
        let register = RandomFacts(seed: seed, citizens: 150).register
        for definition in catalogue.all where cut.allSatisfy(definition.dimensions.contains) {
            func table(_ periods: [Period]) throws -> [[String]: Figure] {
                let request = FigureRequest(
                    definition.id, periods: periods, groupBy: cut, asOf: PropertyTests.asOf)
                return Dictionary(
                    uniqueKeysWithValues: try register.figures(request).map {
                        ($0.labels + [$0.period.description], $0.figure)
                    })
            }
            let alone = try table(PropertyTests.months)
            let among = try table(PropertyTests.mixed)
            for (cell, figure) in alone {
                #expect(among[cell] == figure, "\(definition.id) \(cell)")
            }
            let months = Set(PropertyTests.months.map(\.description))
            #expect(among.keys.count { months.contains($0.last ?? "") } == alone.count)
            if cut.isEmpty {
                try expectContributionsAddUp(
                    register,
                    FigureRequest(
                        definition.id, periods: PropertyTests.months, asOf: PropertyTests.asOf))
            }
        }
    }

    @Test(arguments: seeds)
    func aQuarterIsTheAverageOfItsMonthsByDays(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 100).register
        for quarter in (0..<16).map({ Quarter(year: 2021, quarter: 1)! + $0 }) {
            let months = (0..<3).map { quarter.firstMonth + $0 }
            let parts = try register.figures(
                FigureRequest(
                    "full-time-persons", periods: months.map { .month($0) },
                    asOf: PropertyTests.asOf))
            let whole = try register.figures(
                FigureRequest(
                    "full-time-persons", periods: [.quarter(quarter)], asOf: PropertyTests.asOf))
            let sum = zip(parts, months).reduce(0) {
                $0 + $1.0.figure.numerator * Double($1.1.dayCount)
            }
            let expected = sum / Double(quarter.range.days)
            #expect(abs(whole[0].figure.numerator - expected) < 1e-9)
        }
    }

    @Test(arguments: seeds, cuts)
    func openAtTheEndIsOpenAtTheStartPlusBegunMinusEnded(
        _ seed: UInt64, _ cut: [Indicators.Dimension]
    ) throws {
        let register = RandomFacts(seed: seed, citizens: 200).register
        func table(_ id: IndicatorID) throws -> [[String]: Double] {
            let request = FigureRequest(
                id, periods: PropertyTests.mixed, groupBy: cut, asOf: PropertyTests.asOf)
            return Dictionary(
                uniqueKeysWithValues: try register.figures(request).map {
                    ($0.labels + [$0.period.description], $0.figure.numerator)
                })
        }
        let start = try table("spells-open-start")
        let begun = try table("spells-begun")
        let ended = try table("spells-ended")
        let end = try table("spells-open-end")
        let cells = Set(start.keys).union(begun.keys).union(ended.keys).union(end.keys)
        #expect(cells.count >= PropertyTests.mixed.count)
        for cell in cells {
            let expected = (start[cell] ?? 0) + (begun[cell] ?? 0) - (ended[cell] ?? 0)
            #expect((end[cell] ?? 0) == expected, "\(cell)")
        }
    }

    @Test(arguments: seeds)
    func theOrderOfTheFactsDoesNotMatter(_ seed: UInt64) throws {
        let facts = RandomFacts(seed: seed, citizens: 80).facts
        var random = SeededGenerator(seed)
        let one = RandomFacts.register(facts)
        let other = RandomFacts.register(facts.shuffled(using: &random))
        for definition in catalogue.all {
            let request = FigureRequest(
                definition.id, periods: PropertyTests.mixed, groupBy: [.municipality],
                asOf: PropertyTests.asOf)
            #expect(try one.figures(request) == other.figures(request), "\(definition.id)")
        }
    }

    @Test(arguments: seeds)
    func aSpellInContiguousPartsIsTheSameSpell(_ seed: UInt64) throws {
        let facts = RandomFacts(seed: seed, citizens: 80)
        let one = RandomFacts.register(facts.facts)
        let other = RandomFacts.register(facts.split)
        for definition in catalogue.all {
            let request = FigureRequest(
                definition.id, periods: PropertyTests.months, asOf: day("2024-12-31"))
            let left = try one.figures(request).map { ($0.figure.numerator, $0.figure.persons) }
            let right = try other.figures(request).map { ($0.figure.numerator, $0.figure.persons) }
            for (a, b) in zip(left, right) {
                let difference = abs(a.0 - b.0)
                #expect(difference < 1e-9 && a.1 == b.1, "\(definition.id)")
            }
        }
    }

    /// Where every fact falls in one cell of a cut, the cells add up to the total.
    @Test(arguments: seeds)
    func aCutAddsUpToTheTotal(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 100).register
        let additive: Set<Indicators.Unit> = [
            .fullTimePersons, .spells, .conversations, .offers, .orders, .positions, .contacts,
            .kroner, .complaints,
        ]
        for definition in catalogue.all where additive.contains(definition.unit) {
            for dimension in definition.dimensions {
                var request = FigureRequest(
                    definition.id, periods: PropertyTests.mixed, asOf: PropertyTests.asOf)
                let total = try register.figures(request).reduce(0) { $0 + $1.figure.numerator }
                request.groupBy = [dimension]
                let parts = try register.figures(request).reduce(0) { $0 + $1.figure.numerator }
                #expect(
                    abs(total - parts) < 1e-6 * max(1, total), "\(definition.id) \(dimension)")
            }
        }
    }

    /// A filter gives the cell that the cut gives.
    @Test(arguments: seeds)
    func aFilterIsACellOfTheCut(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 100).register
        for definition in catalogue.all where definition.dimensions.contains(.municipality) {
            var cut = FigureRequest(
                definition.id, periods: PropertyTests.months, groupBy: [.municipality],
                asOf: PropertyTests.asOf)
            let cells = try register.figures(cut).filter { $0.labels == ["0163"] }
            cut.groupBy = []
            cut.filter.municipalities = [herlev]
            let filtered = try register.figures(cut)
            for cell in cells {
                let same = filtered.first { $0.period == cell.period }
                #expect(same?.figure == cell.figure, "\(definition.id) \(cell.period)")
            }
        }
    }

    /// Many labels at once are looked up instead of laid out; the figures stay.
    @Test func everyCutAtOnceAddsUpToo() throws {
        let register = RandomFacts(seed: 9, citizens: 100).register
        var request = FigureRequest(
            "full-time-persons", periods: PropertyTests.months, asOf: PropertyTests.asOf)
        let total = try register.figures(request).reduce(0) { $0 + $1.figure.numerator }
        request.groupBy = [
            .benefit, .matchCategory, .targetGroup, .ageBand, .sex, .origin, .municipality,
        ]
        let cells = try register.figures(request)
        #expect(abs(cells.reduce(0) { $0 + $1.figure.numerator } - total) < 1e-6)
        #expect(Set(cells.map(\.labels.count)) == [7])
    }
}
