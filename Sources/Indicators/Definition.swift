import Chronology
import Parameters

/// One entry of the catalogue: what a figure means and how it is computed.
public struct IndicatorDefinition: Sendable {
    public var id: IndicatorID
    /// Eight hexadecimal digits that change when the definition does: its texts, its
    /// computation, or a rule that it refers to by name.
    public var version: String
    public var name: Localized
    public var definition: Localized
    public var numerator: Localized
    public var denominator: Localized?
    public var population: Localized
    /// How the figure adds up over longer periods.
    public var periodRule: Localized
    public var unit: Unit
    /// Months after the period's end before the figure is final.
    public var lagMonths: Int
    /// Where the definition comes from.
    public var source: String
    /// sourced | derived | background | local, as the facts are marked.
    public var confidence: Confidence
    /// The table and measure of jobindsats.dk that publishes the official
    /// figure, and where the two definitions differ. The first of `counterparts`.
    public var official: OfficialCounterpart?
    /// Every published measure that the figure can be held against, some of them
    /// under a filter.
    public var counterparts: [OfficialCounterpart]
    public var validFrom: Day?
    public var validTo: Day?
    public var dimensions: [Dimension]
    /// True when a larger figure is the better one, false when a smaller is, nil
    /// when neither.
    public var higherIsBetter: Bool?
    /// The computation and its parameters.
    let measure: Measure

    public enum Confidence: String, CaseIterable, Sendable {
        case sourced, derived, background, local
    }

    public struct OfficialCounterpart: Hashable, Sendable {
        public var table: String
        public var measure: String
        public var difference: Localized
        /// The filter under which our figure is the counterpart.
        public var filter: PopulationFilter

        public init(
            table: String, measure: String, difference: Localized,
            filter: PopulationFilter = .everyone
        ) {
            self.table = table
            self.measure = measure
            self.difference = difference
            self.filter = filter
        }
    }
}
