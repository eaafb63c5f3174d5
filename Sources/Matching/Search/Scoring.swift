import Foundation

/// How documents are weighed against each other: BM25.
///
/// A word's contribution to a document's score is
/// `weight × tf / (tf + saturation × (1 − lengths + lengths × length / mean length))`,
/// where `tf` is how often the word stands in the document.
public struct Scoring: Hashable, Sendable {
    /// How a word's weight falls with the share of documents that hold it. N is
    /// the number of documents and n of those that hold the word.
    public enum Weight: String, CaseIterable, Sendable {
        /// `ln(1 + (N − n + ½) / (n + ½))`, never below nothing.
        case alwaysPositive
        /// `ln((N − n + ½) / (n + ½))`, and a millionth where that is not above
        /// nothing: words in half of the documents and more hardly count.
        case rareOnly
    }

    /// How slowly repetitions of a word stop counting (k1), nothing or more.
    public var saturation: Double
    /// How much long documents are marked down (b), from 0 to 1.
    public var lengths: Double
    /// How rare words weigh more.
    public var weight: Weight

    public init(
        saturation: Double = 1.2, lengths: Double = 0.75, weight: Weight = .alwaysPositive
    ) {
        self.saturation = max(0, saturation)
        self.lengths = min(1, max(0, lengths))
        self.weight = weight
    }

    func weight(of documents: Int, among all: Int) -> Double {
        let odds = (Double(all - documents) + 0.5) / (Double(documents) + 0.5)
        switch weight {
        case .alwaysPositive: return log(1 + odds)
        case .rareOnly: return max(log(odds), 1e-6)
        }
    }

    /// What repetitions are weighed against in a document of this length.
    func norm(length: Int, mean: Double) -> Double {
        saturation * (1 - lengths + lengths * (mean > 0 ? Double(length) / mean : 0))
    }
}
