import Foundation
import Markup

/// How the charts draw: five colours that stay apart for colour-blind eyes, and
/// dashes and markers that stay apart without any colour.
enum Pens {
    static let ink: StaticString = "#1a1a1a"
    static let quiet: StaticString = "#595959"
    static let faint: StaticString = "#dcdcdc"
    static let main: StaticString = "#004d99"
    static let orange: StaticString = "#a34000"
    static let purple: StaticString = "#6a3d9a"

    static func colour(_ role: LineChart.Role) -> StaticString {
        switch role {
        case .main: main
        case .lastYear: quiet
        case .comparison: orange
        case .secondComparison: purple
        }
    }

    static func dashes(_ role: LineChart.Role) -> StaticString {
        switch role {
        case .main: "none"
        case .lastYear: "7 4"
        case .comparison: "2 3"
        case .secondComparison: "10 3 2 3"
        }
    }

    static func marker(_ svg: inout SVG, _ role: LineChart.Role, _ x: Double, _ y: Double) {
        let colour = Attribute("fill", fixed: colour(role))
        let hollow = Attribute("fill", fixed: "#ffffff")
        let outline = Attribute("stroke", fixed: Pens.colour(role))
        let thin = Attribute("stroke-width", fixed: "1.5")
        switch role {
        case .main:
            svg(.circle, at("cx", x), at("cy", y), Attribute("r", fixed: "4"), colour)
        case .lastYear:
            svg(
                .rect, at("x", x - 3), at("y", y - 3), Attribute("width", 6),
                Attribute("height", 6), hollow, outline, thin)
        case .comparison:
            var path = PathData()
            path.move(x, y - 4.5)
            path.line(x + 4.5, y + 3.5)
            path.line(x - 4.5, y + 3.5)
            path.close()
            svg(.path, path.attribute, colour)
        case .secondComparison:
            var path = PathData()
            path.move(x, y - 5)
            path.line(x + 5, y)
            path.line(x, y + 5)
            path.line(x - 5, y)
            path.close()
            svg(.path, path.attribute, hollow, outline, thin)
        }
    }

    static func at(_ name: StaticString, _ value: Double) -> Attribute {
        Attribute(name, coordinate: value)
    }

    static func rule(
        _ svg: inout SVG, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double,
        colour: StaticString, width: StaticString = "1", dashes: StaticString = "none"
    ) {
        svg(
            .line, at("x1", x1), at("y1", y1), at("x2", x2), at("y2", y2),
            Attribute("stroke", fixed: colour), Attribute("stroke-width", fixed: width),
            Attribute("stroke-dasharray", fixed: dashes))
    }

    enum Anchor { case start, middle, end }

    static func text(
        _ svg: inout SVG, _ x: Double, _ y: Double, _ text: String,
        colour: StaticString = Pens.ink, anchor: Anchor = .start, bold: Bool = false,
        size: Int = 14
    ) {
        let anchored: StaticString =
            switch anchor {
            case .start: "start"
            case .middle: "middle"
            case .end: "end"
            }
        svg(
            .text, at("x", x), at("y", y), Attribute("fill", fixed: colour),
            Attribute("text-anchor", fixed: anchored), Attribute("font-size", size),
            .when(bold, Attribute("font-weight", fixed: "600")),
            // A white edge keeps the text readable where it crosses a line.
            Attribute("paint-order", fixed: "stroke"), Attribute("stroke", fixed: "#ffffff"),
            Attribute("stroke-width", fixed: "3"), text: text)
    }
}

/// Charts on paper.
public enum PrintedCharts {
    /// The document without the white edges of the charts' texts: the program that makes PDF
    /// files knows no `paint-order` and would paint the edge over its text.
    public static func withoutEdges(_ document: [UInt8]) -> [UInt8] {
        let edge = " paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\""
        return Array(
            String(decoding: document, as: UTF8.self).replacingOccurrences(of: edge, with: "").utf8)
    }
}
