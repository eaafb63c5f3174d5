import Chronology
import Exchange
import Forecasting
import Foundation
import Parameters
import Reporting

/// What a reader of forecasts should know of the series behind them.
struct ForecastRemarks {
    private let panel: ForecastPanel
    private let texts: TextCatalogue
    private let language: Language
    /// Each measure's breaks, in the order of the panel.
    private let breaks: [(name: String, found: [SeriesBreak])]

    init(_ panel: ForecastPanel, _ texts: TextCatalogue, _ language: Language) {
        self.panel = panel
        self.texts = texts
        self.language = language
        breaks = panel.measures.map { (ForecastRemarks.name($0), $0.block.breaks()) }
    }

    private static func name(_ measure: ForecastPanel.Measure) -> String {
        "\(measure.table)/\(measure.measure)"
    }

    /// A row for each break; where all areas moved together, the series is that of the measure.
    var table: String {
        var text = "series,month,ratio,scope\n"
        for (name, found) in breaks {
            for one in found {
                let series = one.area.map { "\($0)/\(name)" } ?? name
                let month = Period.month(one.month).description
                let ratio = String(format: "%.4g", one.ratio)
                text += "\(series),\(month),\(ratio),\(one.isCommon ? "all" : "one")\n"
            }
        }
        return text
    }

    /// One sentence or two for each break and each series that seems to have stopped.
    var lines: [String] {
        breaks.flatMap { name, found in found.map { line($0, name) } }
            + panel.measures.flatMap { stopped($0) }
    }

    private func line(_ found: SeriesBreak, _ name: String) -> String {
        texts.text(
            found.isCommon ? "cli.forecast.breakOfAll" : "cli.forecast.breakOfOne", language,
            [
                "series": found.area.map { "\($0)/\(name)" } ?? name,
                "month": Period.month(found.month).description,
                "ratio": Wording(texts, language).number(found.ratio, decimals: 2),
            ])
    }

    private func stopped(_ measure: ForecastPanel.Measure) -> [String] {
        guard let last = panel.last else { return [] }
        let name = ForecastRemarks.name(measure)
        func line(_ series: String, _ month: Month) -> String {
            texts.text(
                "cli.forecast.stopped", language,
                ["series": series, "month": Period.month(month).description])
        }
        // Where the whole measure has stopped, one line says so for all its areas.
        if last - measure.block.last > SeriesBlock.usualPause {
            return [line(name, measure.block.last)]
        }
        return measure.block.stopped(by: last).map { line("\($0.area)/\(name)", $0.last) }
    }
}
