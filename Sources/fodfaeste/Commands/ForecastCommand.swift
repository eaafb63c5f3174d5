import ArgumentParser
import Chronology
import Exchange
import Forecasting
import Foundation
import Indicators
import Parameters

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast monthly series together, with intervals of 50, 80 and 95 %.",
        discussion: """
            The panel is a CSV file with the columns code, area, table, measure, period and
            value, as 'import statistics' reads. Each series goes on from the last month known
            of its measure. Where a series moves to another level at once and stays there, this
            is told on standard error, and so are series that seem to have stopped. Examples:
              fodfaeste forecast --panel municipal.csv --horizon 12 --format csv
              fodfaeste forecast --panel municipal.csv --breaks
            """)

    @Option(help: "The file of series.") var panel: String
    @Option(help: "Months ahead, 1 to 24.") var horizon = 12
    @Option(help: "text, json or csv.") var format = OutputFormat.text
    @Flag(help: "Print only the months at which a level changed, as CSV.") var breaks = false
    @Option(help: "Language of the output: da or en.") var lang = Language.da

    func validate() throws {
        guard (1...24).contains(horizon) else {
            throw ValidationError("--horizon is a number from 1 to 24.")
        }
    }

    func run() async throws {
        try await failing {
            let texts = try TextCatalogue.bundled()
            let bytes = try Files.bytes(panel)
            let reader = PublishedCSV(municipalities: try MunicipalityList.bundled())
            let content: PublishedImport
            do throws(ImportProblems) { content = try reader.read(bytes) } catch {
                for line in error.lines(texts, lang) { Console.complain(line) }
                throw ExitCode(1)
            }
            Console.report(former: content, texts, lang)
            let found = ForecastPanel(content.figures)
            let remarks = ForecastRemarks(found, texts, lang)
            if breaks {
                Console.write(Array(remarks.table.utf8))
                return
            }
            let results = Forecaster(horizon: horizon).forecast(found.measures.map(\.block))
            var lines: [Line] = []
            for (measure, areas) in zip(found.measures, results) {
                for (code, points) in zip(measure.block.codes, areas) {
                    for (step, point) in points.enumerated() {
                        lines.append(
                            Line(
                                series: "\(code)/\(measure.table)/\(measure.measure)",
                                period: Period.month(measure.block.last + (step + 1)).description,
                                point: point))
                    }
                }
            }
            if found.otherPeriods > 0 {
                Console.report(
                    texts.text(
                        "cli.forecast.otherPeriods", lang, ["count": String(found.otherPeriods)]))
            }
            if lines.isEmpty {
                Console.report(texts.text("cli.forecast.nothing", lang))
                throw ExitCode(1)
            }
            try write(lines)
            for line in remarks.lines { Console.report(line) }
            if !found.unknown.isEmpty {
                Console.report(
                    texts.text(
                        "cli.forecast.unknown", lang, ["count": String(found.unknown.count)]))
            }
        }
    }
}

extension ForecastCommand {
    /// One month of one series.
    private struct Line: Encodable {
        static let columns = [
            "series", "period", "mean", "lo50", "hi50", "lo80", "hi80", "lo95", "hi95",
        ]
        var series: String
        var period: String
        var mean: Double
        var lo50, hi50, lo80, hi80, lo95, hi95: Double

        init(series: String, period: String, point: ForecastPoint) {
            self.series = series
            self.period = period
            mean = point.mean
            (lo50, hi50) = (point.low[0], point.high[0])
            (lo80, hi80) = (point.low[1], point.high[1])
            (lo95, hi95) = (point.low[2], point.high[2])
        }

        /// Six digits say more than any interval here is sure of.
        var cells: [String] {
            [series, period]
                + [mean, lo50, hi50, lo80, hi80, lo95, hi95].map { String(format: "%.6g", $0) }
        }
    }

    private func write(_ lines: [Line]) throws {
        switch format {
        case .json: try Console.write(json: lines)
        case .csv:
            var text = Line.columns.joined(separator: ",") + "\n"
            for line in lines { text += line.cells.joined(separator: ",") + "\n" }
            Console.write(Array(text.utf8))
        case .text:
            for line in lines {
                let cells = line.cells
                print("\(cells[0]) \(cells[1]): \(cells[2]) (80 %: \(cells[5])–\(cells[6]))")
            }
        }
    }
}
