import Chronology
import Indicators
import Parameters

/// Published figures in memory, and what can be derived from them without
/// pretending to know what the publisher does not show.
public struct PublishedTable: PublishedSource {
    private struct Series: Hashable {
        var table: String
        var measure: String
    }

    private struct Place: Hashable {
        var area: Int32
        var period: Period
    }

    private var series: [Series: [Place: Double?]] = [:]

    /// A later figure for the same place replaces an earlier one.
    public init(_ figures: [PublishedFigure] = []) { add(figures) }

    /// Takes in figures fetched later; they replace earlier ones.
    public mutating func add(_ figures: [PublishedFigure]) {
        for figure in figures {
            let place = Place(area: figure.area, period: figure.period)
            series[Series(table: figure.table, measure: figure.measure), default: [:]]
                .updateValue(figure.value, forKey: place)
        }
    }

    public func published(
        table: String, measure: String, area: Int32, period: Period
    ) -> PublishedFigure? {
        let place = Place(area: area, period: period)
        guard let value = series[Series(table: table, measure: measure)]?[place] else {
            return nil
        }
        return PublishedFigure(
            area: area, table: table, measure: measure, period: period, value: value)
    }

    /// `count` months of a measure from `first` on, NaN where nothing is shown. O(count).
    public func months(
        _ table: String, _ measure: String, _ area: Int32, from first: Month, count: Int
    ) -> [Double] {
        (0..<count).map { step in
            published(
                table: table, measure: measure, area: area, period: .month(first + step))?
                .value ?? .nan
        }
    }

    /// The months with a row for this measure and area, shown or not, in order.
    public func months(table: String, measure: String, area: Int32) -> [Month] {
        let places = series[Series(table: table, measure: measure)].map { Array($0.keys) } ?? []
        let months = places.compactMap { place -> Month? in
            guard place.area == area, case .month(let month) = place.period else { return nil }
            return month
        }
        return months.sorted()
    }

    /// The figures of several areas added up. Only for counts; see `combined`.
    public func sum(
        table: String, measure: String, areas: Set<Int32>, period: Period,
        notShown: ClosedRange<Double>? = Combined.hiddenCount
    ) -> Combined? {
        combined(
            areas.sorted().map {
                published(table: table, measure: measure, area: $0, period: period)
            }, notShown)
    }

    /// The mean over several areas, each with the same weight.
    public func mean(
        table: String, measure: String, areas: Set<Int32>, period: Period,
        notShown: ClosedRange<Double>? = Combined.hiddenCount
    ) -> Combined? {
        sum(table: table, measure: measure, areas: areas, period: period, notShown: notShown)?
            .divided(by: areas.count)
    }

    /// The simple mean of the monthly figures of a longer period, as yearbooks
    /// give it. Not the publisher's own figure for the period, which weighs the
    /// months by their days.
    public func monthlyMean(
        table: String, measure: String, area: Int32, over period: Period,
        notShown: ClosedRange<Double>? = Combined.hiddenCount
    ) -> Combined? {
        let months = period.months
        return combined(
            months.map {
                published(table: table, measure: measure, area: area, period: .month($0))
            }, notShown)?.divided(by: months.count)
    }

    /// Nil when a figure is missing altogether, or is not shown and nothing is
    /// known about what that may stand for.
    private func combined(
        _ figures: [PublishedFigure?], _ notShown: ClosedRange<Double>?
    ) -> Combined? {
        guard !figures.isEmpty else { return nil }
        var result = Combined(low: 0, high: 0, shown: 0, notShown: 0)
        for figure in figures {
            guard let figure else { return nil }
            if let value = figure.value {
                result.low += value
                result.high += value
                result.shown += 1
            } else if let notShown {
                result.low += notShown.lowerBound
                result.high += notShown.upperBound
                result.notShown += 1
            } else {
                return nil
            }
        }
        return result
    }
}

/// A figure derived from several published ones. It is a span when some of them
/// are not shown.
public struct Combined: Hashable, Sendable {
    public var low: Double
    public var high: Double
    /// Figures that went in with their value, and figures that are not shown.
    public var shown: Int
    public var notShown: Int

    public init(low: Double, high: Double, shown: Int, notShown: Int) {
        self.low = low
        self.high = high
        self.shown = shown
        self.notShown = notShown
    }

    /// What a count that jobindsats.dk does not show may be: nought, one or two.
    /// Nothing of the kind is known about shares: pass nil for them.
    public static let hiddenCount: ClosedRange<Double> = 0...2

    /// The value, or nil when it is only known to lie between `low` and `high`.
    public var exact: Double? { notShown == 0 ? low : nil }

    func divided(by count: Int) -> Combined {
        var copy = self
        copy.low /= Double(count)
        copy.high /= Double(count)
        return copy
    }
}

extension MunicipalityList {
    /// The codes of the municipalities in one part of the country (landsdel,
    /// 1...11); Nordsjælland is 3.
    public func codes(inPart part: Int) -> Set<Int32> {
        Set(all.filter { $0.part == part }.map(\.code))
    }
}
