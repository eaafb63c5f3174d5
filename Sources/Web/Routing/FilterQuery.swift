import Identifiers
import Indicators
import Jobcenter
import Registry
import Reporting

/// A population filter as it stands in an address: `benefit=flexJob,cashBenefit`.
enum FilterQuery {
    static func pairs(_ filter: PopulationFilter) -> [(String, String?)] {
        PackFilter.pairs(filter).map { ($0.name, $0.value) }
    }

    static let names = ["benefit", "match", "group", "sex", "origin", "basis", "ages"]

    /// Reads the filter of an address; what it does not know is collected.
    static func filter(
        _ fields: inout FieldReader, municipality: MunicipalityCode
    ) -> PopulationFilter {
        var filter = PopulationFilter(municipalities: [municipality])
        filter.benefits = values("benefit", &fields)
        filter.matchCategories = values("match", &fields)
        filter.targetGroups = values("group", &fields)
        filter.sexes = values("sex", &fields)
        filter.origins = values("origin", &fields)
        filter.residenceBases = values("basis", &fields)
        if let text = fields.query["ages"] {
            let ends = text.split(separator: "-").compactMap { Int($0) }
            if ends.count == 2, let ages = PopulationFilter.ages(from: ends[0], to: ends[1]) {
                filter.ages = ages
            } else {
                fields.reject("filter", text, "web.accepted.filter")
            }
        }
        return filter
    }

    private static func values<T: RawRepresentable & Hashable>(
        _ name: String, _ fields: inout FieldReader
    ) -> Set<T>? where T.RawValue == String {
        guard let text = fields.query[name] else { return nil }
        var found: Set<T> = []
        for part in text.split(separator: ",") {
            if let value = T(rawValue: String(part)) {
                found.insert(value)
            } else {
                fields.reject("filter", String(part), "web.accepted.filter")
            }
        }
        return found
    }
}

extension Visit {
    /// The filter in words: `Fleksjob · Kvinder`; nil for everybody.
    func words(_ filter: PopulationFilter) -> String? {
        var parts: [String] = []
        func add<T: RawRepresentable>(_ values: Set<T>?, _ kind: String)
        where T.RawValue == String {
            let words = (values ?? []).map { text("term.\(kind).\($0.rawValue)") }.sorted()
            if !words.isEmpty { parts.append(words.joined(separator: ", ")) }
        }
        add(filter.benefits, "benefit")
        add(filter.matchCategories, "matchCategory")
        add(filter.targetGroups, "targetGroup")
        add(filter.sexes, "sex")
        add(filter.origins, "origin")
        add(filter.residenceBases, "residenceBasis")
        if let ages = filter.ages {
            parts.append(
                text(
                    "term.ages",
                    ["from": String(ages.lowerBound), "to": String(ages.upperBound)]))
        }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }
}
