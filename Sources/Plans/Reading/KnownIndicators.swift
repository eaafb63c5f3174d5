import Indicators
import Parameters

/// What a plan file may refer to: the indicators of the catalogue with their
/// units and the ways they can be cut.
public struct KnownIndicators: Sendable {
    public struct Entry: Hashable, Sendable {
        public var unit: Unit
        public var dimensions: Set<Dimension>
        /// How the figure behaves through a period.
        public var accumulation: Accumulation

        public init(unit: Unit, dimensions: Set<Dimension>, accumulation: Accumulation) {
            self.unit = unit
            self.dimensions = dimensions
            self.accumulation = accumulation
        }
    }

    public let entries: [IndicatorID: Entry]

    public init(_ entries: [IndicatorID: Entry]) { self.entries = entries }

    /// Reads the catalogue's definitions.
    public init(_ definitions: some Sequence<IndicatorDefinition>) {
        entries = Dictionary(
            definitions.map {
                (
                    $0.id,
                    Entry(
                        unit: $0.unit, dimensions: Set($0.dimensions),
                        accumulation: KnownIndicators.stocks.contains($0.id)
                            ? .stock : Accumulation($0.unit))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Indicators counted on the period's last day. The catalogue says so in its
    /// period rules, in words; a test holds the two together.
    public static let stocks: Set<IndicatorID> = [
        "spells-open-start", "spells-open-end", "sickness-over-26-weeks", "sickness-over-52-weeks",
        "long-term-unemployed-80", "long-term-unemployed-52", "citizens-in-work",
        "seniors-in-work-55", "seniors-in-work-60",
    ]

    public subscript(id: IndicatorID) -> Entry? { entries[id] }

    var names: [String] { entries.keys.map(\.name).sorted() }
}

/// How a figure behaves through a period, which decides what "needed per month"
/// and a forecast mean for it.
public enum Accumulation: Hashable, Sendable {
    /// A level whose period figure is the day-weighted mean of its months.
    case level
    /// A count that grows through the period.
    case count
    /// A count on the period's last day.
    case stock
    /// A share or a mean that does none of this.
    case ratio

    /// What the unit alone tells; a counted thing is taken to grow.
    public init(_ unit: Unit) {
        self =
            switch unit {
            case .fullTimePersons: .level
            case .percent, .weeks, .days, .perPerson, .points: .ratio
            default: .count
            }
    }
}
