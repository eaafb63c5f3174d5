import Chronology
import Parameters
import Registry
import Reporting
import Views

@testable import Effects

/// The pages that say whether an effort works.
extension Samples {
    static let effects = EffectListPage(
        rows: [
            .init(
                Link("Virksomhedspraktik", "/effects/company-placement"),
                question: "Er flere fri af ydelser efter seks måneder?")
        ])

    /// An answer as the public sees it, with a level that few have.
    static func effect(_ language: Language) -> EffectPage {
        let lines = [
            line(.sex, "female", 61, 0.5, 0.47, 0.06), line(.sex, "male", 62, 0.5, 0.53, -0.06),
            line(.origin, "danish", 120, 0.97, 0.8, 0.5),
            line(.origin, "western", 3, 0.03, 0.2, -0.5),
            line(.quarter, Quarter(index: 2024 * 4).description, 123, 1, 1, 0),
        ]
        let answer = TrialAnswer(
            trial: trial, asOf: day(2025, 12, 31),
            flow: TrialFlow(
                starters: 101, starterEntries: 125, others: 800, otherEntries: 2_400,
                lostStarters: 1, lostOthers: 20, waiting: 0, withoutComparable: 2),
            overlap: TrialOverlap(withoutComparable: 0.016, effectiveOthers: 812, balance: lines),
            result: TrialResult(
                starters: 0.42, expected: 0.34,
                difference: TrialEstimate(value: 0.08, low: 0.012, high: 0.148),
                unadjusted: 0.121), verdict: .higher)
        return EffectPage(
            report: TrialReport(
                ShownTrial(answer, hidingBelow: 5), Wording(catalogue, language)))
    }

    private static let trial = TrialProtocol(
        id: "company-placement",
        name: Localized(da: "Virksomhedspraktik", en: "Company placement"),
        question: Localized(da: "Er flere fri af ydelser?", en: "Are more off the benefits?"),
        registeredOn: day(2023, 12, 1), benefits: [.cashBenefit], categories: [.jobReady],
        weeks: 4...104, effort: [.companyInternshipPrivate],
        entry: Month(containing: day(2024, 1, 1))...Month(containing: day(2024, 6, 1)),
        followUpMonths: 6, outcome: .leftBenefits, smallestDifference: 0.05)

    private static func line(
        _ trait: TrialTrait, _ level: String, _ count: Int, _ starters: Double, _ before: Double,
        _ distance: Double
    ) -> BalanceLine {
        BalanceLine(
            trait: trait, level: level, count: count, starters: starters, othersBefore: before,
            othersAfter: starters, differenceBefore: distance, differenceAfter: 0)
    }
}
