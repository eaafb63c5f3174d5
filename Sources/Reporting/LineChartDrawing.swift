import Markup

extension LineChart {
    /// The chart as a drawing.
    public func drawing(_ wording: Wording) -> SVG {
        let geometry = LineGeometry(self, wording)
        return SVG(
            id: id, width: LineGeometry.width, height: LineGeometry.height, title: title,
            description: sentence(wording)
        ) { svg in
            drawAxes(&svg, geometry, wording)
            drawReferences(&svg, geometry)
            for index in series.indices.reversed() { drawSeries(&svg, geometry, index) }
            drawForecast(&svg, geometry)
            drawLabels(&svg, geometry, wording)
        }
    }

    private func drawAxes(_ svg: inout SVG, _ geometry: LineGeometry, _ wording: Wording) {
        let unitName = wording.unit(unit)
        let heading =
            geometry.axis.startsAtZero
            ? unitName
            : wording(
                "reporting.chart.cutAxis",
                [
                    "unit": unitName,
                    "value": wording.number(
                        geometry.axis.lower, decimals: geometry.axis.decimals),
                ])
        Pens.text(&svg, 0, 14, heading, colour: Pens.quiet, size: 13)
        for tick in geometry.axis.ticks {
            let y = geometry.y(tick)
            Pens.rule(
                &svg, geometry.left, y, geometry.right, y,
                colour: tick == geometry.axis.lower ? Pens.quiet : Pens.faint)
            Pens.text(
                &svg, geometry.left - 8, y + 5,
                wording.number(tick, decimals: geometry.axis.decimals), colour: Pens.quiet,
                anchor: .end)
        }
        let every = max(1, (periods.count + 11) / 12)
        for (index, period) in periods.enumerated() where index % every == 0 {
            Pens.text(
                &svg, geometry.x(index), LineGeometry.height - 14, wording.shortPeriod(period),
                colour: Pens.quiet, anchor: .middle, size: 13)
        }
    }

    private func drawReferences(_ svg: inout SVG, _ geometry: LineGeometry) {
        for reference in references {
            let y = geometry.y(reference.value)
            let isTarget = reference.kind == .target
            Pens.rule(
                &svg, geometry.left, y, geometry.right, y, colour: Pens.ink,
                width: isTarget ? "2" : "1.5", dashes: isTarget ? "12 4" : "1 5")
        }
    }

    private func drawSeries(_ svg: inout SVG, _ geometry: LineGeometry, _ index: Int) {
        let role = series[index].role
        for stretch in geometry.stretches[index] {
            var path = PathData()
            for (number, point) in stretch.enumerated() {
                if number == 0 {
                    path.move(point.x, point.y)
                } else {
                    path.line(point.x, point.y)
                }
            }
            if stretch.count > 1 {
                svg(
                    .path, path.attribute, Attribute("fill", fixed: "none"),
                    Attribute("stroke", fixed: Pens.colour(role)),
                    Attribute("stroke-width", fixed: role == .main ? "3" : "2"),
                    Attribute("stroke-dasharray", fixed: Pens.dashes(role)),
                    Attribute("stroke-linejoin", fixed: "round"))
            }
            if periods.count <= 24 || stretch.count == 1 {
                for point in stretch { Pens.marker(&svg, role, point.x, point.y) }
            }
        }
    }

    private func drawForecast(_ svg: inout SVG, _ geometry: LineGeometry) {
        guard let forecast, !periods.isEmpty else { return }
        let x = geometry.x(periods.count - 1)
        let low = geometry.y(forecast.low)
        let high = geometry.y(forecast.high)
        Pens.rule(&svg, x, low, x, high, colour: Pens.main, width: "2")
        Pens.rule(&svg, x - 6, low, x + 6, low, colour: Pens.main, width: "2")
        Pens.rule(&svg, x - 6, high, x + 6, high, colour: Pens.main, width: "2")
    }

    private func drawLabels(_ svg: inout SVG, _ geometry: LineGeometry, _ wording: Wording) {
        for label in geometry.labels {
            let role = label.series.map { series[$0].role }
            Pens.text(
                &svg, label.x, label.y + 5, label.text,
                colour: role.map(Pens.colour) ?? Pens.ink, bold: role == .main)
        }
    }
}
