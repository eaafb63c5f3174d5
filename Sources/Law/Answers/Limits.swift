import Chronology
import Foundation
import Parameters
import Registry

/// What the law allows, as dated data: read from `Resources/limits`.
public struct Limits: Sendable {
    public var ratios: [RatioLimit]
    public var netEmployments: [NetEmploymentLimit]
    public var offers: [OfferLimit]
    public var dayRates: [DayRates]
    public var refunds: [RefundLadder]
    public var cashRates: [CashRates]
    public var workDuties: [WorkDutyLimit]
    public var sixWeeks: [SixWeeksLimit]

    /// The limits without those that a municipality does not use.
    public func applying(_ choices: LocalChoices) -> Limits {
        func used<Limit: LegallyBased>(_ kind: String, _ limits: [Limit]) -> [Limit] {
            limits.filter { choices.switchedOff[$0.basis.id(kind)] == nil }
        }
        var limits = self
        limits.ratios = used("ratio", ratios)
        limits.netEmployments = used("netEmployment", netEmployments)
        limits.offers = used("offers", offers)
        limits.dayRates = used("dayRates", dayRates)
        limits.refunds = used("refund", refunds)
        limits.cashRates = used("cashBenefit", cashRates)
        limits.workDuties = used("workDuty", workDuties)
        limits.sixWeeks = used("sixWeeks", sixWeeks)
        return limits
    }

    /// Every list, by its key in the file.
    var lists: [(key: String, entries: [any LegallyBased])] {
        [
            ("ratio", ratios), ("netEmployment", netEmployments), ("offers", offers),
            ("dayRates", dayRates), ("refund", refunds), ("cashBenefit", cashRates),
            ("workDuty", workDuties), ("sixWeeks", sixWeeks),
        ]
    }

    /// How sure each limit is, by its id: `dayRates@2025-07-01`.
    var confidences: [(id: String, confidence: RuleConfidence)] {
        lists.flatMap { key, entries in entries.map { ($0.basis.id(key), $0.basis.confidence) } }
    }

    /// What the limits say, each through the years, in the order of the file.
    public var series: [LimitSeries] {
        lists.flatMap { key, entries in
            entries.reduce(into: [LimitSeries]()) { series, entry in
                let kinds = (entry as? OfferLimit)?.kinds ?? []
                if let index = series.firstIndex(where: { Set($0.kinds) == kinds }) {
                    series[index].entries.append(entry.basis)
                } else {
                    series.append(
                        LimitSeries(
                            key: key, kinds: OfferKind.allCases.filter(kinds.contains),
                            entries: [entry.basis]))
                }
            }
        }
    }

    /// The limits that ship with the program.
    public static func bundled() throws(FileProblems) -> Limits {
        let url = Bundle.module.url(forResource: "Resources/limits/limits", withExtension: "yaml")
        let text = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
        return try Limits(text, file: "limits.yaml")
    }
}

/// What one limit says through the years.
public struct LimitSeries: Hashable, Sendable {
    /// The list it stands in: `ratio`.
    public var key: String
    /// The offers it is about, where it is about some only.
    public var kinds: [OfferKind]
    public var entries: [LegalBasis]
}

/// The most persons in offers at a workplace (rimelighedskrav): `atLeast`, or one for
/// every `oneFor` ordinary employees up to `upTo` of them and one for every `thenOneFor`
/// above, all as full-time persons on average over `months`.
public struct RatioLimit: Hashable, Sendable, LegallyBased {
    public var basis: LegalBasis
    public var months: Int
    public var oneFor: Int
    public var upTo: Int
    public var thenOneFor: Int
    public var atLeast: Int
    /// The offers that are counted together.
    public var counts: Set<OfferKind>
}

/// Offers that must add to the average number of ordinary employees (merbeskæftigelse).
public struct NetEmploymentLimit: Hashable, Sendable, LegallyBased {
    public var basis: LegalBasis
    public var months: Int
    public var kinds: Set<OfferKind>
}

/// Who may have an offer, and for how long.
public struct OfferLimit: Hashable, Sendable, LegallyBased {
    public struct Length: Hashable, Sendable {
        public var count: Int
        public var isMonths: Bool

        /// The last day of a span that starts on a day.
        public func end(from start: Day) -> Day {
            (isMonths ? start.adding(months: count) : start + 7 * count) - 1
        }
    }

    public struct Entry: Hashable, Sendable {
        public var groups: Set<TargetGroup>
        /// Nil for any category, also none.
        public var categories: Set<MatchCategory>?
        /// Nil for no limit.
        public var longest: Length?
        /// After an assessment; nil for no extension.
        public var extended: Length?
        /// So much more at a time, in quite special need or by a new agreement.
        public var further: Length?
        /// Months on benefits before it can begin.
        public var monthsBefore: Int
    }

    public var basis: LegalBasis
    public var kinds: Set<OfferKind>
    public var notAtLastEmployer: Bool
    public var notCategories: Set<MatchCategory>
    /// Groups that cannot have it while they have a job or a business.
    public var notWhenEmployed: Set<TargetGroup>
    /// Groups that can have it only to test whether they are available for work.
    public var onlyAsTest: Set<TargetGroup>
    /// Groups that may have it with the employer they have, to keep the job.
    public var keptWhenEmployed: Set<TargetGroup>
    public var entries: [Entry]
}

/// What a day of sanction costs, by the month's help, in kroner.
public struct DayRates: Hashable, Sendable, LegallyBased {
    public struct Bracket: Hashable, Sendable {
        /// Help below this; nil for all above.
        public var below: Int?
        public var kroner: Int
    }

    public var basis: LegalBasis
    public var brackets: [Bracket]

    public func kroner(forHelp help: Int) -> Int {
        brackets.first { $0.below.map { help < $0 } ?? true }?.kroner ?? 0
    }
}

/// The state's share of a benefit by weeks on benefits.
public struct RefundLadder: Hashable, Sendable, LegallyBased {
    public struct Step: Hashable, Sendable {
        /// Up to and with this week; nil for all after.
        public var weeks: Int?
        public var percent: Int
    }

    public var basis: LegalBasis
    public var steps: [Step]
    /// So many weeks of self-support within so many years begin the count anew.
    public var restartsAfterWeeks: Int
    public var withinYears: Int
}

/// The rates of cash benefit (kontanthjælp) in kroner a month before tax, and the
/// requirements of residence and employment behind them.
public struct CashRates: Hashable, Sendable, LegallyBased {
    public var basis: LegalBasis
    /// Mindstesats, grundsats, forhøjet sats, hjemmeboendesats
    public var least: Int
    public var base: Int
    public var raised: Int
    public var atHome: Int
    /// Months of residence, and months of full-time work, within so many months.
    public var residenceMonths: Int
    public var workMonths: Int
    public var withinMonths: Int
    /// Work is asked of those who first entered on this day or later.
    public var workFromEntry: Day
}

/// The hours a week of those with a duty to work (arbejdspligt).
public struct WorkDutyLimit: Hashable, Sendable, LegallyBased {
    public var basis: LegalBasis
    public var hours: Int
    /// Preparation for lessons and job search together count no more than this.
    public var preparationHours: Int
}

/// When six weeks of job-directed education can be taken.
public struct SixWeeksLimit: Hashable, Sendable, LegallyBased {
    public var basis: LegalBasis
    public var weeks: Int
    /// Weeks of unemployment before it can begin.
    public var afterWeeks: Int
    /// Those under this age finish within `youngMonths`, others within `months`.
    public var youngUnder: Int
    public var youngMonths: Int
    public var months: Int
}
