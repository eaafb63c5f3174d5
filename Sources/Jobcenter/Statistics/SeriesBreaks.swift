import Chronology
import Exchange
import Forecasting
import Indicators
import Parameters

/// A month from which a published measure stands on another level and stays there.
public struct LevelChange: Hashable, Sendable {
    public var month: Month
    /// The new level over the one before.
    public var ratio: Double
    /// All areas moved together.
    public var isCommon: Bool
}

extension StatisticsCase {
    /// Months from which a published measure stands on another level than before and stays
    /// there, about the area alone or about all areas together, as after a changed definition.
    /// The figures do not tell why. O(areas × months).
    public func breaks(
        table: String, measure: String, area: Int32, knownAt: Day? = nil
    ) async throws -> [LevelChange] {
        let published = try await house.publishedFigures.table(knownAt: knownAt)
        let areas = house.municipalities.areas
        let months = areas.map {
            Set(published.months(table: table, measure: measure, area: $0))
        }
        guard let first = months.compactMap({ $0.min() }).min(),
            let last = months.compactMap({ $0.max() }).max()
        else { return [] }
        let count = last - first + 1
        var block = SeriesBlock(first: first, months: count, codes: [], values: [])
        for (area, months) in zip(areas, months) where !months.isEmpty {
            block.codes.append(String(area))
            block.values += published.months(table, measure, area, from: first, count: count)
        }
        return block.breaks().filter { $0.isCommon || $0.area == String(area) }.map {
            LevelChange(month: $0.month, ratio: $0.ratio, isCommon: $0.isCommon)
        }
    }
}
