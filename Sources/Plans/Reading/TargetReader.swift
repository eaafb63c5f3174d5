import Chronology
import Identifiers
import Indicators
import Parameters
import Registry

extension PlanReader {
    mutating func target(_ place: DocumentPlace) -> ResultTarget {
        let period = place["period"].period ?? .year(0)
        checkInsidePlan(place["period"])
        let shape = theShape(place, period)
        let indicator =
            place["indicator"].exists ? IndicatorID(place["indicator"].string) : nil
        checkIndicator(place, indicator, shape)
        checkFilter(place["filter"], indicator)
        return ResultTarget(
            id: place["id"].string, goals: references(place["goals"], "goals"),
            text: place["text"].localized, indicator: indicator, filter: filter(place["filter"]),
            period: period, shape: shape,
            published: place["published"].exists ? place["published"].publishedMeasure : nil)
    }

    private mutating func checkInsidePlan(_ place: DocumentPlace) {
        guard let period = place.period, let plan = planPeriod else { return }
        if period.range.start < plan.start || period.range.end > plan.end {
            problems.add(
                .outsidePlan, at: place,
                ["from": plan.start.iso, "to": plan.end.iso])
        }
    }

    /// The one shape of a target.
    private mutating func theShape(_ place: DocumentPlace, _ period: Period) -> TargetShape {
        let keys = TargetShape.Key.allCases.filter { place[$0.rawValue].exists }
        let names = TargetShape.Key.allCases.map(\.rawValue).joined(separator: ", ")
        guard let key = keys.first else {
            problems.add(.noShape, at: place, ["accepted": names])
            return .noNumber(nil)
        }
        if keys.count > 1 {
            problems.add(
                .severalShapes, at: place,
                ["keys": keys.map(\.rawValue).joined(separator: ", ")])
        }
        return shape(key, place[key.rawValue], place, period)
    }

    private mutating func shape(
        _ key: TargetShape.Key, _ at: DocumentPlace, _ target: DocumentPlace, _ period: Period
    ) -> TargetShape {
        switch key {
        case .atLeast: .atLeast(quantity(at, target))
        case .atMost: .atMost(quantity(at, target))
        case .shareAtLeast: .shareAtLeast(quantity(at, target, only: [.percent]))
        case .cumulative: .cumulative(quantity(at, target, only: Unit.counted))
        case .within: .within(quantity(at, target, only: [.days, .weeks]))
        case .moreThan: .moreThan(baseline(at, before: period))
        case .lessThan: .lessThan(baseline(at, before: period))
        case .ceiling:
            .ceiling(
                quantity(at["below"], target),
                every: MeasuringInterval(rawValue: at["every"].string) ?? .year)
        case .growth:
            .growth(
                percent: ScalarForms.number(at["percent"].string),
                since: baseline(at["since"], before: period))
        case .gapToExpected:
            .gapToExpected(quantity(at["atMost"], target), expected: at.publishedMeasure)
        case .rank:
            .rank(
                measure: at.publishedMeasure,
                among: at["among"].items.compactMap { try? MunicipalityCode($0.string) },
                atMost: at["atMost"].integer)
        case .held:
            .held(duty: reference(at["duty"], "duties"), times: at["times"].integer ?? 0)
        case .coupled: .coupled(parts(at, of: target["id"].string))
        case .noNumber: .noNumber(Direction(rawValue: at.string))
        case .noData: .noData(because: at["because"].localized)
        }
    }

    private mutating func parts(_ place: DocumentPlace, of id: String) -> [String] {
        for part in place.items where part.string == id || coupled.contains(part.string) {
            problems.add(.refersToItself, at: part)
        }
        return references(place, "targets")
    }

    private mutating func baseline(_ place: DocumentPlace, before period: Period) -> Period {
        guard let baseline = place.period else { return period.yearBefore }
        if baseline.range.start >= period.range.start {
            problems.add(.baselineNotBefore, at: place, ["period": "\(period)"])
        } else if baseline.months.count != period.months.count {
            problems.add(.notSameLength, at: place, ["period": "\(period)"])
        }
        return baseline
    }

