/// Where everything in a line chart stands, in the drawing's own units.
public struct LineGeometry: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double
    }

    /// A text beside the plot, moved so that no two overlap; the name of a line
    /// that ends early stands at its end instead.
    public struct Label: Hashable, Sendable {
        public var text: String
        public var x: Double
        public var y: Double
        /// Which line it names: an index into the series, or nil for a level.
        public var series: Int?
    }

    public static let width = 760.0
    public static let height = 340.0
    static let top = 28.0
    static let bottom = 36.0
    static let lineHeight = 18.0
    /// The mean width of a character in the chart's text.
    static let character = 7.4

    /// For each series, its unbroken stretches: a gap ends one and starts the next.
    public let stretches: [[[Point]]]
    public let labels: [Label]
    private let plot: Plot

    public var axis: Axis { plot.axis }
    public var left: Double { plot.left }
    public var right: Double { plot.right }

    public init(_ chart: LineChart, _ wording: Wording) {
        let plot = Plot(chart, wording)
        self.plot = plot
        stretches = chart.series.map { plot.stretches($0.values) }
        var wanted: [Label] = []
        var early: [Label] = []
        let margin = plot.right + 12
        for (index, series) in chart.series.enumerated() {
            guard let end = stretches[index].last?.last else { continue }
            if end.x < plot.x(chart.periods.count - 1) {
                let y = series.role == .main ? end.y - 14 : end.y + 14
                early.append(Label(text: series.name, x: end.x + 5, y: y, series: index))
            } else {
                wanted.append(Label(text: series.name, x: margin, y: end.y, series: index))
            }
        }
        for reference in chart.references {
            let y = plot.y(reference.value)
            wanted.append(Label(text: reference.label, x: margin, y: y, series: nil))
        }
        if let forecast = chart.forecast {
            let middle = (forecast.low + forecast.high) / 2
            wanted.append(
                Label(text: forecast.label, x: margin, y: plot.y(middle), series: nil))
        }
        labels = Self.spread(wanted) + Self.spread(early)
    }

    /// The middle of period number `index`.
    public func x(_ index: Int) -> Double { plot.x(index) }
    /// The height at which `value` stands.
    public func y(_ value: Double) -> Double { plot.y(value) }

    /// The field that the lines are drawn in.
    private struct Plot: Hashable {
        let axis: Axis
        let left: Double
        let right: Double
        let count: Int

        init(_ chart: LineChart, _ wording: Wording) {
            var values = chart.series.flatMap { $0.values.compactMap { $0 } }
            values += chart.references.map(\.value)
            if let forecast = chart.forecast { values += [forecast.low, forecast.high] }
            let axis = Axis(holding: values)
            let tick =
                axis.ticks.map { wording.number($0, decimals: axis.decimals).count }.max() ?? 1
            var names = chart.references.map(\.label) + chart.series.map(\.name)
            if let forecast = chart.forecast { names.append(forecast.label) }
            let longest = min(names.map(\.count).max() ?? 0, 30)
            self.axis = axis
            left = 14 + character * Double(tick)
            right = width - 18 - character * Double(longest)
            count = chart.periods.count
        }

        func x(_ index: Int) -> Double {
            guard count > 1 else { return (left + right) / 2 }
            let inset = 10.0
            return left + inset + (right - left - 2 * inset) * Double(index) / Double(count - 1)
        }

        func y(_ value: Double) -> Double {
            let floor = height - bottom
            return floor - axis.share(value) * (floor - top)
        }

        func stretches(_ values: [Double?]) -> [[Point]] {
            var parts: [[Point]] = [[]]
            for (index, value) in values.prefix(count).enumerated() {
                if let value, value.isFinite {
                    parts[parts.count - 1].append(Point(x: x(index), y: y(value)))
                } else if parts.last?.isEmpty == false {
                    parts.append([])
                }
            }
            return parts.filter { !$0.isEmpty }
        }
    }

    /// Moves labels down until each has its own line, and up again as far as the
    /// lower edge demands.
    static func spread(_ labels: [Label]) -> [Label] {
        var placed = labels.sorted { ($0.y, $0.text) < ($1.y, $1.text) }
        var floor = top
        for index in placed.indices {
            placed[index].y = max(placed[index].y, floor)
            floor = placed[index].y + lineHeight
        }
        var ceiling = height - bottom
        for index in placed.indices.reversed() {
            placed[index].y = min(placed[index].y, ceiling)
            ceiling = placed[index].y - lineHeight
        }
        return placed
    }
}
