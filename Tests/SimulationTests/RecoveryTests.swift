import Chronology
import Foundation
import Identifiers
import Indicators
import Registry
import Testing

@testable import Simulation

/// What the register makes of the registrations is what really happened.
@Suite("Recovery")
struct RecoveryTests {
    /// At the price that the catalogue has for 2024.
    @Test("… and the cost of a quarter on unemployment benefit")
    func cost() throws {
        let quarter = Period.quarter(try #require(Quarter(year: 2024, quarter: 2)))
        let alone: Set<Benefit> = [.unemploymentBenefit]
        let from = try #require(Day(year: 2024, month: 1, day: 1))
        var readings = Self.readings
        readings.rates = [
            Oracle.Rate(benefit: .unemploymentBenefit, from: from, kronerPerMonth: 19_700)
        ]
        let truth = try Sample.small.get().truth
        let oracle = Oracle(truth, readings: readings)
        let expected = oracle.expected(
            "reimbursement-net-cost", quarter, Oracle.Filter(benefits: alone))
        let wanted = try #require(expected).numerator
        let cells = try Self.register.get().figures(
            FigureRequest(
                "reimbursement-net-cost", periods: [quarter],
                filter: PopulationFilter(benefits: alone), asOf: truth.through))
        // The register rounds each stretch of days down to whole øre.
        #expect(abs((cells.first?.figure.numerator ?? 0) - wanted) < 1)
        #expect(wanted > 100_000)
    }

    static let register = Result {
        let (registrations, truth) = try Sample.small.get()
        return Register(
            registrations: registrations, knownAt: truth.through, catalogue: try Catalogue.bundled()
        )
    }
    static let oracle = Result { Oracle(try Sample.small.get().truth, readings: readings) }

    /// The deadlines that the catalogue reads from the law, for the years tested.
    static var readings: Oracle.Readings {
        var readings = Oracle.Readings()
        let change = Day(year: 2024, month: 1, day: 1)
        let cash: Set<Benefit> = [.cashBenefit, .educationAid, .selfSupportAllowance]
        readings.deadlines = [
            Oracle.Deadline(
                benefits: [.unemploymentBenefit], days: 182, count: 4, to: change.map { $0 - 1 }),
            Oracle.Deadline(benefits: [.unemploymentBenefit], days: 182, count: 3, from: change),
            Oracle.Deadline(benefits: cash, days: 7, count: 1),
            Oracle.Deadline(benefits: cash, days: 182, count: 4),
            Oracle.Deadline(
                benefits: [
                    .flexJobUnemploymentAllowance, .resourceProgramme, .jobClarification,
                    .vocationalRehabilitation,
                ], days: 182, count: 4),
            Oracle.Deadline(benefits: [.sicknessBenefit], days: 56, count: 1),
            Oracle.Deadline(benefits: [.sicknessBenefit], days: 182, count: 4),
        ]
        return readings
    }

    static let cut: [IndicatorID] = [
        "full-time-persons", "full-time-persons-capped",
        "full-time-persons-with-wage-subsidy", "persons", "spells-begun", "spells-ended",
        "spells-open-start", "spells-open-end", "mean-duration-ended", "activation-rate",
        "persons-activated", "share-activated", "persons-with-paid-hours",
        "share-with-paid-hours", "exit-to-work-3m", "exit-to-self-support-6m",
        "conversations-per-person", "passive-share",
    ]
    static let whole: [IndicatorID] =
        cut + [
            "gross-unemployed", "net-unemployed", "unemployment-percentage",
            "long-term-unemployed-80", "long-term-unemployed-52", "exit-to-work-1m",
            "exit-to-work-6m", "exit-to-work-12m", "exit-to-education-1m", "exit-to-education-3m",
            "exit-to-education-6m", "exit-to-education-12m", "exit-to-self-support-1m",
            "exit-to-self-support-3m", "exit-to-self-support-12m",
            "ended-spells-by-duration", "wholly-or-partly-self-supporting",
            "persons-in-small-jobs", "company-based-offers-started",
            "persons-in-company-based-offers", "full-time-in-company-based-offers",
            "conversations-held", "timely-conversations", "focus-target-offers",
            "focus-target-conversations", "flex-job-full-time", "education-aid-full-time",
            "sickness-persons", "sickness-full-time", "sickness-mean-duration",
            "sickness-over-26-weeks", "sickness-over-52-weeks", "job-orders",
            "job-order-positions", "referral-rate", "fill-rate", "local-match-rate",
            "cooperating-companies", "company-contacts", "citizens-in-work",
            "seniors-in-work-55", "seniors-in-work-60", "senior-share-of-unemployed-55",
            "senior-share-of-unemployed-60", "reimbursement-share-step-1",
            "reimbursement-share-step-2", "reimbursement-share-step-3",
            "reimbursement-share-step-4", "complaints-received", "feedback-answers",
            "feedback-overall-mean",
        ]
    /// More of them when there is time.
    static let periods: [Period] = {
        let soak = ProcessInfo.processInfo.environment["FODFAESTE_SOAK"] != nil
        let few = ["2023M03", "2025M07", "2024Q2"]
        return (few + (soak ? ["2022M02", "2024M08", "2023Q04", "2024Y01"] : []))
            .compactMap { Period($0) }
    }()

    @Test("Every indicator is recovered for everyone", arguments: whole)
    func everyone(id: IndicatorID) throws {
        try compare(id, PopulationFilter.everyone, Oracle.Filter())
    }

    @Test("… and for one benefit or family", arguments: cut)
    func cuts(id: IndicatorID) throws {
        let families: [Set<Benefit>] = [
            [.unemploymentBenefit], [.cashBenefit, .educationAid, .selfSupportAllowance],
            [.sicknessBenefit, .jobClarification],
        ]
        for benefits in families {
            try compare(
                id, PopulationFilter(benefits: benefits), Oracle.Filter(benefits: benefits))
        }
    }

    @Test("… and over a whole year", arguments: ["full-time-persons", "persons", "spells-begun"])
    func year(id: String) throws {
        try compare(
            IndicatorID(id), PopulationFilter(benefits: [.cashBenefit]),
            Oracle.Filter(benefits: [.cashBenefit]), periods: [.year(2024)])
    }

    private func compare(
        _ id: IndicatorID, _ population: PopulationFilter, _ filter: Oracle.Filter,
        periods: [Period] = RecoveryTests.periods
    ) throws {
        let oracle = try Self.oracle.get()
        let request = FigureRequest(
            id, periods: periods, filter: population, asOf: oracle.truth.through)
        let cells = try Self.register.get().figures(request)
        #expect(cells.count == periods.count)
        for cell in cells {
            let wanted = try #require(oracle.expected(id.name, cell.period, filter))
            let found = cell.figure
            #expect(
                abs(found.numerator - wanted.numerator) < 1e-6,
                "\(id) \(cell.period): \(found.numerator), in truth \(wanted.numerator)")
            if let denominator = wanted.denominator {
                #expect(
                    abs((found.denominator ?? -1) - denominator) < 1e-6,
                    "\(id) \(cell.period): of \(String(describing: found.denominator)), in truth \(denominator)"
                )
            }
        }
    }
}
