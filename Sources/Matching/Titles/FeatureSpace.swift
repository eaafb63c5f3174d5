import Foundation

/// Labels and concepts as unit vectors over one kind of features, with lists of
/// who has each feature. A feature weighs the more the fewer concepts have it, and the
/// more often the other labels of a concept have it, too.
struct FeatureSpace: Sendable {
    /// What a feature gives whoever has it.
    private struct Posting {
        var owner: Int32
        var weight: Float
    }

    /// A feature's number by its key.
    private var numbers: [UInt64: Int32] = [:]
    private var weights: [Float] = []
    private var unseen: Float = 1
    private var labels = PostingLists()
    private var concepts = PostingLists()
    /// Each concept's own vector, for the second step.
    private var vectors: [[(feature: Int32, weight: Float)]] = []
    private var labelCount = 0
    /// Features that stand in for each other, where they were asked for.
    private var relations: PartRelations?

    /// Who has each feature, one list after the other.
    private struct PostingLists {
        var starts: [Int32] = [0]
        var postings: [Posting] = []

        init() {}

        init(_ vectors: [[(feature: Int32, weight: Float)]], features: Int) {
            var counts = [Int32](repeating: 0, count: features + 1)
            for vector in vectors { for entry in vector { counts[Int(entry.feature) + 1] += 1 } }
            for feature in 0..<features { counts[feature + 1] += counts[feature] }
            starts = counts
            postings = Array(
                repeating: Posting(owner: 0, weight: 0), count: Int(counts[features]))
            for (owner, vector) in vectors.enumerated() {
                for entry in vector {
                    let place = Int(counts[Int(entry.feature)])
                    postings[place] = Posting(owner: Int32(owner), weight: entry.weight)
                    counts[Int(entry.feature)] += 1
                }
            }
        }

        /// The similarity of a vector to each owner's.
        func products(_ vector: [(feature: Int32, weight: Float)], owners: Int) -> [Float] {
            var sums = [Float](repeating: 0, count: owners)
            sums.withUnsafeMutableBufferPointer { sums in
                postings.withUnsafeBufferPointer { postings in
                    for (feature, weight) in vector {
                        for place in starts[Int(feature)]..<starts[Int(feature) + 1] {
                            let posting = postings[Int(place)]
                            sums[Int(posting.owner)] += weight * posting.weight
                        }
                    }
                }
            }
            return sums
        }
    }

    /// - Parameters:
    ///   - features: the keys of each label's features, each once.
    ///   - concept: the concept of each label.
    ///   - rarity: how steeply rarity tells.
    ///   - staying: how steeply it tells that a concept's other labels have the
    ///     feature, too.
    ///   - related: whether it is learned which features stand in for each other.
    init(
        features: [[UInt64]], concept: [Int], concepts count: Int, rarity: Float, staying: Float,
        related: Bool = false
    ) {
        labelCount = features.count
        let numbered = features.map { keys in keys.map { number($0) } }
        var names: [[[Int32]]] = Array(repeating: [], count: count)
        for (label, features) in numbered.enumerated() { names[concept[label]].append(features) }
        var spread = FeatureSpread(features: numbers.count)
        for names in names { spread.add(names) }
        if related { relations = PartRelations(names, features: numbers.count) }
        weights = spread.weights(concepts: count, rarity: rarity, staying: staying)
        unseen = spread.unseen(concepts: count, rarity: rarity)
        var sums: [[Int32: Float]] = Array(repeating: [:], count: count)
        var vectors: [[(feature: Int32, weight: Float)]] = []
        for label in numbered.indices {
            // In one order, so that sums do not depend on the order of the file.
            let entries = numbered[label].map { (feature: $0, weight: self.weights[Int($0)]) }
            let unit = FeatureSpace.unit(entries)
            for entry in unit { sums[concept[label]][entry.feature, default: 0] += entry.weight }
            vectors.append(unit)
        }
        labels = PostingLists(vectors, features: numbers.count)
        self.vectors = sums.map { sum in
            FeatureSpace.unit(
                sum.map { (feature: $0.key, weight: $0.value.squareRoot()) }
                    .sorted { $0.feature < $1.feature })
        }
        concepts = PostingLists(self.vectors, features: numbers.count)
    }

    private mutating func number(_ key: UInt64) -> Int32 {
        if let known = numbers[key] { return known }
        let next = Int32(numbers.count)
        numbers[key] = next
        return next
    }

    private static func unit(
        _ entries: [(feature: Int32, weight: Float)], also outside: Float = 0
    ) -> [(feature: Int32, weight: Float)] {
        let length = (entries.reduce(outside) { $0 + $1.weight * $1.weight }).squareRoot()
        guard length > 0 else { return [] }
        return entries.map { ($0.feature, $0.weight / length) }
    }

    /// The unit vector of a title. What no label has makes it shorter.
    private func vector(_ keys: [UInt64]) -> [(feature: Int32, weight: Float)] {
        var known: [(feature: Int32, weight: Float)] = []
        var outside: Float = 0
        for key in keys {
            if let feature = numbers[key] {
                known.append((feature, weights[Int(feature)]))
            } else {
                outside += unseen * unseen
            }
        }
        return FeatureSpace.unit(known, also: outside)
    }

    /// The similarity of a title to each label, 0 to 1.
    func similarities(toLabels keys: [UInt64]) -> [Float] {
        labels.products(vector(keys), owners: labelCount)
    }

    /// The similarity of a title to each concept, 0 to 1.
    func similarities(toConcepts keys: [UInt64]) -> [Float] {
        concepts.products(vector(keys), owners: vectors.count)
    }

    /// The similarity of each concept to what stands in for a title's features, 0 to 1.
    func similarities(toRelated keys: [UInt64]) -> [Float] {
        let meant = relations?.meant(by: vector(keys)) ?? []
        return concepts.products(FeatureSpace.unit(meant), owners: vectors.count)
    }

    /// The similarity of each concept to some of them taken together, 0 to 1.
    func similarities(toFound weighted: [(concept: Int, weight: Float)]) -> [Float] {
        var sum: [Int32: Float] = [:]
        for (concept, weight) in weighted {
            for entry in vectors[concept] {
                sum[entry.feature, default: 0] += weight * entry.weight
            }
        }
        let entries = sum.map { (feature: $0.key, weight: $0.value) }
            .sorted { $0.feature < $1.feature }
        return concepts.products(FeatureSpace.unit(entries), owners: vectors.count)
    }
}
