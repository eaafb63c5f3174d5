import Identifiers
import Registry

/// Weeks of an ended spell in whole weeks, in the bands of jobindsats.dk.
public enum DurationBand: String, CaseIterable, Sendable {
    case under2 = "0-1"
    case from2 = "2-4"
    case from5 = "5-13"
    case from14 = "14-26"
    case from27 = "27-39"
    case from40 = "40-52"
    case from53 = "53+"

    public init(days: Int) {
        switch days / 7 {
        case ..<2: self = .under2
        case ..<5: self = .from2
        case ..<14: self = .from5
        case ..<27: self = .from14
        case ..<40: self = .from27
        case ..<53: self = .from40
        default: self = .from53
        }
    }
}

/// Numbers the cells of an answer: every combination of the labels asked for gets
/// a group number, and a cell is a group and a period.
struct Cells: Sendable {
    let dimensions: [Dimension]
    private let cardinalities: [Int]
    private let strides: [Int]
    private let municipalities: [String]
    let groups: Int

    let benefit: Int
    let category: Int
    let target: Int
    let place: Int
    let sex: Int
    let origin: Int
    let age: Int
    let duration: Int

    init(_ dimensions: [Dimension], _ register: Register) {
        self.dimensions = dimensions
        municipalities = register.municipalities.map(\.description)
        var cardinalities: [Int] = []
        for dimension in dimensions {
            cardinalities.append(Cells.count(dimension, municipalities.count))
        }
        var strides = [Int](repeating: 1, count: dimensions.count)
        var groups = 1
        for index in dimensions.indices.reversed() {
            strides[index] = groups
            groups *= cardinalities[index]
        }
        self.cardinalities = cardinalities
        self.strides = strides
        self.groups = groups
        let stride = { (dimension: Dimension) in
            dimensions.firstIndex(of: dimension).map { strides[$0] } ?? 0
        }
        benefit = stride(.benefit)
        category = stride(.matchCategory)
        target = stride(.targetGroup)
        place = stride(.municipality)
        sex = stride(.sex)
        origin = stride(.origin)
        age = stride(.ageBand)
        duration = stride(.durationBand)
    }

    /// Every dimension but municipality and duration has one more value: none.
    private static func count(_ dimension: Dimension, _ municipalities: Int) -> Int {
        names(dimension).map { $0.count + 1 } ?? max(1, municipalities)
    }

    private static func names(_ dimension: Dimension) -> [String]? {
        switch dimension {
        case .benefit: Benefit.allCases.map(\.rawValue)
        case .matchCategory: MatchCategory.allCases.map(\.rawValue)
        case .targetGroup: TargetGroup.allCases.map(\.rawValue)
        case .ageBand: AgeBand.allCases.map(\.rawValue)
        case .sex: Sex.allCases.map(\.rawValue)
        case .origin: OriginGroup.allCases.map(\.rawValue)
        case .durationBand: DurationBand.allCases.map(\.rawValue)
        case .municipality: nil
        }
    }

    func labels(of group: Int) -> [String] {
        dimensions.indices.map { index in
            let code = group / strides[index] % cardinalities[index]
            let names = Cells.names(dimensions[index]) ?? municipalities
            return code < names.count ? names[code] : "none"
        }
    }
}
