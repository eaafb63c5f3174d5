import Chronology
import Foundation
import Identifiers
import Indicators
import Parameters
import Plans
import Testing

enum Examples {
    static func url(_ path: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Examples/\(path)", withExtension: nil))
    }

    /// The indicators of the shipped catalogue.
    static func known() throws -> KnownIndicators { try loaded.get() }
    private static let loaded = Result { try KnownIndicators(Catalogue.bundled().all) }

    /// The shipped texts.
    static func texts() throws -> TextCatalogue { try loadedTexts.get() }
    private static let loadedTexts = Result { try TextCatalogue.bundled() }

    /// The package's folder, found from this file.
    static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    static func plan(_ id: String) throws -> EmploymentPlan {
        try EmploymentPlan(
            contentsOf: root.appending(path: "plans/\(id).yaml"), known: known())
    }

    static let shipped = ["herlev-2024-2025", "hilleroed-2024"]

    /// The published text of a shipped plan, or nil where it is not at hand.
    static func publishedText(_ id: String) -> String? {
        let shared =
            ProcessInfo.processInfo.environment["FODFAESTE_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        return try? String(
            contentsOf: shared.appending(path: "plans/\(id).txt"), encoding: .utf8)
    }
}

/// A table of figures that stands in for the register.
struct TableSource: FigureSource {
    struct Key: Hashable {
        var indicator: IndicatorID
        var municipality: MunicipalityCode
        var period: Period
    }

    var figures: [Key: Figure] = [:]
    var lagMonths = 1

    func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell] {
        guard let municipality = request.filter.municipalities?.first else {
            throw .unknownIndicator(request.indicator)
        }
        return request.periods.map { period in
            let key = Key(
                indicator: request.indicator, municipality: municipality, period: period)
            var figure =
                figures[key]
                ?? Figure(
                    numerator: 0, denominator: 0, value: nil, persons: 0, isProvisional: false)
            figure.isProvisional = period.range.end.adding(months: lagMonths) > request.asOf
            return FigureCell(labels: [], period: period, figure: figure)
        }
    }

    mutating func set(
        _ indicator: IndicatorID, _ municipality: MunicipalityCode, _ period: Period,
        _ value: Double, numerator: Double? = nil, denominator: Double? = nil
    ) {
        figures[Key(indicator: indicator, municipality: municipality, period: period)] = Figure(
            numerator: numerator ?? value, denominator: denominator, value: value,
            persons: Int(numerator ?? value), isProvisional: false)
    }

    /// Twelve months or fewer of a level (their means are weighted by days) or of
    /// a count (their sums), with the quarter and year figures that follow.
    mutating func set(
        _ indicator: IndicatorID, _ municipality: MunicipalityCode, year: Int,
        months values: [Double], isLevel: Bool
    ) {
        var sum = 0.0
        for (index, value) in values.enumerated() {
            guard let month = Month(year: year, month: index + 1) else { continue }
            set(indicator, municipality, .month(month), value)
            sum += isLevel ? value * Double(month.dayCount) : value
            let toDate = Period.yearToDate(month)
            let figure = isLevel ? sum / Double(toDate.range.days) : sum
            set(indicator, municipality, toDate, figure)
            if index == 11 { set(indicator, municipality, .year(year), figure) }
        }
    }
}

/// A table of published figures.
struct PublishedTable: PublishedSource {
    struct Key: Hashable {
        var table: String
        var measure: String
        var area: Int32
        var period: Period
    }

    var values: [Key: Double] = [:]

    func published(table: String, measure: String, area: Int32, period: Period) -> PublishedFigure?
    {
        let key = Key(table: table, measure: measure, area: area, period: period)
        return values[key].map {
            PublishedFigure(area: area, table: table, measure: measure, period: period, value: $0)
        }
    }
}

/// Deterministic numbers for property tests (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
