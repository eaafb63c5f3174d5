import Identifiers
import Indicators
import Registry
import Reporting

/// A population filter as packs and addresses write it, whatever municipality.
public enum PackFilter {
    /// Only what the filter asks for.
    public static func pairs(_ filter: PopulationFilter) -> [PackNumber.Pair] {
        func words<T: RawRepresentable<String>>(_ name: String, _ values: Set<T>?)
            -> PackNumber.Pair?
        {
            values.map {
                PackNumber.Pair(name, $0.map(\.rawValue).sorted().joined(separator: ","))
            }
        }
        return [
            words("benefit", filter.benefits), words("match", filter.matchCategories),
            words("group", filter.targetGroups), words("sex", filter.sexes),
            words("origin", filter.origins), words("basis", filter.residenceBases),
            filter.ages.map { PackNumber.Pair("ages", "\($0.lowerBound)-\($0.upperBound)") },
        ].compactMap { $0 }
    }

    /// Nil for a name that no filter has.
    static func filter(
        _ pairs: [PackNumber.Pair], in municipality: MunicipalityCode
    ) -> PopulationFilter? {
        func values<T: RawRepresentable<String> & Hashable>(_ text: String) -> Set<T> {
            Set(text.split(separator: ",").compactMap { T(rawValue: String($0)) })
        }
        var filter = PopulationFilter(municipalities: [municipality])
        for pair in pairs {
            switch pair.name {
            case "benefit": filter.benefits = values(pair.value)
            case "match": filter.matchCategories = values(pair.value)
            case "group": filter.targetGroups = values(pair.value)
            case "sex": filter.sexes = values(pair.value)
            case "origin": filter.origins = values(pair.value)
            case "basis": filter.residenceBases = values(pair.value)
            case "ages":
                let ends = pair.value.split(separator: "-").compactMap { Int($0) }
                guard ends.count == 2 else { return nil }
                filter.ages = PopulationFilter.ages(from: ends[0], to: ends[1])
            default: return nil
            }
        }
        return filter
    }
}
