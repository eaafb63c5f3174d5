import Chronology
import Registry

/// Something known of a person on the day of entry, that those compared are made alike in
/// (kendetegn).
public enum TrialTrait: String, CaseIterable, Sendable {
    case age, sex, origin, benefit, category
    /// Weeks on the benefits so far
    case weeks
    /// Weeks on any benefit in the two years before
    case history
    /// Efforts begun in the year before
    case efforts
    /// Calendar quarter of the entry
    case quarter

    /// The names of the levels; a quarter names itself.
    var levels: [String] {
        switch self {
        case .age: ["under25", "25to29", "30to39", "40to49", "50to59", "60plus"]
        case .sex: Sex.allCases.map(\.rawValue)
        case .origin: ["danish", "western", "nonWestern"]
        case .benefit: Benefit.allCases.map(\.rawValue)
        case .category: ["none"] + MatchCategory.allCases.map(\.rawValue)
        case .weeks:
            [
                "under8", "8to12", "13to18", "19to25", "26to38", "39to51", "52to77", "78to103",
                "104to155", "156plus",
            ]
        case .history: ["none", "under26", "26plus"]
        case .efforts: ["none", "other", "same"]
        case .quarter: []
        }
    }

    /// The name of a level, as text keys and answers have it.
    func name(_ level: Int) -> String {
        if self == .quarter { return Quarter(index: Int32(level)).description }
        return levels.indices.contains(level) ? levels[level] : String(level)
    }

    static func age(_ years: Int) -> Int {
        [25, 30, 40, 50, 60].prefix { years >= $0 }.count
    }

    /// Narrow, since the way out of a benefit changes from month to month.
    static func weeks(_ weeks: Int) -> Int {
        [8, 13, 19, 26, 39, 52, 78, 104, 156].prefix { weeks >= $0 }.count
    }

    /// The half year, year and two years that narrow bands of weeks lie in.
    static func wideWeeks(_ level: Int) -> Int { [4, 6, 8].prefix { level >= $0 }.count }

    static func history(days: Int) -> Int { days == 0 ? 0 : days < 26 * 7 ? 1 : 2 }

    static func origin(_ group: OriginGroup) -> Int {
        switch group {
        case .danish: 0
        case .westernImmigrant, .westernDescendant: 1
        case .nonWesternImmigrant, .nonWesternDescendant: 2
        }
    }
}
