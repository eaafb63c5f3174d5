import Chronology
import Registry

extension Oracle {
    /// Offers, conversations, hours beside a benefit and the two focus targets.
    func effort(_ id: String, _ period: Period, _ days: [Day], _ asked: Filter) -> Expected? {
        var filter = asked
        if filter.benefits == nil { filter.benefits = readings.helped }
        switch id {
        case "company-based-offers-started":
            return .count(
                Double(offers(days, companyBased).count { days[0] <= $0.start }))
        case "persons-in-company-based-offers":
            return .count(Double(Set(offers(days, companyBased).map(\.citizen)).count))
        case "full-time-in-company-based-offers":
            let minutes = sumOffers(days)
            return .count(Double(minutes) / 2_220 / Double(days.count))
        case "activation-rate":
            return activationRate(days, filter)
        case "persons-activated":
            return .count(activated(days, filter))
        case "share-activated":
            return .share(
                activated(days, filter), of: count { onBenefit($0, days, filter) })
        case "persons-with-paid-hours":
            return .count(withHours(period, days, filter, below: nil))
        case "share-with-paid-hours":
            return .share(
                withHours(period, days, filter, below: nil),
                of: count { onBenefit($0, days, filter) })
        case "persons-in-small-jobs":
            return .count(withHours(period, days, nil, below: readings.smallJobHours))
        case "conversations-held":
            return .count(Double(talks(days) { _, _ in true }))
        case "conversations-per-person":
            let held = talks(days) { !$0.paid($1, filter).isEmpty }
            return .share(
                Double(held), of: count { onBenefit($0, days, filter) }, times: 1)
        case "focus-target-offers":
            return focus(period) { lacksOffers($0, $1) }
        case "focus-target-conversations":
            return focus(period) { life, window in
                life.conversations.count {
                    $0.status == .held && window.from <= $0.day && $0.day <= window.to
                } < 4
            }
        default:
            return nil
        }
    }

    private var companyBased: Set<OfferKind> {
        Set(OfferKind.allCases.filter(\.isCompanyBased))
    }

    func onBenefit(_ life: Life, _ days: [Day], _ filter: Filter) -> Bool {
        life.hasSpells(days) && days.contains { !life.paid($0, filter).isEmpty }
    }

    private func offers(_ days: [Day], _ kinds: Set<OfferKind>) -> [Offer] {
        truth.offers.filter { offer in
            kinds.contains(offer.kind) && days.contains { offer.covers($0) }
        }
    }

    private func sumOffers(_ days: [Day]) -> Int {
        offers(days, companyBased).reduce(0) { sum, offer in
            sum + days.count { offer.covers($0) } * Int(min(.full, offer.weekly).minutes)
        }
    }

    /// Hours in offers on days on the benefit, no day more than the benefit's own.
    private func activationRate(_ days: [Day], _ filter: Filter) -> Expected {
        let benefit = sum(days) { $0.minutes($1, filter) }
        let active = sum(days) { life, day in
            let offered = life.offered(day, readings.activation)
                .reduce(0) { $0 + Int($1.weekly.minutes) }
            return min(offered, life.minutes(day, filter))
        }
        let scale = 2_220 * Double(days.count)
        return .share(Double(active) / scale, of: Double(benefit) / scale)
    }

    private func activated(_ days: [Day], _ filter: Filter) -> Double {
        count { life in
            guard life.hasSpells(days), !life.offers.isEmpty else { return false }
            return days.contains { day in
                !life.offered(day, readings.activation).isEmpty && !life.paid(day, filter).isEmpty
            }
        }
    }

    /// Persons with a month in which they were on the benefit and had ordinary
    /// hours. Without a filter: those whom small jobs are meant for.
    private func withHours(
        _ period: Period, _ days: [Day], _ filter: Filter?, below limit: Int?
    ) -> Double {
        count { life in
            guard life.hasSpells(days), !life.employments.isEmpty else { return false }
            return period.months.contains { month in
                let month = days.filter { $0.month == month }
                let minutes = life.ordinaryMinuteDays(month)
                guard minutes > 0, minutes < (limit ?? 10_000) * 60 * 7 else { return false }
                return month.contains { day in
                    filter.map { !life.paid(day, $0).isEmpty } ?? isFarFromWork(life, day)
                }
            }
        }
    }

