import ArgumentParser
import Identifiers
import Indicators
import Registry

extension Benefit: ExpressibleByArgument {}
extension MatchCategory: ExpressibleByArgument {}
extension TargetGroup: ExpressibleByArgument {}
extension Sex: ExpressibleByArgument {}
extension OriginGroup: ExpressibleByArgument {}
extension ResidenceBasis: ExpressibleByArgument {}

/// Ages in whole years, `16-66`, `60-` or `18`.
struct AgeSpanOption: ExpressibleByArgument {
    var ages: ClosedRange<Int>

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, let low = parts.first.flatMap({ Int($0) }) else { return nil }
        let last = parts.last.flatMap { $0.isEmpty ? PopulationFilter.oldest : Int($0) }
        guard let last, let ages = PopulationFilter.ages(from: low, to: last) else { return nil }
        self.ages = ages
    }
}

/// Who a figure is about; each option may be given several times.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("benefit"), help: "Only these benefits.")
    var benefits: [Benefit] = []

    @Option(name: .customLong("match"), help: "Only these match categories.")
    var matchCategories: [MatchCategory] = []

    @Option(name: .customLong("group"), help: "Only these target groups.")
    var targetGroups: [TargetGroup] = []

    @Option(name: .customLong("sex"), help: "Only this sex.")
    var sexes: [Sex] = []

    @Option(name: .customLong("origin"), help: "Only these origin groups.")
    var origins: [OriginGroup] = []

    @Option(name: .customLong("basis"), help: "Only these grounds for residence.")
    var residenceBases: [ResidenceBasis] = []

    @Option(help: "Only these ages at the period's end: 16-66, 60- or 18.")
    var ages: AgeSpanOption?

    func filter(_ municipality: MunicipalityCode) -> PopulationFilter {
        func some<Value: Hashable>(_ values: [Value]) -> Set<Value>? {
            values.isEmpty ? nil : Set(values)
        }
        return PopulationFilter(
            municipalities: [municipality], benefits: some(benefits),
            matchCategories: some(matchCategories), targetGroups: some(targetGroups),
            sexes: some(sexes), origins: some(origins), residenceBases: some(residenceBases),
            ages: ages?.ages)
    }
}
