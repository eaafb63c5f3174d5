import Chronology
import Foundation
import Identifiers
import Indicators
import Registry
import Testing

@testable import Simulation

/// Whole municipalities through the register take half a minute unoptimised.
private let soaks = ProcessInfo.processInfo.environment["FODFAESTE_SOAK"] != nil

@Suite("Calibration")
struct CalibrationTests {
    @Test("A full-size Herlev has the published stocks of 2022-2025")
    func herlev() throws { try check(163, Self.herlev.get().truth) }

    private static let herlev = Result { try Sample.simulator(163, population: nil).run() }

    @Test(
        "Full-size municipalities have the published stocks of 2022-2025",
        .enabled(if: soaks),
        arguments: [219, 151, 461, 360])
    func soakOthers(code: Int32) throws {
        try check(code, Sample.simulator(code, population: nil).run().truth)
    }

    /// A longer table than the stocks: rates, shares and orders of one year.
    @Test(
        "A full-size Herlev has the figures of 2024 within the bounds of the calibration",
        .enabled(if: soaks))
    func soakBounds() throws {
        let (registrations, truth) = try Self.herlev.get()
        let register = Register(
            registrations: registrations, knownAt: truth.through,
            catalogue: try Catalogue.bundled())
        let bounds = try Sample.data.get().calibration.bounds
        for bound in bounds {
            #expect(bound.municipality == truth.municipality.number)
            let year = Period.year(bound.year)
            let monthly = bound.monthly ?? false
            let cells = try register.figures(
                FigureRequest(
                    IndicatorID(bound.indicator),
                    periods: monthly ? year.months.map { .month($0) } : [year],
                    filter: PopulationFilter(benefits: bound.benefits.map { Set($0.map(\.value)) }),
                    asOf: truth.through))
            let values = cells.compactMap(\.figure.value)
            try #require(values.count == (monthly ? 12 : 1), "\(bound.indicator)")
            let mean = values.reduce(0, +) / Double(values.count)
            #expect(
                bound.from <= mean && mean <= bound.to,
                "\(bound.indicator) \(mean), not \(bound.from)-\(bound.to)")
        }
        #expect(bounds.count >= 19)
    }

    private func check(_ code: Int32, _ truth: Truth) throws {
        let data = try Sample.data.get()
        let level = try #require(data.level(code))
        var readiness: [CitizenID: [MatchCategoryPeriod]] = [:]
        for period in truth.matchCategories where period.category == .jobReady {
            readiness[period.citizen, default: []].append(period)
        }
        let cash: Set<Benefit> = [.cashBenefit, .educationAid, .selfSupportAllowance]
        for (index, year) in data.years.enumerated() where year >= 2022 {
            var found = ["unemployment": 0.0, "jobReady": 0.0, "family": 0.0]
            for spell in truth.spells {
                let time = fullTime(spell, spell, year)
                if spell.benefit == .unemploymentBenefit { found["unemployment"]? += time }
                guard cash.contains(spell.benefit) else { continue }
                found["family"]? += time
                for period in readiness[spell.citizen] ?? [] {
                    found["jobReady"]? += fullTime(spell, period, year)
                }
            }
            let published = [
                "unemployment": level.unemployment[index], "jobReady": level.jobReady[index],
                "family": level.family[index],
            ]
            for (stock, wanted) in published {
                let tolerance = try #require(data.calibration.tolerances[stock])
                let value = try #require(found[stock])
                #expect(
                    abs(value - wanted) <= wanted * tolerance.percent / 100 + tolerance.persons,
                    "\(code) \(stock) \(year): \(value), published \(wanted)")
            }
        }
    }

    /// Full-time persons over the year, on days that both cover.
    private func fullTime(
        _ spell: BenefitSpell, _ other: some CitizenPeriod, _ year: Int
    ) -> Double {
        let range = Period.year(year).range
        let from = max(spell.start, other.start, range.start)
        let to = min(spell.end ?? .openEnd, other.end ?? .openEnd, range.end)
        guard from <= to else { return 0 }
        return Double(to - from + 1) * Double(spell.degree.minutes) / 2_220 / Double(range.days)
    }

    @Test("Shares of every block add up, and every stream leads to what there is")
    func wellFormed() throws {
        let calibration = try Sample.data.get().calibration
        #expect(abs(calibration.ages.reduce(0) { $0 + $1.percent } - 100) < 0.001)
        let names = Set(calibration.streams.map(\.name))
        for stream in calibration.streams {
            #expect(abs(stream.exits.values.reduce(0, +) - 100) < 0.001, "\(stream.name)")
            let known = names.union(["work", "education", "return", "self", "none"])
            #expect(known.isSuperset(of: stream.exits.keys), "\(stream.name)")
            #expect(calibration.durations[stream.duration] != nil, "\(stream.name)")
            if let offers = stream.offers {
                #expect(calibration.offers.kinds[offers] != nil, "\(stream.name)")
            }
        }
        for stock in [StreamSpec.Stock.jobReady, .family] {
            let shares = calibration.streams.filter { $0.stock == stock }.map(\.share)
            #expect(abs(shares.reduce(0, +) - 1) < 0.001)
        }
        for kinds in calibration.offers.kinds.values {
            #expect(kinds.keys.allSatisfy { OfferKind(rawValue: $0) != nil })
        }
    }

    @Test("Completed unemployment spells last as long as the published ones")
    func durations() throws {
        let spec = try #require(Sample.data.get().calibration.durations["unemployment"])
        var random = Randomness(seed: 5)
        let weeks = (0..<20_000).map { _ in Double(spec.days(&random)) / 7 }
        let mean = weeks.reduce(0, +) / 20_000
        #expect(abs(mean - 24.6) < 1.5, "\(mean) weeks")
        #expect(abs(Double(weeks.count { $0 > 52 }) / 20_000 - 0.118) < 0.01)
    }
}
