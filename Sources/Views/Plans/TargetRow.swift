import Chronology
import Indicators
import Markup
import Reporting

/// What a result target (resultatmål) demands.
public enum Demand: Hashable, Sendable {
    case atLeast(Double)
    case atMost(Double)
    case moreThan(Double)
    case lessThan(Double)
    /// Anything else, already in words of the reader's language.
    case words(String)
    case none

    /// The level to draw in a chart.
    var level: Double? {
        switch self {
        case .atLeast(let value), .atMost(let value), .moreThan(let value), .lessThan(let value):
            value
        case .words, .none: nil
        }
    }

    /// The demand in words: `mindst 380`. The unit stands at the figure beside it.
    func text(_ unit: Indicators.Unit, _ decimals: Int?, _ wording: Wording) -> String {
        let key: String
        switch self {
        case .atLeast: key = "views.demand.atLeast"
        case .atMost: key = "views.demand.atMost"
        case .moreThan: key = "views.demand.moreThan"
        case .lessThan: key = "views.demand.lessThan"
        case .words(let text): return text
        case .none: return wording("views.demand.none")
        }
        return wording(key, ["value": wording.brief(level ?? 0, unit, decimals: decimals)])
    }
}

/// What it takes from now on to meet a target (nødvendigt tempo), in its unit.
public enum Need: Hashable, Sendable {
    /// This much more in each month that is left.
    case perMonth(Double)
    /// This much as the mean of the months that are left.
    case meanOfTheRest(Double)
}

/// One result target on a line of its own.
public struct TargetRow: Hashable, Sendable {
    public var title: String
    public var href: String
    public var verdict: Verdict
    /// What the target measures now.
    public var figure: ShownFigure
    public var demand: Demand
    /// What it is compared with (udgangspunkt); nil when nothing is.
    public var baseline: ShownFigure?
    /// What it takes from now on; nil where that has no meaning.
    public var need: Need?

    public init(
        title: String, href: String, verdict: Verdict, figure: ShownFigure, demand: Demand,
        baseline: ShownFigure? = nil, need: Need? = nil
    ) {
        self.title = title
        self.href = href
        self.verdict = verdict
        self.figure = figure
        self.demand = demand
        self.baseline = baseline
        self.need = need
    }

    func demandText(_ wording: Wording) -> String {
        demand.text(figure.unit, figure.decimals, wording)
    }

    private func brief(_ value: Double, _ wording: Wording) -> String {
        wording.brief(value, figure.unit, decimals: figure.decimals)
    }

    /// Writes the figures of the target as a list of terms.
    func writeFacts(to html: inout HTML, _ wording: Wording) {
        html(.dl, class: "facts") { html in
            html.pair(wording("views.target.figure")) { html in
                html(.strong, text: wording.shown(figure))
                html.figureNotes(figure, wording)
            }
            html.pair(wording("views.target.demand"), demandText(wording))
            if let baseline {
                html.pair(wording("views.target.baseline")) { html in
                    html(.span, text: baseline.brief(wording))
                    html.figureNotes(baseline, wording)
                }
            }
            switch need {
            case .perMonth(let value):
                html.pair(wording("views.target.needed"), brief(value, wording))
            case .meanOfTheRest(let value):
                html.pair(wording("views.target.neededMean"), brief(value, wording))
            case nil: break
            }
            html.pair(
                wording("views.target.origin"),
                wording("views.origin.\(figure.origin.rawValue)"))
        }
    }
}

extension [TargetRow] {
    /// Writes the targets as a list with a heading each.
    func write(to html: inout HTML, _ wording: Wording) {
        html(.ul, class: "targets") { html in
            for target in self {
                html(.li) { html in
                    html(.div, class: "target-head") { html in
                        html(.h3) { $0(.a, .href(target.href), text: target.title) }
                        target.verdict.write(to: &html, wording)
                    }
                    target.writeFacts(to: &html, wording)
                }
            }
        }
    }
}
