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

extension PublishedSource {
    /// The figure as published for the period, or for a longer one the mean of its
    /// months weighted by their days, where that is the same figure: full-time
    /// persons, and shares of the labour force or the population, whose published
    /// denominator is fixed for each calendar year. Nil when a month is missing;
    /// not shown when one is not shown.
    public func publishedOrMean(
        table: String, measure: String, area: Int32, period: Period, unit: Unit
    ) -> PublishedFigure? {
        if let found = published(table: table, measure: measure, area: area, period: period) {
            return found
        }
        let isMeanOfMonths =
            unit == .fullTimePersons
            || (unit == .percent && measure.contains("_pct_")
                && period.range.start.year == period.range.end.year)
        let months = period.months
        guard isMeanOfMonths, months.count > 1 else { return nil }
        var sum: Double? = 0
        for month in months {
            let found = published(
                table: table, measure: measure, area: area, period: .month(month))
            guard let found else { return nil }
            sum = sum.flatMap { sum in found.value.map { sum + $0 * Double(month.dayCount) } }
        }
        return PublishedFigure(
            area: area, table: table, measure: measure, period: period,
            value: sum.map { $0 / Double(period.range.days) })
    }
}
