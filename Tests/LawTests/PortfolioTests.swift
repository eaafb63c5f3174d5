import Chronology
import Registry
import Testing

@testable import Law

@Suite("Portfolio duties")
struct PortfolioTests {
    private func citizen(_ id: Int, exempt: Bool = false, from: String = "2026-07-06") throws
        -> CitizenFacts
    {
        var citizen = CitizenFacts(id: "\(id)", born: try #require(Day(iso: "1985-03-01")))
        let start = try #require(Day(iso: from))
        citizen.benefits = [FactSpan(.cashBenefit, start)]
        citizen.groups = [FactSpan(.group2, start)]
        citizen.categories = [FactSpan(.jobReady, start)]
        if exempt { citizen.states = [FactSpan(.conversationsExempt, start + 10)] }
        return citizen
    }

    private func status(_ citizens: [CitizenFacts], _ day: String) throws -> PortfolioStatus {
        let engine = LawEngine(try RuleBook.bundled())
        let portfolio = try #require(
            engine.book.portfolios.first { $0.id == "portfolio-conversations" })
        return engine.status(
            of: portfolio, in: Caseload(citizens), on: try #require(Day(iso: day)))
    }

    @Test("who is counted, who is exempt, how many more are needed")
    func counted() throws {
        let five = try (0..<5).map { try citizen($0, exempt: $0 < 2) }
        let found = try status(five, "2026-09-01")
        #expect(found.population == [0, 1, 2, 3, 4])
        #expect(found.exempt.map(\.person) == [0, 1])
        #expect(found.required == 4)
        #expect(found.served == 3)
        #expect(found.needed == 1)
        #expect(!found.isKept)
        let eight = try (0..<8).map { try citizen($0, exempt: $0 < 2) }
        let kept = try status(eight, "2026-09-01")
        #expect(kept.isKept && kept.room == 0 && kept.needed == 0)
        // Those in the integration programme have another act.
        var other = try citizen(9)
        other.groups = [FactSpan(.integrationProgramme, other.benefits[0].start)]
        #expect(try status([other], "2026-09-01").population.isEmpty)
    }

    @Test("after six months, and under the old act, nobody is counted")
    func outside() throws {
        #expect(try status([citizen(0)], "2027-01-06").population.isEmpty)
        #expect(try status([citizen(0, from: "2026-06-30")], "2026-09-01").population.isEmpty)
    }
}
