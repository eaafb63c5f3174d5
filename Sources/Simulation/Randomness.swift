import Foundation

/// A small seeded generator: SplitMix64 (Steele, Lea and Flood 2014). The same
/// seed gives the same numbers on every machine; it is no source of secrets.
public struct Randomness: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for one purpose, so that drawing more for one
    /// thing leaves the others as they were.
    public init(seed: UInt64, stream: UInt64) {
        self.init(seed: seed ^ (stream &* 0xD1B5_4A32_D192_ED03))
        state = next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// From 0 up to, but not including, 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// 0..<bound
    public mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    /// Both ends included.
    public mutating func whole(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }
    mutating func real(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }
    public mutating func chance(_ probability: Double) -> Bool { unit() < probability }
    mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }

    /// A standard normal number (Box and Muller).
    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// How many of many rare events happen.
    mutating func poisson(_ mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        if mean > 40 { return max(0, Int((mean + mean.squareRoot() * normal()).rounded())) }
        var count = 0
        var product = unit()
        let limit = exp(-mean)
        while product > limit {
            count += 1
            product *= unit()
        }
        return count
    }

    /// An index, with these chances relative to each other.
    mutating func index(weights: [Double]) -> Int {
        var left = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return index }
        }
        return max(0, weights.count - 1)
    }
}

/// Things with weights, drawn in logarithmic time.
struct Lottery<Item: Sendable>: Sendable {
    let items: [Item]
    private let cumulative: [Double]

    init(_ pairs: [(Item, Double)]) {
        items = pairs.map(\.0)
        var sum = 0.0
        cumulative = pairs.map {
            sum += $0.1
            return sum
        }
    }

    /// Nil when there is nothing to draw.
    func draw(_ random: inout Randomness) -> Item? {
        guard let total = cumulative.last else { return nil }
        let ticket = random.unit() * total
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > ticket { high = middle } else { low = middle + 1 }
        }
        return items[low]
    }
}
