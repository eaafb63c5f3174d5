import Chronology

/// One figure that an authority has published, such as those of jobindsats.dk.
public struct PublishedFigure: Hashable, Sendable {
    /// The municipality's code as a number, or 0 for the whole country.
    public var area: Int32
    /// The publisher's table: `y25i01`.
    public var table: String
    public var measure: String
    public var period: Period
    /// Nil when the publisher does not show it, which stands for 0, 1 or 2
    /// persons and never for zero alone.
    public var value: Double?

    public init(area: Int32, table: String, measure: String, period: Period, value: Double?) {
        self.area = area
        self.table = table
        self.measure = measure
        self.period = period
        self.value = value
    }
}

/// Anything that can look up published figures.
public protocol PublishedSource: Sendable {
    /// The figure as published for exactly this period, or nil when there is no
    /// such row. A row without a value is "not shown".
    func published(table: String, measure: String, area: Int32, period: Period) -> PublishedFigure?
}
