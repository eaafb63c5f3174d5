import Foundation

/// In how many concepts each feature stands, and whether it stays when a concept
/// is called by another of its names.
///
/// "Kakao" stays: whatever the trade is called, its names have it. "Specialist"
/// comes and goes. What stays tells concepts apart, and the label file alone
/// teaches which features do.
struct FeatureSpread {
    /// Concepts with the feature.
    private var concepts: [Float]
    /// Concepts with the feature and several names, and in how many of their other
    /// names the feature stands, as a share.
    private var chances: [Float]
    private var stays: [Float]
    private var counts: [Float]
    /// As if so many concepts more had shown the average.
    private static let prior: Float = 3

    init(features: Int) {
        concepts = Array(repeating: 0, count: features)
        chances = concepts
        stays = concepts
        counts = concepts
    }

    /// Takes in a concept by the features of its names.
    mutating func add(_ names: [[Int32]]) {
        var met: [Int32] = []
        for name in names {
            for feature in name {
                if counts[Int(feature)] == 0 { met.append(feature) }
                counts[Int(feature)] += 1
            }
        }
        for feature in met {
            let count = counts[Int(feature)]
            concepts[Int(feature)] += 1
            if names.count > 1 {
                chances[Int(feature)] += 1
                stays[Int(feature)] += (count - 1) / Float(names.count - 1)
            }
            counts[Int(feature)] = 0
        }
    }

    /// What each feature weighs.
    func weights(concepts all: Int, rarity: Float, staying: Float) -> [Float] {
        let mean = stays.reduce(0, +) / max(1, chances.reduce(0, +))
        return concepts.indices.map { feature in
            let rare = log((Float(all) + 1) / (concepts[feature] + 1)) + 1
            guard mean > 0 else { return pow(rare, rarity) }
            let stay =
                (stays[feature] + FeatureSpread.prior * mean)
                / (chances[feature] + FeatureSpread.prior) / mean
            return pow(rare, rarity) * pow(stay, staying)
        }
    }

    /// What a feature weighs that no label has.
    func unseen(concepts all: Int, rarity: Float) -> Float {
        pow(log(Float(all) + 1) + 1, rarity)
    }
}
