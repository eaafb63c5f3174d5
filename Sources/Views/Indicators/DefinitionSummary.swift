import Chronology
import Indicators
import Markup
import Reporting

/// What a figure means, already in the reader's language.
public struct DefinitionSummary: Hashable, Sendable {
    public var name: String
    /// The indicator's own page; nil on that page.
    public var href: String?
    public var definition: String
    public var numerator: String
    public var denominator: String?
    public var population: String
    public var periodRule: String
    public var unit: Indicators.Unit
    /// Months after the period's end before the figure is final.
    public var lagMonths: Int
    public var source: String
    public var confidence: IndicatorDefinition.Confidence
    public var validFrom: Day?
    public var validTo: Day?

    public init(
        name: String, href: String? = nil, definition: String, numerator: String,
        denominator: String?, population: String, periodRule: String, unit: Indicators.Unit,
        lagMonths: Int, source: String, confidence: IndicatorDefinition.Confidence,
        validFrom: Day? = nil, validTo: Day? = nil
    ) {
        self.name = name
        self.href = href
        self.definition = definition
        self.numerator = numerator
        self.denominator = denominator
        self.population = population
        self.periodRule = periodRule
        self.unit = unit
        self.lagMonths = lagMonths
        self.source = source
        self.confidence = confidence
        self.validFrom = validFrom
        self.validTo = validTo
    }

    func write(to html: inout HTML, _ wording: Wording) {
        html(.section, class: "definition") { html in
            html(.h2, text: wording("views.definition.title"))
            html(.p) { html in
                html(.strong, text: name + ". ")
                html.text(definition)
            }
            html(.dl, class: "terms") { html in
                html.pair(wording("views.definition.numerator"), numerator)
                if let denominator {
                    html.pair(wording("views.definition.denominator"), denominator)
                }
                html.pair(wording("views.definition.population"), population)
                html.pair(wording("views.definition.periodRule"), periodRule)
                html.pair(wording("views.definition.unit"), wording.unit(unit))
                html.pair(
                    wording("views.definition.lag"),
                    wording("views.definition.lagMonths", ["months": wording.number(lagMonths)]))
                html.pair(wording("views.definition.source"), source)
                html.pair(
                    wording("views.definition.confidence"),
                    wording("views.confidence.\(confidence.rawValue)"))
                if let validFrom {
                    html.pair(wording("views.definition.validFrom"), wording.day(validFrom))
                }
                if let validTo {
                    html.pair(wording("views.definition.validTo"), wording.day(validTo))
                }
            }
            if let href {
                html(.p) { $0(.a, .href(href), text: wording("views.definition.more")) }
            }
        }
    }
}

/// A figure of one area, to stand beside others.
public struct AreaFigure: Hashable, Sendable {
    /// `Herlev`, `Hele landet`, `Nordsjælland`.
    public var name: String
    public var value: CellValue
    public var origin: FigureOrigin
    public var isOwn: Bool

    public init(name: String, value: CellValue, origin: FigureOrigin, isOwn: Bool = false) {
        self.name = name
        self.value = value
        self.origin = origin
        self.isOwn = isOwn
    }
}

extension [AreaFigure] {
    /// Writes the areas as a table; nothing when there are none.
    func write(
        to html: inout HTML, _ wording: Wording, unit: Indicators.Unit, decimals: Int?
    ) {
        guard !isEmpty else { return }
        html(.section) { html in
            html(.h2, text: wording("views.area.title"))
            DataTable(
                id: "areas",
                caption: wording("views.area.caption", ["unit": wording.unit(unit)]),
                columns: [
                    .init(wording("views.area.name")),
                    .init(wording.unit(unit), decimals: decimals ?? Wording.decimals(unit)),
                    .init(wording("views.target.origin")),
                ],
                rows: map { area in
                    .init(
                        header: area.name,
                        cells: [
                            area.value, .text(wording("views.origin.\(area.origin.rawValue)")),
                        ], isEmphasised: area.isOwn)
                }
            ).write(to: &html, wording)
        }
    }
}
