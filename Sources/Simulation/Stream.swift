import Chronology
import Foundation
import Registry

/// A stream of the calibration, ready for use in one municipality.
struct Stream {
    let spec: StreamSpec
    let duration: DurationSpec
    let exits: Lottery<Exit>
    /// Chance of being chosen by whole years of age, the largest being 1.
    let ages: [Double]
    /// Full-time persons wanted in each month from the first one on.
    let wanted: [Double]
    let offers: OfferPlan?
    /// Chance that a day has a small job beside the benefit.
    let smallJobs: Double

    enum Exit: Sendable { case work, education, again, alone, none, stream(Int) }

    init(
        _ spec: StreamSpec, _ data: Calibration, _ level: Level, wanted: [Double],
        names: [String: Int]
    ) {
        self.spec = spec
        self.wanted = wanted
        duration =
            data.durations[spec.duration]
            ?? DurationSpec(
                buckets: [], over: .init(from: 26, mean: 26, max: 104))
        exits = Lottery(
            spec.exits.sorted { $0.key < $1.key }.map { (Stream.exit($0.key, names), $0.value) })
        let bands = spec.ages.compactMap { key, weight in Int(key).map { ($0, weight) } }
        let raw = (0...120).map { age in
            age > 66 ? 0 : bands.filter { $0.0 <= age }.max { $0.0 < $1.0 }?.1 ?? 0
        }
        let most = raw.max() ?? 1
        ages = raw.map { most > 0 ? $0 / most : 0 }
        offers = spec.offers.flatMap { OfferPlan($0, data.offers, level) }
        // The rest of those with hours in a month begin or leave work in it.
        smallJobs = min(0.6, level.hours / 100 * data.work.smallJobs * (spec.hours ?? 0))
    }

    private static func exit(_ name: String, _ names: [String: Int]) -> Exit {
        switch name {
        case "work": .work
        case "education": .education
        case "return": .again
        case "self": .alone
        default: names[name].map { .stream($0) } ?? .none
        }
    }
}

/// How much of the time on a benefit is spent in offers, and in which.
struct OfferPlan {
    /// Part of the time in an offer.
    let time: Double
    /// Mean days between offers.
    let between: Double
    let kinds: Lottery<Kind>
    /// The kinds that are directed at employment.
    let directed: Lottery<Kind>

    struct Kind: Sendable {
        var kind: OfferKind
        var low: Int
        var high: Int
        var minutes: Int32
    }

    /// Nil when the calibration does not know the plan.
    init?(_ name: String, _ data: Calibration.Offers, _ level: Level) {
        guard let shares = data.kinds["\(name)-\(level.code)"] ?? data.kinds[name] else {
            return nil
        }
        let known = shares.sorted { $0.key < $1.key }.compactMap { key, share in
            OfferKind(rawValue: key).flatMap { kind in
                data.lengths[key].map { (kind, $0, share) }
            }
        }
        let all = known.reduce(0) { $0 + $1.2 }
        let days = known.reduce(0) { $0 + $1.2 * Double($1.1.low + $1.1.high) / 2 }
        guard all > 0, days > 0 else { return nil }
        let meanDays = days / all
        // Those with an offer in a month are those in one on a day and those who
        // begin one in the course of it.
        let time = data.time[name] ?? level.touched / 100 / (1 + 30.4 / meanDays)
        let hours =
            data.hours[name] ?? 37 * level.activation / 100 / max(0.01, time) * data.steering.hours
        let weighted = known.reduce(0) {
            $0 + $1.2 * $1.1.hours * Double($1.1.low + $1.1.high) / 2
        }
        self.time = min(0.9, time)
        between = data.steering.wait * meanDays * (1 - self.time) / max(0.01, self.time)
        let pairs = known.map { kind, length, share in
            let week = min(37, max(1, hours * length.hours * days / weighted))
            return (
                Kind(
                    kind: kind, low: length.low, high: length.high, minutes: Int32(week * 60)),
                share
            )
        }
        let directed = Set(data.steering.kinds.map(\.value))
        kinds = Lottery(pairs)
        self.directed = Lottery(pairs.filter { directed.contains($0.0.kind) })
    }
}

/// The stocks that a municipality's streams are kept at.
struct Stocks {
    let data: SimulationData
    let level: Level
    /// Residents over those of the published level.
    let scale: Double
    let first: Month
    let count: Int

    /// Full-time persons wanted in each month, without noise.
    func wanted(_ spec: StreamSpec) -> [Double] {
        let season = data.calibration.seasons[spec.season ?? "flat"] ?? []
        let yearly = annual(spec)
        let smooth = (0..<count).map { interpolate(yearly, first + $0) }
        return smooth.indices.map { index in
            let month = first + index
            let same = smooth.indices.filter { (first + $0).year == month.year }
            let mean = same.reduce(0) { $0 + smooth[$1] } / Double(same.count)
            let yearValue = yearly[min(yearly.count - 1, max(0, month.year - firstYear))]
            let corrected =
                same.count == 12 && mean > 0 ? smooth[index] * yearValue / mean : smooth[index]
            return corrected * (season.count == 12 ? season[month.number - 1] : 1) * scale
        }
    }

    private var firstYear: Int { data.years.first ?? 2021 }

    /// Straight lines between the middles of the years.
    private func interpolate(_ yearly: [Double], _ month: Month) -> Double {
        guard let first = yearly.first, let last = yearly.last else { return 0 }
        let place = Double(month.index) - Double(firstYear * 12) - 5.5
        guard place > 0 else { return first }
        let index = Int(place / 12)
        guard index + 1 < yearly.count else { return last }
        let part = place / 12 - Double(index)
        return yearly[index] * (1 - part) + yearly[index + 1] * part
    }

    private func annual(_ spec: StreamSpec) -> [Double] {
        switch spec.stock {
        case .unemployment: level.unemployment.map { $0 * spec.share }
        case .jobReady: level.jobReady.map { $0 * spec.share }
        case .family:
            zip(level.family, level.jobReady).map { max(0, $0 - $1) * spec.share }
        case .working: data.years.map { working(spec, year: $0) }
        }
    }

    private func working(_ spec: StreamSpec, year: Int) -> Double {
        let ages16to66 = 0.64 * Double(level.population)
        let trend = pow(1 + (spec.trend ?? 0) / 100, Double(year - 2023))
        if let local = spec.local?[String(level.code)] { return local / 1_000 * ages16to66 * trend }
        // 23.5 per 1,000 residents of 16-66 are on cash benefits in the country.
        let family = level.family.reduce(0, +) / Double(max(1, level.family.count))
        let burden = pow(max(0.3, family / ages16to66 / 0.0235), spec.burden ?? 0)
        return spec.share / 1_000 * ages16to66 * burden * trend
    }
}