    private func isFarFromWork(_ life: Life, _ day: Day) -> Bool {
        let ready = Filter(
            benefits: [.cashBenefit, .educationAid], categories: [.activityReady])
        return !life.paid(day, ready).isEmpty
            || !life.paid(day, Filter(benefits: [.resourceProgramme])).isEmpty
    }

    private func talks(_ days: [Day], _ holds: (Life, Day) -> Bool) -> Int {
        lives.reduce(0) { sum, life in
            sum
                + life.conversations.count {
                    $0.status == .held && days[0] <= $0.day && $0.day <= days[days.count - 1]
                        && holds(life, $0.day)
                }
        }
    }

    /// The twelve months up to the day, the day itself and the benefit on it.
    struct Window {
        var from: Day
        var to: Day
    }

    /// The mean over the months of the share, among those a year or more on the
    /// benefits that the scheme looks at, of those who lack something.
    private func focus(_ period: Period, _ lacks: (Life, Window) -> Bool) -> Expected {
        var shares = 0.0
        var months = 0
        for month in period.months where month.first <= truth.through {
            let to = min(month.last, truth.through)
            let window = Window(from: (to + 1).adding(months: -12), to: to)
            let long = lives.filter { isLong($0, window) }
            guard !long.isEmpty else { continue }
            shares += Double(long.count { lacks($0, window) }) / Double(long.count)
            months += 1
        }
        return .share(shares, of: Double(months))
    }

    private static let focusBenefits: Set<Benefit> = [
        .unemploymentBenefit, .sicknessBenefit, .cashBenefit, .educationAid,
        .selfSupportAllowance, .vocationalRehabilitation, .resourceProgramme, .jobClarification,
        .flexJobUnemploymentAllowance,
    ]

    /// On one of the benefits since the window began, whole empty months aside.
    private func isLong(_ life: Life, _ window: Window) -> Bool {
        let spells = life.spells.filter { Self.focusBenefits.contains($0.benefit) }
            .sorted { $0.start < $1.start }
        guard let first = spells.first else { return false }
        var run = (from: first.start, to: first.end ?? .openEnd)
        for spell in spells.dropFirst() {
            if run.to == .openEnd || spell.start <= (run.to.month + 1).last {
                run.to = max(run.to, spell.end ?? .openEnd)
            } else if run.from <= window.from, run.to >= window.to {
                return true
            } else {
                run = (spell.start, spell.end ?? .openEnd)
            }
        }
        return run.from <= window.from && run.to >= window.to
    }

    private func lacksOffers(_ life: Life, _ window: Window) -> Bool {
        var kinds = readings.focusOffers
        let last = life.spells.filter {
            Self.focusBenefits.contains($0.benefit) && $0.start <= window.to
        }.max { $0.start < $1.start }
        if let last, isNarrow(last, life, min(window.to, last.end ?? window.to)) {
            kinds.insert(.guidanceAndUpskilling)
        }
        let offered = life.offers.contains {
            kinds.contains($0.kind) && $0.start <= window.to
                && ($0.end ?? .openEnd) >= window.from
        }
        let changed = Day(year: 2023, month: 3, day: 22) ?? window.to
        let hours = window.to >= changed ? 100 : 225
        let days = (0...(window.to - window.from)).map { window.from + $0 }
        return !offered && life.ordinaryMinuteDays(days) < hours * 60 * 7
    }

    private func isNarrow(_ spell: BenefitSpell, _ life: Life, _ day: Day) -> Bool {
        readings.focusNarrow.contains { narrow in
            life.paid(day, narrow).contains { $0.id == spell.id }
        }
    }
}
