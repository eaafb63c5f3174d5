import Indicators
import Markup

/// Bars beside each other, for comparing areas or parts.
public struct BarChart: Hashable, Sendable {
    /// Letters, digits and hyphens; unique on the page.
    public var id: String
    public var title: String
    public var unit: Indicators.Unit
    public var decimals: Int
    public var bars: [Bar]

    public struct Bar: Hashable, Sendable {
        public var name: String
        public var value: CellValue
        /// True for the bar that the others are compared with.
        public var isOwn: Bool
        public init(name: String, value: CellValue, isOwn: Bool = false) {
            self.name = name
            self.value = value
            self.isOwn = isOwn
        }
    }

    public init(
        id: String, title: String, unit: Indicators.Unit, decimals: Int? = nil, bars: [Bar]
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.decimals = decimals ?? Wording.decimals(unit)
        self.bars = bars
    }

    static let width = 760.0
    static let rowHeight = 34.0
    private static let top = 30.0

    /// The axis: always from zero, since a bar's length is its value.
    public var axis: Axis {
        Axis(
            holding: bars.compactMap {
                if case .number(let value) = $0.value { value } else { nil }
            },
            fromZero: true)
    }

    /// What the chart says: the own value, the highest and the lowest.
    public func sentence(_ wording: Wording) -> String {
        let known = bars.compactMap { bar in
            if case .number(let value) = bar.value {
                (name: bar.name, value: value, isOwn: bar.isOwn)
            } else {
                nil
            }
        }
        guard let high = known.max(by: { $0.value < $1.value }),
            let low = known.min(by: { $0.value < $1.value })
        else { return wording("reporting.chart.empty") }
        let amount = { (value: Double) in wording.amount(value, unit, decimals: decimals) }
        var sentences: [String] = []
        if let own = known.first(where: \.isOwn) {
            sentences.append(
                wording("reporting.chart.own", ["name": own.name, "value": amount(own.value)]))
        }
        if known.count > 1 {
            sentences.append(
                wording(
                    "reporting.chart.highest", ["name": high.name, "value": amount(high.value)]))
            sentences.append(
                wording("reporting.chart.lowest", ["name": low.name, "value": amount(low.value)]))
        }
        return sentences.joined(separator: " ")
    }

    /// The numbers of the chart, one row per bar.
    public func table(_ wording: Wording) -> DataTable {
        DataTable(
            id: "\(id)-table",
            caption: wording(
                "reporting.table.caption", ["title": title, "unit": wording.unit(unit)]),
            columns: [
                DataTable.Column(wording("reporting.table.name")),
                DataTable.Column(wording.unit(unit), decimals: decimals),
            ],
            rows: bars.map { DataTable.Row(header: $0.name, cells: [$0.value]) })
    }

    /// The chart as a drawing.
    public func drawing(_ wording: Wording) -> SVG {
        let axis = axis
        let height = Self.top + Self.rowHeight * Double(max(bars.count, 1)) + 6
        let longest = Double(min(bars.map(\.name.count).max() ?? 0, 34))
        let left = 16 + LineGeometry.character * longest
        let right = Self.width - 90
        let x = { (value: Double) in left + axis.share(value) * (right - left) }
        return SVG(
            id: id, width: Self.width, height: height, title: title,
            description: sentence(wording)
        ) { svg in
            Pens.text(&svg, 0, 14, wording.unit(unit), colour: Pens.quiet, size: 13)
            for (index, bar) in bars.enumerated() {
                let y = Self.top + Self.rowHeight * Double(index)
                Pens.text(&svg, left - 10, y + 19, bar.name, anchor: .end, bold: bar.isOwn)
                guard case .number(let value) = bar.value else {
                    Pens.text(
                        &svg, x(0) + 8, y + 19, bar.value.word(wording), colour: Pens.quiet)
                    continue
                }
                let start = min(x(0), x(value))
                svg(
                    .rect, Pens.at("x", start), Pens.at("y", y + 4),
                    Pens.at("width", abs(x(value) - x(0))), Attribute("height", 20),
                    Attribute("fill", fixed: bar.isOwn ? Pens.main : "#c9d6e4"),
                    Attribute("stroke", fixed: Pens.main))
                Pens.text(
                    &svg, max(x(0), x(value)) + 8, y + 19,
                    wording.number(value, decimals: decimals), bold: bar.isOwn)
            }
            Pens.rule(&svg, x(0), Self.top, x(0), height - 6, colour: Pens.quiet)
        }
    }
}
