import ArgumentParser
import Chronology
import Exchange
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting

struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Make the quarter's management information.",
        discussion: """
            Example:
              fodfaeste pack --quarter 2024Q3 --as-of 2024-10-31 --known-at 2024-10-31
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, xlsx }

    @OptionGroup var common: CommonOptions
    @Option(help: "The quarter, such as 2024Q3.") var quarter: String
    @Option(help: "Count up to this day (default: one month after the quarter).") var asOf: Day?
    @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
    @Option(name: .customLong("with"), help: "A municipality to stand beside; may be repeated.")
    var peers: [MunicipalityCode] = []
    @Flag(name: .customLong("public"), help: "As everybody may see it: small counts hidden.")
    var isPublic = false
    @Option(help: "text, json, csv or xlsx (a file: > pack.xlsx).") var format = Format.text

    func run() async throws {
        try await failing {
            guard case .quarter(let quarter)? = Period(quarter) else {
                throw CommandError.wrongPeriod(quarter)
            }
            try await Wiring.withHouse(common) { house, system in
                let asOf = asOf ?? (quarter.lastMonth + 1).last
                guard asOf >= quarter.range.end else {
                    throw ValidationError(
                        "--as-of is \(quarter.range.end.iso) (the quarter's last day) or later.")
                }
                let actor = isPublic ? Actor.outsider(common.municipality) : system
                let pack = try await PackCase(house).pack(
                    PackRequest(quarter, asOf: asOf, knownAt: knownAt, peers: peers),
                    of: common.municipality,
                    by: actor)
                let wording = Wording(house.texts, common.lang)
                switch format {
                case .json: Console.write(try pack.json())
                case .csv:
                    let writer = common.lang == .da ? CSVWriter.danish : CSVWriter.standard
                    Console.write(writer.bytes(pack.list(wording), wording))
                case .xlsx: Console.write(try pack.workbook(wording).bytes())
                case .text: print(pack.text(wording))
                }
            }
        }
    }
}

extension Pack {
    /// What the pack says, without its tables.
    fileprivate func text(_ wording: Wording) -> String {
        let language = wording.language
        var lines = [
            "\(title[language]) \u{2013} \(municipalityName), "
                + (period.map(wording.period) ?? quarter)
        ]
        lines += summary.map { "  " + $0.text[language] }
        for section in sections {
            lines += ["", section.title[language]]
            lines += section.sentences.map { "  " + $0.text[language] }
            lines += section.notes.map { "  \($0.about[language]) \($0.text) (\($0.writer))" }
        }
        return lines.joined(separator: "\n")
    }
}
