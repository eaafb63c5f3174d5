import Chronology
import Exchange
import Identifiers
import Indicators
import Parameters

/// An area that published figures can be shown for.
public enum PublishedArea: Hashable, Sendable {
    case country
    /// Landsdel Nordsjælland
    case northZealand
    case municipality(Int32)

    /// The code under which the area is published; nil for one we add up.
    public var code: Int32? {
        switch self {
        case .country: 0
        case .northZealand: nil
        case .municipality(let code): code
        }
    }
}

public struct AreaPublished: Hashable, Sendable {
    public var area: PublishedArea
    /// Nil where nothing is published; its value is nil where it is not shown.
    public var figure: PublishedFigure?
}

/// Reads published figures; they are public, so any role may. With `knownAt` they are those that
/// were stored at the end of that day.
public struct StatisticsCase: Sendable {
    let house: House

    public init(_ house: House) { self.house = house }

    /// The measure for the municipality itself, the whole country and North
    /// Zealand, whose figure is the sum of its municipalities' counts or the simple
    /// mean of their shares; one that is not shown makes it unknown.
    public func figures(
        table: String, measure: String, period: Period, own: MunicipalityCode,
        others: [MunicipalityCode] = [], unit: Indicators.Unit, knownAt: Day? = nil,
        by actor: Actor
    ) async throws -> [AreaPublished] {
        try Policy.require(.readFigures, by: actor, in: own)
        let published = try await house.publishedFigures.table(knownAt: knownAt)
        func figure(_ area: Int32) -> PublishedFigure? {
            published.publishedOrMean(
                table: table, measure: measure, area: area, period: period, unit: unit)
        }
        let part = Array(house.municipalities.codes(inPart: 3))
        let parts = part.compactMap { figure($0) }
        var north: PublishedFigure?
        if parts.count == part.count, let first = parts.first {
            let values = parts.compactMap(\.value)
            var sum: Double? = values.reduce(0, +)
            if values.count < parts.count { sum = nil }
            north = first
            north?.value = unit != .percent ? sum : sum.map { $0 / Double(parts.count) }
        }
        return [
            AreaPublished(area: .municipality(own.number), figure: figure(own.number))
        ]
            + others.map {
                AreaPublished(area: .municipality($0.number), figure: figure($0.number))
            } + [
                AreaPublished(area: .northZealand, figure: north),
                AreaPublished(area: .country, figure: figure(0)),
            ]
    }

    /// The measure month by month for one municipality.
    public func course(
        table: String, measure: String, periods: [Period], area: Int32, knownAt: Day? = nil
    ) async throws -> [Double?] {
        let published = try await house.publishedFigures.table(knownAt: knownAt)
        return periods.map {
            published.published(table: table, measure: measure, area: area, period: $0)?.value
        }
    }

    /// The latest month that the measure is published for, up to a day.
    public func latestMonth(
        table: String, measure: String, area: Int32, notAfter day: Day, knownAt: Day? = nil
    ) async throws -> Month? {
        let published = try await house.publishedFigures.table(knownAt: knownAt)
        return published.months(table: table, measure: measure, area: area)
            .filter { $0.last <= day }.max()
    }
}
