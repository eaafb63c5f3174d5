import Chronology
import Indicators
import Markup

/// Several small line charts on the same scale, one per area.
public struct SmallMultiples: Hashable, Sendable {
    /// Letters, digits and hyphens; unique on the page.
    public var id: String
    public var title: String
    public var unit: Indicators.Unit
    public var decimals: Int
    public var periods: [Period]
    public var panels: [Panel]

    public struct Panel: Hashable, Sendable {
        public var name: String
        public var isOwn: Bool
        /// One per period; nil is a gap.
        public var values: [Double?]
        public init(name: String, isOwn: Bool, values: [Double?]) {
            self.name = name
            self.isOwn = isOwn
            self.values = values
        }
    }

    public init(
        id: String, title: String, unit: Indicators.Unit, decimals: Int? = nil, periods: [Period],
        panels: [Panel]
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.decimals = decimals ?? Wording.decimals(unit)
        self.periods = periods
        self.panels = panels
    }

    static let panelWidth = 240.0
    static let panelHeight = 150.0
    static let columns = 3

    /// What the panels say: the latest value of each.
    public func sentence(_ wording: Wording) -> String {
        let parts = panels.compactMap { panel -> String? in
            let known = zip(periods, panel.values).reversed().first { $0.1 != nil }
            guard let known, let value = known.1 else { return nil }
            return wording(
                "reporting.chart.panel",
                [
                    "name": panel.name, "value": wording.amount(value, unit, decimals: decimals),
                    "period": wording.period(known.0),
                ])
        }
        return parts.isEmpty ? wording("reporting.chart.empty") : parts.joined(separator: " ")
    }

    /// The numbers of the panels, one column per area.
    public func table(_ wording: Wording) -> DataTable {
        DataTable(
            id: "\(id)-table",
            caption: wording(
                "reporting.table.caption", ["title": title, "unit": wording.unit(unit)]),
            columns: [DataTable.Column(wording("reporting.table.period"))]
                + panels.map { DataTable.Column($0.name, decimals: decimals) },
            rows: periods.enumerated().map { index, period in
                DataTable.Row(
                    header: wording.period(period),
                    cells: panels.map { panel in
                        guard index < panel.values.count, let value = panel.values[index] else {
                            return .missing
                        }
                        return .number(value)
                    })
            })
    }

    /// The panels as one drawing.
    public func drawing(_ wording: Wording) -> SVG {
        let axis = Axis(holding: panels.flatMap { $0.values.compactMap { $0 } }, marks: 2)
        let rows = (panels.count + Self.columns - 1) / Self.columns
        return SVG(
            id: id, width: (Self.panelWidth + 10) * Double(Self.columns),
            height: max(1, Double(rows)) * (Self.panelHeight + 12), title: title,
            description: sentence(wording)
        ) { svg in
            for (index, panel) in panels.enumerated() {
                let x = Double(index % Self.columns) * (Self.panelWidth + 10)
                let y = Double(index / Self.columns) * (Self.panelHeight + 12)
                draw(&svg, panel, axis, x, y, wording)
            }
        }
    }

    private func draw(
        _ svg: inout SVG, _ panel: Panel, _ axis: Axis, _ left: Double, _ top: Double,
        _ wording: Wording
    ) {
        let plotLeft = left + 48
        let plotRight = left + Self.panelWidth - 58
        let floor = top + Self.panelHeight - 22
        let ceiling = top + 30
        let step = periods.count > 1 ? (plotRight - plotLeft) / Double(periods.count - 1) : 0
        let y = { (value: Double) in floor - axis.share(value) * (floor - ceiling) }
        Pens.text(&svg, left, top + 15, panel.name, bold: panel.isOwn)
        for tick in axis.ticks {
            Pens.rule(&svg, plotLeft, y(tick), plotRight, y(tick), colour: Pens.faint)
            Pens.text(
                &svg, plotLeft - 6, y(tick) + 4,
                wording.number(tick, decimals: axis.decimals), colour: Pens.quiet, anchor: .end,
                size: 12)
        }
        var path = PathData()
        var isPenDown = false
        var end: (x: Double, y: Double, value: Double)?
        for (index, value) in panel.values.prefix(periods.count).enumerated() {
            guard let value, value.isFinite else {
                isPenDown = false
                continue
            }
            let x = plotLeft + step * Double(index)
            if isPenDown { path.line(x, y(value)) } else { path.move(x, y(value)) }
            // A value between two gaps has no line, so it gets a dot.
            if !isPenDown, index + 1 < panel.values.count, panel.values[index + 1] == nil {
                svg(
                    .circle, Pens.at("cx", x), Pens.at("cy", y(value)),
                    Attribute("r", fixed: "2"), Attribute("fill", fixed: Pens.quiet))
            }
            isPenDown = true
            end = (x, y(value), value)
        }
        guard let end else {
            Pens.text(
                &svg, plotLeft, (floor + ceiling) / 2, CellValue.missing.word(wording),
                colour: Pens.quiet)
            return
        }
        let colour = panel.isOwn ? Pens.main : Pens.quiet
        svg(
            .path, path.attribute, Attribute("fill", fixed: "none"),
            Attribute("stroke", fixed: colour),
            Attribute("stroke-width", fixed: panel.isOwn ? "3" : "2"))
        svg(
            .circle, Pens.at("cx", end.x), Pens.at("cy", end.y), Attribute("r", fixed: "4"),
            Attribute("fill", fixed: colour))
        Pens.text(
            &svg, end.x + 8, end.y + 5, wording.number(end.value, decimals: decimals),
            bold: panel.isOwn)
        if let first = periods.first, let last = periods.last {
            Pens.text(
                &svg, plotLeft, floor + 17, wording.shortPeriod(first), colour: Pens.quiet,
                size: 12)
            Pens.text(
                &svg, plotRight, floor + 17, wording.shortPeriod(last), colour: Pens.quiet,
                anchor: .end, size: 12)
        }
    }
}
