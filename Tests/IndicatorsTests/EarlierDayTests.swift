import Chronology
import Identifiers
import Registry
import Testing

@testable import Indicators

/// What the register works out beforehand, and how it shares work, never shows.
@Suite struct EarlierDayTests {
    @Test func kernelConstantsAreTheCountsOfTheCases() {
        #expect(Int(Atoms.noCategory) == MatchCategory.allCases.count)
        #expect(Int(Atoms.noGroup) == TargetGroup.allCases.count)
        #expect(Atoms.noBenefit == Benefit.allCases.count)
        // A mask of benefits has 16 bits, one of them for none.
        #expect(Benefit.allCases.count < 16)
        #expect(openEnd == Day.openEnd.number)
    }

    @Test(arguments: PropertyTests.seeds)
    func whatBeginsLaterChangesNothing(_ seed: UInt64) throws {
        let facts = RandomFacts(seed: seed, citizens: 150).facts
        // The day before a group begins is where a spell must not seem to end.
        let groupsBegin = facts.compactMap { fact, _ -> Day? in
            guard case .targetGroup(let period) = fact else { return nil }
            return period.start
        }
        let eves = groupsBegin.filter { $0 > day("2023-01-01") }.prefix(4).map { $0 - 1 }
        for asOf in [day("2023-10-17")] + eves {
            try whatBeginsLaterChangesNothing(facts, asOf)
        }
    }

    private func whatBeginsLaterChangesNothing(
        _ facts: [(Fact, MunicipalityCode)], _ asOf: Day
    ) throws {
        let whole = RandomFacts.register(facts)
        let known = RandomFacts.register(
            facts.filter { fact, _ in fact.firstDay.map { $0 <= asOf } ?? true })
        for definition in catalogue.all {
            for groupBy in [[], [Indicators.Dimension.municipality]] {
                let request = FigureRequest(
                    definition.id, periods: PropertyTests.mixed, groupBy: groupBy, asOf: asOf)
                #expect(try whole.figures(request) == known.figures(request), "\(definition.id)")
            }
        }
    }

    /// A figure asked for with others, on a day between two periods or before all of them.
    @Test(arguments: PropertyTests.seeds)
    func eachPeriodIsAsIfAskedAlone(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 150).register
        let periods = ["2023M01", "2023M04", "2023M08"].map { period($0) }
        for asOf in ["2022-06-15", "2023-02-15", "2023-06-30", "2023-10-01"].map({ day($0) }) {
            for definition in catalogue.all {
                let together = try register.figures(
                    FigureRequest(definition.id, periods: periods, asOf: asOf))
                let alone = try periods.flatMap {
                    try register.figures(FigureRequest(definition.id, periods: [$0], asOf: asOf))
                }
                #expect(together == alone, "\(definition.id) \(asOf.iso)")
            }
        }
    }

    @Test(arguments: PropertyTests.seeds)
    func severalThreadsGiveTheSameFigures(_ seed: UInt64) throws {
        let register = RandomFacts(seed: seed, citizens: 150).register
        for definition in catalogue.all {
            let request = FigureRequest(
                definition.id, periods: PropertyTests.mixed, groupBy: [.municipality],
                asOf: PropertyTests.asOf)
            let alone = try register.figures(request)
            for threads in [2, 3] {
                #expect(
                    try register.figures(request, threads: threads) == alone, "\(definition.id)")
            }
        }
    }
}

extension Fact {
    /// The day on which it begins to matter; nil for what always does.
    fileprivate var firstDay: Day? {
        if let valid { return valid.start }
        return switch self {
        case .conversation(let fact): fact.day
        case .companyContact(let fact): fact.day
        case .jobOrder(let fact): fact.created
        case .referral(let fact): fact.day
        case .placement(let fact): fact.day
        case .complaint(let fact): fact.received
        case .feedback(let fact): fact.day
        default: nil
        }
    }
}
