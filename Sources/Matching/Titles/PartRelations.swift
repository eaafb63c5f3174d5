/// Which parts stand in for each other: in one name of a concept the one, in another
/// of its names the other.
///
/// "Butiksmedhjælper" and "butiksassistent" name one trade, and so do others that end
/// in this way. The label file alone says that "assistent" may be meant by "medhjælper".
struct PartRelations: Sendable {
    /// For each feature those that stand in for it, and for how large a share of the
    /// concepts that have it.
    private var related: [[(feature: Int32, share: Float)]]
    /// One concept may be an accident.
    private static let fewest: Float = 2
    /// So many times as often as if the two had nothing to do with each other.
    private static let lift: Float = 2
    /// As if so many concepts more had shown nothing.
    private static let prior: Float = 3

    /// - Parameters:
    ///   - names: the features of each concept's names, concept by concept.
    ///   - features: how many features there are.
    init(_ names: [[[Int32]]], features: Int) {
        var concepts = [Float](repeating: 0, count: features)
        var exchanges: [UInt64: Float] = [:]
        for names in names {
            for feature in Set(names.joined()) { concepts[Int(feature)] += 1 }
            for pair in PartRelations.exchanges(names) { exchanges[pair, default: 0] += 1 }
        }
        related = Array(repeating: [], count: features)
        for (pair, count) in exchanges {
            let (from, to) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            let byChance = concepts[from] * concepts[to] / Float(names.count)
            guard count >= PartRelations.fewest, count >= PartRelations.lift * byChance else {
                continue
            }
            related[from].append(
                (Int32(to), (count - 1) / (concepts[from] + PartRelations.prior)))
        }
        // A dictionary has no order of its own, and sums shall not depend on it.
        for feature in related.indices { related[feature].sort { $0.feature < $1.feature } }
    }

    /// The pairs of features of which one name has the first only and another the
    /// second only, both ways, each once.
    private static func exchanges(_ names: [[Int32]]) -> Set<UInt64> {
        var pairs: Set<UInt64> = []
        for (place, one) in names.enumerated() {
            for other in names[(place + 1)...] {
                for first in one where !other.contains(first) {
                    for second in other where !one.contains(second) {
                        pairs.insert(UInt64(first) << 32 | UInt64(second))
                        pairs.insert(UInt64(second) << 32 | UInt64(first))
                    }
                }
            }
        }
        return pairs
    }

    /// What may be meant by weighted features, by feature.
    func meant(
        by vector: [(feature: Int32, weight: Float)]
    ) -> [(feature: Int32, weight: Float)] {
        var sums: [Int32: Float] = [:]
        for (feature, weight) in vector {
            for (other, share) in related[Int(feature)] {
                sums[other, default: 0] += weight * share
            }
        }
        return sums.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }
}
