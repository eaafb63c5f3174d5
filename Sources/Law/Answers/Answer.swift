import Chronology
import Parameters

/// A yes or a no with the arithmetic behind it, under the act it comes from.
public struct Answer: Hashable, Sendable {
    public enum Verdict: String, CaseIterable, Sendable { case yes, no }

    public var verdict: Verdict
    public var basis: LegalBasis
    /// In the order in which one would work it out by hand.
    public var steps: [Step]
    /// It rests on what is proposed, and not on what is in force.
    public var isProposed = false

    /// One line of the arithmetic.
    public struct Step: Hashable, Sendable {
        /// The line's text in the catalogue, below `law.answer`.
        public var text: String
        public var values: [String: Value]
        /// Whether the condition of the line holds; nil for a line that only reckons.
        public var holds: Bool?
        /// 0, or more for a line that is a part of one above it.
        public var depth: Int

        init(
            _ text: String, _ values: [String: Value] = [:], holds: Bool? = nil, depth: Int = 0
        ) {
            self.text = text
            self.values = values
            self.holds = holds
            self.depth = depth
        }
    }

    /// A number, a day or a word of a line.
    public enum Value: Hashable, Sendable {
        case count(Int)
        case hundredths(Int)
        case day(Day)
        /// A key of the text catalogue, or several.
        case word(String)
        case words([String])
        case text(Localized)
        /// In hundredths of a unit: `26.814,56 kr.`
        case quantity(hundredths: Int, FactUnit)
        /// Left out by the one who asked.
        case untold
    }

    /// Yes when every condition of the lines holds that is no part of another.
    init(_ basis: LegalBasis, _ steps: [Step]) {
        self.basis = basis
        self.steps = steps
        verdict = steps.allSatisfy { $0.depth > 0 || $0.holds ?? true } ? .yes : .no
    }
}
