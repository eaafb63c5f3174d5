import ArgumentParser
import Chronology
import Identifiers
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
    @OptionGroup var pack: PackOptions
    @Option(name: .customLong("with"), help: "A municipality to stand beside; may be repeated.")
    var peers: [MunicipalityCode] = []
    @Option(help: "text, json, csv or xlsx (a file: > pack.xlsx).") var format = Format.text

    func run() async throws {
        try await failing {
            try await Wiring.withHouse(common) { house, _ in
                let pack = try await PackCase(house).pack(
                    try pack.request(peers), of: common.municipality,
                    by: pack.actor(common.municipality))
                let wording = Wording(house.texts, common.lang)
                if let file = PackFile(rawValue: format.rawValue) {
                    Console.write(try file.bytes(pack, wording))
                } else {
                    print(pack.text(wording))
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
