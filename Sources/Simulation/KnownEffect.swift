import Chronology
import Foundation
import Identifiers
import Registry

/// An effort whose effect is known because it was put in, for trying what looks for effects
/// (kendt virkning). Who begins depends on what is registered, so that those who begin and
/// those who do not are not alike.
public struct KnownEffect: Hashable, Sendable {
    /// The effort; offers of this kind come from nothing else then.
    public var kind: OfferKind
    /// How many times as fast the benefit is left after the effort has begun; 1 for no effect.
    public var speed: Double
    /// How much the match category and age decide who begins; 0 for a fair draw.
    public var confounding: Double
    /// Mean days on the benefit until the effort begins, when nothing decides.
    public var meanWait: Double
    /// Whole days of the effort.
    public var days: Int

    public init(
        kind: OfferKind, speed: Double = 1, confounding: Double = 1, meanWait: Double = 300,
        days: Int = 42
    ) {
        self.kind = kind
        self.speed = speed
        self.confounding = confounding
        self.meanWait = meanWait
        self.days = days
    }
}

extension World {
    /// Draws whether the effort of a known effect begins in the course of a spell, and gives
    /// the days that the spell then has.
    mutating func tryEffort(
        _ stream: Int, _ who: Int, on first: Day, days: Int, within limit: Day
    ) -> Int {
        guard let effect = configuration.knownEffect, streams[stream].offers != nil
        else { return days }
        let isReady = streams[stream].spec.category?.value == .jobReady
        let age = Double(people[who].years(on: first))
        // The ready leave sooner than others whatever is done, and begin more often.
        let pull = effect.confounding * ((isReady ? 0.7 : -0.7) + (40 - age) / 30)
        let wait = Int(random.exponential(mean: effect.meanWait * exp(-pull)))
        // Spells that run on the first day are as open to the effort as others from then on.
        let begun = max(first, start) + wait
        let passed = begun - first
        guard passed < days, begun <= min(through, limit) else { return days }
        let left = max(1, Int(Double(days - passed) / max(0.01, effect.speed)))
        truth.offers.append(
            Offer(
                id: FactID(0), citizen: citizen(who), kind: effect.kind, start: begun,
                end: begun + min(left, effect.days) - 1, weekly: WeeklyTime(minutes: 1_800),
                unit: effect.kind.isCompanyBased ? drawUnit() : nil))
        return passed + left
    }
}