    /// The quantity at `place`; its unit must be one of `only`, where given, and
    /// the unit of the target's indicator.
    private mutating func quantity(
        _ place: DocumentPlace, _ target: DocumentPlace, only: [Unit]? = nil
    ) -> Quantity {
        guard let quantity = place.quantity else { return Quantity(0, .percent) }
        if quantity.value < 0 {
            problems.add(.negative, at: place)
        } else if quantity.unit == .percent, quantity.value > 100 {
            problems.add(.percentOver100, at: place)
        }
        let unit = known[IndicatorID(target["indicator"].string)]?.unit
        let fitting = [only, unit.map { $0.isDuration ? Unit.durations : [$0] }].compactMap { $0 }
        if fitting.contains(where: { !$0.contains(quantity.unit) }) {
            let accepted = Unit.allCases.filter { unit in fitting.allSatisfy { $0.contains(unit) } }
            problems.add(
                .unitDoesNotFit, at: place,
                [
                    "indicator": target["indicator"].string,
                    "accepted": accepted.map(\.rawValue).joined(separator: ", "),
                ])
        }
        return quantity
    }

    private mutating func checkIndicator(
        _ place: DocumentPlace, _ indicator: IndicatorID?, _ shape: TargetShape
    ) {
        switch (shape.key.wantsIndicator, indicator) {
        case (true?, nil):
            problems.add(
                .indicatorMissing, at: place, ["shape": shape.key.rawValue])
        case (false?, _?):
            problems.add(
                .indicatorNotAllowed, at: place["indicator"],
                ["shape": shape.key.rawValue])
        default: break
        }
    }

    private mutating func checkFilter(_ place: DocumentPlace, _ indicator: IndicatorID?) {
        guard place.exists else { return }
        guard let indicator else { return problems.add(.filterNotAllowed, at: place) }
        guard let entry = known[indicator] else { return }
        for key in place.keys {
            guard let dimension = PlanReader.dimensions[key.string],
                !entry.dimensions.contains(dimension)
            else { continue }
            problems.add(
                .notCutBy, at: key,
                [
                    "indicator": indicator.name,
                    "accepted": PlanReader.dimensions.filter { entry.dimensions.contains($0.value) }
                        .keys.sorted().joined(separator: ", "),
                ])
        }
    }

    /// The way of cutting that each key of a filter needs. Residence has none.
    private static let dimensions: [String: Dimension] = [
        "benefits": .benefit, "matchCategories": .matchCategory, "targetGroups": .targetGroup,
        "ages": .ageBand, "sexes": .sex, "origins": .origin,
    ]

    private mutating func filter(_ place: DocumentPlace) -> PopulationFilter {
        func set<Word: RawRepresentable & Hashable>(_ key: String, _ type: Word.Type) -> Set<Word>?
        where Word.RawValue == String {
            place[key].exists ? Set(place[key].words(type)) : nil
        }
        return PopulationFilter(
            benefits: set("benefits", Benefit.self),
            matchCategories: set("matchCategories", MatchCategory.self),
            targetGroups: set("targetGroups", TargetGroup.self), sexes: set("sexes", Sex.self),
            origins: set("origins", OriginGroup.self),
            residenceBases: set("residenceBases", ResidenceBasis.self), ages: ages(place["ages"]))
    }

    private mutating func ages(_ place: DocumentPlace) -> ClosedRange<Int>? {
        guard let from = place["from"].integer, let to = place["to"].integer else { return nil }
        guard from <= to else {
            problems.add(.endsBeforeItBegins, at: place["to"])
            return nil
        }
        return from...to
    }
}

extension Unit {
    static let durations: [Unit] = [.days, .weeks]
    var isDuration: Bool { Unit.durations.contains(self) }

    /// Units of things that are counted one by one through a period.
    static let counted: [Unit] = [
        .persons, .spells, .conversations, .offers, .orders, .positions, .companies, .contacts,
        .complaints, .answers,
    ]
}
