import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage

extension Indicators.Dimension: ExpressibleByArgument {}

struct IndicatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "List, explain and compute the indicators.",
        discussion:
            "Example:\n  fodfaeste indicators compute full-time-persons --period 2024 --by benefit",
        subcommands: [List.self, Show.self, Compute.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the indicators.",
            discussion: "Example:\n  fodfaeste indicators list --lang en")

        @Option(help: "Language: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                for definition in try Catalogue.bundled().all {
                    print("\(definition.id)\t\(definition.name[lang])")
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what an indicator means.",
            discussion: "Example:\n  fodfaeste indicators show local-match-rate")

        @Argument(help: "The indicator's id.") var id: String
        @Option(help: "Language: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let definition = try IndicatorsCommand.find(id, in: try Catalogue.bundled())
                let texts = try TextCatalogue.bundled()
                let wording = Wording(texts, lang)
                var rows: [(String, String)] = [
                    ("name", definition.name[lang]), ("definition", definition.definition[lang]),
                    ("numerator", definition.numerator[lang]),
                ]
                if let denominator = definition.denominator {
                    rows.append(("denominator", denominator[lang]))
                }
                rows += [
                    ("population", definition.population[lang]),
                    ("periodRule", definition.periodRule[lang]),
                    ("unit", wording.unit(definition.unit)),
                    ("lag", String(definition.lagMonths)), ("source", definition.source),
                    (
                        "confidence",
                        texts.text(
                            "views.confidence.\(definition.confidence.rawValue)", lang)
                    ),
                    ("cuts", definition.dimensions.map(\.rawValue).joined(separator: ", ")),
                ]
                for official in definition.counterparts {
                    rows.append(
                        (
                            "official",
                            "\(official.table) \(official.measure): \(official.difference[lang])"
                        ))
                }
                for (key, value) in rows {
                    print("\(texts.text("cli.indicator.\(key)", lang)): \(value)")
                }
            }
        }
    }

    struct Compute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute an indicator from the registrations.",
            discussion: """
                Example:
                  fodfaeste indicators compute persons --period 2024M06 --by benefit --format csv
                  fodfaeste indicators compute citizens-in-work --period 2024Q2 --ages 55-
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The indicator's id.") var id: String
        @Option(
            name: .customLong("period"),
            help: "2024M06, 2024Q2, 2024, 2024QMAT02 or 2024MYTD06; several may be given.")
        var periods: [String]
        @Option(help: "Cut by: \(Indicators.Dimension.allValueStrings.joined(separator: ", ")).")
        var by: [Indicators.Dimension] = []
        @OptionGroup var who: FilterOptions
        @Option(help: "As it stood on this day (default: today).") var asOf: Day?
        @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
        @Option(help: "text, json or csv.") var format = OutputFormat.text
        @Flag(name: .customLong("public"), help: "As the public may see it: few are hidden.")
        var isPublic = false

        func run() async throws {
            try await failing {
                let engine = try await common.store.open()
                let house = try Wiring.house(common, engine)
                let definition = try IndicatorsCommand.find(id, in: house.catalogue)
                var read: [Period] = []
                for text in periods {
                    guard let period = Period(text) else { throw CommandError.wrongPeriod(text) }
                    read.append(period)
                }
                let asOf = asOf ?? house.clock.today()
                let cells: [ShownCell]
                do {
                    cells = try await FiguresCase(house).figures(
                        FigureRequest(
                            definition.id, periods: read, filter: who.filter(common.municipality),
                            groupBy: by, asOf: asOf),
                        of: common.municipality, knownAt: knownAt,
                        by: isPublic
                            ? Actor.outsider(common.municipality)
                            : Wiring.system(common.municipality))
                } catch let IndicatorError.notCutBy(dimension, id) {
                    let known = definition.dimensions.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError(
                        "\(id) cannot be cut by \(dimension.rawValue). Accepted: \(known).")
                }
                let wording = Wording(house.texts, common.lang)
                write(cells, definition, wording, house.municipalities)
                try await engine.close()
            }
        }

        private func write(
            _ cells: [ShownCell], _ definition: IndicatorDefinition, _ wording: Wording,
            _ municipalities: MunicipalityList
        ) {
            // Words for readers, the codes that other commands take for programs.
            let heading = { (cut: Indicators.Dimension) in
                format == .text ? wording("views.dimension.\(cut.rawValue)") : cut.rawValue
            }
            let label = { (label: String, cut: Indicators.Dimension) in
                format == .text ? wording.label(label, cut, municipalities) : label
            }
            // What is counted one by one has none; means and sums of parts need them.
            let isWhole =
                Wording.decimals(definition.unit) == 0 && definition.unit != .fullTimePersons
            let decimals = isWhole ? 0 : 2
            let table = DataTable(
                id: "figures", caption: definition.name[common.lang],
                columns: [.init(wording("cli.column.period"))]
                    + by.map { .init(heading($0)) } + [
                        .init(wording.unit(definition.unit), decimals: decimals),
                        .init(wording("cli.column.persons"), decimals: 0),
                        .init(wording("cli.column.provisional")),
                    ],
                rows: cells.map { cell in
                    var values: [CellValue] = zip(cell.labels, by).map { .text(label($0, $1)) }
                    if case .value(let figure) = cell.shown {
                        values += [
                            figure.value.map { .number($0) } ?? .missing,
                            .number(Double(figure.persons)),
                            .text(figure.isProvisional ? "x" : ""),
                        ]
                    } else {
                        values += [.hidden, .hidden, .text("")]
                    }
                    return DataTable.Row(header: cell.period.description, cells: values)
                })
            switch format {
            case .csv:
                let writer = common.lang == .da ? CSVWriter.danish : CSVWriter.standard
                Console.write(writer.bytes(table, wording))
            case .json: Console.write(FiguresJSON.bytes(cells, definition, by))
            case .text: print(TextTable.text(table, wording))
            }
        }
    }

    /// The indicator, or an error that names those that look like it.
    static func find(_ id: String, in catalogue: Catalogue) throws(CommandError)
        -> IndicatorDefinition
    {
        if let definition = catalogue.definition(IndicatorID(id)) { return definition }
        let words = Set(id.split(separator: "-"))
        let near = catalogue.all.map(\.id.name)
            .map { (name: $0, shared: words.intersection($0.split(separator: "-")).count) }
            .sorted { ($1.shared, $0.name) < ($0.shared, $1.name) }
            .prefix(5).map(\.name)
        throw .unknownIndicator(id, nearest: near)
    }
}

/// Cells as a JSON array, numbers as numbers.
enum FiguresJSON {
    private struct Cell: Encodable {
        var indicator: String
        var period: String
        var labels: [String: String]
        var value: Double?
        var numerator: Double?
        var denominator: Double?
        var persons: Int?
        var provisional: Bool?
        var hidden: Bool
    }

    static func bytes(
        _ cells: [ShownCell], _ definition: IndicatorDefinition, _ by: [Indicators.Dimension]
    ) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let encoded = cells.map { cell in
            var figure: Figure?
            if case .value(let shown) = cell.shown { figure = shown }
            return Cell(
                indicator: definition.id.name, period: cell.period.description,
                labels: Dictionary(
                    zip(by.map(\.rawValue), cell.labels), uniquingKeysWith: { a, _ in a }),
                value: figure?.value, numerator: figure?.numerator,
                denominator: figure?.denominator, persons: figure?.persons,
                provisional: figure?.isProvisional, hidden: figure == nil)
        }
        return ((try? encoder.encode(encoded)).map { Array($0) } ?? []) + [10]
    }
}
